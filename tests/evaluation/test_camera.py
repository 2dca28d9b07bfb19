"""The virtual camera, against what a photograph shows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.evaluation.camera import Viewpoint, camera_at

NORTH = (0.0, 1.0)
TARGET = (1.0, 2.0, 0.9)
LEFT_HAND = (0.0, 2.0, 0.9)
"""Of somebody at the target who faces north: west of them."""


@pytest.mark.parametrize(
    ("azimuth", "eye", "hand_x"), [(0, (1, 5), 1), (90, (-2, 2), 0), (180, (1, -1), -1), (270, (4, 2), 0)]
)
def test_the_camera_stands_where_the_azimuth_says(azimuth, eye, hand_x):
    camera = camera_at(Viewpoint(azimuth, height_m=0.9), TARGET, NORTH)
    assert camera.eye_m == pytest.approx([*eye, 0.9])
    across = camera.image_px(LEFT_HAND)[0] - 240
    assert across == pytest.approx(hand_x * camera.focal_px / 3.0, abs=1e-9)


@given(st.floats(0, 360), st.floats(0.2, 2.5), st.floats(0.5, 8), st.floats(0.5, 1.5))
def test_the_target_is_in_the_middle_and_up_is_up(azimuth, height, distance, lens):
    camera = camera_at(Viewpoint(azimuth, height, distance, lens), TARGET, NORTH)
    assert camera.image_px(TARGET) == pytest.approx([240, 320])
    above = camera.image_px((*TARGET[:2], TARGET[2] + 0.01))
    assert above[0] == pytest.approx(240)
    assert above[1] < 320
    assert camera.axes @ camera.axes.T == pytest.approx(np.eye(3))
    assert camera.seen_m(TARGET)[2] > 0


def test_twice_as_far_is_half_as_large():
    sizes = []
    for distance in (2.0, 4.0):
        camera = camera_at(Viewpoint(0, 0.9, distance), TARGET, NORTH)
        sizes.append(camera.image_px(LEFT_HAND)[0] - 240)
    assert sizes[0] == pytest.approx(2 * sizes[1])


def test_behind_the_camera_nothing_is_seen():
    camera = camera_at(Viewpoint(0), TARGET, NORTH)
    assert np.isnan(camera.image_px([1.0, 9.0, 0.9])).all()


@pytest.mark.parametrize(("heading", "distance"), [((0.0, 0.0), 3.0), (NORTH, 0.0)])
def test_a_camera_without_direction_is_refused(heading, distance):
    with pytest.raises(ValueError, match="expected a heading"):
        camera_at(Viewpoint(0, distance_m=distance), TARGET, heading)
