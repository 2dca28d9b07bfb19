"""What must hold whatever happens: made-up people, day by day."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lives import EASY, LIVES, lived
from lunge.plan.ladder import raised
from lunge.plan.prescription import Prescription
from lunge.plan.records import LEGS, Comfort, Illness
from planned import DAY, MONDAY, RULES, fresh, planned, screened


def rung_of(plan):
    return plan.log[-1].rung.targets


def practised(history, day):
    return [s for s in history.sessions if s.day == day]


@settings(max_examples=40, deadline=None)
@given(LIVES)
def test_never_two_things_get_harder_at_once(days):
    _, seen = lived([EASY] * 4 + days)
    for (_, _, before), (_, _, after) in pairwise(seen):
        assert len(raised(rung_of(before), rung_of(after))) <= 1
    for before, after in pairwise(seen[-1][2].log):
        harder = raised(before.rung.targets, after.rung.targets)
        assert harder == ((after.variable,) if after.kind == "up" else ())


@settings(max_examples=40, deadline=None)
@given(LIVES)
def test_nothing_gets_harder_after_amber_and_something_gets_easier_after_red(days):
    history, seen = lived([EASY] * 4 + days)
    for (day, _, before), (_, _, after) in pairwise(seen):
        worst = max((c.worst for s in practised(history, day) for c in (s.before, s.after)), default=0)
        if worst >= RULES.comfort.amber_points:
            assert raised(rung_of(before), rung_of(after)) == ()
        if worst > RULES.comfort.stop_limit_points:
            easier = raised(rung_of(after), rung_of(before))
            assert easier or after.status == "paused" or before.log[-1].rung.level == 0


SIDES = st.sampled_from([{}, {"right": 0}, {"left": 0}]) | st.fixed_dictionaries(
    {"left": st.integers(1, 12), "right": st.integers(0, 12)}
)


@settings(max_examples=40, deadline=None)
@given(LIVES, SIDES, st.integers(0, 12), st.integers(0, 12))
def test_whatever_is_prescribed_for_each_leg_the_rules_of_safety_come_first(days, sides, begins, lasts):
    first = MONDAY + begins * DAY
    prescribed = Prescription("X", first, first + lasts * DAY, "", {}, {}, sides, None, None, None)
    history, seen = lived([EASY] * 4 + days, fresh(prescription=prescribed))
    for (day, _, before), (_, _, after) in pairwise(seen):
        assert len(raised(rung_of(before), rung_of(after))) <= 1
        worst = max((c.worst for s in practised(history, day) for c in (s.before, s.after)), default=0)
        if worst >= RULES.comfort.amber_points:
            assert raised(rung_of(before), rung_of(after)) == ()
        if rung_of(before).movement == rung_of(after).movement == "lunge":
            more = [leg for leg in LEGS if rung_of(after).with_leg(leg) > rung_of(before).with_leg(leg)]
            assert not more or (after.log[-1].kind, after.log[-1].variable) == ("up", "repetitions")
        if prescribed.holds_on(day) and rung_of(before).movement == "lunge":
            assert all(before.day.targets.with_leg(leg) <= most for leg, most in sides.items())


@settings(max_examples=40, deadline=None)
@given(LIVES, st.sampled_from(["urgent.fever", "emergency.legs", None]), st.integers(0, 20))
def test_there_is_no_set_once_the_answers_say_stop_or_ask(days, ticked, after):
    history, _ = lived(days)
    on = MONDAY + after * DAY
    answers = screened(on=on, doctor_agrees=False) if ticked is None else screened(ticked, on=on)
    stopped = replace(history, screenings=(*history.screenings, answers))
    for later in (0, 1, 30):
        found = planned(stopped, on + later * DAY)
        assert found.status == ("ask_first" if ticked is None else "stop")
        assert (found.day.sessions, found.day.sessions_left) == (0, 0)


@settings(max_examples=40, deadline=None)
@given(LIVES, st.integers(0, 7), st.integers(0, 7))
def test_more_comfort_never_gives_less(days, less_after, less_morning):
    last = days[-1] | {"sets": 2, "days_off": 0}
    better = last | {
        "after": eased(last["after"], less_after),
        "morning": None if last["morning"] is None else eased(last["morning"], less_morning),
    }
    (_, worse), (_, eased_) = lived([*days[:-1], last]), lived([*days[:-1], better])
    assert standing(eased_[-1][2]) >= standing(worse[-1][2])


def eased(comfort, by):
    return Comfort(max(0, comfort.back - by), max(0, comfort.knee - by))


def standing(plan):
    """Return how far somebody is: a pause is less than anything."""
    targets = rung_of(plan)
    return (
        plan.status != "paused",
        targets.movement == "lunge",
        sum(map(float, (targets.depth_deg, targets.hold_s, targets.repetitions, targets.stretch)))
        + 10.0 * ("both_hands", "one_hand", "none").index(targets.support),
    )


@settings(max_examples=30, deadline=None)
@given(LIVES, st.integers(0, 99))
def test_the_same_history_in_any_order_gives_the_same_plan(days, seed):
    history, seen = lived(days)
    mixed = random.Random(seed)
    sets, mornings = list(history.sessions), list(history.mornings)
    mixed.shuffle(sets)
    mixed.shuffle(mornings)
    day = seen[-1][0]
    assert planned(replace(history, sessions=tuple(sets), mornings=tuple(mornings)), day) == planned(history, day)


@settings(max_examples=30, deadline=None)
@given(LIVES, st.integers(1, 12))
def test_what_is_still_to_come_changes_nothing_today(days, cut):
    history, seen = lived(days)
    for day, _, plan in seen[:cut]:
        known = replace(
            history,
            sessions=tuple(s for s in history.sessions if s.day < day),
            mornings=tuple(m for m in history.mornings if m.on <= day),
        )
        assert planned(known, day) == plan
        assert planned(history, day).log == plan.log


@settings(max_examples=30, deadline=None)
@given(LIVES, st.integers(0, 15), st.integers(1, 10))
def test_nobody_is_asked_for_a_set_while_ill(days, first, length):
    ill = Illness(MONDAY + first * DAY, MONDAY + (first + length) * DAY)
    history, _ = lived(days, fresh(illnesses=(ill,)))
    assert not [s for s in history.sessions if ill.first <= s.day <= ill.last]


@pytest.mark.parametrize("ticks", [(), ("path.knee",), ("path.back",), ("path.balance",), ("path.knee", "path.back")])
def test_everybody_with_good_days_reaches_the_top_of_their_ladder_one_thing_at_a_time(ticks):
    history = fresh(screenings=(screened(*ticks),))
    _, seen = lived([EASY] * 80, history)
    plan = seen[-1][2]
    assert plan.reasons[-1].key == "plan.why.top"
    assert {d.kind for d in plan.log} == {"start", "up"}
    assert all(b.on - a.on >= timedelta(days=RULES.up.least_days) for a, b in pairwise(plan.log))
