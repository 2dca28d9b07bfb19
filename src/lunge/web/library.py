"""The library: the exercises that ship, and files of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from lunge.errors import ExerciseError, LungeError
from lunge.exercises import Exercise, add, exercise_names, load, own_names, remove
from lunge.exercises.records import Check
from lunge.messages import Catalogue
from lunge.web.pages import SEE_OTHER
from lunge.web.uploads import sent_files
from lunge.web.views import shown, texts_of

router = APIRouter()

VIEWS: Final = ("front", "side", "back", "side")
"""By quarter turns of the camera around the person."""

QUARTER_DEG: Final = 90.0
LAST: Final = 1000
"""The place of exercises that have none: behind all others."""


@dataclass(frozen=True, slots=True)
class Card:
    """One exercise in words.

    Attributes
    ----------
    name, title, about : str
    place : int, optional
        In the set of challenge exercises.
    ways : tuple of (str, tuple of str)
        How each way begins, and its steps.
    checks : tuple of (str, str)
        What is checked, and from where it shows.
    own : bool
        Whether the person added it.
    """

    name: str
    title: str
    about: str
    place: int | None
    ways: tuple[tuple[str, tuple[str, ...]], ...]
    checks: tuple[tuple[str, str], ...]
    own: bool


@router.get("/library")
def library(request: Request) -> Response:
    """Show all exercises, and the files that cannot be used yet."""
    return _page(request)


@router.post("/library")
async def take(request: Request) -> Response:
    """Keep an exercise file, or say line by line what keeps it from being used."""
    sent = (await sent_files(request)).get("file")
    if sent is None:
        return _page(request, [texts_of(request).text("library.choose_file")])
    try:
        await run_in_threadpool(add, sent.content, sent.name, folder_of(request))
    except ExerciseError as error:
        return _page(request, sentences_of(error, request))
    return RedirectResponse("/library", SEE_OTHER)


@router.post("/library/{name}/remove")
def take_away(request: Request, name: str) -> Response:
    """Delete an exercise file of one's own."""
    remove(name, folder_of(request))
    return RedirectResponse("/library", SEE_OTHER)


def folder_of(request: Request) -> Path:
    """Return where the exercise files of one's own lie."""
    folder: Path = request.app.state.config.folder
    return folder / "exercises"


def sentences_of(error: LungeError, request: Request) -> list[str]:
    """Return what is wrong in a file, line by line where that is known, in the language of a request."""
    language = texts_of(request).language
    problems: Any = error.facts.get("problems", ())
    return [problem.text(language) for problem in problems] or [error.text(language)]


def _page(request: Request, wrong: list[str] | None = None) -> Response:
    cards, unusable = _own(request)
    shipped = [_card(load(name), texts_of(request), own=False) for name in exercise_names()]
    ordered = sorted([*shipped, *cards], key=lambda card: (card.own, card.place or LAST, card.title))
    return shown(
        request,
        "library.html",
        status=422 if wrong else 200,
        cards=ordered,
        unusable=unusable,
        folder=folder_of(request),
        wrong=wrong or [],
    )


def _own(request: Request) -> tuple[list[Card], list[tuple[str, list[str]]]]:
    """Return the person's own exercises, and the files that cannot be used with what is wrong in them."""
    cards, unusable = [], []
    for name in own_names(folder_of(request)):
        try:
            cards.append(_card(load(name, folder_of(request)), texts_of(request), own=True))
        except ExerciseError as error:
            unusable.append((name, sentences_of(error, request)))
    return cards, unusable


def _card(exercise: Exercise, texts: Catalogue, *, own: bool) -> Card:
    said = texts.texts
    key = f"library.exercise.{exercise.name}"
    checks: dict[str, list[Check]] = {}
    for check in exercise.checks:
        title = check.title if own else said.get(f"checks.{check.check}.title", check.title)
        checks.setdefault(title, []).append(check)
    return Card(
        name=exercise.name,
        title=said.get(f"{key}.title", exercise.title),
        about=said.get(f"{key}.about", exercise.about),
        place=exercise.place,
        ways=tuple((way.entry, tuple(texts.text(f"steps.{step}") for step in way.steps)) for way in exercise.variants),
        checks=tuple((title, _views(rows, texts)) for title, rows in checks.items()),
        own=own,
    )


def _views(checks: list[Check], texts: Catalogue) -> str:
    """Return from where checks show, in words."""
    if any(not check.azimuths_deg for check in checks):
        return texts.text("library.view.any")
    turns = {round(azimuth / QUARTER_DEG) % len(VIEWS) for check in checks for azimuth in check.azimuths_deg}
    return ", ".join(dict.fromkeys(texts.text(f"library.view.{VIEWS[turn]}") for turn in sorted(turns)))
