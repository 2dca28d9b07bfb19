"""What the checks say: the compare, the reasons, the form clock."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.checks import Judged, findings, in_form_s, in_view, limit_of
from lunge.exercises import load
from lunge.kinematics.situation import PARTS, Situation
from lunge.phases import Episode
from lunge.records import Step, Target

EXERCISE = load("reverse_lunge")
TIME = np.arange(0, 12, 1 / 30)
STEPS = (
    Step("lowering", 1, 2),
    Step("squat", 2, 3),
    Step("stepping_back", 3, 5),
    Step("lunge", 5, 7),
    Step("returning", 7, 9),
    Step("squat_2", 9, 10),
    Step("rising", 10, 11),
)
EPISODE = Episode("reverse_lunge", 90, 270, "left", "right", 6.0, 1.0, 11.0, STEPS, True, True)
ROLES = ("front", "rear", "both", "trunk")


def inside(low, high):
    """Return a value well inside limits of which one may be open (NaN)."""
    if np.isnan(low):
        return high - 10
    return low + 0.3 if np.isnan(high) else (low + high) / 2


def case(azimuth=90.0, **series):
    """Return a repetition in which every measure sits in the middle of its limits, unless given."""
    values = {}
    for check in EXERCISE.checks:
        low, high = (np.nan if end is None else end for end in check.limit)
        middle = inside(low, high) if check.limit != (None, None) else 0.0
        values[check.measure] = np.full_like(TIME, middle)
    values["trunk_forward_deg"] = np.full_like(TIME, 5.0)
    for name, value in series.items():
        values[name] = np.broadcast_to(value, TIME.shape).astype(float)
    nothing = {role: np.zeros(len(TIME), bool) for role in ROLES}
    seen = dict.fromkeys(PARTS, np.ones_like(TIME))
    situation = Situation(np.full_like(TIME, azimuth), np.zeros_like(TIME), np.zeros_like(TIME), 400.0, seen)
    return Judged(EPISODE, TIME, values, nothing, dict(nothing), azimuth, situation, True)


def result(judged, check, step="lunge", measure=None):
    found = [f for f in findings(judged, EXERCISE.checks) if f.check == check and f.step == step]
    return next(f for f in found if measure is None or f.measure == measure)


def test_everything_in_the_middle_passes_from_the_side():
    failed = [f for f in findings(case(), EXERCISE.checks) if f.result == "fail"]
    assert failed == []


@pytest.mark.parametrize(("value", "expected"), [(-20.0, "fail"), (5.0, "pass"), (40.0, "fail")])
def test_a_value_is_compared_with_its_limits(value, expected):
    found = result(case(front_thigh_above_horizontal_deg=value), "front_thigh_depth")
    assert found.result == expected
    assert bool(found.advice) == (expected == "fail")
    assert found.limit == (-8.0, 20.0)


@given(st.floats(-60, 60))
def test_a_value_is_judged_as_it_was_read(value):
    found = result(case(front_thigh_above_horizontal_deg=value), "front_thigh_depth")
    assert found.value == pytest.approx(value, abs=1e-3)
    assert found.result == ("pass" if -8.0 <= found.value <= 20.0 else "fail")


def test_outside_its_views_a_check_cannot_judge():
    found = result(case(azimuth=0.0), "front_thigh_depth")
    assert (found.result, found.reason, found.value) == ("cannot_judge", "view", None)


@pytest.mark.parametrize("role", ["front"])
def test_what_is_hidden_or_out_of_the_picture_cannot_be_judged(role):
    judged = case()
    everywhere = judged.hidden | {role: np.ones(len(TIME), bool)}
    assert result(replace(judged, hidden=everywhere), "front_thigh_depth").reason == "hidden"
    assert result(replace(judged, outside=everywhere), "front_thigh_depth").reason == "out_of_frame"


def test_a_measure_with_too_large_an_error_cannot_be_judged():
    found = result(case(azimuth=0.0), "hips_forward")
    assert (found.result, found.reason) == ("cannot_judge", "uncertain")
    assert found.value is not None


def test_without_a_baseline_full_standing_cannot_be_judged():
    found = result(replace(case(), has_baseline=False), "full_standing", "rising")
    assert found.reason == "no_baseline"


def test_holds_are_judged_on_their_whole_length_and_by_the_asked_target():
    check = next(c for c in EXERCISE.checks if c.check == "lunge_hold")
    assert limit_of(Target(), check) == (0.8, 10.5)
    assert limit_of(Target(hold_s=3.0), check) == (2.8, 10.5)
    assert result(case(), "lunge_hold").result == "pass"
    assert result(replace(case(), target=Target(hold_s=3.0)), "lunge_hold").result == "fail"


def limits_by_check(target):
    return {(c.check, c.measure): limit_of(target, c) for c in EXERCISE.checks if "squat" not in c.steps}


def test_the_asked_depth_takes_the_place_of_the_limits_that_it_changes():
    usual, shallow = limits_by_check(Target()), limits_by_check(Target(front_thigh_limit_deg=(22.0, 45.0)))
    changed = {
        check: shallow[check, measure] for check, measure in usual if usual[check, measure] != shallow[check, measure]
    }
    assert changed == {"front_thigh_depth": (22.0, 45.0), "return_thigh_parallel": (None, 51.0)}
    squat = next(c for c in EXERCISE.checks if c.check == "squat_thigh_depth")
    assert limit_of(Target(front_thigh_limit_deg=(22.0, 45.0)), squat) == (22.0, 45.0)


@pytest.mark.parametrize(("asked", "limit"), [((0.0, None), (None, None)), ((None, 10.0), (None, 25.0))])
def test_the_way_back_is_as_high_as_was_asked_and_never_lower_than_usual(asked, limit):
    check = next(c for c in EXERCISE.checks if c.check == "return_thigh_parallel")
    assert limit_of(Target(front_thigh_limit_deg=asked), check) == limit


@pytest.mark.parametrize(("thigh_deg", "expected"), [(50.0, "fail"), (30.0, "pass"), (10.0, "fail")])
def test_a_repetition_is_in_form_at_the_asked_depth(thigh_deg, expected):
    shallow = replace(case(front_thigh_above_horizontal_deg=thigh_deg), target=Target(front_thigh_limit_deg=(22, 45)))
    assert result(shallow, "front_thigh_depth").result == expected


def test_a_shorter_step_is_enough_where_it_was_asked_but_not_for_the_stretch():
    check = next(c for c in EXERCISE.checks if c.check == "step_length")
    assert limit_of(Target(least_step_heights=0.35), check) == (0.35, None)
    assert limit_of(Target(least_step_heights=0.35, stretch=True), check) == (0.56, None)


def test_the_stretch_step_has_its_own_limits():
    judged = case(azimuth=270.0, rear_thigh_from_vertical_deg=18.0, step_length_heights=0.52)
    assert result(judged, "rear_thigh_vertical").result == "fail"
    stretched = replace(judged, target=Target(stretch=True))
    assert result(stretched, "rear_thigh_vertical").result == "pass"
    assert result(stretched, "step_length").result == "fail"


def test_the_form_clock_stops_while_a_check_of_posture_fails():
    lean = np.where((TIME >= 5.0) & (TIME < 6.0), 40.0, 5.0)
    judged = case(trunk_forward_deg=lean)
    found = findings(judged, EXERCISE.checks)
    lunge = next(s for s in STEPS if s.name == "lunge")
    assert in_form_s(judged, EXERCISE.checks, found, lunge) == pytest.approx(1.0, abs=0.08)


def test_what_cannot_be_judged_does_not_stop_the_clock():
    judged = case(azimuth=0.0, front_thigh_above_horizontal_deg=60.0)
    found = findings(judged, EXERCISE.checks)
    lunge = next(s for s in STEPS if s.name == "lunge")
    assert in_form_s(judged, EXERCISE.checks, found, lunge) == pytest.approx(2.0)


@given(st.floats(0, 360))
def test_views_are_within_forty_degrees(azimuth):
    check = next(c for c in EXERCISE.checks if c.check == "front_shin")
    away = min(abs(azimuth - 90), abs(azimuth - 270))
    assert in_view(check, azimuth) == (away <= 40)


def test_every_row_of_the_contract_has_its_limits():
    rows = {(c.check, c.steps[0]): c.limit for c in EXERCISE.checks}
    assert rows["feet_width", "squat"] == (0.6, 1.4)
    assert rows["squat_thigh_depth", "squat"] == (-5.0, 25.0)
    assert rows["rear_thigh_vertical", "lunge"] == (-12.0, 12.0)
    assert rows["rear_knee_clearance", "lunge"] == (0.05, None)
    assert rows["front_knee_in_line", "lunge"] == (-0.05, 0.02)
    assert rows["front_shin", "lunge"] == (-10.0, 20.0)
    assert rows["slow_return", "returning"] == (1.2, None)
    assert rows["slow_return", "rising to returning"] == (1.8, None)
    assert rows["full_standing", "rising"] == (None, 20.0)
    assert rows["step_length", "lunge"] == (0.44, None)
    assert all(c.source for c in EXERCISE.checks)
