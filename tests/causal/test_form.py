"""Faults that are on now: their limits, their hysteresis, and what is left out."""

from dataclasses import replace

import numpy as np
import pytest

from lunge.causal.constants import constants
from lunge.causal.form import Form, checks_of
from lunge.causal.phases import Phase
from lunge.causal.reading import Reader, baseline_from
from lunge.exercises import load
from lunge.records import Target
from lunging import Figure

EXERCISE = load("reverse_lunge")
SEVEN, FROM_STANDING = (v.name for v in EXERCISE.variants if v.entry in ("lowered", "standing"))
LUNGE = Phase("lunge", 3.0, "right", from_squat=True)
TRUNK = next(c for c in EXERCISE.checks if c.measure == "trunk_forward_deg" and c.steps == ("lunge",))
HIGH = TRUNK.limit[1]
BACK_INSIDE = constants().form.back_inside_share * TRUNK.margin


def held(azimuth_deg=90.0):
    """Return the reading in the middle of a lunge's hold, and the body behind it."""
    poses = Figure(5.0, fps=15.0).from_standing(1.8, "left", hold=4.0).poses(azimuth_deg)
    first = int((poses.time_s < 1.5).sum())
    reader = Reader(baseline_from(poses[:first]))
    last = [reader.step(poses[i : i + 1]) for i in range(first, len(poses))][-1]
    return last, reader.baseline.flat


@pytest.fixture(scope="module")
def from_side():
    return held()


@pytest.fixture(scope="module")
def from_front():
    return held(0.0)


def with_series(reading, seconds=0.0, **series):
    """Return a reading some seconds later in which some measures have other values."""
    values = {name: np.array([float(value)]) for name, value in series.items()}
    return replace(reading, time_s=reading.time_s + seconds, measure=lambda: reading.series | values)


def form_of(case, target=None):
    return Form(EXERCISE, target or Target(), case[1])


def names(faults):
    return [f.check for f in faults]


def leaning(case, *degrees, phase=LUNGE):
    """Return, for each lean of the trunk, one after the other, the fault of the trunk or None."""
    form, out = form_of(case), []
    for i, lean in enumerate(degrees):
        found = form.step(with_series(case[0], i / 30, trunk_forward_deg=lean), phase, SEVEN)
        out.append(next((f for f in found if f.measure == TRUNK.measure), None))
    return out


def test_within_the_limits_nothing_is_wrong(from_side):
    assert leaning(from_side, HIGH - 0.1, TRUNK.limit[0] + 0.1) == [None, None]


@pytest.mark.parametrize(("lean", "end"), [(HIGH + 6.0, "high"), (TRUNK.limit[0] - 6.0, "low")])
def test_beyond_a_limit_is_a_fault_with_its_end_and_size(from_side, lean, end):
    (fault,) = leaning(from_side, lean)
    assert (fault.check, fault.step, fault.end) == ("trunk_upright", "lunge", end)
    assert fault.over == pytest.approx(6.0 / TRUNK.margin)
    assert fault.since_s == LUNGE.since_s


def test_a_fault_ends_only_well_inside_the_limit_and_began_when_it_began(from_side):
    just, well = HIGH - 0.8 * BACK_INSIDE, HIGH - 1.2 * BACK_INSIDE
    assert leaning(from_side, just) == [None]
    first, second, gone, still_gone = leaning(from_side, HIGH + 1.0, just, well, just)
    assert first.since_s == second.since_s
    assert (gone, still_gone) == (None, None)


def test_a_fault_that_comes_again_began_anew(from_side):
    first, _, again = leaning(from_side, HIGH + 1.0, 0.0, HIGH + 1.0)
    assert again.since_s > first.since_s


def test_another_step_starts_without_faults(from_side):
    form = form_of(from_side)
    now = with_series(from_side[0], trunk_forward_deg=HIGH + 1.0)
    assert "trunk_upright" in names(form.step(now, LUNGE, SEVEN))
    just = with_series(from_side[0], 0.1, trunk_forward_deg=HIGH - 0.8 * BACK_INSIDE)
    assert "trunk_upright" not in names(form.step(just, Phase("standing", 4.0), SEVEN))
    assert "trunk_upright" not in names(form.step(just, replace(LUNGE, since_s=5.0), SEVEN))


def test_a_measure_that_is_not_seen_is_no_fault(from_side):
    assert leaning(from_side, HIGH + 9.0, np.nan)[1] is None


def test_hidden_points_are_no_fault(from_side):
    reading, _ = from_side
    lean = with_series(reading, trunk_forward_deg=HIGH + 9.0)
    hidden = replace(lean, poses=replace(lean.poses, confidence=np.full_like(lean.poses.confidence, 0.05)))
    assert "trunk_upright" in names(form_of(from_side).step(lean, LUNGE, SEVEN))
    assert form_of(from_side).step(hidden, LUNGE, SEVEN) == ()


def test_points_outside_the_picture_are_no_fault(from_side):
    reading, _ = from_side
    lean = with_series(reading, trunk_forward_deg=HIGH + 9.0)
    outside = replace(lean, poses=replace(lean.poses, image_px=lean.poses.image_px - 1000.0))
    assert form_of(from_side).step(outside, LUNGE, SEVEN) == ()


def test_only_what_the_view_shows_is_a_fault(from_side, from_front):
    wrong = {"trunk_forward_deg": 40.0, "trunk_side_deg": 30.0, "left_thigh_forward_deg": 60.0}
    side = form_of(from_side).step(with_series(from_side[0], **wrong), LUNGE, SEVEN)
    front = form_of(from_front).step(with_series(from_front[0], **wrong), LUNGE, SEVEN)
    measures = {c.measure: c.azimuths_deg for c in EXERCISE.checks}
    assert {f.measure for f in side} >= {"trunk_forward_deg", "rear_thigh_from_vertical_deg"}
    assert {f.measure for f in front} >= {"trunk_to_front_side_deg"}
    assert all(90.0 in measures[f.measure] for f in side if measures[f.measure])
    assert all(0.0 in measures[f.measure] for f in front if measures[f.measure])


def test_between_the_views_nothing_of_them_is_a_fault(from_side):
    lean = with_series(from_side[0], trunk_forward_deg=60.0, trunk_side_deg=40.0)
    between = replace(lean, azimuth_deg=45.0)
    assert not {"trunk_upright", "rear_thigh_vertical", "hips_level"} & set(
        names(form_of(from_side).step(between, LUNGE, SEVEN))
    )


def hands_off(case):
    sides = {f"{side}_hand_to_hip_heights": 0.5 for side in ("left", "right")}
    return with_series(case[0], **sides)


def test_hands_on_a_chair_are_no_fault(from_side):
    now = hands_off(from_side)
    assert "hands_on_hips" in names(form_of(from_side).step(now, LUNGE, SEVEN))
    assert "hands_on_hips" not in names(form_of(from_side, Target(chair=True)).step(now, LUNGE, SEVEN))


@pytest.mark.parametrize("step", ["squat", "stepping_back", "lunge", "returning", "squat_2"])
def test_hands_belong_on_the_hips_from_the_squat_to_the_squat(from_side, step):
    phase = replace(LUNGE, step=step)
    assert "hands_on_hips" in names(form_of(from_side).step(hands_off(from_side), phase, SEVEN))


@pytest.mark.parametrize("step", ["standing", "lowering", "rising"])
def test_before_and_after_hands_are_free(from_side, step):
    phase = replace(LUNGE, step=step)
    assert form_of(from_side).step(hands_off(from_side), phase, SEVEN) == ()


def test_the_longer_step_has_its_own_limit(from_side):
    check = next(c for c in EXERCISE.checks if c.stretch_limit is not None)
    between = (check.limit[1] + check.stretch_limit[1]) / 2
    now = with_series(from_side[0], left_thigh_forward_deg=-between)
    assert check.check in names(form_of(from_side).step(now, LUNGE, SEVEN))
    assert check.check not in names(form_of(from_side, Target(stretch=True)).step(now, LUNGE, SEVEN))


def test_an_unknown_variant_has_no_faults(from_side):
    now = with_series(from_side[0], trunk_forward_deg=60.0)
    assert form_of(from_side).step(now, LUNGE, "") == ()


def test_checks_of_a_step_are_those_of_posture_in_it():
    def listed(variant, step):
        return {c.check for c in checks_of(EXERCISE, variant, step)}

    assert "lunge_hold" not in listed(SEVEN, "lunge")
    assert "slow_return" not in listed(SEVEN, "returning")
    assert {"front_thigh_depth", "trunk_upright", "hands_on_hips"} <= listed(SEVEN, "lunge")
    assert "squat_thigh_depth" in listed(SEVEN, "squat")
    assert "squat_thigh_depth" not in listed(FROM_STANDING, "squat")
    assert listed(FROM_STANDING, "standing") == set()
