"""When the body rests, by the acceleration of its centre of mass."""

from dataclasses import replace

import numpy as np
import pytest

import people
from lunge.effects.rest import rest_of
from lunge.kinematics.body import body_from_poses


def rest(moved_m=None, noise_m=0.0, seconds=8.0):
    """Return the rest of somebody who stands, moved up and down and shaken by so much."""
    poses = people.standing(seconds)
    body = body_from_poses(poses)
    up_m = np.zeros(len(poses)) if moved_m is None else moved_m(poses.time_s)
    up_m = up_m + noise_m * np.random.default_rng(2).standard_normal(len(poses))
    image = poses.image_px.copy()
    image[..., 1] -= (up_m * body.height_px / 1.70)[:, None]
    return rest_of(replace(poses, image_px=image), body, poses.time_s < 3.0, None)


def test_a_body_that_stands_rests():
    found = rest()
    assert not found.is_limited
    assert found.slow_s(3.0, 6.0) == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize(("peak_g", "rests"), [(0.04, True), (0.3, False)])
def test_the_gate_is_ten_percent_of_gravity(peak_g, rests):
    pace = 2 * np.pi / 2.0
    size_m = peak_g * 9.81 / pace**2
    found = rest(lambda t: np.where(t > 3.0, size_m * np.sin(pace * t), 0.0))
    part = found.slow_s(4.0, 7.0) / 3.0
    assert (part > 0.95) if rests else (part < 0.5)


def test_noise_asks_for_a_longer_smoothing_and_too_much_of_it_lets_nobody_tell():
    assert not rest(noise_m=0.002).is_limited
    limited = rest(noise_m=0.04)
    assert limited.is_limited
    assert not limited.is_noisy
    assert rest(noise_m=2.0).is_noisy
