"""The table of errors: complete for the checks, sane, and looked up from the special to the general."""

import math

import pytest

from lunge.exercises import load
from lunge.kinematics.error_model import UNKNOWN, _table, error_of

VIEWS = {"front": 0.0, "side": 90.0, "back": 180.0}


def test_every_row_has_a_positive_error_and_a_wider_one_for_people():
    for key, error in _table().items():
        assert error.sd > 0, key
        assert error.sd_people >= error.sd, key


@pytest.mark.parametrize("view", VIEWS)
def test_every_check_has_an_error_in_its_views(view):
    for check in load("reverse_lunge").checks:
        if check.statistic == "unseen" or (check.azimuths_deg and VIEWS[view] not in check.azimuths_deg):
            continue
        key = f"{check.measure}:{check.statistic}" if check.statistic in ("sd", "max") else check.measure
        for leg in ("near", "far"):
            assert math.isfinite(error_of(key, view, leg).sd), (check.check, view)


def test_the_leg_at_the_cameras_side_has_its_own_error():
    near, far = (error_of("front_thigh_above_horizontal_deg", "side", leg) for leg in ("near", "far"))
    assert near != far


def test_left_and_right_share_one_error():
    assert error_of("left_knee_flexion_deg", "side") == error_of("right_knee_flexion_deg", "side")


def test_what_was_never_measured_is_unknown():
    assert error_of("mood", "side") is UNKNOWN
    assert math.isnan(error_of("front_thigh_above_horizontal_deg", None).sd)
