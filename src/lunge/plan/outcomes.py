"""Questions about how somebody is doing: which there are, what an answer scores, and when two scores differ."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from statistics import fmean
from typing import Any, Final, Literal

from lunge.written import Problem, WrongValueError, line_of, read_text, refused

SCHEMA: Final = "lunge.questions/1"
ACTIVITIES: Final = (3, 5)
"""The fewest and the most activities of one's own (Stratford 1995)."""

Entry = Literal["item", "activities", "pack", "total"]
Comparison = Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True)
class Instrument:
    """One way of asking.

    Attributes
    ----------
    key : str
        Its texts are ``outcomes.<key>.*`` in the catalogues.
    entry : {'item', 'activities', 'pack', 'total'}
        What is answered: one number, the person's own activities, a pack of statements, or a total.
    lowest, highest : float
    better : {'low', 'high'}
    ask_every_days : int
    least_change_points, least_change_share : float
        A change must reach both; the share is of the score before.
    source : str
    """

    key: str
    entry: Entry
    lowest: float
    highest: float
    better: Literal["low", "high"]
    ask_every_days: int
    least_change_points: float
    least_change_share: float
    source: str


@cache
def instruments() -> dict[str, Instrument]:
    """Return all of them by key."""
    data = tomllib.loads((resources.files("lunge.plan") / "outcomes.toml").read_text(encoding="utf-8"))
    return {row["key"]: Instrument(**row) for row in data["instruments"]}


def score(instrument: Instrument, answers: Sequence[float]) -> float:
    """Return the score of the answers: the one there is, or the mean of the person's own activities.

    Raises
    ------
    ValueError
        If an answer is out of range, or there are too few or too many.
    """
    fewest, most = ACTIVITIES if instrument.entry == "activities" else (1, 1)
    if not fewest <= len(answers) <= most:
        raise ValueError(f"{instrument.key}: expected {fewest} to {most} answers, got {len(answers)}")
    outside = [a for a in answers if not instrument.lowest <= a <= instrument.highest]
    if outside:
        raise ValueError(f"{instrument.key}: expected {instrument.lowest} to {instrument.highest}, got {outside}")
    return fmean(answers)


def compared(instrument: Instrument, before: float, after: float) -> Comparison:
    """Return whether two scores differ by enough to mean something, and which way."""
    difference = after - before
    least = max(instrument.least_change_points, instrument.least_change_share * abs(before))
    if abs(difference) < least:
        return "same"
    return "better" if (difference > 0) == (instrument.better == "high") else "worse"


# ---------------------------------------------------------------- packs of statements
@dataclass(frozen=True, slots=True)
class Pack:
    """Statements of which each applies or does not, from a file of its own with its owner's notice.

    Attributes
    ----------
    key : str
        Of an instrument with packs.
    language : str
    notice, citation : str
        Shown with the statements, unchanged.
    items : tuple of str
        Unchanged too.
    """

    key: str
    language: str
    notice: str
    citation: str
    items: tuple[str, ...]

    def score(self, ticked: Set[int]) -> float:
        """Return how many statements apply; what is not ticked does not.

        Parameters
        ----------
        ticked : set of int
            Their places, from 0.

        Raises
        ------
        ValueError
            If a place is none of the pack.
        """
        strange = [place for place in ticked if not 0 <= place < len(self.items)]
        if strange:
            raise ValueError(f"{self.key}: expected places below {len(self.items)}, got {strange}")
        return float(len(ticked))


def pack_from(text: str, name: str = "questions") -> Pack:
    """Return the pack that a TOML or JSON text holds.

    Raises
    ------
    WrittenFileError
        If it has no notice or citation, is for no instrument with packs, or lacks statements.
    """
    data = read_text(text, name)
    problems, found = [], {}
    for key in ("schema", "key", "language", "notice", "citation", "items"):
        try:
            found[key] = _value_of(data, key)
        except WrongValueError as error:
            problems.append(_at(text, key, error))
    for key in sorted(set(data) - {"schema", "key", "language", "notice", "citation", "items"}):
        problems.append(_at(text, key, WrongValueError("unknown", name=key)))
    packs = [i for i in instruments().values() if i.entry == "pack" and i.key == found.get("key")]
    if not problems and not packs:
        known = ", ".join(i.key for i in instruments().values() if i.entry == "pack")
        problems.append(_at(text, "key", WrongValueError("exactly", expected=known, got=found["key"])))
    if not problems and len(found["items"]) != packs[0].highest:
        wanted = f"{packs[0].highest:g}"
        problems.append(_at(text, "items", WrongValueError("count", expected=wanted, got=len(found["items"]))))
    if problems:
        raise refused(name, tuple(problems))
    return Pack(found["key"], found["language"], found["notice"], found["citation"], found["items"])


def _at(text: str, key: str, error: WrongValueError) -> Problem:
    return error.at(line_of(text, key))


def _value_of(data: dict[str, Any], key: str) -> Any:
    """Return a value of a pack's file: text, but for the list of statements."""
    if key not in data:
        raise WrongValueError("missing", name=key)
    value = data[key]
    if key == "items":
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise WrongValueError("no_texts", got=value)
        return tuple(value)
    if not isinstance(value, str) or not value.strip():
        raise WrongValueError("no_text", got=value)
    if key == "schema" and value != SCHEMA:
        raise WrongValueError("exactly", expected=SCHEMA, got=value)
    return value
