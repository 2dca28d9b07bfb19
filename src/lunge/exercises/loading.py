"""Read exercise files: those that ship with the package, and the person's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from lunge.constants import constants
from lunge.errors import ExerciseError, WrittenFileError
from lunge.exercises.checking import SECTIONS, problems_in
from lunge.exercises.records import Check, Exercise, Limit, StepRules, Variant
from lunge.home import exercises_folder
from lunge.own_texts import text_from, text_of
from lunge.written import WrongValueError, line_of, read_text, refused

SAFE_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""Of an exercise of one's own: it is also its file's name, on every system."""


def exercise_names() -> list[str]:
    """Return the names of the exercises that ship with the package."""
    folder = resources.files("lunge.exercises")
    return sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))


def own_names(folder: Path | None = None) -> list[str]:
    """Return the names of the exercise files that a person added.

    Parameters
    ----------
    folder : Path, optional
        Where they lie; without it in the user's data folder. A file whose name is none for an exercise is left out.
    """
    found = sorted((folder or exercises_folder()).glob("*.toml"))
    shipped = exercise_names()
    return [f.stem for f in found if SAFE_NAME.fullmatch(f.stem) and f.stem not in shipped]


def load(name: str, folder: Path | None = None) -> Exercise:
    """Return an exercise by its name.

    Parameters
    ----------
    name : str
        Such as ``reverse_lunge``.
    folder : Path, optional
        Of the person's own exercises; without it in the user's data folder.

    Raises
    ------
    ExerciseError
        If there is none of that name, or its file does not hold together.
    """
    if name in exercise_names():
        return _shipped(name)
    if name not in own_names(folder):
        known = ", ".join(exercise_names() + own_names(folder))
        raise ExerciseError("errors.written.exercise_unknown", name=name, known=known)
    with _as_of_an_exercise():
        text = text_of((folder or exercises_folder()) / f"{name}.toml", constants().exercises.largest_mib)
    return parse(text, name, own=True)


@cache
def exercise_with(variant: str) -> Exercise:
    """Return the exercise that ships and has a variant of that name.

    Raises
    ------
    ValueError
        If there is none.
    """
    found = [e for e in map(_shipped, exercise_names()) if variant in {v.name for v in e.variants}]
    if not found:
        raise ValueError(f"variant: expected one of an exercise that ships, got {variant!r}")
    return found[0]


@cache
def _shipped(name: str) -> Exercise:
    return parse((resources.files("lunge.exercises") / f"{name}.toml").read_text(encoding="utf-8"), name)


@contextmanager
def _as_of_an_exercise() -> Iterator[None]:
    """Raise what is wrong in a file that somebody wrote as what is wrong in an exercise."""
    try:
        yield
    except WrittenFileError as error:
        raise ExerciseError(error.key, **error.facts) from error


def parse(text: str, name: str = "exercise", *, own: bool = False) -> Exercise:
    """Return the exercise that a TOML text describes.

    Parameters
    ----------
    text : str
    name : str
        Of the file, for the error.
    own : bool
        Whether a person added it: then its measures are checked too, and it must call itself `name`.

    Raises
    ------
    ExerciseError
        If a key is missing, unknown or does not fit; its ``problems`` say all of it, line by line.
    """
    with _as_of_an_exercise():
        data = read_text(text, name)
        problems = problems_in(data, text, name if own else None, known_measures() if own else None)
        if problems:
            raise refused(name, problems)
    return _exercise(data)


def new_from(content: bytes, file: str) -> tuple[str, Exercise]:
    """Return the text and the exercise of a file that a person adds, which says itself what it is called.

    Parameters
    ----------
    content : bytes
        TOML, in UTF-8.
    file : str
        Name of the file as it came, for the error.

    Raises
    ------
    ExerciseError
        As `parse`; or if it is too large or no text, or its name is taken by an exercise that ships, or is none for
        a file.
    """
    with _as_of_an_exercise():
        text = text_from(content, file, constants().exercises.largest_mib)
        name = read_text(text, "exercise").get("name")
        wrong = _wrong_name(name)
        if wrong is not None:
            raise refused("exercise", (wrong.at(line_of(text, "name")),))
    return text, parse(text, str(name), own=True)


def _wrong_name(name: Any) -> WrongValueError | None:
    if name is None:
        return WrongValueError("missing", name="name")
    if not isinstance(name, str) or not SAFE_NAME.fullmatch(name):
        return WrongValueError("no_name", got=name)
    return WrongValueError("name_taken", got=name) if name in exercise_names() else None


@cache
def known_measures() -> frozenset[str]:
    """Return what a check can read: the measures of the exercises that ship."""
    return frozenset(check.measure for name in exercise_names() for check in _shipped(name).checks)


def _exercise(data: dict[str, Any]) -> Exercise:
    rules = StepRules(**{key: value for section in SECTIONS for key, value in data[section].items()})
    variants = tuple(Variant(v["name"], v["entry"], tuple(v["steps"])) for v in data["variants"])
    checks = tuple(_check(c) for c in data.get("checks", []))
    return Exercise(data["name"], data["title"], rules, variants, checks, data.get("place"), data.get("about", ""))


def _check(row: dict[str, Any]) -> Check:
    stretch = row.get("stretch_limit")
    return Check(
        check=row["check"],
        title=row["title"],
        measure=row["measure"],
        unit=row["unit"],
        steps=tuple(row["steps"]),
        variants=tuple(row["variants"]),
        statistic=row["statistic"],
        limit=_limit(row["limit"]),
        margin=float(row["margin"]),
        judge_sd=float(row.get("judge_sd", row["margin"])),
        azimuths_deg=tuple(float(a) for a in row.get("azimuths_deg", ())),
        span_deg=float(row.get("span_deg", 180.0)),
        stretch_limit=None if stretch is None else _limit(stretch),
        not_with=tuple(row.get("not_with", ())),
        source=row["source"],
        low_advice=row.get("low_advice", ""),
        high_advice=row.get("high_advice", ""),
    )


def _limit(ends: list[float | str]) -> Limit:
    low, high = (None if end == "open" else float(end) for end in ends)
    return low, high
