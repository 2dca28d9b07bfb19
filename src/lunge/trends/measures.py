"""What is followed: measures as data, and their samples in what is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from lunge.storage import Store
from lunge.storage.done import Leg
from lunge.storage.samples import CheckRow, ComfortRow, LegRow, ScoreRow, SetsRow, Wanted

Source = Literal["comfort", "sets", "legs", "check", "score"]
Total = Literal["mean", "sum", "share"]
Noise = Literal["sd", "fixed", "comfort", "counting", "none"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is followed; the fields are those of ``measures.toml``, which explains them."""

    key: str
    source: Source
    column: str
    total: Total
    noise: Noise
    unit: str
    digits: int
    least: float
    times: float = 1.0
    lowest: float | None = None
    sd: float = 0.0

    @property
    def has_sides(self) -> bool:
        """Whether left and right can be told apart."""
        return self.source in {"legs", "check"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One value: of one leg in one set, of one day, or of all sets of a day or a month together.

    Attributes
    ----------
    day : date
        The first, where it is of a month.
    value : float
        In the measure's own unit; of a share how many there were.
    weight : int
        How many repetitions it is made of.
    sd : float
        The uncertainty of the value; 0 where the measure has another kind of noise.
    leg : {'left', 'right', 'other'}
    set_number : int, optional
    """

    day: date
    value: float
    weight: int = 1
    sd: float = 0.0
    leg: Leg = "other"
    set_number: int | None = None


@cache
def measures() -> tuple[Measure, ...]:
    """Return what is followed, in the order in which it is shown."""
    data = tomllib.loads((resources.files("lunge.trends") / "measures.toml").read_text(encoding="utf-8"))
    return tuple(Measure(**row) for row in data["measures"])


@dataclass(frozen=True)
class Kept:
    """What is kept of a span, read once for all measures."""

    sets: list[SetsRow]
    legs: list[LegRow]
    checks: list[CheckRow]
    comfort: list[ComfortRow]
    scores: list[ScoreRow]


def sets_in(store: Store, wanted: Wanted) -> Kept:
    """Return what the wanted sets were, without the diary.

    Raises
    ------
    StorageError
        If it cannot be read.
    """
    samples = store.samples
    checks = {_check_of(m) for m in measures() if m.source == "check"}
    return Kept(samples.sets(wanted), samples.legs(wanted), samples.checks(wanted, checks), [], [])


def all_in(store: Store, wanted: Wanted) -> Kept:
    """Return what the wanted sets were, and the diary of these days.

    Raises
    ------
    StorageError
        If it cannot be read.
    """
    comfort, scores = store.samples.comfort(wanted), store.samples.scores(wanted.first)
    return replace(sets_in(store, wanted), comfort=comfort, scores=scores)


def _check_of(measure: Measure) -> tuple[str, str]:
    check, _, name = measure.column.partition("/")
    return check, name


def samples_of(measure: Measure, kept: Kept) -> list[Sample]:
    """Return a measure's samples, the oldest first."""
    return sorted(_FOUND[measure.source](measure, kept), key=lambda sample: sample.day)


def _in_comfort(measure: Measure, kept: Kept) -> Iterator[Sample]:
    for row in kept.comfort:
        value = getattr(row, measure.column)
        if value is not None:
            yield Sample(row.day, value, row.backs if measure.column == "back" else row.knees)


def _in_sets(measure: Measure, kept: Kept) -> Iterator[Sample]:
    yield from (Sample(row.day, row.sets, row.sets) for row in kept.sets)


def _in_legs(measure: Measure, kept: Kept) -> Iterator[Sample]:
    for row in kept.legs:
        value = getattr(row, measure.column)
        if value is not None:
            weight = row.held if measure.column == "hold_s" else row.repetitions
            yield Sample(row.day, value, weight, measure.sd, row.leg, row.set_number)


def _in_checks(measure: Measure, kept: Kept) -> Iterator[Sample]:
    _, name = _check_of(measure)
    for row in kept.checks:
        if row.measure == name:
            yield Sample(row.day, row.mean, row.judged, row.sd or 0.0, row.leg, row.set_number)


def _in_scores(measure: Measure, kept: Kept) -> Iterator[Sample]:
    yield from (Sample(row.day, row.score, sd=measure.sd) for row in kept.scores if row.instrument == measure.column)


_FOUND = {
    "comfort": _in_comfort,
    "sets": _in_sets,
    "legs": _in_legs,
    "check": _in_checks,
    "score": _in_scores,
}
