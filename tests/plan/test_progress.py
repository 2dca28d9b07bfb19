"""What counts as a change: the arithmetic against a second, dumber way, and the sentences."""

import math
import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.messages import catalogue, languages
from lunge.plan.constants import constants
from lunge.plan.progress import (
    UNKNOWN,
    Band,
    Change,
    Tally,
    Value,
    band_of,
    change_between,
    comfort_band,
    comfort_change,
    form_band,
    form_change,
    least_change,
    left_against_right,
    months_of,
    since_last_month,
    week_of,
)
from lunge.plan.records import Habits
from planned import DAY, MONDAY

RULES = constants()
SD = st.floats(0.01, 20)
NUMBERS = st.floats(-100, 100)


def values(*numbers, sd=8.0, on=MONDAY):
    return [Value(on, number, sd) for number in numbers]


# ---------------------------------------------------------------- minimum detectable change (MDC95)
@given(NUMBERS, NUMBERS, SD)
def test_between_single_values_it_is_the_textbook_s(first, second, sd):
    found = least_change(values(first, sd=sd), values(second, sd=sd), RULES)
    assert found == pytest.approx(1.96 * math.sqrt(2) * sd)


@given(st.integers(1, 200), st.integers(1, 200), SD)
def test_more_values_make_it_smaller_but_never_by_more_than_what_lasts(n, m, sd):
    single = least_change(values(0, sd=sd), values(0, sd=sd), RULES)
    found = least_change(values(*[0] * n, sd=sd), values(*[0] * m, sd=sd), RULES)
    assert single * math.sqrt(RULES.progress.lasting_share) < found <= single * (1 + 1e-9)
    assert least_change(values(*[0] * (n + 1), sd=sd), values(*[0] * m, sd=sd), RULES) < found


def test_pure_noise_is_called_a_change_once_in_twenty_times():
    """Half of the variance is the month's own (clothes, camera), half that of each set: then 5 % are false alarms."""
    chance = random.Random(1)
    sd = 8.0 / math.sqrt(2)

    def month():
        own = chance.gauss(0, sd)
        return values(*(own + chance.gauss(0, sd) for _ in range(8)))

    alarms = [change_between(month(), month(), RULES).direction != "same" for _ in range(4000)]
    assert 0.035 < sum(alarms) / len(alarms) < 0.065


@given(st.lists(NUMBERS, min_size=3, max_size=9), st.lists(NUMBERS, min_size=3, max_size=9), SD)
def test_a_change_is_named_by_its_sign_once_it_is_large_enough(before, after, sd):
    found = change_between(values(*before, sd=sd), values(*after, sd=sd), RULES)
    difference = sum(after) / len(after) - sum(before) / len(before)
    if found.direction == "same":
        assert abs(difference) <= found.least + 1e-9
    else:
        assert found.direction == ("more" if difference > 0 else "less")
        assert abs(difference) >= found.least - 1e-9


def test_few_values_say_nothing():
    assert change_between(values(0, 0), values(90, 90, 90), RULES) == UNKNOWN
    with pytest.raises(ValueError, match="at least one"):
        least_change([], values(1), RULES)


def test_the_band_is_where_single_values_are_noise():
    band = band_of(values(10), RULES)
    assert (band.low, band.high) == pytest.approx((10 - 1.96 * math.sqrt(2) * 8, 10 + 1.96 * math.sqrt(2) * 8))
    many = band_of(values(*[10] * 20), RULES)
    assert band.low < many.low < 10 < many.high < band.high
    with pytest.raises(ValueError, match="at least one"):
        band_of([], RULES)


# ---------------------------------------------------------------- comfort (Ostelo 2008: 2 points and 30 %)
@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [(3, 1, "less"), (3, 2, "same"), (8, 6, "same"), (8, 5, "less"), (1, 3, "more"), (0, 0, "same")],
)
def test_comfort_changes_by_two_points_and_thirty_percent(before, after, direction):
    assert comfort_change([before] * 3, [after] * 3, RULES).direction == direction


def test_few_answers_say_nothing():
    assert comfort_change([5, 5], [0, 0, 0], RULES) == UNKNOWN


# ---------------------------------------------------------------- counted
def sets(good, of, n=4):
    return [Tally(2 * of, 2 * good)] * n


@pytest.mark.parametrize(
    ("then", "now", "direction"), [(3, 3, "same"), (9, 8, "same"), (4, 9, "more"), (9, 4, "less"), (10, 10, "same")]
)
def test_the_share_in_form_changes_by_more_than_counting_may_err(then, now, direction):
    assert form_change(sets(then, 10), sets(now, 10), RULES).direction == direction


def test_repetitions_that_nobody_could_judge_say_nothing():
    assert form_change(sets(0, 0), sets(3, 3), RULES) == UNKNOWN
    assert form_change(sets(3, 3, n=2), sets(3, 3), RULES) == UNKNOWN


@pytest.mark.parametrize(("answers", "band"), [((4, 4), (2, 6)), ((10, 8), (6.3, 11.7))])
def test_the_band_of_comfort_is_two_points_and_thirty_percent_wide(answers, band):
    found = comfort_band(answers, RULES)
    assert (found.low, found.high) == pytest.approx(band)


@given(st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
def test_a_share_outside_of_the_band_of_counting_is_a_change(judged, good, later):
    first = [Tally(judged, min(good, judged))]
    found = form_band(first, Tally(later, 0), RULES)
    assert 0.0 <= found.low <= first[0].in_form / judged <= found.high <= 1.0
    assert form_band([Tally(100 * judged, 100 * first[0].in_form)], Tally(100 * later, 0), RULES).low >= found.low


def test_a_band_needs_something_to_begin_with():
    with pytest.raises(ValueError, match="none"):
        comfort_band([], RULES)
    with pytest.raises(ValueError, match="none"):
        form_band([], Tally(3, 3), RULES)
    assert form_band([Tally(9, 9)], Tally(3, 0), RULES) == Band(1.0, 1.0)


# ---------------------------------------------------------------- months, weeks, sentences
def test_a_month_has_thirty_days_and_today_belongs_to_the_last():
    days = [MONDAY - i * DAY for i in range(70)]
    before, last = months_of([Value(day, 0.0, 1.0) for day in days], MONDAY, RULES)
    assert ([v.on for v in last], [v.on for v in before]) == (days[:30], days[30:60])


def change(before, after, least, direction):
    return Change(before, after, least, direction)


def test_the_clearest_change_makes_the_sentence():
    changes = {
        "depth_deg": change(20.0, 0.0, 10.0, "less"),
        "hold_s": change(2.0, 8.0, 1.0, "more"),
        "form": change(0.5, 0.6, 0.2, "same"),
        "comfort_back": UNKNOWN,
    }
    assert since_last_month(changes).key == "progress.changed.hold_s.more"
    assert since_last_month({"form": changes["form"], "comfort_back": UNKNOWN}).key == "progress.same"
    assert since_last_month({"comfort_back": UNKNOWN}).key == "progress.too_early"


@pytest.mark.parametrize(
    "subject", ["depth_deg", "step_heights", "hold_s", "steadiness_deg", "form", "comfort_back", "comfort_knee"]
)
@pytest.mark.parametrize("direction", ["more", "less"])
def test_every_change_has_its_sentence_in_every_language(subject, direction):
    found = since_last_month({subject: change(1.0, 2.0, 0.5, direction)})
    for language in languages():
        assert catalogue(language).text(found.key, **found.fill)


def test_left_and_right_are_compared_as_two_times_are():
    left, right = values(10, 10, 10), values(40, 40, 40)
    assert left_against_right("hold_s", change_between(left, right, RULES)).key == "progress.sides.hold_s.more"
    assert left_against_right("hold_s", change_between(right, left, RULES)).key == "progress.sides.hold_s.less"
    assert left_against_right("hold_s", change_between(left, left, RULES)).key == "progress.sides.same"
    assert left_against_right("hold_s", UNKNOWN).key == "progress.sides.early"


@pytest.mark.parametrize(("today", "days", "key"), [(2, 2, "under_way"), (4, 3, "reached"), (7, 1, "under_way")])
def test_a_week_goes_from_monday_and_counts_days_once(today, days, key):
    done = [MONDAY + i * DAY for i in (-1, 0, 2, 4, 7) for _ in range(2)]
    week = week_of(done, Habits(weekdays=(0, 2, 4)), MONDAY + timedelta(days=today))
    assert (week.days, week.sets, week.goal_days) == (days, 2 * days, 3)
    assert week.reason.key == f"progress.week.{key}"
