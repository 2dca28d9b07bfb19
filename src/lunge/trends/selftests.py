"""The monthly self-test at a fixed protocol: when the next one is due, and how each compares with the first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import fmean

from lunge.plan.constants import Rules
from lunge.plan.progress import Change, Value, value_change
from lunge.plan.selftest import due_from
from lunge.storage import Store
from lunge.storage.samples import Wanted
from lunge.trends.measures import Kept, Measure, measures, samples_of, sets_in
from lunge.trends.overview import values_of


@dataclass(frozen=True, slots=True)
class SelfTest:
    """One self-test.

    Attributes
    ----------
    on : date
    changes : dict of str to Change
        From a measure's key to how it differs from the first self-test; the first differs from itself by nothing.
    """

    on: date
    changes: dict[str, Change]


@dataclass(frozen=True, slots=True)
class SelfTests:
    """All of them.

    Attributes
    ----------
    measures : tuple of Measure
        Those that any of them has.
    tests : tuple of SelfTest
        The oldest first.
    due_from : date, optional
        The day from which it is time for another one; None before the first.
    """

    measures: tuple[Measure, ...]
    tests: tuple[SelfTest, ...]
    due_from: date | None


def self_tests(store: Store, rules: Rules) -> SelfTests:
    """Return the self-tests in which something was done, each compared with the first.

    Raises
    ------
    StorageError
        If the store cannot be read.
    """
    kept = sets_in(store, Wanted(tests=True))
    days = {row.set_number: row.day for row in kept.legs if row.set_number is not None}
    found = {m: values for m in measures() if m.noise in ("sd", "fixed") and (values := _by_set(m, kept))}
    tests = tuple(SelfTest(day, _against_first(number, found, rules)) for number, day in days.items())
    return SelfTests(tuple(found), tests, due_from(tests[-1].on if tests else None, rules))


def _by_set(measure: Measure, kept: Kept) -> dict[int, Value]:
    """Return one value for each set: the mean of its legs."""
    found: dict[int, Value] = {}
    samples = samples_of(measure, kept)
    for number, own in groupby(samples, key=lambda sample: sample.set_number):
        values = values_of(list(own))
        if values and number is not None:
            middle, sd = fmean(v.value for v in values), fmean(v.sd_people for v in values)
            found[number] = Value(values[0].on, middle, sd)
    return found


def _against_first(number: int, found: dict[Measure, dict[int, Value]], rules: Rules) -> dict[str, Change]:
    return {
        measure.key: value_change(next(iter(values.values())), values[number], rules)
        for measure, values in found.items()
        if number in values
    }
