"""The error of measures: complete for the checks, a sum of positive terms, the same for left and right."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.exercises import load
from lunge.kinematics.error_model import (
    TERMS,
    UNKNOWN,
    error_over,
    features,
    name_and_side,
    people_sd,
    sd_series,
    table,
)
from lunge.kinematics.situation import PARTS, Situation

VIEWS = {"front": 0.0, "side": 90.0, "back": 180.0}
FRAMES = 6


def situation(azimuth=90.0, drop=0.0, speed=0.0, seen=1.0, height=400.0, model="full"):
    def full(value):
        return np.full(FRAMES, float(value))

    return Situation(full(azimuth), full(drop), full(speed), height, {part: full(seen) for part in PARTS}, model)


def test_every_variance_is_positive_and_people_are_shown_no_less():
    for name, row in table().rows.items():
        for variances in row.variances.values():
            assert (variances >= 0).all(), name
            assert variances.sum() >= 0, name
        error = error_over(name, situation(), "left")
        assert error.sd_people >= error.sd


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("front", ["left", "right"])
def test_every_check_has_an_error_in_its_views(view, front):
    for check in load("reverse_lunge").checks:
        if check.statistic == "unseen" or (check.azimuths_deg and VIEWS[view] not in check.azimuths_deg):
            continue
        error = error_over(f"{check.measure}:{check.statistic}", situation(VIEWS[view]), front)
        assert math.isfinite(error.sd), (check.check, view)


def test_what_was_never_measured_is_unknown():
    assert error_over("mood_deg", situation()) is UNKNOWN
    assert np.isnan(sd_series("mood_deg", situation())).all()


@given(
    st.floats(0, 359),
    st.floats(0, 0.4),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(["sagittal", "frontal", "any"]),
)
def test_the_variance_is_the_sum_of_its_terms(azimuth, drop, speed, seen, plane):
    """Term by term, as the file's head says it."""
    reference = table().reference
    here = situation(azimuth, drop, speed, seen)
    best = {"sagittal": (90, 270), "frontal": (0, 180, 360), "any": (azimuth,)}[plane]
    away = min(abs(azimuth - b) for b in best)
    expected = [
        1.0,
        min(drop / reference["drop_heights"], 1.0),
        min(speed / reference["speed_heights_per_s"], 1.0) ** 2,
        (away / reference["away_deg"]) ** 2,
        (1 - seen) ** 2,
        (reference["height_px"] / 400.0) ** 2,
        max(-np.cos(np.radians(azimuth)) - 0.5, 0.0) ** 2 * 4,
    ]
    assert len(expected) == len(TERMS)
    np.testing.assert_allclose(features(here, plane, "left", reference), [expected] * FRAMES, atol=1e-9)


@pytest.mark.parametrize(
    "worse", [{"drop": 0.2}, {"speed": 0.3}, {"seen": 0.3}, {"azimuth": 120.0}, {"height": 150.0}, {"model": "lite"}]
)
def test_a_worse_situation_never_makes_a_measure_surer(worse):
    for name in table().rows:
        base, bad = sd_series(name, situation(), "left"), sd_series(name, situation(**worse), "left")
        if table().rows[name].plane == "sagittal" or "azimuth" not in worse:
            assert (bad >= base - 1e-12).all(), name


def test_the_leg_at_the_cameras_side_has_its_own_error():
    measure = "front_shank_forward_deg:mean"
    near, far = (error_over(measure, situation(), front) for front in ("left", "right"))
    assert near != far
    assert error_over(measure, situation(270.0), "right") == near


def test_left_and_right_share_one_error():
    left = sd_series("left_knee_flexion_deg", situation(90.0))
    np.testing.assert_allclose(left, sd_series("right_knee_flexion_deg", situation(270.0)))


@pytest.mark.parametrize(
    ("measure", "front", "expected"),
    [
        ("left_knee_flexion_deg", None, ("knee_flexion_deg", "left")),
        ("front_shank_forward_deg", "right", ("front_shank_forward_deg", "right")),
        ("rear_thigh_from_vertical_deg", "right", ("rear_thigh_from_vertical_deg", "left")),
        ("rear_hip_drop_deg", "left", ("rear_hip_drop_deg", None)),
        ("trunk_forward_deg", "left", ("trunk_forward_deg", None)),
    ],
)
def test_which_leg_a_measure_is_about(measure, front, expected):
    assert name_and_side(measure, front) == expected


def test_people_are_shown_what_is_published():
    assert people_sd("front_thigh_above_horizontal_deg:mean", "side") == 8.0
    assert people_sd("front_thigh_above_horizontal_deg:mean", "oblique") == 15.0
    assert people_sd("trunk_side_deg:sd", "front") == table().people["sd"]["front"]


def test_a_value_over_frames_is_no_surer_than_its_frames():
    here = situation()
    mixed = replace(here, azimuth_deg=np.array([90, 90, 90, 120, 120, 120.0]))
    series = sd_series("trunk_forward_deg", mixed)
    assert series.min() <= error_over("trunk_forward_deg", mixed).sd <= series.max()
