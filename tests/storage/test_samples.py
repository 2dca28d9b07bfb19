"""Short rows of years, added up by the database, against the repetitions and findings themselves, one by one."""

import random
from datetime import date, time, timedelta
from statistics import fmean

import pytest

from lunge.storage.instants import local_day
from lunge.storage.records import OutcomeScore
from lunge.storage.samples import ScoreRow, Wanted
from practice import done, feel, practise
from stored import NOON

DEPTH = ("front_thigh_depth", "front_thigh_above_horizontal_deg")
SWAY = ("steadiness", "trunk_forward_deg")
FIRST = date(2026, 1, 28)
GRAINS = {"set": lambda one: (one.day, one.id), "day": lambda one: one.day, "month": lambda one: one.day.replace(day=1)}


class Kept:
    """One set as the store gives it back."""

    def __init__(self, store, made):
        self.id, self.day = made.id, local_day(made.at, made.zone)
        self.is_test = made.wishes.get("plan", {}).get("kind") == "self_test"
        self.repetitions, findings = store.sets.repetitions(made.id), store.sets.findings(made.id)
        leg_of = {r.number: r.leg for r in self.repetitions}
        self.said = [(leg_of[f.repetition], f) for f in findings if f.result != "cannot_judge"]


@pytest.fixture
def kept(store):
    """Sets of ten weeks, some late in the evening, some self-tests."""
    chance = random.Random(2)
    for i in range(16):
        legs = [chance.choice(["left", "right", None]) for _ in range(chance.randrange(4))]
        reps = [
            done(
                leg,
                depth=chance.choice([None, chance.uniform(0, 20)]),
                sway=chance.uniform(0, 3),
                hold=None if i % 5 == 0 else chance.uniform(1, 5),
                in_form=chance.random() < 0.6,
                sd=chance.uniform(1, 9),
            )
            for leg in legs
        ]
        day, at = FIRST + timedelta(days=4 * (i // 2)), time(chance.choice([8, 23]), 30)
        practise(store, day, reps, at=at, kind="self_test" if i % 6 == 1 else None)
    return [Kept(store, made) for made in store.sets.all()]


def grouped(kept, grain, tests):
    out = {}
    for one in sorted(kept, key=lambda k: k.id):
        if one.is_test == tests:
            out.setdefault(GRAINS[grain](one), []).append(one)
    return [out[key] for key in sorted(out)]


def day_of(group, grain):
    return group[0].day.replace(day=1) if grain == "month" else group[0].day


EVERY = pytest.mark.parametrize(("grain", "tests"), [(grain, tests) for grain in GRAINS for tests in (False, True)])


@EVERY
def test_sets_are_counted(store, kept, grain, tests):
    found = store.samples.sets(Wanted(grain=grain, tests=tests))
    assert [tuple(row) for row in found] == [(day_of(g, grain), len(g)) for g in grouped(kept, grain, tests)]


@EVERY
def test_legs_are_what_their_repetitions_are(store, kept, grain, tests):
    found = {(r.day, r.set_number, r.leg): r for r in store.samples.legs(Wanted(grain=grain, tests=tests))}
    expected = []
    for group in grouped(kept, grain, tests):
        for leg in ("left", "other", "right"):
            sides = [[r for r in one.repetitions if r.leg == leg] for one in group]
            own = [r for side in sides for r in side]
            holds = [r.holds_s["lunge_hold_in_form_s"] for r in own if r.holds_s]
            if own:
                hold = fmean(holds) if holds else None
                expected.append((day_of(group, grain), leg, len(own), sum(r.in_form for r in own), hold, len(holds)))
    assert sorted((r.day, r.leg, r.repetitions, r.in_form, r.held) for r in found.values()) == sorted(
        (day, leg, count, form, held) for day, leg, count, form, _, held in expected
    )
    for given, row in zip(sorted(expected, key=str), sorted(found.values(), key=by_content), strict=True):
        assert row.hold_s == (None if given[4] is None else pytest.approx(given[4]))


def by_content(row):
    return str((row.day, row.leg, row.repetitions, row.in_form, row.hold_s, row.held))


@EVERY
def test_checks_are_the_means_of_their_findings(store, kept, grain, tests):
    found = store.samples.checks(Wanted(grain=grain, tests=tests), {DEPTH, SWAY})
    expected = []
    kinds = [(leg, *check) for leg in ("left", "other", "right") for check in (DEPTH, SWAY)]
    for group in grouped(kept, grain, tests):
        said = [(leg, f) for one in group for leg, f in one.said]
        for leg, check, measure in kinds:
            own = [f for at, f in said if (at, f.check, f.measure) == (leg, check, measure)]
            if own:
                expected.append((day_of(group, grain), leg, measure, len(own), fmean(f.value for f in own), own))
    assert len(found) == len(expected)
    rows = sorted(found, key=lambda r: (r.day, r.leg, r.measure, round(r.mean, 6)))
    for (*plain, mean, own), row in zip(sorted(expected, key=lambda e: (*e[:3], round(e[4], 6))), rows, strict=True):
        assert [row.day, row.leg, row.measure, row.judged] == plain
        assert row.mean == pytest.approx(mean)
        if grain == "set":
            assert row.sd == pytest.approx(fmean(f.sd_people for f in own))


def test_only_the_wanted_checks_are_read(store, kept):
    assert {row.measure for row in store.samples.checks(Wanted(), {DEPTH})} == {DEPTH[1]}
    assert store.samples.checks(Wanted(), {("steadiness", DEPTH[1])}) == []


@pytest.mark.parametrize(("after", "length"), [(0, 0), (4, 20), (13, 40)])
def test_both_ends_belong_to_it(store, kept, after, length):
    first = FIRST + timedelta(days=after)
    last = first + timedelta(days=length)
    found = store.samples.sets(Wanted(first, last, "day"))
    days = sorted({one.day for one in kept if not one.is_test and first <= one.day <= last})
    assert [row.day for row in found] == days


def test_a_set_late_in_the_evening_belongs_to_the_day_of_its_place(store):
    practise(store, date(2026, 3, 31), [done()], at=time(22, 30))
    (row,) = store.samples.sets(Wanted(grain="month"))
    assert row.day == date(2026, 4, 1)


@pytest.mark.parametrize("grain", ["day", "month"])
def test_comfort_is_the_worst_of_each_day_and_its_mean_over_a_month(store, grain):
    chance, days = random.Random(5), {}
    for i in range(60):
        day = FIRST + timedelta(days=i * 2 // 3)
        felt = [chance.choice([None, *range(11)]) for _ in ("back", "knee")]
        feel(store, day, *felt, "before" if i % 2 else "after")
        days.setdefault(day, []).append(felt)
    worst = {
        day: [max((w for w in side if w is not None), default=None) for side in zip(*felt, strict=True)]
        for day, felt in days.items()
    }
    beginnings = sorted({GRAINS[grain](Day(day)) for day in worst})
    expected = []
    for begin in beginnings:
        sides = list(zip(*(felt for day, felt in worst.items() if GRAINS[grain](Day(day)) == begin), strict=True))
        known = [[value for value in side if value is not None] for side in sides]
        expected.append((begin, *(fmean(k) if k else None for k in known), *map(len, known)))
    found = store.samples.comfort(Wanted(grain=grain))
    assert [row.day for row in found] == [one[0] for one in expected]
    for row, one in zip(found, expected, strict=True):
        assert [row.back, row.knee, row.backs, row.knees] == pytest.approx(one[1:])


class Day:
    def __init__(self, day):
        self.day = day


def test_scores_are_in_the_order_of_their_days(store):
    next_day = FIRST + timedelta(days=1)
    for day, score in ((next_day, 3.0), (FIRST, 2.0)):
        store.scores.put(OutcomeScore(at=NOON, zone="UTC", day=day, instrument="psfs", score=score))
    assert store.samples.scores() == [ScoreRow(FIRST, "psfs", 2.0), ScoreRow(next_day, "psfs", 3.0)]
    assert store.samples.scores(next_day) == [ScoreRow(next_day, "psfs", 3.0)]
