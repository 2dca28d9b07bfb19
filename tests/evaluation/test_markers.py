"""Made-up markers of somebody whose every joint is known, through virtual cameras."""

import numpy as np
import pytest

from lunge.evaluation.camera import Viewpoint
from lunge.evaluation.landmark_noise import autoregression, landmark_noise_heights
from lunge.evaluation.markers import (
    MARKERS,
    heading_of,
    keypoints_m,
    markers_by_name,
)
from lunge.evaluation.separation import answers, auc, auc_interval, failed_share
from lunge.evaluation.trials import poses_of, trials
from lunge.exercises import load
from lunge.judging import judged
from lunge.measuring import measured
from lunge.poses import KEYPOINTS
from lunge.records import Target

THIGH, SHANK, STANCE = 0.43, 0.43, 0.8
RADIUS, HALF_KNEE, HALF_ANKLE = 0.007, 0.05, 0.036
HALF_HIPS = 0.33 * 0.24 + 0.0073
"""Harrington's hips under front pelvis markers 0.24 m apart."""


def hip_height(time, rep_s=3.0, low=0.50, high=0.72):
    """Return the hips' height (T,): down and up in `rep_s`, once."""
    phase = np.clip((time - 0.5) / rep_s, 0, 1)
    return high - (high - low) * (1 - np.cos(2 * np.pi * phase)) / 2


def knee_of(hip, ankle):
    """Return the knee between hip and ankle (T, 2), ahead of both."""
    reach = ankle - hip
    length = np.linalg.norm(reach, axis=1, keepdims=True)
    along = (length**2 + THIGH**2 - SHANK**2) / (2 * length)
    aside = np.sqrt(np.maximum(THIGH**2 - along**2, 0))
    return hip + reach / length * along + np.stack([-reach[:, 1], reach[:, 0]], 1) / length * aside


def made_up(lean_deg=5.0, side_deg=0.0, seconds=4.5, turn_deg=0.0):
    """Return markers (T, 39, 3), mm, of one split squat at 100 Hz, left foot ahead, and the true knee flexion."""
    time = np.arange(0, seconds, 0.01)
    frames = len(time)
    at = {}

    def put(name, ahead, left, up):
        at[name] = np.stack([np.broadcast_to(a, frames) for a in (ahead, left, up)], axis=1).astype(float)

    hips = hip_height(time)
    lean, side = (np.radians(a) * (0.72 - hips) / 0.22 for a in (lean_deg, side_deg))
    bend = {}
    for letter, sign, foot in (("L", 1, STANCE / 2), ("R", -1, -STANCE / 2)):
        heel_up = 0.0 if letter == "L" else 0.1
        ankle = np.stack([np.full(frames, foot), np.full(frames, 0.08 + heel_up)], 1)
        hip = np.stack([np.zeros(frames), hips], 1)
        knee = knee_of(hip, ankle)
        cosine = ((hip - knee) * (ankle - knee)).sum(1) / THIGH / SHANK
        bend[letter] = 180 - np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        wide = HALF_HIPS + HALF_KNEE + RADIUS
        put(f"{letter}KNE", knee[:, 0], sign * wide, knee[:, 1])
        put(f"{letter}ANK", ankle[:, 0], sign * (HALF_HIPS + HALF_ANKLE + RADIUS), ankle[:, 1])
        put(f"{letter}HEE", foot - 0.06, sign * HALF_HIPS, 0.05 + heel_up)
        put(f"{letter}TOE", foot + 0.12, sign * HALF_HIPS, 0.05)
        # Harrington turned round: pelvis 0.24 m wide, 0.15 m deep between marker centres
        ahead = RADIUS + 0.24 * (0.15 - 2 * RADIUS) + 0.0099
        put(f"{letter}ASI", ahead, sign * 0.12, hips + 0.30 * 0.24 + 0.0109)
        put(f"{letter}PSI", ahead - 0.15, sign * 0.05, hips + 0.30 * 0.24 + 0.0109)
        for name, up, half in (("SHO", 0.55, 0.19), ("ELB", 0.3, 0.25), ("WRA", 0.1, 0.25), ("FIN", 0.0, 0.25)):
            put(f"{letter}{name}", up * np.sin(lean), sign * half + up * np.sin(side), hips + up * np.cos(lean))
        at[f"{letter}WRB"] = at[f"{letter}WRA"]
        for name, ahead in (("FHD", 0.1), ("BHD", -0.1)):
            put(f"{letter}{name}", ahead + 0.75 * np.sin(lean), sign * 0.07 + 0.75 * np.sin(side), hips + 0.85)
    turn = np.radians(turn_deg)
    spin = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    out = np.stack([at.get(name, np.ones((frames, 3))) @ spin.T for name in MARKERS], axis=1) * 1000
    return out, bend


def flexion_deg(points, side):
    hip, knee, ankle = (points[:, KEYPOINTS.index(f"{side}_{p}")] for p in ("hip", "knee", "ankle"))
    up, down = hip - knee, ankle - knee
    cosine = (up * down).sum(1) / np.linalg.norm(up, axis=1) / np.linalg.norm(down, axis=1)
    return 180 - np.degrees(np.arccos(cosine))


@pytest.fixture
def file_of(tmp_path):
    def write(**arrays):
        np.savez(tmp_path / "markers.npz", **arrays)
        return tmp_path / "markers.npz"

    return write


@pytest.mark.parametrize("turn", [0.0, 70.0, 200.0])
def test_joint_centres_are_where_they_were_put(turn):
    markers, bend = made_up(turn_deg=turn)
    points = keypoints_m(markers_by_name(markers))
    at = {name: points[:, i] for i, name in enumerate(KEYPOINTS)}
    assert np.linalg.norm(at["left_hip"] - at["right_hip"], axis=1) == pytest.approx(2 * HALF_HIPS, abs=1e-6)
    for side, letter in (("left", "L"), ("right", "R")):
        assert np.linalg.norm(at[f"{side}_hip"] - at[f"{side}_knee"], axis=1) == pytest.approx(THIGH, abs=8e-3)
        assert flexion_deg(points, side) == pytest.approx(bend[letter], abs=1.0)
    expected = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
    assert heading_of(points) @ expected > np.cos(np.radians(15))


def test_a_missing_marker_is_missing_and_takes_only_its_own_points_along():
    markers, _ = made_up()
    markers[:50, MARKERS.index("LTOE")] = 0
    points = keypoints_m(markers_by_name(markers))
    gone = np.isnan(points).any(axis=2)
    assert {KEYPOINTS[i] for i in np.flatnonzero(gone.any(axis=0))} == {"left_foot_index"}
    assert gone[:, KEYPOINTS.index("left_foot_index")].sum() == 50


def test_markers_of_another_set_are_refused():
    with pytest.raises(ValueError, match="expected markers of shape"):
        markers_by_name(np.zeros((5, 20, 3)))


@pytest.mark.parametrize("azimuth", [0, 45, 90, 180, 270, 315])
@pytest.mark.parametrize("seed", [None, 3])
def test_one_split_squat_and_no_reverse_lunge_from_every_side(file_of, azimuth, seed):
    (trial,) = trials(file_of(s09_correct_e01_markers_mm=made_up(turn_deg=30.0)[0]))
    assert (trial.name, trial.subject, trial.correct) == ("s09_correct_e01", "s09", True)
    poses = poses_of(trial, Viewpoint(azimuth), seed)
    found = judged(measured(poses), load("split_squat"), Target()).repetitions
    assert [(r.variant, r.stepping_leg, r.complete) for r in found] == [("split_squat", None, True)]
    assert found[0].bottom_s == pytest.approx(2.0, abs=0.25)
    assert not judged(measured(poses), load("reverse_lunge"), Target()).repetitions


def test_metric_points_are_the_network_s(file_of):
    (trial,) = trials(file_of(s09_correct_e01_markers_mm=made_up()[0]))
    front = poses_of(trial, Viewpoint(0))
    assert np.abs(front.world("left_hip") + front.world("right_hip")).max() < 1e-9
    assert (front.world("nose")[:, 1] < 0).all()
    assert (front.world("left_shoulder")[:, 0] > front.world("right_shoulder")[:, 0]).all()
    assert (front.world("left_foot_index")[:, 2] < front.world("right_foot_index")[:, 2] - STANCE / 2).all()
    assert (front.image("left_ankle")[:, 1] > front.image("left_hip")[:, 1]).all()


def test_a_lean_is_seen_by_the_view_that_can_see_it(file_of):
    said = {}
    for name, lean, side in (("sound", 5, 0), ("forward", 45, 0), ("sideways", 5, 25)):
        (trial,) = trials(file_of(s09_incorrect_e01_markers_mm=made_up(lean, side)[0]))
        views = [
            judged(measured(poses_of(trial, Viewpoint(a))), load("split_squat"), Target()).repetitions for a in (90, 0)
        ]
        said[name] = answers(views)
    key = ("trunk_upright", "trunk_forward_deg", "lunge"), ("trunk_upright", "trunk_to_front_side_deg", "lunge")
    assert [said["sound"][k] for k in key] == ["pass", "pass"]
    assert said["forward"][key[0]] == "fail"
    assert said["sideways"][key[1]] == "fail"
    assert failed_share(said["sideways"].values()) > failed_share(said["sound"].values())


def test_noise_has_the_size_and_the_memory_that_were_asked_for():
    time = np.arange(0, 2000, 1 / 30)
    series = autoregression(time, 0.5, np.random.default_rng(0))
    assert series.std() == pytest.approx(1.0, abs=0.05)
    assert np.mean(series[:-15] * series[15:]) == pytest.approx(np.exp(-1), abs=0.05)
    noise = landmark_noise_heights(time[:90], np.random.default_rng(1))
    assert noise.shape == (90, 33, 3)
    assert 0.001 < noise.std(axis=0).mean() < 0.05


def test_the_area_under_the_curve():
    assert auc(np.array([2.0, 3.0]), np.array([1.0, np.nan])) == 1.0
    assert auc(np.array([1.0]), np.array([1.0])) == 0.5
    assert np.isnan(auc(np.array([]), np.array([1.0])))
    scores, faulty = np.array([0.1, 0.4, 0.2, 0.5]), np.array([0.0, 1.0, 0.0, 1.0])
    assert auc_interval(scores, faulty, ["a", "a", "b", "b"], draws=50) == (1.0, 1.0)
    assert np.isnan(failed_share([]))
    assert failed_share(["fail", "pass", "cannot_judge"]) == 0.5
