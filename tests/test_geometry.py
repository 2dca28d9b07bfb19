"""Angles and distances, each against a second, dumber way."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.geometry import (
    angle_between_deg,
    aside_of_line,
    circular_mean_deg,
    flexion,
    signed_angle_deg,
)

coordinates = st.floats(-10, 10).filter(lambda x: abs(x) > 1e-3)
points = st.tuples(coordinates, coordinates, coordinates)


def dumb_flexion(a, b, c):
    """Return 180° less the angle at b, by the law of cosines."""
    ab, bc, ac = math.dist(a, b), math.dist(b, c), math.dist(a, c)
    cosine = (ab**2 + bc**2 - ac**2) / (2 * ab * bc)
    return 180.0 - math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


@given(points, points, points)
def test_flexion_is_the_law_of_cosines(a, b, c):
    if math.dist(a, b) < 1e-2 or math.dist(b, c) < 1e-2:
        return
    assert flexion(a, b, c) == pytest.approx(dumb_flexion(a, b, c), abs=0.02)


def test_a_straight_limb_is_not_bent():
    assert flexion([0, 0], [0, 1], [0, 2]) == pytest.approx(0)
    assert flexion([0, 0], [0, 1], [1, 1]) == pytest.approx(90)


def test_flexion_of_coinciding_or_unseen_points_is_unknown():
    assert np.isnan(flexion([0, 0], [0, 0], [1, 1]))
    assert np.isnan(flexion([0, np.nan], [0, 1], [1, 1]))


def test_flexion_refuses_points_of_one_coordinate():
    with pytest.raises(ValueError, match="got 1"):
        flexion([[0]], [[1]], [[2]])


@given(st.floats(-179, 179), st.floats(0.1, 5))
def test_signed_angle_turns_back_into_its_components(angle, length):
    along, base = length * math.sin(math.radians(angle)), length * math.cos(math.radians(angle))
    assert signed_angle_deg(along, base) == pytest.approx(angle, abs=1e-6)


@given(st.floats(0, 359), st.floats(-20, 20))
def test_circular_mean_lies_between(middle, spread):
    mean = circular_mean_deg([middle - spread, middle + spread, np.nan])
    assert angle_between_deg(mean, middle) == pytest.approx(0, abs=1e-6)


def test_opposite_directions_have_no_mean():
    assert np.isnan(circular_mean_deg([0, 180]))


@given(st.floats(-720, 720), st.floats(-720, 720))
def test_angle_between_is_the_shorter_way(a, b):
    turns = [abs(a - b + 360 * k) for k in range(-6, 7)]
    assert angle_between_deg(a, b) == pytest.approx(min(turns), abs=1e-6)


def test_aside_of_line_is_measured_at_the_points_own_height():
    assert aside_of_line([3, 1], [0, 0], [2, 2]) == pytest.approx(2)
    assert np.isnan(aside_of_line([3, 1], [0, 0], [2, 0]))
