"""From samples to points: one for each day, week or month of a span."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from lunge.trends.constants import constants
from lunge.trends.measures import Sample, Total

Span = Literal["month", "quarter", "year", "all"]
SPANS: Final[tuple[Span, ...]] = ("month", "quarter", "year", "all")
Step = Literal["day", "week", "month"]
STEPS: Final[dict[Span, Step]] = {"month": "day", "quarter": "week", "year": "week", "all": "month"}
"""What one point of a span stands for."""

Side = Literal["both", "left", "right"]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line.

    Attributes
    ----------
    first, last : date
        The days that it stands for, both included.
    value : float
    weight : int
        Of how many repetitions, or answers, it is made.
    """

    first: date
    last: date
    value: float
    weight: int


def first_day_of(span: Span, today: date) -> date | None:
    """Return the first day of a span that ends today; None for everything.

    Weeks are shown whole, so that the first point is like the others.
    """
    if span == "all":
        return None
    first = today - timedelta(days=getattr(constants().spans, f"{span}_days") - 1)
    return first if span == "month" else first - timedelta(days=first.weekday())


def points_of(samples: Sequence[Sample], total: Total, step: Step) -> list[Point]:
    """Return a point for each day, week or month in which there is a sample, in order."""
    parts: dict[date, list[Sample]] = defaultdict(list)
    for sample in samples:
        parts[_beginning(sample.day, step)].append(sample)
    return [_point(first, parts[first], total, step) for first in sorted(parts)]


def of_side(samples: Sequence[Sample], side: Side) -> list[Sample]:
    """Return the samples of one leg, or all of them."""
    return [sample for sample in samples if side in ("both", sample.leg)]


def value_of(samples: Sequence[Sample], total: Total) -> float:
    """Return the mean, sum or share of samples.

    Raises
    ------
    ValueError
        If there are none.
    """
    if not samples:
        raise ValueError("samples: expected at least one, got none")
    if total == "sum":
        return sum(sample.value for sample in samples)
    weight = sum(sample.weight for sample in samples)
    if total == "share":
        return sum(sample.value for sample in samples) / weight
    return sum(sample.value * sample.weight for sample in samples) / weight


def _point(first: date, samples: list[Sample], total: Total, step: Step) -> Point:
    return Point(first, _end(first, step), value_of(samples, total), sum(sample.weight for sample in samples))


def _beginning(day: date, step: Step) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def _end(first: date, step: Step) -> date:
    if step == "week":
        return first + timedelta(days=6)
    return _next_month(first) - timedelta(days=1) if step == "month" else first


def _next_month(first: date) -> date:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
