"""Static optimisation in closed form, against a slow optimiser that knows nothing of multipliers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunge.mechanics.constants import constants
from lunge.mechanics.effort import GLUTEUS, QUADRICEPS, Wanted, activations, full_strengths, index_of, least_squares
from lunge.mechanics.muscles import LegAngles, muscle_model
from lunge.mechanics.postures import Posture, front_leg
from lunge.mechanics.statics import loads

LEG = LegAngles(85.0, 88.0, 5.0)


def slowly(matrix, target, rounds=60000):
    """Return the activations that a projected gradient finds, with the reserve as a penalty; accelerated."""
    reserve = constants().effort.reserve_share
    curvature = np.eye(matrix.shape[1]) + matrix.T @ matrix / reserve
    pace = 1.0 / np.linalg.eigvalsh(curvature)[-1]
    here = ahead = np.zeros(matrix.shape[1])
    momentum = 1.0
    for _ in range(rounds):
        last, here = here, np.maximum(ahead - pace * (curvature @ ahead - matrix.T @ target / reserve), 0.0)
        momentum, before = (1.0 + np.sqrt(1.0 + 4.0 * momentum**2)) / 2.0, momentum
        ahead = here + (before - 1.0) / momentum * (here - last)
    return here


@pytest.mark.parametrize("target", [(-0.5, -0.9, -0.2), (0.8, -1.6, -0.4), (-1.5, 0.3, 0.1), (0.0, 0.0, 0.0)])
def test_the_closed_form_finds_what_a_slow_optimiser_finds(target):
    matrix = full_strengths(LEG)
    found = least_squares(matrix[None], np.array([target]))[0]
    assert found == pytest.approx(slowly(matrix, np.array(target)), abs=2e-4)


MOMENTS = st.tuples(st.floats(-2.5, 1.5), st.floats(-2.5, 1.0), st.floats(-1.5, 0.4))
ANGLES = st.builds(LegAngles, st.floats(-20, 110), st.floats(0, 120), st.floats(-20, 30))


@given(ANGLES, MOMENTS)
@settings(deadline=None)
def test_the_moments_are_reached_and_no_muscle_pushes(angles, moments):
    found = activations(angles, Wanted(*(np.float64(m) for m in moments)))
    assert (found >= 0.0).all()
    reached = full_strengths(angles) @ found
    missing = np.abs(reached - moments)
    # The reserve takes a part that grows with the effort, next to nothing of what people do.
    assert missing.max() <= 0.02 + 0.05 * found.max()


@given(ANGLES, MOMENTS)
@settings(deadline=None, max_examples=30)
def test_no_neighbour_that_gives_the_same_moments_costs_less(angles, moments):
    matrix, found = full_strengths(angles), activations(angles, Wanted(*(np.float64(m) for m in moments)))
    rng = np.random.default_rng(3)
    _, _, rows = np.linalg.svd(matrix)
    for direction in rng.standard_normal((20, len(rows) - 3)) @ rows[3:]:
        other = found + 1e-3 * direction / np.abs(direction).max()
        if (other >= 0.0).all():
            assert other @ other >= found @ found - 1e-9


def test_how_two_postures_compare_does_not_depend_on_strength():
    """Nobody's strength is known: muscles of any strength give the same ratio."""
    matrix = full_strengths(LEG)
    easy, hard = np.array([-0.3, -0.6, -0.1]), np.array([-0.6, -1.2, -0.2])
    once, twice = (
        least_squares(np.stack([factor * matrix] * 2), np.stack([easy, hard])).sum(axis=1) for factor in (1.0, 2.0)
    )
    assert once[1] / once[0] == pytest.approx(twice[1] / twice[0], rel=0.02)
    assert once[1] / once[0] == pytest.approx(2.0, rel=0.02)


def effort_of(lean):
    posture = Posture(lean, 0.0, 0.0, 10.0, 90.0)
    found = loads(posture)
    wanted = Wanted(-found.front_hip_nm_per_kg, -found.front_knee_nm_per_kg, -found.front_ankle_nm_per_kg)
    return activations(front_leg(posture, 0.4), wanted)


def test_leaning_makes_the_front_glutes_work_more_as_in_the_study():
    upright, leaning, more = (float(index_of(effort_of(lean), GLUTEUS)) for lean in (0.0, 15.0, 25.0))
    assert upright < leaning < more


def test_people_are_as_strong_as_was_measured():
    """Anderson 2007 in newton metres a kilogram for 1.70 m: hip extension and knee extension at their best angle."""
    angles = LegAngles(*np.meshgrid(np.linspace(-10, 110, 25), np.linspace(0, 110, 25), [0.0], indexing="ij"))
    best = np.minimum(full_strengths(angles), 0.0).sum(axis=-1).reshape(-1, 3).min(axis=0)
    assert -best[0] == pytest.approx(0.161 * 9.81 * 1.70, rel=0.08)
    assert -best[1] == pytest.approx(0.163 * 9.81 * 1.70, rel=0.08)


def test_what_is_not_known_stays_so():
    found = activations(LegAngles(np.array([80.0, np.nan, 200.0]), 80.0, 5.0), Wanted(*(np.full(3, -0.5),) * 3))
    assert np.isfinite(found[0]).all()
    assert np.isnan(found[1:]).all()
    assert found.shape == (3, len(muscle_model().names))
    assert 0.0 < float(index_of(found[0], QUADRICEPS)) < 1.0
