"""The days to come."""

from datetime import timedelta

import pytest

from lunge.plan.ahead import days_ahead, rung_targets
from lunge.plan.answers import History
from lunge.plan.engine import plan
from lunge.plan.records import Comfort, Habits
from planned import DAY, MONDAY, RULES, fresh, practised, practised_until

WEEK = timedelta(days=7)


def ahead(history, days=28, today=MONDAY):
    return days_ahead(history, plan(history, RULES, today), RULES, days)


def test_sets_grow_by_the_week_up_to_the_most():
    days = ahead(fresh())
    assert [day.on for day in days] == [MONDAY + i * DAY for i in range(28)]
    assert [day.sessions for day in days[::7]] == [2, 3, 4, 4]


def test_the_first_day_of_all_has_one_set():
    assert [day.sessions for day in ahead(History(), 4)] == [1, 2, 2, 2]


def test_rest_days_and_the_persons_own_number_hold():
    days = ahead(fresh(habits=Habits(weekdays=(1, 4), sessions_a_day=1)), 14)
    assert [day.on.weekday() for day in days if day.sessions] == [1, 4, 1, 4]
    assert {day.sessions for day in days} == {0, 1}


def test_after_a_set_that_hurt_the_rest_of_the_day_is_rest():
    history = practised(fresh(), MONDAY, 1, after=Comfort(8, 8))
    assert [day.sessions for day in ahead(history, 3)] == [0, 2, 2]


@pytest.mark.parametrize("done", [0, 3, 9, 20])
def test_what_is_foreseen_is_what_the_plan_says_once_it_was_practised(done):
    """Day by day: the number of sets foreseen for a later day is the one that the plan then asks for."""
    history = practised_until(fresh(), MONDAY, done)
    today = MONDAY + done * DAY
    foreseen = ahead(history, 10, today)
    later = today + 9 * DAY
    lived = practised_until(history, today, 9)
    assert plan(lived, RULES, later).day.sessions == foreseen[-1].sessions


def test_targets_stay_those_of_the_place_on_the_ladder():
    history = practised_until(fresh(), MONDAY, 20)
    today = MONDAY + 20 * DAY
    found = plan(history, RULES, today)
    assert {day.targets for day in ahead(history, today=today) if not day.is_strength} == {rung_targets(found)}
