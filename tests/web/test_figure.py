"""The posture data of the teaching figure: a body that keeps its bones and does the exercise."""

import json
from importlib import resources

import numpy as np
import pytest

from lunge.exercises import load

FILE = resources.files("lunge.web") / "static" / "figure.json"
DATA = json.loads(FILE.read_text(encoding="utf-8"))
NAMES = DATA["points"]
STEPS = {step["name"]: step for step in DATA["steps"]}
BONES = {"hip": "knee", "knee": "ankle", "shoulder": "elbow", "elbow": "wrist", "ankle": "ball"}
LIMITS = {
    check.measure: check.limit
    for check in load("reverse_lunge").checks
    if "lunge" in check.steps and check.statistic == "mean"
}
MISTAKES = {
    "short_step": {"rear_thigh_from_vertical_deg", "front_shank_forward_deg"},
    "chest_drops": {"trunk_forward_deg"},
    "knee_in": {"rear_hip_drop_deg"},
}


def track(name):
    """Return a track (T, K, 3), metres: left, up, forward."""
    rows = np.cumsum(np.array(DATA["tracks"][name]), axis=0)
    return rows.reshape(len(rows), len(NAMES), 3) / 1000


def during(name, step):
    """Return each point in the middle of a step."""
    middle = (STEPS[step]["start_s"] + STEPS[step]["end_s"]) / 2
    return dict(zip(NAMES, track(name)[round(middle * DATA["fps"])], strict=True))


def from_vertical_deg(start, end):
    """Return how far a segment leans forward."""
    _, up, forward = end - start
    return np.degrees(np.arctan2(forward, up))


def lunge_measures(name):
    """Return what the checks of the lunge measure, for a track with the right leg back."""
    p = during(name, "lunge")
    thigh, hips = p["left_knee"] - p["left_hip"], p["left_hip"] - p["right_hip"]
    middles = ((p[f"left_{joint}"] + p[f"right_{joint}"]) / 2 for joint in ("hip", "shoulder"))
    return {
        "front_thigh_above_horizontal_deg": np.degrees(np.arcsin(-thigh[1] / np.linalg.norm(thigh))),
        "rear_thigh_from_vertical_deg": from_vertical_deg(p["right_knee"], p["right_hip"]),
        "front_shank_forward_deg": from_vertical_deg(p["left_ankle"], p["left_knee"]),
        "trunk_forward_deg": from_vertical_deg(*middles),
        "rear_hip_drop_deg": np.degrees(np.arctan2(hips[1], hips[0])),
    }


def beyond(measures):
    """Return the measures that the exercise's checks would fail."""
    return {name for name, value in measures.items() if not LIMITS[name][0] <= value <= LIMITS[name][1]}


def test_the_file_is_small_enough_to_load_at_once():
    assert len(FILE.read_bytes()) < 150_000


def test_the_steps_are_those_of_the_exercise_without_a_gap():
    steps = [step["name"] for step in DATA["steps"]]
    assert steps == ["standing", *load("reverse_lunge").variants[0].steps, "standing"]
    assert [step["end_s"] for step in DATA["steps"][:-1]] == [step["start_s"] for step in DATA["steps"][1:]]


@pytest.mark.parametrize("name", DATA["tracks"])
def test_bones_keep_their_length(name):
    points = dict(zip(NAMES, np.moveaxis(track(name), 1, 0), strict=True))
    for side in ("left", "right"):
        for start, end in BONES.items():
            lengths = np.linalg.norm(points[f"{side}_{start}"] - points[f"{side}_{end}"], axis=1)
            assert np.ptp(lengths) < 0.003, f"{side} {start}"


@pytest.mark.parametrize("name", DATA["tracks"])
def test_the_front_foot_stays_and_nothing_sinks_into_the_floor(name):
    points = dict(zip(NAMES, np.moveaxis(track(name), 1, 0), strict=True))
    assert np.ptp(points["left_ankle"], axis=0).max() < 0.002
    assert track(name)[..., 1].min() > 0
    assert points["right_knee"][:, 1].min() > 0.05


def test_the_right_form_passes_the_checks_and_ends_where_it_began():
    assert beyond(lunge_measures("right_form")) == set()
    rows = track("right_form")
    assert rows[-1] == pytest.approx(rows[0], abs=0.02)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one(name):
    assert beyond(lunge_measures(name)) >= MISTAKES[name]
    assert DATA["tracks"][name][0] == DATA["tracks"]["right_form"][0]
    assert len(DATA["tracks"][name]) == len(DATA["tracks"]["right_form"])


def test_every_mistake_is_known():
    assert set(DATA["tracks"]) == {"right_form", *MISTAKES}
