"""What the live meters show is what the effects say, by another way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.mechanics.effects import LungePosture, effects_of, rear_leg
from lunge.mechanics.meters import estimates, rear_lengths_mm
from lunge.mechanics.muscles import LegAngles, lengths_mm, muscle_model

STRAIGHT_MM = rear_lengths_mm(0.0, 0.0)
SD = LungePosture(3.0, 4.0, 4.0, 5.0, 5.0, 8.0)
UPRIGHT = LungePosture(5.0, 2.0, 6.0, 8.0, 92.0)
NAMES = ("rectus_femoris", "psoas", "front_demand", "front_hip_share")

POSTURES = st.builds(
    LungePosture,
    trunk_forward_deg=st.floats(-10, 50),
    front_thigh_above_horizontal_deg=st.floats(-20, 60),
    front_shank_forward_deg=st.floats(-20, 40),
    rear_thigh_back_deg=st.floats(-30, 40),
    rear_knee_flexion_deg=st.floats(0, 135),
)


def changed(posture, **by):
    return LungePosture(**{name: getattr(posture, name) for name in LungePosture.__slots__} | by)


@given(POSTURES)
def test_they_are_the_effects_of_the_same_posture(posture):
    found = estimates(posture, SD, STRAIGHT_MM)
    told = {effect.name: effect for effect in effects_of(posture, SD, still=True)}
    for name in NAMES:
        one, effect = getattr(found, name), told[name]
        assert (one is None) == (effect.value is None), name
        if one is not None:
            expected = pytest.approx((effect.value, effect.low, effect.high), rel=1e-9, abs=1e-9)
            assert (one.value, one.low, one.high) == expected


@given(st.floats(-35, 120), st.floats(0, 130))
def test_lengths_are_those_of_the_muscle_model(hip_deg, knee_deg):
    every = lengths_mm(LegAngles(hip_deg, knee_deg, 0.0))
    wanted = every[[muscle_model().index(name) for name in ("recfem", "psoas")]]
    np.testing.assert_allclose(rear_lengths_mm(hip_deg, knee_deg), wanted, rtol=1e-12)


def test_out_of_the_range_only_the_muscles_that_cross_the_joint_are_unknown():
    recfem, psoas = rear_lengths_mm(0.0, 131.0)
    assert np.isnan(recfem)
    assert np.isfinite(psoas)
    assert np.isnan(rear_lengths_mm(121.0, 90.0)).all()


def test_stretch_is_told_against_the_own_standing():
    leg = rear_leg(UPRIGHT)
    itself = rear_lengths_mm(leg.hip_flexion_deg, leg.knee_flexion_deg)
    assert estimates(UPRIGHT, SD, itself).rectus_femoris.value == pytest.approx(0.0, abs=1e-9)


def test_a_leg_that_is_not_seen_leaves_what_the_other_one_tells():
    no_front = estimates(changed(UPRIGHT, front_shank_forward_deg=np.nan), SD, STRAIGHT_MM)
    assert no_front.front_demand is None
    assert no_front.front_hip_share is None
    assert no_front.rectus_femoris == estimates(UPRIGHT, SD, STRAIGHT_MM).rectus_femoris
    no_knee = estimates(UPRIGHT, changed(SD, rear_knee_flexion_deg=np.nan), STRAIGHT_MM)
    assert [getattr(no_knee, name) for name in NAMES] == [None] * 4


def test_leaning_trades_stretch_behind_for_load_in_front():
    upright, leaning = (estimates(changed(UPRIGHT, trunk_forward_deg=lean), SD, STRAIGHT_MM) for lean in (0.0, 25.0))
    assert leaning.rectus_femoris.value < upright.rectus_femoris.value
    assert leaning.psoas.value < upright.psoas.value
    assert leaning.front_demand.value > upright.front_demand.value
    assert leaning.front_hip_share.value > upright.front_hip_share.value
