"""What is read for the page on progress: added up where it is drawn, set by set where each one's error counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lunge.plan.constants import Rules
from lunge.storage import Store
from lunge.storage.samples import Grain, Wanted
from lunge.trends.constants import constants
from lunge.trends.measures import Kept, Measure, Sample, all_in, measures, samples_of, sets_in
from lunge.trends.points import STEPS, Span, Step, first_day_of

GRAINS: Final[dict[Step, Grain]] = {"day": "day", "week": "day", "month": "month"}
ONE_DAY: Final = timedelta(days=1)
LONGEST_MONTH: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Found:
    """The samples of one measure, the oldest first.

    A self-test asks for the same whatever the plan asks for, so it has a series of its own; only where
    something is counted it counts too.

    Attributes
    ----------
    shown : list of Sample
        Of the whole span, added up by day or month.
    tests : list of Sample
        Of the self-tests in the span.
    first : list of Sample
        Of the first days that are shown: the band lies around them.
    before, last : list of Sample
        Of the month before the last one, and of the last one.
    """

    shown: list[Sample]
    tests: list[Sample]
    first: list[Sample]
    before: list[Sample]
    last: list[Sample]


@dataclass(frozen=True, slots=True)
class Reading:
    """All of it.

    Attributes
    ----------
    of : dict of Measure to Found
    days : list of date
        One for each set of the last two months, self-tests too.
    """

    of: dict[Measure, Found]
    days: list[date]


def read(store: Store, today: date, span: Span, rules: Rules) -> Reading:
    """Return what the page on progress is made of.

    Raises
    ------
    StorageError
        If the store cannot be read.
    """
    first, month = first_day_of(span, today), timedelta(days=rules.progress.month_days)
    practice = all_in(store, Wanted(first, today, GRAINS[STEPS[span]]))
    tests = sets_in(store, Wanted(first, today, tests=True))
    recent = Wanted(today - 2 * month + ONE_DAY, today)
    lately = all_in(store, recent)
    beginnings = _Beginnings(store)
    found = {}
    for measure in measures():
        shown = [s for s in samples_of(measure, practice) if s.day <= today]
        tested = samples_of(measure, tests)
        months = [s for s in samples_of(measure, lately) if s.day <= today]
        found[measure] = Found(
            sorted(shown + tested, key=lambda s: s.day) if measure.total == "sum" else shown,
            [] if measure.total == "sum" else tested,
            beginnings.of(measure, shown),
            [s for s in months if s.day <= today - month],
            [s for s in months if today - month < s.day],
        )
    tested_lately = store.samples.sets(Wanted(recent.first, today, tests=True))
    return Reading(found, [row.day for row in (*lately.sets, *tested_lately) for _ in range(row.sets)])


class _Beginnings:
    """Reads the first days that are shown, set by set; for measures that begin together once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[date, Kept] = {}

    def of(self, measure: Measure, shown: list[Sample]) -> list[Sample]:
        if not shown or measure.noise == "none":
            return []
        length, start = timedelta(days=constants().band.first_days), shown[0].day
        if measure.source != "score":
            if start not in self._kept:
                # Where months are added up, the first sample may lie anywhere in the first one.
                self._kept[start] = all_in(self._store, Wanted(start, start + LONGEST_MONTH + length))
            shown = samples_of(measure, self._kept[start])
        return [sample for sample in shown if sample.day < shown[0].day + length]
