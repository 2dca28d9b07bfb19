"""Every rule of the plan, by example.

The headings name the sources of the rules below them; the numbers are those of ``rules.toml``, each with its source.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from lunge.plan.engine import plan
from lunge.plan.ladder import raised
from lunge.plan.records import Comfort, Count, Habits, Illness, Morning
from planned import (
    DAY,
    EVERY_DAY,
    FINE,
    MONDAY,
    RULES,
    baseline,
    fresh,
    planned,
    practised,
    practised_until,
    screened,
    session,
)


def kinds(plan):
    return [d.kind for d in plan.log]


def why(plan):
    """Return the keys of the latest decision's reasons."""
    return [r.key.removeprefix("plan.why.") for r in plan.reasons[1:]]


def climbed(days=4):
    """Return a history with two steps up behind it, and the day after."""
    return practised_until(fresh(), MONDAY, days), MONDAY + days * DAY


# ---------------------------------------------------------------- start (the ladder's own rule; chosen)
@pytest.mark.parametrize(
    ("first", "level", "reason"),
    [
        ({}, 1, "start_usual"),
        ({"comfort": Comfort(2, 2)}, 1, "start_usual"),
        ({"comfort": Comfort(0, 3)}, 0, "start_comfort"),
        ({"comfort": Comfort()}, 0, "start_comfort"),
        ({"unsure": True}, 0, "start_unsure"),
        ({"effort": 7}, 0, "start_unsure"),
        ({"share": 0.34}, 0, "start_form"),
    ],
)
def test_start_level_1_or_0_when_something_is_felt_or_unsure(first, level, reason):
    plan = planned(fresh(baseline=baseline(**first)), MONDAY)
    assert (plan.level, why(plan)) == (level, [reason])


def test_a_first_set_that_nobody_could_judge_keeps_level_1():
    unseen = replace(baseline(), left=Count(3, 3, 0, 0), right=Count(3, 3, 0, 0))
    assert planned(fresh(baseline=unseen), MONDAY).level == 1


def test_the_first_set_comes_before_any_other():
    plan = planned(fresh(baseline=None), MONDAY)
    assert (plan.status, plan.day.sessions, plan.day.targets.repetitions) == ("baseline", 1, 3)
    assert plan.day.targets.support == "both_hands"
    assert plan.reasons[0].fill == {"count": "3"}


# ---------------------------------------------------------------- up (ACSM 2009 as anchor; Thomeé 1997)
def test_up_after_three_good_sets_on_two_days_and_not_sooner():
    history = practised(fresh(), MONDAY, sets=5)
    assert kinds(planned(history, MONDAY + DAY)) == ["start"]
    two = practised(practised(fresh(), MONDAY, sets=1), MONDAY + DAY, sets=1)
    assert why(planned(two, MONDAY + 2 * DAY)) == ["more_sets"]
    three = practised(practised(fresh(), MONDAY, sets=1), MONDAY + DAY, sets=2)
    assert kinds(planned(three, MONDAY + 2 * DAY)) == ["start", "up"]


@pytest.mark.parametrize(
    ("lived", "reason"),
    [
        ({"share": 2 / 3}, "form"),
        ({"effort": 7}, "effort"),
        ({"effort": None}, "effort_unknown"),
        ({"after": Comfort()}, "comfort_unknown"),
        ({"after": Comfort(3, 0)}, "amber"),
        ({"before": Comfort(0, 3), "after": Comfort(0, 3), "morning": Comfort(0, 3)}, "amber"),
    ],
)
def test_no_up_without_form_ease_or_comfort(lived, reason):
    history = practised(practised_until(fresh(), MONDAY, 1), MONDAY + DAY, sets=2, **lived)
    plan = planned(history, MONDAY + 2 * DAY)
    assert (kinds(plan), why(plan)) == (["start"], [reason])


@pytest.mark.parametrize("share", [2 / 3, 1.0])
def test_four_fifths_in_form_are_needed(share):
    history = practised_until(fresh(), MONDAY, 2, share=share)
    assert kinds(planned(history, MONDAY + 2 * DAY)) == (["start", "up"] if share == 1.0 else ["start"])


def test_what_could_not_be_judged_is_not_in_form():
    unseen = {"left": Count(3, 3, 1, 1), "right": Count(3, 3, 1, 1)}
    history = practised_until(fresh(), MONDAY, 4, **unseen)
    assert kinds(planned(history, MONDAY + 4 * DAY)) == ["start"]


def test_a_next_morning_one_point_higher_still_goes_up():
    history = practised_until(fresh(), MONDAY, 2, morning=Comfort(1, 0))
    assert kinds(planned(history, MONDAY + 2 * DAY)) == ["start", "up"]


def test_without_any_next_morning_nothing_gets_harder_until_the_next_set_tells_it():
    history = practised(practised(fresh(), MONDAY, 2, None, before=Comfort()), MONDAY + DAY, 2, None, before=Comfort())
    assert kinds(planned(history, MONDAY + 2 * DAY)) == ["start"]
    told = practised_until(fresh(), MONDAY, 2, morning=None)
    assert kinds(planned(told, MONDAY + 2 * DAY)) == ["start", "up"]


def test_how_much_a_morning_may_be_felt_is_a_rule_of_its_own():
    strict = replace(RULES, comfort=replace(RULES.comfort, morning_up_points=0))
    history = practised_until(fresh(), MONDAY, 2, morning=Comfort(1, 0))
    found = plan(history, strict, MONDAY + 2 * DAY)
    assert (kinds(found), why(found)) == (["start"], ["morning_stay"])


@pytest.mark.parametrize(("gap", "expected"), [(13, ["start", "up"]), (14, ["start"])])
def test_sets_of_more_than_two_weeks_ago_say_nothing_of_today(gap, expected):
    history = practised(practised(fresh(), MONDAY, sets=2), MONDAY + gap * DAY, sets=1)
    assert kinds(planned(history, MONDAY + (gap + 1) * DAY)) == expected


def test_sets_with_other_targets_say_nothing_of_the_next_rung():
    other = replace(planned(fresh(), MONDAY).day.targets, hold_s=9.0)
    sets = [session(MONDAY + i * DAY, other, 9 + k) for i in range(4) for k in range(2)]
    assert kinds(planned(fresh(sessions=tuple(sets)), MONDAY + 4 * DAY)) == ["start"]


def test_at_level_0_what_was_done_counts_since_nobody_judges_it():
    seated = fresh(baseline=baseline(unsure=True))
    history = practised_until(seated, MONDAY, 2, left=Count(3, 3, 0, 0), right=Count(0, 0, 0, 0))
    assert kinds(planned(history, MONDAY + 2 * DAY)) == ["start", "up"]


# ---------------------------------------------------------------- down (Thomeé 1997, Silbernagel 2007; form: chosen)
def test_down_one_thing_after_more_than_the_limit():
    history, day = climbed()
    before = planned(history, day)
    red = practised(history, day, sets=1, after=Comfort(6, 0))
    after = planned(red, day + DAY)
    assert (after.log[-1].kind, after.log[-1].variable) == ("down", "depth_deg")
    assert raised(after.day.targets, before.day.targets) == ("depth_deg",)
    assert why(after) == ["red", "plan.changed.down.depth_deg"]
    assert after.reasons[1].fill == {"limit": "5"}


def test_no_more_sets_on_a_day_with_red():
    history, day = climbed()
    plan = planned(practised(history, day, sets=1, after=Comfort(6, 0)), day)
    assert (plan.status, plan.day.sessions_left) == ("rest", 0)


@pytest.mark.parametrize(
    ("limit", "felt", "kind"),
    [(4, 5, "down"), (4, 4, "stay"), (9, 6, "down"), (0, 2, "stay"), (0, 3, "down")],
)
def test_the_own_limit_is_lower_never_higher_and_never_within_the_safe_zone(limit, felt, kind):
    history, day = climbed()
    history = replace(history, habits=replace(EVERY_DAY, stop_limit=limit))
    plan = planned(practised(history, day, sets=1, after=Comfort(felt, 0)), day + DAY)
    assert (plan.log[-1].kind == "down") == (kind == "down")
    assert 2 <= plan.stop_limit <= 5


def test_a_sharp_pain_takes_one_step_back():
    history, day = climbed()
    assert planned(practised(history, day, sets=1, stopped="sharp"), day + DAY).log[-1].kind == "down"


@pytest.mark.parametrize(("morning", "kind"), [(Comfort(0, 2), "down"), (Comfort(1, 1), "up")])
def test_down_when_the_next_morning_is_two_points_higher(morning, kind):
    history, day = climbed(5)
    plan = planned(practised(history, day, morning=morning), day + DAY)
    assert plan.log[-1].kind == kind


def test_the_next_morning_is_told_by_the_next_set_where_nobody_answered():
    history, day = climbed()
    history = practised(history, day, morning=None)
    history = practised(history, day + DAY, before=Comfort(2, 0), after=Comfort(2, 0), morning=None)
    plan = planned(history, day + 2 * DAY)
    assert (plan.log[-1].kind, plan.log[-1].on) == ("down", day + 2 * DAY)


def test_one_bad_day_is_one_step_back_even_if_the_next_day_still_feels_it():
    history, day = climbed()
    history = practised(history, day, sets=1, after=Comfort(6, 0), morning=None)
    history = practised(history, day + DAY, sets=1, before=Comfort(2, 0), after=Comfort(2, 0), morning=None)
    plan = planned(history, day + 2 * DAY)
    assert (kinds(plan).count("down"), plan.status) == (1, "go")


def test_back_and_knee_are_not_mixed_up():
    assert Comfort(4, 0).rise_from(Comfort(0, 4)) == 4
    assert Comfort(4, None).rise_from(Comfort(None, 4)) is None


def test_down_after_two_sets_with_few_in_form():
    history, day = climbed()
    one = practised(history, day, sets=1, share=1 / 3)
    assert planned(one, day + DAY).log[-1].kind == "up"
    plan = planned(practised(one, day + DAY, sets=1, share=1 / 3), day + 2 * DAY)
    assert (plan.log[-1].kind, why(plan)[0]) == ("down", "form_low")


def test_a_set_that_could_not_be_judged_is_no_reason_for_a_step_back():
    history, day = climbed()
    unseen = {"left": Count(3, 3, 0, 0), "right": Count(3, 3, 0, 0)}
    assert planned(practised(history, day, **unseen), day + DAY).log[-1].kind == "up"


def test_at_the_bottom_there_is_no_step_back_but_it_counts_for_the_pause():
    seated = fresh(baseline=baseline(unsure=True))
    once = practised(seated, MONDAY, sets=1, after=Comfort(7, 0))
    plan = planned(once, MONDAY + DAY)
    assert (kinds(plan), why(plan)) == (["start"], ["red", "lowest"])
    twice = practised(once, MONDAY + 2 * DAY, sets=1, after=Comfort(7, 0))
    assert planned(twice, MONDAY + 3 * DAY).status == "paused"


# ---------------------------------------------------------------- pause (chosen; Thomeé 1997; red flags)
def test_two_steps_back_within_a_week_are_a_pause_with_advice():
    history, day = climbed(6)
    first = practised(history, day, sets=1, after=Comfort(6, 0))
    near = practised(first, day + 6 * DAY, sets=1, after=Comfort(6, 0))
    far = practised(first, day + 7 * DAY, sets=1, after=Comfort(6, 0))
    assert planned(near, day + 7 * DAY).status == "paused"
    assert why(planned(near, day + 7 * DAY)) == ["downs", "red"]
    assert planned(far, day + 8 * DAY).status == "go"


@pytest.mark.parametrize("stopped", ["unwell", "breathless", "numb", "knee_gave_way"])
def test_a_stop_that_has_to_be_looked_at_pauses_at_once(stopped):
    history, day = climbed()
    flagged = practised(history, day, sets=1, stopped=stopped)
    assert planned(flagged, day).status == "paused"
    assert planned(flagged, day + 30 * DAY).status == "paused"
    assert why(planned(flagged, day + DAY)) == ["flag"]


def test_a_pause_ends_with_new_answers_that_say_go_and_not_with_others():
    history, day = climbed()
    flagged = practised(history, day, sets=1, stopped="numb")

    def answered(*ticked, on, agrees=True):
        answers = screened(*ticked, on=on, doctor_agrees=agrees)
        return planned(replace(flagged, screenings=(*flagged.screenings, answers)), day + 3 * DAY)

    assert answered(on=day + 2 * DAY).status == "go"
    assert answered(on=day + 2 * DAY).log[-1].kind == "resume"
    assert answered(on=day - DAY).status == "paused"
    assert answered(on=day + 2 * DAY, agrees=False).status == "ask_first"
    assert answered("urgent.night", on=day + 2 * DAY).status == "stop"


def with_mornings(*points, place="knee"):
    mornings = tuple(Morning(MONDAY + i * DAY, Comfort(**{place: p})) for i, p in enumerate(points))
    return planned(fresh(mornings=mornings), MONDAY + (len(points) - 1) * DAY)


@pytest.mark.parametrize(
    ("before", "last", "paused"),
    [(2, 3, True), (3, 3, False), (0, 2, False), (1, 3, True), (5, 4, False)],
)
def test_a_week_that_is_felt_more_than_the_week_before_is_a_pause(before, last, paused):
    plan = with_mornings(*[before] * 7, *[last] * 7)
    assert (plan.status == "paused") == paused
    if paused:
        assert why(plan) == ["trend_knee"]
        assert why(with_mornings(*[before] * 7, *[last] * 7, place="back")) == ["trend_back"]


def test_a_little_above_the_safe_zone_is_enough_with_three_answers_a_week():
    assert with_mornings(*[1] * 7, 2, 3, 2, 3, 2, 3, 3).status == "paused"
    assert with_mornings(1, 1, 1, *[None] * 4, *[None] * 4, 3, 3, 3).status == "paused"


def test_few_answers_are_no_trend():
    assert with_mornings(1, 1, *[None] * 5, *[4] * 7).status == "go"
    assert with_mornings(*[1] * 7, *[None] * 5, 4, 4).status == "go"


def test_after_a_pause_the_trend_begins_anew():
    mornings = tuple(Morning(MONDAY + i * DAY, Comfort(0, 1 if i < 7 else 4)) for i in range(21))
    history = fresh(mornings=mornings)
    paused = planned(history, MONDAY + 13 * DAY)
    assert paused.status == "paused"
    on = paused.log[-1].on + DAY
    again = replace(history, screenings=(screened(), screened(on=on)))
    assert planned(again, MONDAY + 20 * DAY).status == "go"


# ---------------------------------------------------------------- absence and illness (chosen)
@pytest.mark.parametrize(("days", "downs"), [(14, 0), (15, 1), (28, 1), (29, 2), (200, 3)])
def test_after_an_absence_one_thing_is_easier_for_each_time_it_lasted(days, downs):
    history = practised_until(fresh(), MONDAY, 7)
    plan = planned(history, MONDAY + (6 + days) * DAY)
    assert kinds(plan) == ["start", "up", "up", "up"] + ["down"] * downs
    assert plan.day.targets.movement == "lunge"
    if downs:
        assert plan.day.sessions == 2


def test_an_absence_is_no_reason_for_a_pause():
    history, day = climbed(7)
    assert planned(history, day + 60 * DAY).status == "go"


def test_rest_while_ill_and_one_thing_easier_afterwards():
    history, day = climbed()
    ill = replace(history, illnesses=(Illness(day, day + 3 * DAY),))
    assert [planned(ill, day + i * DAY).status for i in range(5)] == ["ill"] * 4 + ["go"]
    assert planned(ill, day + 4 * DAY).log[-1].kind == "down"
    still = replace(history, illnesses=(Illness(day),))
    assert planned(still, day + 100 * DAY).status == "ill"


# ---------------------------------------------------------------- how often (ACSM 2009, Garber 2011, WHO 2020; chosen)
def test_two_sets_a_day_in_the_first_week_then_one_more_each_week_up_to_four():
    history = practised_until(fresh(), MONDAY, 30, effort=9)
    assert [planned(history, MONDAY + d * DAY).day.sessions for d in (0, 6, 7, 13, 14, 21, 29)] == [2, 2, 3, 3, 4, 4, 4]


def test_fewer_sets_when_the_person_wants_fewer_and_never_more():
    for wish, asked in ((1, 1), (9, 2)):
        habits = replace(EVERY_DAY, sessions_a_day=wish)
        assert planned(fresh(habits=habits), MONDAY).day.sessions == asked


def test_days_of_rest_are_those_that_were_chosen():
    history = fresh(habits=Habits())
    assert [planned(history, MONDAY + i * DAY).status for i in range(7)] == ["go"] * 5 + ["rest"] * 2
    assert planned(history, MONDAY + 5 * DAY).day.sessions == 0


def test_done_when_all_sets_of_the_day_are():
    history = practised(fresh(), MONDAY, sets=1)
    assert (planned(history, MONDAY).status, planned(history, MONDAY).day.sessions_left) == ("go", 1)
    assert planned(practised(fresh(), MONDAY, sets=2), MONDAY).status == "done"


@pytest.mark.parametrize(
    ("weekdays", "strength"),
    [((0, 1, 2, 3, 4, 5, 6), [0, 2, 4]), ((0, 1, 2, 3, 4), [0, 2, 4]), ((0, 6), [0]), ((1, 2), [1]), ((2, 5), [2, 5])],
)
def test_days_of_strength_are_two_or_three_a_week_and_never_in_a_row(weekdays, strength):
    history = practised_until(fresh(), MONDAY, 35)
    monday = MONDAY + 35 * DAY
    history = replace(history, habits=Habits(weekdays=weekdays))
    assert planned(history, monday).level == 6
    days = [planned(history, monday + i * DAY).day for i in range(7)]
    assert [d.on.weekday() for d in days if d.is_strength] == strength
    assert {d.sessions for d in days if d.is_strength} == {1}
    assert {d.targets.repetitions for d in days if d.is_strength} == {8}


# ---------------------------------------------------------------- ways (Escamilla 2022; chosen)
def test_a_new_way_lowers_and_never_lifts():
    history = practised_until(fresh(), MONDAY, 24)
    day = MONDAY + 24 * DAY
    before = planned(history, day).day.targets
    assert before.depth_deg == 90.0
    plan = planned(replace(history, screenings=(screened(), screened("path.knee", on=day))), day)
    assert plan.log[-1].kind == "adapt"
    assert plan.day.targets.depth_deg == 60.0
    assert raised(before, plan.day.targets) == ()
    assert "plan.cue.knee" in [c.key for c in plan.cues]


def test_a_chair_from_65_on():
    old = fresh(screenings=(screened(age_years=65),))
    plan = planned(practised_until(old, MONDAY, 40), MONDAY + 40 * DAY)
    assert plan.day.targets.support == "one_hand"


# ---------------------------------------------------------------- days, zones, midnight
def test_a_set_belongs_to_the_local_day_on_which_it_began():
    tokyo, targets = timezone(timedelta(hours=9)), planned(fresh(), MONDAY).day.targets
    late = replace(session(MONDAY, targets), at=datetime(2026, 1, 5, 23, 59, tzinfo=tokyo))
    assert (late.day, late.at.astimezone(UTC).day) == (MONDAY, 5)
    early = replace(late, at=datetime(2026, 1, 6, 0, 1, tzinfo=tokyo))
    assert early.day == MONDAY + DAY
    history = fresh(sessions=(early, late))
    assert planned(history, MONDAY).day.sessions_left == 1
    assert planned(history, MONDAY + DAY).day.sessions_left == 1


def test_a_change_of_zone_or_clock_keeps_the_days_apart():
    targets = planned(fresh(), MONDAY).day.targets
    here, there = timezone(timedelta(hours=1)), timezone(timedelta(hours=-8))
    sets = [
        replace(session(MONDAY, targets), at=datetime(2026, 1, 5, 9, tzinfo=here)),
        replace(session(MONDAY, targets), at=datetime(2026, 1, 5, 20, tzinfo=there)),
        replace(session(MONDAY, targets), at=datetime(2026, 1, 6, 9, tzinfo=there)),
    ]
    history = fresh(sessions=tuple(sets), mornings=(Morning(MONDAY + 2 * DAY, FINE),))
    assert planned(history, MONDAY).status == "done"
    assert kinds(planned(history, MONDAY + 2 * DAY)) == ["start", "up"]


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        replace(session(MONDAY, planned(fresh(), MONDAY).day.targets), at=datetime(2026, 1, 5, 9))
