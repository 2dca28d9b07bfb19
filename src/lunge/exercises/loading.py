"""Read exercise files; unknown keys are refused."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from functools import cache
from importlib import resources
from typing import Any

from lunge.errors import ExerciseError
from lunge.exercises.records import Check, Exercise, Limit, StepRules, Variant

SECTIONS = ("stance", "depth", "stillness", "moved", "pick_up", "seat", "complete")


def exercise_names() -> list[str]:
    """Return the names of the exercises that ship with the package."""
    folder = resources.files("lunge.exercises")
    return sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))


@cache
def load(name: str) -> Exercise:
    """Return an exercise by its name.

    Parameters
    ----------
    name : str
        Such as ``reverse_lunge``.

    Raises
    ------
    ExerciseError
        If there is none of that name, or its file does not hold together.
    """
    if name not in exercise_names():
        known = ", ".join(exercise_names())
        raise ExerciseError(f"There is no exercise called {name}. Known are: {known}.", name=name)
    text = (resources.files("lunge.exercises") / f"{name}.toml").read_text(encoding="utf-8")
    return parse(text, name)


def parse(text: str, name: str = "exercise") -> Exercise:
    """Return the exercise that a TOML text describes.

    Raises
    ------
    ExerciseError
        If a key is missing, unknown or of the wrong kind; the message names it.
    """
    try:
        data = tomllib.loads(text)
        expected = {"schema", "name", "title", "variants", "checks", *SECTIONS}
        _refuse(set(data) - expected, name)
        rules = StepRules(**{key: value for section in SECTIONS for key, value in data[section].items()})
        variants = tuple(Variant(v["name"], v["entry"], tuple(v["steps"])) for v in data["variants"])
        checks = tuple(_check(c, name) for c in data.get("checks", []))
        return Exercise(data["name"], data["title"], rules, variants, checks)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ExerciseError(f"The exercise file {name} does not hold together: {error}.", name=name) from error


def _refuse(unknown: set[str], where: str) -> None:
    if unknown:
        raise ExerciseError(f"The exercise file {where} has unknown keys: {', '.join(sorted(unknown))}.", name=where)


def _check(row: dict[str, Any], name: str) -> Check:
    known = {f.name for f in fields(Check)}
    _refuse(set(row) - known, name)
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
