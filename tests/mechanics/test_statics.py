"""Loads in split stance, against the study's table and against a slower way of computing the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.mechanics.constants import constants
from lunge.mechanics.statics import Posture, Rule, back_nm_per_kg, band, loads, share_of_stoop

UPRIGHT = Posture(0.0, 0.0, 0.0, 10.0, 90.0)
LEANING = Posture(15.0, 0.0, 0.0, 10.0, 90.0)


@pytest.mark.parametrize(
    ("factor", "hip", "knee", "rear_hip", "rear_knee", "sideways"),
    [
        (1.0, 0.05, 1.40, 0.40, 1.58, -0.37),
        (1.4, 0.51, 0.94, 0.86, 1.62, -0.26),
        (2.0, 0.85, 0.60, 1.21, 1.66, -0.18),
        (1e9, 1.66, -0.21, 2.01, 1.74, 0.0),
    ],
)
def test_the_upright_lunge_of_the_study(factor, hip, knee, rear_hip, rear_knee, sideways):
    found = loads(UPRIGHT, Rule(factor, 0.4))
    assert float(found.front_share) == pytest.approx(0.49, abs=0.006)
    assert float(found.front_hip_nm_per_kg) == pytest.approx(hip, abs=0.01)
    assert float(found.front_knee_nm_per_kg) == pytest.approx(knee, abs=0.01)
    assert float(found.demand_nm_per_kg) == pytest.approx(1.45, abs=0.01)
    assert float(found.rear_hip_nm_per_kg) == pytest.approx(rear_hip, abs=0.01)
    assert float(found.rear_knee_nm_per_kg) == pytest.approx(rear_knee, abs=0.01)
    assert float(found.horizontal_share) == pytest.approx(sideways, abs=0.01)


@pytest.mark.parametrize(
    ("factor", "hip", "knee", "share"), [(1.0, 0.28, 1.37, 0.17), (1.4, 0.74, 0.91, 0.45), (2.0, 1.08, 0.57, 0.65)]
)
def test_leaning_by_15_degrees_loads_the_hip_more(factor, hip, knee, share):
    found = loads(LEANING, Rule(factor, 0.4))
    assert float(found.front_share) == pytest.approx(0.54, abs=0.006)
    assert float(found.front_hip_nm_per_kg) == pytest.approx(hip, abs=0.012)
    assert float(found.front_knee_nm_per_kg) == pytest.approx(knee, abs=0.012)
    assert float(found.hip_share) == pytest.approx(share, abs=0.012)


def test_the_lower_back_in_the_study():
    """Newton metres of 75 kg: upright, 15 and 25 degrees, stoops of 70 and 90."""
    assert 75 * back_nm_per_kg([0.0, 15.0, 25.0, 70.0, 90.0]) == pytest.approx([-10, 18, 36, 98, 107], abs=1.0)
    assert float(share_of_stoop(15.0, 70.0)) == pytest.approx(0.26, abs=0.01)
    assert share_of_stoop([0.0, 70.0], 70.0) == pytest.approx([0.0, 1.0])


ANGLES = st.builds(Posture, *(st.floats(a, b) for a, b in ((-10, 40), (-15, 40), (-10, 30), (-10, 25), (60, 110))))


@given(ANGLES, st.floats(1.0, 3.0), st.floats(0.0, 1.0))
def test_forces_and_moments_balance(posture, factor, pelvis):
    """The whole body is at rest: what the hips carry holds up the pelvis and the trunk on top of them."""
    found, c = loads(posture, Rule(factor, pelvis)), constants()
    g, s, gravity = c.geometry, c.segments, c.ground.gravity_m_per_s2
    lean, tilt = np.radians(posture.trunk_forward_deg), np.radians(pelvis * posture.trunk_forward_deg)
    ahead = lambda place, turn: place[0] * np.cos(turn) + place[1] * np.sin(turn)  # noqa: E731
    trunk = ahead(np.subtract(g.l5s1_m, g.hip_m), tilt) + ahead(g.trunk_com_m, lean)
    bone = ahead(np.subtract(g.pelvis_com_m, g.hip_m), tilt)
    falls = gravity * (s.trunk_share * trunk + s.pelvis_share * bone)
    carried = float(found.front_hip_nm_per_kg - found.rear_hip_nm_per_kg)
    assert carried == pytest.approx(falls, abs=0.003)


@given(ANGLES)
def test_a_band_holds_the_usual_value(posture):
    found = band(posture)
    for name in ("front_share", "front_hip_nm_per_kg", "front_knee_nm_per_kg", "rear_knee_nm_per_kg"):
        low, usual, high = (float(getattr(one, name)) for one in (found.low, found.usual, found.high))
        assert low <= usual <= high


def test_arrays_are_worked_out_at_once_and_what_is_not_known_stays_so():
    lean = np.array([0.0, np.nan, 15.0])
    found = loads(Posture(lean, 0.0, 0.0, 10.0, 90.0))
    assert found.front_share.shape == (3,)
    assert np.isnan(found.front_hip_nm_per_kg[1])
    assert found.front_hip_nm_per_kg[2] == pytest.approx(float(loads(LEANING).front_hip_nm_per_kg))
