"""Swapped legs are exchanged back; true crossings are not."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunge.kinematics.constants import constants
from lunge.kinematics.sides import LEG, Labelling, labelled_frames, with_sides_settled
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
    swapped, passed_over = labelled_frames(walking())
    assert not swapped.any()
    assert not passed_over.any()


@settings(max_examples=30, deadline=None)
@given(st.integers(45, 80), st.integers(1, 8))
def test_a_swap_of_some_frames_is_undone(start, length):
    poses = walking()
    frames = np.zeros(len(poses), bool)
    frames[start : start + length] = True
    repaired, found = with_sides_settled(swap(poses, frames))
    assert (found == frames).all()
    np.testing.assert_array_equal(repaired.image_px, poses.image_px)


def test_legs_drawn_into_one_do_not_pass_their_names_on():
    """The network wavers twice, with the legs exchanged for a second between: no travel tells, only the places do."""
    poses = walking(frames=240)
    true = poses.image_px.copy()
    swapped = np.zeros(len(poses), bool)
    swapped[100:130] = True
    wavering = swap(poses, swapped)
    other = swap(poses, np.ones(len(poses), bool)).image_px
    for at in (100, 130):
        for i in range(at - 4, at + 4):
            part = (i - at + 4.5) / 8
            first, then = (true, other) if at == 100 else (other, true)
            wavering.image_px[i] = (1 - part) * first[i] + part * then[i]
    settled, _ = with_sides_settled(wavering)
    np.testing.assert_array_equal(settled.image_px[104:126], true[104:126])
    np.testing.assert_array_equal(settled.image_px[134:], true[134:])
    # What the frames between draw is up to 60 px from either leg.
    np.testing.assert_allclose(settled.image_px, true, atol=15.0)


def test_frames_passed_over_are_bridged_by_their_times():
    poses = walking(frames=240)
    uneven = replace(poses, time_s=np.cumsum(np.random.default_rng(1).uniform(0.02, 0.04, 240)))
    one = uneven.image_px.copy()
    legs = [KEYPOINTS.index(f"{side}_{part}") for side in ("left", "right") for part in LEG]
    one[120:126, legs] = one[120:126, legs[4:] + legs[:4]] / 2 + one[120:126, legs] / 2
    settled, _ = with_sides_settled(replace(uneven, image_px=one))
    for point in legs:
        for axis in range(2):
            way = np.interp(uneven.time_s[120:126], uneven.time_s[[119, 126]], one[[119, 126], point, axis])
            np.testing.assert_allclose(settled.image_px[120:126, point, axis], way)
    np.testing.assert_array_equal(settled.image_px[:120], one[:120])


def test_what_is_passed_over_at_the_end_stays():
    poses = walking(frames=240)
    one = poses.image_px.copy()
    legs = [KEYPOINTS.index(f"{side}_{part}") for side in ("left", "right") for part in LEG]
    one[236:, legs] = one[236:, legs[4:] + legs[:4]] / 2 + one[236:, legs] / 2
    settled, _ = with_sides_settled(replace(poses, image_px=one))
    np.testing.assert_array_equal(settled.image_px, one)


def cheapest_by_trying(time_s, points):
    """Return what the cheapest of all ways to label or pass over some frames costs."""
    c = constants().sides
    best = np.inf
    for choice in itertools.product((0, 1, None), repeat=len(points)):
        if choice[0] is None:
            continue
        cost, before = 0.0, 0
        for i, label in enumerate(choice[1:], start=1):
            if label is None:
                cost += c.pass_over_legs_per_s * (time_s[i] - time_s[i - 1])
                cost += np.inf if time_s[i] - time_s[before] > c.longest_passed_over_s else 0.0
                continue
            travel = np.linalg.norm(points[i, label] - points[before, choice[before]])
            cost += travel + label * c.trust_legs_per_frame
            before = i
        best = min(best, cost)
    return best


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31), st.integers(2, 6), st.sampled_from((0.04, 0.3)))
def test_the_cheapest_labelling_is_that_of_trying_all(seed, frames, step_s):
    rng = np.random.default_rng(seed)
    one = rng.normal(0, 0.2, (frames, 4))
    points = np.stack([one, one[:, [2, 3, 0, 1]]], axis=1)
    time_s = np.arange(frames) * step_s
    labelling = Labelling()
    for t, both in zip(time_s, points, strict=True):
        labelling.step(t, both)
    assert labelling.cost_legs == pytest.approx(cheapest_by_trying(time_s, points))


def test_a_step_with_one_leg_and_the_next_with_the_other_are_two_steps():
    """Exchanged, they end where they began: passed over, they would look like one leg that never moved."""
    time_s = np.arange(0.0, 2.5, 1 / 24)
    ahead = np.interp(time_s, [0.0, 1.0, 1.3, 1.6, 2.5], [1.0, 1.0, 0.0, -1.0, -1.0])
    left, right = (np.clip(way, 0.0, None)[:, None] * np.array([[0.3, 0.0, 0.6, 0.0] * 2]) for way in (ahead, -ahead))
    labelling = Labelling()
    for now, one, other in zip(time_s, left, right, strict=True):
        labelling.step(now, np.stack([np.concatenate([one, other]), np.concatenate([other, one])]))
        assert labelling.now() == 0
