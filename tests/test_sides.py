"""Swapped legs are exchanged back; true crossings are not."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lunge.kinematics.sides import swapped_frames, with_sides_settled
from lunge.poses import KEYPOINTS, Poses


def walking(frames=90, seed=0):
    """Return poses of somebody whose right leg steps back past the left, seen from the side."""
    rng = np.random.default_rng(seed)
    image = np.zeros((frames, len(KEYPOINTS), 2))
    image[:] = (240, 200)
    back = 120 * np.clip((np.arange(frames) - 30) / 25, 0, 1)
    for i, (part, y) in enumerate({"hip": 300, "knee": 390, "ankle": 480, "heel": 490, "foot_index": 492}.items()):
        image[:, KEYPOINTS.index(f"left_{part}")] = (200, y)
        right = np.stack([212 + back * (i > 0) * i / 3, np.full(frames, y - 6.0)], axis=1)
        image[:, KEYPOINTS.index(f"right_{part}")] = right
    image += rng.normal(0, 0.5, image.shape)
    return Poses(np.arange(frames) / 30, image, np.zeros((frames, 33, 3)), np.ones((frames, 33)), 480, 640)


def swap(poses, frames):
    order = np.arange(33)
    for part in ("knee", "ankle", "heel", "foot_index"):
        a, b = KEYPOINTS.index(f"left_{part}"), KEYPOINTS.index(f"right_{part}")
        order[[a, b]] = b, a
    image = poses.image_px.copy()
    image[frames] = image[frames][:, order]
    return replace(poses, image_px=image)


def test_what_is_right_stays():
    assert not swapped_frames(walking()).any()


@settings(max_examples=30, deadline=None)
@given(st.integers(45, 80), st.integers(1, 8))
def test_a_swap_of_some_frames_is_undone(start, length):
    poses = walking()
    frames = np.zeros(len(poses), bool)
    frames[start : start + length] = True
    repaired, found = with_sides_settled(swap(poses, frames))
    assert (found == frames).all()
    np.testing.assert_array_equal(repaired.image_px, poses.image_px)
