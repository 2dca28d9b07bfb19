"""What the page on progress shows: cards with lines and bands, what changed, the week, the self-tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final, cast, get_args

from lunge.plan.constants import Rules
from lunge.plan.progress import (
    UNKNOWN,
    Band,
    Change,
    Subject,
    Tally,
    Value,
    Week,
    band_of,
    change_between,
    comfort_band,
    comfort_change,
    form_band,
    form_change,
    since_last_month,
    week_of,
)
from lunge.plan.records import Habits, Reason
from lunge.storage import Store
from lunge.trends.found import Found, read
from lunge.trends.measures import Measure, Sample
from lunge.trends.points import STEPS, Point, Side, Span, Step, first_day_of, of_side, points_of

SUBJECTS: Final = frozenset(get_args(Subject))
BOTH: Final[tuple[Side, ...]] = ("both",)


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one side, or of both together, in order."""

    side: Side
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One measure over a span.

    Attributes
    ----------
    measure : Measure
    lines : tuple of Line
        Without those that have no points.
    tests : tuple of Line
        The self-tests, each a point; the same sides.
    band : Band, optional
        Where a point may lie by chance alone; None where nothing can err, or nothing is known.
    change : Change
        Of the last month against the one before.
    sides : Change
        Of the last month, from the left leg to the right.
    """

    measure: Measure
    lines: tuple[Line, ...]
    tests: tuple[Line, ...]
    band: Band | None
    change: Change
    sides: Change


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it.

    Attributes
    ----------
    first, last : date
        The days of the time axis, both included.
    cards : tuple of Card
    sentence : Reason
        What changed since last month.
    week : Week
    """

    first: date
    last: date
    cards: tuple[Card, ...]
    sentence: Reason
    week: Week


def overview(store: Store, today: date, span: Span, sides: tuple[Side, ...], rules: Rules, habits: Habits) -> Overview:
    """Return what a page on progress shows.

    Parameters
    ----------
    store : Store
    today : date
    span : {'month', 'quarter', 'year', 'all'}
    sides : tuple of {'both', 'left', 'right'}
        The lines that are wanted of measures with two sides.
    rules : Rules
    habits : Habits
        They say how many days a week are aimed at.

    Raises
    ------
    StorageError
        If the store cannot be read.
    """
    reading = read(store, today, span, rules)
    cards = tuple(_card(measure, found, (span, sides), rules) for measure, found in reading.of.items())
    begun = first_day_of(span, today) or min((p.first for c in cards for p in _points(c)), default=today)
    changes = {cast(Subject, c.measure.key): c.change for c in cards if c.measure.key in SUBJECTS}
    return Overview(begun, today, cards, since_last_month(changes), week_of(reading.days, habits, today))


def _points(card: Card) -> Iterator[Point]:
    yield from (point for line in (*card.lines, *card.tests) for point in line.points)


def _card(measure: Measure, found: Found, wanted: tuple[Span, tuple[Side, ...]], rules: Rules) -> Card:
    span, sides = wanted
    asked = sides if measure.has_sides else BOTH
    lines = _lines(measure, found.shown, asked, STEPS[span])
    left, right = of_side(found.last, "left"), of_side(found.last, "right")
    return Card(
        measure,
        lines,
        _lines(measure, found.tests, asked, "day"),
        _band(measure, found, lines, rules),
        change_of(measure, found.before, found.last, rules),
        change_of(measure, left, right, rules) if measure.has_sides else UNKNOWN,
    )


def _lines(measure: Measure, samples: list[Sample], sides: tuple[Side, ...], step: Step) -> tuple[Line, ...]:
    lines = (Line(side, tuple(points_of(of_side(samples, side), measure.total, step))) for side in sides)
    return tuple(line for line in lines if line.points)


def change_of(measure: Measure, before: Sequence[Sample], after: Sequence[Sample], rules: Rules) -> Change:
    """Return how samples of a measure differ from others, by the measure's kind of noise."""
    if measure.noise == "none":
        return UNKNOWN
    if measure.noise == "comfort":
        return comfort_change(_answers(before), _answers(after), rules)
    if measure.noise == "counting":
        return form_change(_tallies(before), _tallies(after), rules)
    return change_between(values_of(before), values_of(after), rules)


def _band(measure: Measure, found: Found, lines: tuple[Line, ...], rules: Rules) -> Band | None:
    """Return the band around the first month that is shown."""
    if not found.first:
        return None
    if measure.noise == "comfort":
        return comfort_band(_answers(found.first), rules)
    if measure.noise == "counting":
        usual = round(median(point.weight for line in lines for point in line.points))
        return form_band(_tallies(found.first), Tally(usual, 0), rules)
    values = values_of(found.first)
    return band_of(values, rules) if values else None


def values_of(samples: Sequence[Sample]) -> list[Value]:
    """Return samples as the plan's values, without those whose uncertainty nobody knows."""
    return [Value(s.day, s.value, s.sd) for s in samples if s.sd > 0.0]


def _answers(samples: Sequence[Sample]) -> list[int]:
    return [round(sample.value) for sample in samples]


def _tallies(samples: Sequence[Sample]) -> list[Tally]:
    return [Tally(sample.weight, round(sample.value)) for sample in samples]
