"""What is drawn over the picture, and which checks the view shows."""

import numpy as np
import pytest

import people
from lunge.exercises import load
from lunge.live.picture import ViewOfChecks, points_of
from lunge.poses import KEYPOINTS
from lunge.records import Target

EXERCISE = load("reverse_lunge")
SEVEN = "reverse_lunge"
ALL = {c.check for c in EXERCISE.checks if SEVEN in c.variants}


def views(target=None, variant=SEVEN):
    return ViewOfChecks(EXERCISE, variant, target or Target())


def test_points_are_shares_of_the_picture():
    frame = people.standing(0.1)[0:1]
    points = points_of(frame)
    assert len(points) == len(KEYPOINTS)
    shown = np.array([p[:2] for p in points]) * people.SIZE_PX
    np.testing.assert_allclose(shown, frame.image_px[0], atol=0.05)
    assert {p[2] for p in points} == {0.99}


def test_nobody_has_no_points():
    frame = people.standing(0.1)[0:1]
    frame.image_px[:] = np.nan
    assert points_of(frame) == ()


def test_a_point_that_is_missing_is_a_number_still():
    frame = people.standing(0.1)[0:1]
    frame.image_px[0, 5], frame.confidence[0, 5] = np.nan, 0.0
    assert points_of(frame)[5] == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, 90.0, 135.0, 180.0, 270.0, 359.9])
def test_each_check_is_shown_or_is_not(azimuth_deg):
    can, cannot = views().at(azimuth_deg)
    assert len(can) + len(cannot) == len(ALL)
    assert {*can, *cannot} == ALL


def test_the_side_shows_depth_and_the_front_shows_level_hips():
    side, front = set(views().at(90.0)[0]), set(views().at(0.0)[0])
    assert {"front_thigh_depth", "rear_thigh_vertical", "trunk_upright"} <= side - {"hips_level"}
    assert {"hips_level", "front_knee_in_line", "trunk_upright"} <= front - {"front_thigh_depth"}
    assert "back_straight" in views().at(90.0)[1], "no network point shows the back"


def test_where_the_camera_stands_unknown_nothing_is_said():
    assert views().at(float("nan")) == ((), ())
    assert views().kind(float("nan")) is None
    assert views().kind(90.0) == "side"


def test_what_was_not_asked_is_in_neither():
    assert all("hands_on_hips" not in names for names in views(Target(chair=True)).at(90.0))


def test_the_other_variant_has_its_own_checks():
    assert all("squat_thigh_depth" not in n for n in views(variant="reverse_lunge_from_standing").at(90.0))
