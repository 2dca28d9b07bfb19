"""Swapped legs are exchanged back as the frames come."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lunge.causal.sides import LiveSides
from lunge.poses import joined
from test_sides import swap, walking

LEG_PX = 180.0


def settled(poses):
    """Return the poses with the legs settled, frame by frame."""
    sides = LiveSides(LEG_PX)
    return joined([sides.step(poses[i : i + 1]) for i in range(len(poses))])


def test_what_is_right_stays():
    poses = walking()
    np.testing.assert_array_equal(settled(poses).image_px, poses.image_px)


@settings(max_examples=15, deadline=None)
@given(st.integers(45, 80), st.integers(1, 8), st.integers(0, 20))
def test_a_swap_of_some_frames_is_undone_in_the_frame_it_happens(start, length, seed):
    poses = walking(seed=seed)
    frames = np.zeros(len(poses), bool)
    frames[start : start + length] = True
    np.testing.assert_array_equal(settled(swap(poses, frames)).image_px, poses.image_px)


def test_confidence_and_metric_points_go_with_their_leg():
    poses = walking()
    poses.confidence[:, :] = np.linspace(0.1, 0.9, poses.confidence.shape[1])
    poses.world_m[:, :, 0] = np.arange(poses.world_m.shape[1])
    frames = np.zeros(len(poses), bool)
    frames[60:64] = True
    swapped = swap(poses, frames)
    left, right = (poses.names.index(f"{side}_ankle") for side in ("left", "right"))
    got = settled(swapped)
    assert got.confidence[62, left] == swapped.confidence[62, right]
    assert got.world_m[62, left, 0] == right
    assert got.confidence[59, left] == swapped.confidence[59, left]


def test_a_frame_without_anybody_changes_nothing_after_it():
    poses = walking()
    poses.image_px[50:53] = np.nan
    got = settled(poses)
    np.testing.assert_array_equal(got.image_px[53:], poses.image_px[53:])


def test_a_swap_that_lasts_is_believed_in_the_end():
    """Where the labels stay exchanged for long, the network is right and the frames before were not."""
    poses = walking(frames=400)
    frames = np.zeros(len(poses), bool)
    frames[60:] = True
    swapped = swap(poses, frames)
    np.testing.assert_array_equal(settled(swapped).image_px[-1], swapped.image_px[-1])
