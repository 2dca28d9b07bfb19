"""What the page on progress shows: cards with lines and bands, what changed, the week, the self-tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
from lunge.trends.constants import constants
from lunge.trends.measures import Measure, Sample, kept_since, measures, samples_of
from lunge.trends.points import STEPS, Point, Side, Span, first_day_of, of_side, points_of

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
    band : Band, optional
        Where a point may lie by chance alone; None where nothing can err, or nothing is known.
    change : Change
        Of the last month against the one before.
    sides : Change
        Of the last month, from the left leg to the right.
    """

    measure: Measure
    lines: tuple[Line, ...]
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
    first = first_day_of(span, today)
    earliest = today - timedelta(days=2 * rules.progress.month_days)
    kept = kept_since(store, None if first is None else min(first, earliest))
    found = [(measure, _until(today, samples_of(measure, kept))) for measure in measures()]
    begun = min((samples[0].day for _, samples in found if samples), default=today) if first is None else first
    wanted = [(m, [s for s in samples if s.day >= begun], _months(samples, today, rules)) for m, samples in found]
    cards = tuple(_card(m, shown, months, (span, sides), rules) for m, shown, months in wanted)
    changes = {cast(Subject, c.measure.key): c.change for c in cards if c.measure.key in SUBJECTS}
    return Overview(begun, today, cards, since_last_month(changes), week_of(kept.days.values(), habits, today))


def _until(today: date, samples: list[Sample]) -> list[Sample]:
    return [sample for sample in samples if sample.day <= today]


Months = tuple[list[Sample], list[Sample]]


def _months(samples: list[Sample], today: date, rules: Rules) -> Months:
    month = timedelta(days=rules.progress.month_days)
    last = [s for s in samples if today - month < s.day]
    return [s for s in samples if today - 2 * month < s.day <= today - month], last


def _card(
    measure: Measure, shown: list[Sample], months: Months, wanted: tuple[Span, tuple[Side, ...]], rules: Rules
) -> Card:
    span, sides = wanted
    asked = sides if measure.has_sides else BOTH
    lines = [Line(side, tuple(points_of(of_side(shown, side), measure.total, STEPS[span]))) for side in asked]
    last = months[1]
    return Card(
        measure,
        tuple(line for line in lines if line.points),
        _band(measure, shown, lines, rules),
        change_of(measure, *months, rules),
        change_of(measure, of_side(last, "left"), of_side(last, "right"), rules) if measure.has_sides else UNKNOWN,
    )


def change_of(measure: Measure, before: Sequence[Sample], after: Sequence[Sample], rules: Rules) -> Change:
    """Return how samples of a measure differ from others, by the measure's kind of noise."""
    if measure.noise == "none":
        return UNKNOWN
    if measure.noise == "comfort":
        return comfort_change(_answers(before), _answers(after), rules)
    if measure.noise == "counting":
        return form_change(_tallies(before), _tallies(after), rules)
    return change_between(values_of(before), values_of(after), rules)


def _band(measure: Measure, shown: list[Sample], lines: list[Line], rules: Rules) -> Band | None:
    """Return the band around the first month that is shown."""
    if not shown or measure.noise == "none":
        return None
    end = shown[0].day + timedelta(days=constants().band.first_days)
    first = [sample for sample in shown if sample.day < end]
    if measure.noise == "comfort":
        return comfort_band(_answers(first), rules)
    if measure.noise == "counting":
        usual = round(median(point.weight for line in lines for point in line.points))
        return form_band(_tallies(first), Tally(usual, 0), rules)
    values = values_of(first)
    return band_of(values, rules) if values else None


def values_of(samples: Sequence[Sample]) -> list[Value]:
    """Return samples as the plan's values, without those whose uncertainty nobody knows."""
    return [Value(s.day, s.value, s.sd) for s in samples if s.sd > 0.0]


def _answers(samples: Sequence[Sample]) -> list[int]:
    return [round(sample.value) for sample in samples]


def _tallies(samples: Sequence[Sample]) -> list[Tally]:
    return [Tally(sample.weight, round(sample.value)) for sample in samples]
