"""What the live meters show is what muscles and loads say, by a longer way."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.mechanics.constants import constants
from lunge.mechanics.meters import ANGLES, estimates, rear_lengths_mm
from lunge.mechanics.muscles import LegAngles, lengths_mm, muscle_model
from lunge.mechanics.statics import Posture, loads, plausible_loads, usual_rule

STRAIGHT = Posture(0.0, 90.0, 0.0, 0.0, 0.0)
STRAIGHT_MM = rear_lengths_mm(STRAIGHT)
SD = Posture(3.0, 4.0, 4.0, 5.0, 5.0)
UPRIGHT = Posture(5.0, 2.0, 6.0, 8.0, 92.0)
NAMES = ("rectus_femoris", "psoas", "front_demand", "front_hip_share")
MUSCLES = {"rectus_femoris": "recfem", "psoas": "psoas"}

POSTURES = st.builds(
    Posture,
    trunk_forward_deg=st.floats(-10, 50),
    front_thigh_above_horizontal_deg=st.floats(-20, 60),
    front_shank_forward_deg=st.floats(-20, 40),
    rear_thigh_back_deg=st.floats(-30, 40),
    rear_knee_flexion_deg=st.floats(0, 135),
)


def beyond_percent(name, posture, pelvis_deg):
    """Return by how much a muscle of the rear leg is longer than in straight standing."""
    hip = usual_rule().pelvis_lean_share * posture.trunk_forward_deg + pelvis_deg - posture.rear_thigh_back_deg
    at = muscle_model().index(MUSCLES[name])
    angles = LegAngles(hip, posture.rear_knee_flexion_deg, 0.0), LegAngles(0.0, 0.0, 0.0)
    here, standing = (lengths_mm(one)[at] for one in angles)
    return 100.0 * (here / standing - 1.0)


def carried(name, found):
    return float(found.demand_nm_per_kg if name == "front_demand" else found.hip_share)


def measured(name, posture, pelvis_deg=0.0):
    return beyond_percent(name, posture, pelvis_deg) if name in MUSCLES else carried(name, loads(posture))


def sd_of(name, posture):
    """Return the sd that each angle's error makes, one after the other."""
    c, here, parts = constants().effects, measured(name, posture), []
    changes = [{angle: getattr(SD, angle)} for angle in ANGLES]
    for change in changes:
        sides = [replace(posture, **{a: getattr(posture, a) + way * by for a, by in change.items()}) for way in (1, -1)]
        parts.append(slope(here, *(measured(name, side) for side in sides)))
    parts.append(slope(here, *(measured(name, posture, way * c.pelvis_sd_deg) for way in (1, -1))))
    return float(np.linalg.norm(parts))


def slope(here, more, less):
    steps = [step for step in (more - here, here - less) if np.isfinite(step)]
    return np.mean(steps) if steps else np.nan


def by_the_longer_way(name, posture):
    """Return value, low and high; None where one is unknown."""
    c, value = constants().effects, measured(name, posture)
    shares = {"rectus_femoris": c.recfem_model_sd_share, "psoas": c.psoas_model_sd_share}
    half = c.interval_sd_factor * np.hypot(sd_of(name, posture), shares.get(name, 0.0) * value)
    ends = [value] if name in MUSCLES else [carried(name, found) for found in plausible_loads(posture)]
    found = value, np.min(ends) - half, np.max(ends) + half
    return found if np.isfinite(found).all() else None


@given(POSTURES)
def test_they_are_what_muscles_and_loads_say(posture):
    found = estimates(posture, SD, STRAIGHT_MM)
    stands = 0.0 <= float(loads(posture).front_share) <= 1.0
    for name in NAMES:
        one, wanted = getattr(found, name), by_the_longer_way(name, posture) if stands else None
        assert (one is None) == (wanted is None), name
        if one is not None:
            assert (one.value, one.low, one.high) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@given(st.floats(-35, 120), st.floats(0, 130))
def test_lengths_are_those_of_the_muscle_model(hip_deg, knee_deg):
    every = lengths_mm(LegAngles(hip_deg, knee_deg, 0.0))
    wanted = every[[muscle_model().index(name) for name in MUSCLES.values()]]
    found = rear_lengths_mm(replace(STRAIGHT, rear_thigh_back_deg=-hip_deg, rear_knee_flexion_deg=knee_deg))
    inside = np.isfinite(found)
    np.testing.assert_allclose(found[inside], wanted[inside], rtol=1e-12)
    assert inside.all() or min(hip_deg + 35, 120 - hip_deg, knee_deg, 130 - knee_deg) < 1e-9


def test_out_of_the_range_only_the_muscles_that_cross_the_joint_are_unknown():
    recfem, psoas = rear_lengths_mm(replace(STRAIGHT, rear_knee_flexion_deg=131.0))
    assert np.isnan(recfem)
    assert np.isfinite(psoas)
    assert np.isnan(rear_lengths_mm(replace(STRAIGHT, rear_thigh_back_deg=-121.0))).all()


def test_stretch_is_told_against_the_own_standing():
    itself = rear_lengths_mm(UPRIGHT)
    assert estimates(UPRIGHT, SD, itself).rectus_femoris.value == pytest.approx(0.0, abs=1e-9)


def test_a_leg_that_is_not_seen_leaves_what_the_other_one_tells():
    no_front = estimates(replace(UPRIGHT, front_shank_forward_deg=np.nan), SD, STRAIGHT_MM)
    assert no_front.front_demand is None
    assert no_front.front_hip_share is None
    assert no_front.rectus_femoris == estimates(UPRIGHT, SD, STRAIGHT_MM).rectus_femoris
    no_knee = estimates(UPRIGHT, replace(SD, rear_knee_flexion_deg=np.nan), STRAIGHT_MM)
    assert [getattr(no_knee, name) for name in NAMES] == [None] * 4


def test_leaning_trades_stretch_behind_for_load_in_front():
    upright, leaning = (estimates(replace(UPRIGHT, trunk_forward_deg=lean), SD, STRAIGHT_MM) for lean in (0.0, 25.0))
    assert leaning.rectus_femoris.value < upright.rectus_femoris.value
    assert leaning.psoas.value < upright.psoas.value
    assert leaning.front_demand.value > upright.front_demand.value
    assert leaning.front_hip_share.value > upright.front_hip_share.value
