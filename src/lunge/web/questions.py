"""The page of the outcome questions: answered now and then, with what changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from lunge.guide.scores import ACTIVITIES, Line, Scores
from lunge.messages import Catalogue
from lunge.plan.outcomes import ACTIVITIES as HOW_MANY
from lunge.plan.outcomes import Instrument, Pack, instruments, score
from lunge.storage.records import Json
from lunge.trends.drawn import comma_of
from lunge.web.forms import read_form
from lunge.web.guiding import guide_of
from lunge.web.own_questions import own_questions
from lunge.web.pages import SEE_OTHER
from lunge.web.views import shown, texts_of

router = APIRouter()

APART: Final = ("pack", "total")
"""The entries whose questions are not ours; they stand in groups of their own."""

LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """An instrument on the page.

    Attributes
    ----------
    instrument : Instrument
    lines : tuple of Line
        The newest first.
    due_from : date, optional
    choices : list of (int, str)
        What may be chosen, with its words.
    names : list of str
        Of the activities, as they were named last.
    pack : Pack, optional
        The statements, where the person added them.
    """

    instrument: Instrument
    lines: tuple[Line, ...]
    due_from: date | None
    choices: list[tuple[int, str]]
    names: list[str]
    pack: Pack | None


@router.get("/questions")
def show(request: Request, saved: str = "") -> Response:
    """Show the questions, and what was answered."""
    return questions_page(request, saved=saved)


@router.post("/questions/{key}")
async def answer(request: Request, key: str) -> Response:
    """Keep the answers to one instrument."""
    instrument = instruments().get(key)
    if instrument is None or instrument.entry == "pack":
        raise HTTPException(404)
    form = await read_form(request)
    try:
        answers, items = _answers(instrument, form)
        day = date.fromisoformat(form["day"]) if instrument.entry == "total" else guide_of(request).today
        scores_of(request).keep(instrument, score(instrument, answers), day, items)
    except (ValueError, KeyError):
        return questions_page(request, status=422, wrong=key, form=form)
    return RedirectResponse(f"/questions?saved={key}#{key}", SEE_OTHER)


def choices_of(instrument: Instrument, texts: Catalogue) -> list[tuple[int, str]]:
    """Return the numbers that may be chosen, each as it is read: with its words where it has some."""
    low, high = int(instrument.lowest), int(instrument.highest)
    words = texts.section("outcomes")
    ends = {low: "lowest", (low + high) // 2: "middle", high: "highest"}
    labels = []
    for n in range(low, high + 1):
        said = words.get(f"{instrument.key}.{n}") or words.get(f"{instrument.key}.{ends.get(n)}")
        labels.append((n, f"{n}: {said}" if said else f"{n}"))
    return labels


def _answers(instrument: Instrument, form: Mapping[str, str]) -> tuple[list[float], Json]:
    """Return the answers in a form, and what is kept of them beside the score.

    Raises
    ------
    ValueError
        If one is no number.
    KeyError
        If one is missing.
    """
    if instrument.entry == "item":
        return [int(form["answer"])], {}
    if instrument.entry == "total":
        return [float(form["answer"].replace(",", "."))], {}
    names = {n: form.get(f"name_{n}", "").strip()[:LONGEST_NAME] for n in range(HOW_MANY[1])}
    points = {name: int(form[f"points_{n}"]) for n, name in names.items() if name}
    told = [{"name": name, "points": value} for name, value in points.items()]
    return list(points.values()), {ACTIVITIES: told}


def scores_of(request: Request) -> Scores:
    """Return the scores."""
    return Scores(request.app.state.store, request.app.state.config.clock)


def _asked(request: Request, instrument: Instrument) -> Asked:
    scores = scores_of(request)
    lines = scores.lines(instrument)
    names = [one["name"] for one in lines[0].kept.items.get(ACTIVITIES, [])] if lines else []
    choices = choices_of(instrument, texts_of(request)) if instrument.entry not in APART else []
    return Asked(instrument, lines, scores.due_from(instrument), choices, names, scores.pack(instrument))


def questions_page(
    request: Request,
    *,
    status: int = 200,
    saved: str = "",
    wrong: str = "",
    form: Mapping[str, str] | None = None,
    problems: Mapping[str, Sequence[str]] | None = None,
) -> Response:
    """Return the page.

    Parameters
    ----------
    request : Request
    status : int
    saved, wrong : str
        The instrument that was just answered, and the one whose answers do not fit.
    form : mapping of str to str, optional
        What was sent for the latter, or for a pack.
    problems : mapping of str to sequence of str, optional
        What is wrong with a ``pack``, or with a questionnaire's ``file``, one sentence each.
    """
    texts = texts_of(request)
    asked = [_asked(request, one) for one in instruments().values()]
    return shown(
        request,
        "questions.html",
        status=status,
        groups={
            "asked": [one for one in asked if one.instrument.entry not in APART],
            **{entry: [one for one in asked if one.instrument.entry == entry] for entry in APART},
        },
        today=guide_of(request).today,
        fewest=HOW_MANY[0],
        most=HOW_MANY[1],
        longest_name=LONGEST_NAME,
        number=lambda value: f"{value:.1f}".removesuffix(".0").replace(".", comma_of(texts)),
        saved=saved,
        wrong=wrong,
        form=form or {},
        problems={"pack": (), "file": ()} | dict(problems or {}),
        own=own_questions(request),
    )
