"""Smoothing without the future, against a filter that takes one number at a time."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import people
from lunge.causal.constants import constants
from lunge.causal.filtering import PoseFilter
from lunge.poses import KEYPOINTS, Poses

RULES = constants().filter
HEIGHT_PX, HEIGHT_M = 425.0, 1.7
NOSE = KEYPOINTS.index("nose")


def poses_at(times, image, world):
    """Return poses whose points are all given: (T, K, 2) and (T, K, 3)."""
    return Poses(np.array(times), image, world, np.ones(image.shape[:2]), *people.SIZE_PX)


def filtered(poses, height_px=HEIGHT_PX, height_m=HEIGHT_M):
    """Return the smooth points of every frame, image (T, K, 2) and world (T, K, 3)."""
    smooth = PoseFilter(height_px, height_m)
    frames = [smooth.step(poses[i : i + 1]) for i in range(len(poses))]
    return np.concatenate([f.image_px for f in frames]), np.concatenate([f.world_m for f in frames])


def along_a_line(times, places):
    """Return poses whose points all lie at the given places of the x axis (T,)."""
    image = np.zeros((len(times), len(KEYPOINTS), 2))
    image[:, :, 0] = np.asarray(places)[:, None]
    return poses_at(times, image, np.zeros((len(times), len(KEYPOINTS), 3)))


def share(cutoff_hz, seconds):
    """Return how much of the way an exponential filter goes: the paper's alpha."""
    return 1 / (1 + 1 / (2 * math.pi * cutoff_hz * seconds))


def one_point(times, places, height):
    """Return one point's smooth places, sample by sample and coordinate by coordinate."""
    out, seen_at, value, rate = [], None, None, None
    for now, place in zip(times, places, strict=True):
        missing = math.isnan(place[0])
        if not missing and (seen_at is None or now - seen_at > RULES.longest_gap_s):
            value, rate, seen_at = list(place), [0.0] * len(place), now
        elif not missing:
            seconds = now - seen_at
            for i, (old, new) in enumerate(zip(value, place, strict=True)):
                rate[i] += share(RULES.rate_cutoff_hz, seconds) * ((new - old) / seconds - rate[i])
            cutoff = RULES.still_cutoff_hz + RULES.cutoff_hz_per_heights_per_s * math.hypot(*rate) / height
            value = [old + share(cutoff, seconds) * (new - old) for old, new in zip(value, place, strict=True)]
            seen_at = now
        gone = seen_at is None or now - seen_at > RULES.longest_gap_s
        out.append([math.nan] * len(place) if gone else list(value))
    return np.array(out)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.floats(0.01, 0.7), min_size=1, max_size=12),
    st.integers(0, 2**32 - 1),
    st.floats(0.0, 0.6),
    st.floats(100.0, 900.0),
)
def test_the_filter_against_one_that_takes_a_number_at_a_time(steps, seed, missing, height_px):
    rng = np.random.default_rng(seed)
    times = np.cumsum(steps)
    image = rng.normal(300, 60, (len(times), len(KEYPOINTS), 2))
    world = rng.normal(0, 0.4, (len(times), len(KEYPOINTS), 3))
    gone = rng.random(image.shape[:2]) < missing
    image[gone], world[gone] = np.nan, np.nan
    got = filtered(poses_at(times, image, world), height_px)
    for points, smooth, height in ((image, got[0], height_px), (world, got[1], HEIGHT_M)):
        wanted = np.stack([one_point(times, points[:, k], height) for k in range(len(KEYPOINTS))], axis=1)
        np.testing.assert_allclose(smooth, wanted, rtol=1e-9, atol=1e-9)


@given(st.floats(-1e3, 1e3), st.lists(st.floats(0.01, 0.4), min_size=1, max_size=20))
def test_what_stands_still_stays_where_it_is(place, steps):
    image, _ = filtered(along_a_line(np.cumsum(steps), [place] * len(steps)))
    np.testing.assert_array_equal(image[:, :, 0], place)


def test_noise_of_a_still_point_is_taken_off():
    rng = np.random.default_rng(3)
    noise = rng.normal(0, 1.0, 300)
    image, _ = filtered(along_a_line(np.arange(300) / 30, noise))
    assert image[30:, NOSE, 0].std() < 0.65 * noise.std()


def test_a_point_at_the_speed_of_a_lowering_lags_less_than_a_frame():
    frame_s, speed = 1 / 30, 0.3 * HEIGHT_PX
    times = np.arange(60) * frame_s
    image, _ = filtered(along_a_line(times, speed * times))
    assert 0 < (speed * times[-1] - image[-1, NOSE, 0]) / speed < frame_s


def test_a_missing_point_keeps_its_place_for_a_while_and_is_forgotten_then():
    times = np.arange(30) / 20
    places = np.full(30, 100.0)
    places[10:] = np.nan
    image, _ = filtered(along_a_line(times, places))
    known = times - times[9] <= RULES.longest_gap_s
    np.testing.assert_array_equal(image[known, NOSE, 0], 100.0)
    assert np.isnan(image[~known]).any(axis=2).all()


@pytest.mark.parametrize(("gap_s", "is_fresh"), [(0.4, False), (0.6, True)])
def test_a_point_that_comes_back_is_fresh_after_a_long_gap_only(gap_s, is_fresh):
    times = [0.0, 0.1, 0.1 + gap_s]
    image, _ = filtered(along_a_line(times, [100.0, 100.0, 120.0]))
    assert (image[-1, NOSE, 0] == 120.0) == is_fresh
    assert 100.0 < image[-1, NOSE, 0] <= 120.0


def test_a_fresh_point_has_no_speed_from_before():
    image, _ = filtered(along_a_line([0.0, 0.05, 0.1, 0.8, 0.85], [0.0, 60.0, 120.0, 0.0, 1.0]))
    alone, _ = filtered(along_a_line([0.8, 0.85], [0.0, 1.0]))
    np.testing.assert_array_equal(image[-2:], alone)


def test_confidence_and_times_pass_through():
    poses = people.standing(0.5)
    smooth = PoseFilter(HEIGHT_PX, HEIGHT_M)
    for i in range(len(poses)):
        frame = poses[i : i + 1]
        out = smooth.step(frame)
        assert out.time_s is frame.time_s
        assert out.confidence is frame.confidence


def test_the_quick_way_of_a_wholly_seen_body_is_the_slow_one_to_the_last_bit():
    """A point that is never seen keeps every frame off the quick way."""
    poses = people.standing(1.0)
    rng = np.random.default_rng(7)
    poses.image_px[:] += rng.normal(0.0, 2.0, poses.image_px.shape)
    poses.world_m[:] += rng.normal(0.0, 0.01, poses.world_m.shape)
    quick = filtered(poses)
    for points in (poses.image_px, poses.world_m):
        points[:, NOSE] = np.nan
    for one, other in zip(quick, filtered(poses), strict=True):
        assert np.isfinite(one).all()
        assert np.array_equal(np.delete(one, NOSE, axis=1), np.delete(other, NOSE, axis=1))
