"""How fast the feet part and close where the picture hardly shows it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.causal.constants import constants
from lunge.causal.stillness import FeetSpeed

STEP_S = 1 / 30
AHEAD = st.lists(st.floats(-0.6, 0.6), min_size=2, max_size=40)


def speeds(ahead, azimuth_deg):
    feet = FeetSpeed()
    return [feet.step(i * STEP_S, one, azimuth_deg) for i, one in enumerate(ahead)]


@given(AHEAD, st.sampled_from([0.0, 39.0, 170.0, 321.0]))
def test_end_on_it_is_the_way_over_the_last_moments(ahead, azimuth_deg):
    over_s = constants().phases.feet_speed_s
    for i, speed in enumerate(speeds(ahead, azimuth_deg)):
        first = max((j for j in range(i) if i * STEP_S - j * STEP_S >= over_s), default=0)
        way = abs(ahead[i] - ahead[first])
        assert speed == pytest.approx(way / ((i - first) * STEP_S) if i > first else 0.0)


@given(AHEAD, st.sampled_from([45.0, 90.0, 270.0, np.nan]))
def test_elsewhere_the_picture_shows_it(ahead, azimuth_deg):
    assert set(speeds(ahead, azimuth_deg)) == {0.0}


def test_feet_that_are_not_seen_begin_anew():
    assert speeds([0.0, 0.2, np.nan, 0.4], 0.0)[2:] == [0.0, 0.0]
