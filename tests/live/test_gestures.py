"""A raised hand."""

import numpy as np
import pytest

import people
from lunge.live.constants import constants
from lunge.live.gestures import RaisedHand, is_raised
from lunging import Figure

C = constants().gestures


def taken(poses):
    """Return when a raised hand counted."""
    hand = RaisedHand()
    return [float(poses.time_s[i]) for i in range(len(poses)) if hand.step(poses[i : i + 1])]


@pytest.mark.parametrize("azimuth_deg", [0.0, 90.0, 180.0, 270.0])
def test_a_hand_held_up_counts_once_however_long(azimuth_deg):
    poses = Figure(9.0).raise_hand(1.0, 7.0).poses(azimuth_deg)
    (when,) = taken(poses)
    assert when == pytest.approx(1.0 + C.raise_s, abs=0.2)


def test_a_wave_does_not_count():
    figure = Figure(8.0)
    for start in (1.0, 2.5, 4.0):
        figure.raise_hand(start, start + 0.5)
    assert taken(figure.poses()) == []


def test_each_time_it_is_raised_counts():
    poses = Figure(12.0).raise_hand(1.0, 2.5).raise_hand(6.0, 7.5).poses()
    assert len(taken(poses)) == 2


def test_right_after_one_there_is_a_rest():
    poses = Figure(6.0).raise_hand(1.0, 2.0).raise_hand(2.5, 3.5).poses()
    assert len(taken(poses)) == 1


def test_hands_on_the_hips_or_hanging_are_not_raised():
    assert not is_raised(Figure(0.1).poses()[0:1])
    assert not is_raised(people.standing(0.1)[0:1])


def test_a_hand_that_is_barely_seen_does_not_count():
    poses = Figure(4.0).raise_hand(0.5, 3.5).poses()
    poses.confidence[:, poses.names.index("right_wrist")] = 0.3
    assert taken(poses) == []


def test_nobody_raises_no_hand():
    poses = Figure(4.0).raise_hand(0.5, 3.5).poses()
    poses.image_px[:], poses.confidence[:] = np.nan, 0.0
    assert taken(poses) == []


def test_a_hand_that_is_lost_for_a_moment_begins_anew():
    poses = Figure(3.0).raise_hand(0.5, 1.9).poses()
    poses.confidence[24] = 0.0
    assert taken(poses) == []
