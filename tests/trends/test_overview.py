"""The page on progress against the repetitions themselves: points, bands, changes, sides, self-tests."""

import random
import xml.etree.ElementTree as ET
from collections import defaultdict
from datetime import date, timedelta
from math import sqrt
from statistics import fmean

import pytest

from lunge.messages import catalogue
from lunge.plan.constants import constants
from lunge.plan.records import Habits
from lunge.storage import Store
from lunge.trends.chart import BOTTOM_EDGE, HEIGHT, LEFT_EDGE, RIGHT_EDGE, TOP_EDGE, WIDTH, chart_svg
from lunge.trends.drawn import band_said, chart_of, sides_said
from lunge.trends.overview import overview
from lunge.trends.points import SPANS
from lunge.trends.selftests import self_tests
from practice import done, feel, practise

TODAY = date(2026, 6, 17)
RULES = constants()
EN, DE = catalogue("en"), catalogue("de")
LASTING = RULES.progress.lasting_share
LEGS = ("left", "right")
DAYS_OF = {"month": 30, "quarter": 91, "year": 365}


class Practice:
    """What was done, remembered as it was written."""

    def __init__(self, store):
        self.store, self.sets, self.felt = store, [], defaultdict(list)
        chance = random.Random(4)
        for back in range(430, -1, -5):
            day = TODAY - timedelta(days=back)
            self.practise(day, chance, chance.random() < 0.7, None)
            if back % 3 == 0:
                back_felt, knee_felt = chance.randrange(2), chance.randrange(2)
                feel(store, day, back_felt, knee_felt)
                self.felt[day].append((back_felt, knee_felt))
        for months in range(12):
            self.practise(TODAY - timedelta(days=30 * months + 2), chance, True, "self_test")

    def practise(self, day, chance, form, kind):
        reps = [
            done(leg, depth=chance.gauss(15, 4), hold=chance.uniform(2, 4), in_form=form, sd=chance.uniform(2, 8))
            for leg in LEGS * chance.randrange(1, 4)
        ]
        practise(self.store, day, reps, kind=kind)
        self.sets.append((day, kind == "self_test", reps))

    def legs(self, side, first, last, tests=False):
        """Return (day, repetitions) of each leg in each set."""
        legs = LEGS if side == "both" else (side,)
        for day, is_test, reps in sorted(self.sets, key=lambda one: one[:2]):
            if is_test == tests and first <= day <= last:
                yield from ((day, [r for r in reps if r.stepping_leg == leg]) for leg in legs)


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("practice")) as store:
        yield Practice(store)


def shown(practice, span, sides=("both",), today=TODAY):
    found = overview(practice.store, today, span, sides, RULES, Habits())
    return found, {card.measure.key: card for card in found.cards}


def depths(reps):
    return [r.findings[0].value for r in reps]


def holds(reps):
    return [r.holds_s["lunge_hold_in_form_s"] for r in reps]


def forms(reps):
    return [float(all(f.result != "fail" for f in r.findings)) for r in reps]


MEANS = {"depth_deg": depths, "hold_s": holds, "form": forms}


def bucket(day, span):
    if span == "month":
        return day
    return day.replace(day=1) if span == "all" else day - timedelta(days=day.weekday())


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("side", ["both", "left", "right"])
@pytest.mark.parametrize("key", MEANS)
def test_a_point_is_the_mean_of_its_repetitions(practice, span, side, key):
    found, cards = shown(practice, span, (side,))
    buckets = defaultdict(list)
    for day, reps in practice.legs(side, found.first, TODAY):
        buckets[bucket(day, span)] += MEANS[key](reps)
    (line,) = cards[key].lines
    assert [p.first for p in line.points] == sorted(buckets)
    assert [p.value for p in line.points] == pytest.approx([fmean(buckets[b]) for b in sorted(buckets)])
    assert [p.weight for p in line.points] == [len(buckets[b]) for b in sorted(buckets)]


@pytest.mark.parametrize("span", SPANS)
def test_what_is_counted_counts_self_tests_too(practice, span):
    found, cards = shown(practice, span)
    sets, reps = defaultdict(int), defaultdict(float)
    for day, _, own in practice.sets:
        if found.first <= day:
            sets[bucket(day, span)] += 1
            reps[bucket(day, span)] += sum(forms(own))
    assert {p.first: p.value for p in cards["sessions"].lines[0].points} == sets
    assert {p.first: p.value for p in cards["repetitions"].lines[0].points} == reps


@pytest.mark.parametrize("span", SPANS)
def test_comfort_is_the_mean_of_the_days(practice, span):
    found, cards = shown(practice, span)
    buckets = defaultdict(list)
    for day, answers in practice.felt.items():
        if found.first <= day:
            buckets[bucket(day, span)].append(max(back for back, _ in answers))
    points = cards["comfort_back"].lines[0].points
    assert {p.first: p.value for p in points} == pytest.approx({b: fmean(v) for b, v in buckets.items()})


@pytest.mark.parametrize("span", DAYS_OF)
def test_a_span_is_as_long_as_it_says_and_begins_with_a_whole_week(practice, span):
    found, _ = shown(practice, span)
    first = TODAY - timedelta(days=DAYS_OF[span] - 1)
    assert found.last == TODAY
    assert found.first <= first < found.first + timedelta(days=7)
    assert found.first == first if span == "month" else found.first.weekday() == 0


def test_all_begins_with_the_first_month_in_which_something_was_done(practice):
    found, _ = shown(practice, "all")
    assert found.first == min(day for day, _, _ in practice.sets).replace(day=1)


@pytest.mark.parametrize("span", SPANS)
def test_the_band_is_the_least_change_that_can_be_told_around_the_first_month(practice, span):
    found, cards = shown(practice, span)
    legs = list(practice.legs("both", found.first, TODAY))
    first = [(depths(reps), reps) for day, reps in legs if (day - legs[0][0]).days < 30]
    values = [fmean(d) for d, _ in first]
    sds = [fmean(r.findings[0].sd_people for r in reps) for _, reps in first]
    of_mean = fmean(sd**2 for sd in sds) * (LASTING + (1 - LASTING) / len(sds))
    least = 1.96 * sqrt(of_mean + max(sds) ** 2)
    band = cards["depth_deg"].band
    assert (band.low, band.high) == pytest.approx((fmean(values) - least, fmean(values) + least))


def months(practice, side="both"):
    last = [reps for _, reps in practice.legs(side, TODAY - timedelta(days=29), TODAY)]
    before = [reps for _, reps in practice.legs(side, TODAY - timedelta(days=59), TODAY - timedelta(days=30))]
    return before, last


@pytest.mark.parametrize("span", SPANS)
def test_months_and_sides_are_compared_set_by_set_whatever_is_shown(practice, span):
    _, cards = shown(practice, span, LEGS)
    before, last = months(practice)
    change = cards["depth_deg"].change
    assert (change.before, change.after) == pytest.approx(
        tuple(fmean(fmean(depths(reps)) for reps in month) for month in (before, last))
    )
    sides = cards["hold_s"].sides
    means = [fmean(fmean(holds(reps)) for reps in months(practice, leg)[1]) for leg in LEGS]
    assert (sides.before, sides.after) == pytest.approx(tuple(means))


def test_a_month_on_the_clock_moved_back_shows_nothing_of_later(practice):
    earlier = TODAY - timedelta(days=100)
    found, cards = shown(practice, "all", today=earlier)
    assert found.last == earlier
    assert all(
        p.first <= earlier for card in cards.values() for line in (*card.lines, *card.tests) for p in line.points
    )


def test_nothing_gives_an_empty_page(tmp_path):
    with Store.open(tmp_path) as store:
        found = overview(store, TODAY, "all", ("both",), RULES, Habits())
    assert (found.first, found.sentence.key) == (TODAY, "progress.too_early")
    assert all(not card.lines and card.band is None for card in found.cards)


# ---------------------------------------------------------------- self-tests
def test_self_tests_are_a_series_of_their_own(practice):
    found, cards = shown(practice, "year")
    tests = [(day, fmean(depths(reps))) for day, is_test, reps in practice.sets if is_test and day >= found.first]
    (line,) = cards["depth_deg"].tests
    assert [(p.first, p.value) for p in line.points] == [(day, pytest.approx(mean)) for day, mean in sorted(tests)]
    assert cards["sessions"].tests == ()


def test_each_self_test_is_compared_with_the_first(practice):
    found = self_tests(practice.store, RULES)
    tests = sorted((day, reps) for day, is_test, reps in practice.sets if is_test)
    assert [one.on for one in found.tests] == [day for day, _ in tests]
    means = [fmean(fmean(depths([r for r in reps if r.stepping_leg == leg])) for leg in LEGS) for _, reps in tests]
    assert [one.changes["depth_deg"].after for one in found.tests] == pytest.approx(means)
    assert found.tests[0].changes["depth_deg"].direction == "same"
    assert found.due_from == tests[-1][0] + timedelta(days=28)


def test_a_self_test_in_which_nothing_was_done_is_none(tmp_path):
    with Store.open(tmp_path) as store:
        practise(store, TODAY, [], kind="self_test")
        assert self_tests(store, RULES).due_from is None


# ---------------------------------------------------------------- charts
def marks(svg):
    root = ET.fromstring(svg)
    return [one for one in root.iter() if "mark" in (one.get("class") or "").split()]


def heights(svg):
    """Return how values lie on the paper, from the numbers beside the axis."""
    texts = [
        one for one in ET.fromstring(svg).iter() if one.get("text-anchor") == "end" and float(one.get("x")) < LEFT_EDGE
    ]
    pairs = [
        (float(one.text.replace("\N{MINUS SIGN}", "-").replace(",", ".")), float(one.get("y")) - 4) for one in texts
    ]
    (low, bottom), (high, top) = min(pairs), max(pairs)
    return lambda value: bottom + (value - low) / (high - low) * (top - bottom)


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("texts", [EN, DE])
def test_each_mark_lies_where_its_value_and_its_days_are(practice, span, texts):
    found, cards = shown(practice, span, LEGS)
    days = (found.last - found.first).days + 1
    for card in cards.values():
        svg = chart_svg(chart_of(card, found.first, found.last, texts))
        y_of, drawn = heights(svg), marks(svg)
        points = [p for line in (*card.lines, *card.tests) for p in line.points]
        assert len(drawn) == len(points)
        for mark, point in zip(drawn, points, strict=True):
            middle = ((point.first - found.first).days + (point.last - found.first).days + 1) / 2 / days
            x = LEFT_EDGE + min(max(middle, 0), 1) * (WIDTH - LEFT_EDGE - RIGHT_EDGE)
            assert float(mark.get("data-x")) == pytest.approx(x, abs=0.06)
            assert y_in(mark) == pytest.approx(y_of(point.value * card.measure.times), abs=0.3)
            assert TOP_EDGE - 0.1 <= y_in(mark) <= HEIGHT - BOTTOM_EDGE + 0.1


def y_in(mark):
    """Return the height of a mark: a circle, a square, a bar or a diamond."""
    if mark.get("cy"):
        return float(mark.get("cy"))
    if mark.get("d"):
        return float(mark.get("d").split()[1].partition("l")[0]) + 6
    return float(mark.get("y")) + (0 if "bar" in mark.get("class") else 3)


def test_a_self_test_is_told_in_words_and_by_its_shape(practice):
    found, cards = shown(practice, "quarter")
    svg = chart_svg(chart_of(cards["depth_deg"], found.first, found.last, EN))
    tests = [mark for mark in marks(svg) if "test" in mark.get("class")]
    done_then = [day for day, is_test, _ in practice.sets if is_test and day >= found.first]
    assert len(tests) == len(done_then) > 0
    assert all("self-test" in mark[0].text for mark in tests)
    assert f"self-test; points: {len(tests)}" in ET.fromstring(svg).get("aria-label")


@pytest.mark.parametrize("texts", [EN, DE])
def test_the_words_of_a_band_stay_within_what_a_value_can_be(practice, texts):
    _, cards = shown(practice, "quarter")
    assert cards["comfort_back"].band.low < 0
    assert cards["steadiness_deg"].band.low < 0
    for key in ("comfort_back", "comfort_knee", "steadiness_deg", "form"):
        assert "-" not in band_said(cards[key], texts)
    assert band_said(cards["sessions"], texts) is None


# ---------------------------------------------------------------- in words
WORSE = {
    "depth_deg": {"depth": 30.0},
    "hold_s": {"hold": 9.0},
    "steadiness_deg": {"sway": 9.0},
    "form": {"in_form": True},
}
USUAL = {"depth": 10.0, "hold": 2.0, "sway": 1.0, "in_form": False, "sd": 1.0}


@pytest.mark.parametrize("key", WORSE)
@pytest.mark.parametrize("leg", LEGS)
def test_one_sentence_says_which_side_differs(tmp_path, key, leg):
    with Store.open(tmp_path) as store:
        for back in range(8):
            reps = [done(one, **USUAL | (WORSE[key] if one == leg else {})) for one in LEGS * 4]
            practise(store, TODAY - timedelta(days=back), reps)
        cards = {c.measure.key: c for c in overview(store, TODAY, "month", ("both",), RULES, Habits()).cards}
    direction = "more" if leg == "right" else "less"
    for texts in (EN, DE):
        said = sides_said(cards[key], texts)
        assert said.startswith(texts.text(f"progress.sides.{key}.{direction}").partition("{")[0])
        same = texts.text("progress.sides.same")
        assert all(sides_said(cards[other], texts) == same for other in WORSE if other not in (key, "form"))
    assert sides_said(cards["sessions"], EN) is sides_said(cards["repetitions"], EN) is None


def test_two_sets_are_too_few_to_compare_sides(tmp_path):
    with Store.open(tmp_path) as store:
        for back in range(2):
            practise(store, TODAY - timedelta(days=back), [done(leg) for leg in LEGS])
        cards = {c.measure.key: c for c in overview(store, TODAY, "month", ("both",), RULES, Habits()).cards}
    assert sides_said(cards["hold_s"], EN) == EN.text("progress.sides.early")


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key in ("depth_deg", "hold_s", "steadiness_deg") for value in (1, 2)]
)
def test_one_sentence_says_what_changed_since_last_month(tmp_path, key, value):
    """A month at the usual, then one far above it, or the other way round."""
    with Store.open(tmp_path) as store:
        for back in range(0, 60, 6):
            is_other = (back < 30) == (value == 1)
            more = WORSE[key] if is_other else {}
            practise(store, TODAY - timedelta(days=back), [done(leg, **USUAL | more) for leg in LEGS])
        found = overview(store, TODAY, "year", ("both",), RULES, Habits())
    assert found.sentence.key == f"progress.changed.{key}.{'more' if value == 1 else 'less'}"
