"""What is followed: measures as data, and their samples in what is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from lunge.storage import Store
from lunge.storage.done import Leg
from lunge.storage.samples import CheckRow, ComfortRow, LegRow, ScoreRow

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
    sd: float = 0.0

    @property
    def has_sides(self) -> bool:
        """Whether left and right can be told apart."""
        return self.source in {"legs", "check"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of one day, mostly of one leg in one set.

    Attributes
    ----------
    day : date
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

    days: dict[int, date]
    legs: list[LegRow]
    checks: list[CheckRow]
    comfort: list[ComfortRow]
    scores: list[ScoreRow]


def kept_since(store: Store, first: date | None) -> Kept:
    """Return what is kept since a local day; everything for None.

    Raises
    ------
    StorageError
        If it cannot be read.
    """
    days = store.samples.days(first)
    return Kept(
        days,
        store.samples.legs(days),
        store.samples.checks(days, {_check_of(m) for m in measures() if m.source == "check"}),
        store.samples.comfort(first),
        store.samples.scores(first),
    )


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
            yield Sample(row.day, value)


def _in_sets(measure: Measure, kept: Kept) -> Iterator[Sample]:
    yield from (Sample(day, 1.0, set_number=number) for number, day in kept.days.items())


def _in_legs(measure: Measure, kept: Kept) -> Iterator[Sample]:
    for row in kept.legs:
        value = getattr(row, measure.column)
        if value is not None:
            yield Sample(row.day, value, row.repetitions, measure.sd, row.leg, row.set_number)


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
