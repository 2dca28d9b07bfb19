"""A mirrored picture turned back: against names one by one, and against a person seen from the other side."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import people
from lunge.mirroring import mirrored
from lunge.poses import KEYPOINTS, Poses

PAIRS = {n: n.replace("left", "right") if "left" in n else n.replace("right", "left") for n in KEYPOINTS}


def poses_of(seed, names=KEYPOINTS):
    rng = np.random.default_rng(seed)
    image, world = rng.uniform(0, 480, (3, len(names), 2)), rng.normal(size=(3, len(names), 3))
    image[rng.random(image.shape[:2]) < 0.2] = np.nan
    return Poses(np.arange(3) / 30, image, world, rng.random((3, len(names))), 480, 640, names)


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.permutations(KEYPOINTS))
def test_every_point_comes_from_its_counterpart_with_x_turned_round(seed, names):
    before = poses_of(seed, tuple(names))
    after = mirrored(before)
    for name, other in PAIRS.items():
        np.testing.assert_array_equal(after.image(name)[:, 0], 480 - before.image(other)[:, 0])
        np.testing.assert_array_equal(after.image(name)[:, 1], before.image(other)[:, 1])
        np.testing.assert_array_equal(after.world(name), before.world(other) * (-1, 1, 1))
        np.testing.assert_array_equal(after.seen(name), before.seen(other))


@given(st.integers(0, 2**32 - 1))
def test_twice_is_not_at_all_and_what_was_given_stays(seed):
    before, same = poses_of(seed), poses_of(seed)
    twice = mirrored(mirrored(before))
    np.testing.assert_allclose(twice.image_px, same.image_px)
    np.testing.assert_array_equal(twice.world_m, same.world_m)
    np.testing.assert_array_equal(before.image_px, same.image_px)
    np.testing.assert_array_equal(before.world_m, same.world_m)
    np.testing.assert_array_equal(before.confidence, same.confidence)


@given(st.floats(0, 360))
def test_the_mirror_image_is_the_same_person_from_the_other_side(azimuth):
    """The stick figure is the same left and right, and stands in the middle of the picture."""
    turned, other = mirrored(people.standing(0.1, azimuth_deg=azimuth)), people.standing(0.1, azimuth_deg=-azimuth)
    np.testing.assert_allclose(turned.world_m, other.world_m, atol=1e-12)
    np.testing.assert_allclose(turned.image_px, other.image_px, atol=1e-9)
