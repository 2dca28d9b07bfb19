"""The plan of a set: legs, counts and views."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses import repetition
from lunge.live.plan import SetPlan
from lunge.live.records import Count, Wishes

ORDERS = {
    "alternate": ("left", "right", "left", "right"),
    "left_first": ("left", "left", "right", "right"),
    "right_first": ("right", "right", "left", "left"),
    "left": ("left", "left"),
    "right": ("right", "right"),
}
UNEVEN = {
    "alternate": ("left", "right", "left", "left"),
    "left_first": ("left", "left", "left", "right"),
    "right_first": ("right", "left", "left", "left"),
    "left": ("left", "left", "left"),
    "right": ("right",),
}
MOST = st.none() | st.integers(0, 6)
WISHES = st.builds(
    Wishes,
    repetitions=st.integers(1, 5),
    most_left=MOST,
    most_right=MOST,
    order=st.sampled_from(sorted(ORDERS)),
    front_repetitions=st.integers(0, 12),
)
LEGS = st.lists(st.sampled_from(["left", "right"]), max_size=14)


def after(wishes, legs):
    """Return the plan after repetitions with these legs."""
    plan = SetPlan(wishes)
    for leg in legs:
        plan = plan.with_repetition(repetition(stepping_leg=leg))
    return plan


@pytest.mark.parametrize("order", ORDERS)
def test_legs_come_in_the_order_asked_for(order):
    assert SetPlan(Wishes(repetitions=2, order=order)).legs == ORDERS[order]


@pytest.mark.parametrize("order", UNEVEN)
def test_a_leg_that_is_asked_for_fewer_comes_less_often(order):
    assert SetPlan(Wishes(repetitions=3, most_right=1, order=order)).legs == UNEVEN[order]


@pytest.mark.parametrize("order", ["alternate", "left_first", "right_first"])
def test_a_leg_that_is_asked_for_none_never_comes(order):
    plan = SetPlan(Wishes(repetitions=2, most_left=0, order=order))
    assert (plan.legs, plan.next_leg) == (("right", "right"), "right")


@pytest.mark.parametrize("order", ORDERS)
def test_who_follows_the_plan_is_told_each_leg_and_then_done(order):
    plan = SetPlan(Wishes(repetitions=2, order=order))
    for leg in ORDERS[order]:
        assert (plan.next_leg, plan.is_done) == (leg, False)
        plan = plan.with_repetition(repetition(stepping_leg=leg))
    assert (plan.next_leg, plan.is_done) == (None, True)


@given(WISHES, LEGS)
def test_the_next_leg_is_one_that_is_left_and_done_is_when_both_have_enough(wishes, legs):
    plan = after(wishes, legs)
    asked = {leg: wishes.with_leg(leg) * (leg in ORDERS[wishes.order]) for leg in ("left", "right")}
    left = {leg for leg in asked if legs.count(leg) < asked[leg]}
    assert plan.is_done == (not left)
    assert plan.next_leg in (left or {None})


@given(WISHES, LEGS)
def test_counts_are_of_what_was_done_and_asked(wishes, legs):
    plan = after(wishes, legs)
    for leg in ("left", "right"):
        asked = wishes.with_leg(leg) if leg in ORDERS[wishes.order] else 0
        assert plan.count(leg) == Count(legs.count(leg), asked)


@pytest.mark.parametrize("changes", [{"complete": False}, {"stepping_leg": None}])
def test_what_was_not_finished_or_has_no_step_does_not_count(changes):
    plan = SetPlan(Wishes())
    assert plan.with_repetition(repetition(**changes)) is plan


def test_alternate_goes_on_with_the_leg_that_is_behind():
    plan = after(Wishes(repetitions=3, order="alternate"), ["right", "right"])
    assert plan.next_leg == "left"
    assert after(plan.wishes, ["right", "right", "left"]).next_leg == "left"


@pytest.mark.parametrize(
    ("front", "views"),
    [(0, ["side"] * 4), (1, ["side"] * 3 + ["front"]), (2, ["side"] * 2 + ["front"] * 2), (9, ["front"] * 4)],
)
def test_the_last_repetitions_are_asked_for_from_the_front(front, views):
    wishes = Wishes(repetitions=2, front_repetitions=front)
    assert [after(wishes, ORDERS["alternate"][:i]).turn_to for i in range(4)] == views


def test_with_one_leg_done_too_often_the_view_still_follows_what_is_left():
    plan = after(Wishes(repetitions=2, front_repetitions=1), ["right"] * 4)
    assert (plan.missing, plan.turn_to) == (("left", "left"), "side")
    assert after(plan.wishes, ["right"] * 4 + ["left"]).turn_to == "front"


def test_a_repetition_leaves_the_plan_before_as_it_was():
    plan = SetPlan(Wishes())
    later = plan.with_repetition(repetition())
    assert (plan.done, later.done) == ((), ("left",))
    assert replace(later, done=()) == plan
