"""Scoring: truth from files, matching, packing, and figures that add up."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.errors import InputError, MissingFileError
from lunge.evaluation import load_packed, save_packed
from lunge.evaluation.dataset import items
from lunge.evaluation.labels import truths_from_labels
from lunge.evaluation.matching import matched
from lunge.evaluation.packed import is_packed
from lunge.evaluation.scoring import AngleRow, CheckRow, ClipScore
from lunge.evaluation.summary import figures
from lunge.evaluation.swaps import swaps_of
from lunge.evaluation.synthetic import read_record, sidecar, truth_from_record
from lunge.evaluation.tables import as_document, write_evaluation_tables
from lunge.evaluation.truth import TrueRepetition, clear_kind, true_value, truly_in_view
from lunge.evaluation.truth_file import head_as_dict, read_truth_file
from lunge.exercises import load
from lunge.posefile import PoseSource
from lunge.poses import KEYPOINTS, Poses
from lunge.records import Repetition, Step, View

CLIP = Path(__file__).parents[1] / "clips" / "front_knee_000.mp4"
SOURCE = PoseSource("x.mp4", None, "blazepose-full", "f32", 1, 1.0)


@pytest.fixture(scope="module")
def truth():
    return truth_from_record(read_record(sidecar(CLIP)), CLIP.stem)


def poses_like(truth):
    """Landmarks that lie on truth's knees and ankles."""
    count = len(truth.time_s)
    image = np.zeros((count, len(KEYPOINTS), 2))
    for name, points in truth.points_px.items():
        image[:, KEYPOINTS.index(name)] = points
    return Poses(truth.time_s, image, np.zeros((count, len(KEYPOINTS), 3)), np.ones((count, len(KEYPOINTS))), 480, 640)


def test_rendered_truth_is_in_our_names_and_signs(truth):
    assert truth.kind == "rendered"
    assert len(truth.repetitions) >= 1
    for repetition in truth.repetitions:
        front = "left" if repetition.stepping_leg == "right" else "right"
        inside = truth.frames(repetition.start_s, repetition.end_s)
        own = truth.values[f"{front}_thigh_above_horizontal_deg"][inside]
        np.testing.assert_array_equal(truth.values["front_thigh_above_horizontal_deg"][inside], own)
        lunge = repetition.step("lunge")
        assert lunge.start_s <= repetition.bottom_s <= lunge.end_s
        assert truth.azimuth_deg(repetition) == pytest.approx(truth.camera_azimuth_deg % 360, abs=5)
    outside = truth.time_s < truth.repetitions[0].start_s
    assert np.isnan(truth.values["front_knee_flexion_deg"][outside]).all()


def test_a_true_value_is_taken_as_the_check_takes_it(truth):
    repetition = truth.repetitions[0]
    for check in load("reverse_lunge").checks:
        for step in check.steps:
            value = true_value(truth, repetition, check, step)
            if repetition.variant not in check.variants or check.statistic in ("unseen", "duration"):
                continue
            if value is None:
                continue
            start, end = repetition.span(step)
            inside = truth.values[check.measure][truth.frames(start, end)]
            assert np.nanmin(inside) - 1e-9 <= value <= np.nanmax(inside) + 1e-9 or check.statistic == "sd"


@given(st.floats(-100, 100))
def test_faults_and_clean_ones_are_a_margin_away_from_the_limit(value):
    check = next(c for c in load("reverse_lunge").checks if c.check == "front_thigh_depth")
    kind = clear_kind(value, check)
    beyond = value < -8 - 4 or value > 20 + 4
    inside = -8 + 4 <= value <= 20 - 4
    assert kind == ("fault" if beyond else "clean" if inside else "between")


def test_a_view_is_truly_in_a_check_or_not(truth):
    by_name = {c.check: c for c in load("reverse_lunge").checks}
    repetition = truth.repetitions[0]
    assert truly_in_view(truth, repetition, by_name["hips_level"])
    assert not truly_in_view(truth, repetition, by_name["front_shin"])
    assert truly_in_view(replace(truth, camera_azimuth_deg=None), repetition, by_name["front_shin"])


def test_packing_keeps_landmarks_and_truth(truth, tmp_path):
    rng = np.random.default_rng(0)
    poses = replace(poses_like(truth), world_m=rng.normal(0, 0.5, (len(truth.time_s), len(KEYPOINTS), 3)))
    poses.image_px[3] = np.nan
    save_packed(tmp_path / "a.npz", poses, SOURCE, truth)
    again, source, known = load_packed(tmp_path / "a.npz")
    assert is_packed(tmp_path / "a.npz")
    np.testing.assert_allclose(again.image_px, poses.image_px, atol=0.051)
    np.testing.assert_allclose(again.world_m, poses.world_m, atol=0.00051)
    assert source.model == SOURCE.model
    assert known.repetitions == truth.repetitions
    assert known.standing == truth.standing
    for name, series in truth.values.items():
        np.testing.assert_allclose(known.values[name], series, atol=0.011)


def test_exchanged_legs_are_counted(truth):
    poses, repetition = poses_like(truth), truth.repetitions[0]
    right = swaps_of(poses, poses, truth, repetition)
    order = [KEYPOINTS.index(_other(name)) for name in KEYPOINTS]
    wrong = swaps_of(replace(poses, image_px=poses.image_px[:, order]), poses, truth, repetition)
    assert right.frames > 0
    assert right.raw == 0
    assert wrong.raw == wrong.frames == right.frames
    assert wrong.settled == 0


def _other(name):
    if name.startswith("left_"):
        return name.replace("left_", "right_")
    return name.replace("right_", "left_")


def repetition_at(bottom_s):
    view = View(0.0, 5.0, "front")
    return Repetition(
        1, "reverse_lunge", "left", True, bottom_s - 3, bottom_s, bottom_s + 3, (), {}, None, "heights", None, view, ()
    )


@given(st.lists(st.floats(0, 60), max_size=6), st.lists(st.floats(0, 60), max_size=6))
def test_matching_uses_each_once_and_only_near_ones(found, true):
    got = [repetition_at(b) for b in found]
    wanted = [TrueRepetition("reverse_lunge", "left", b - 2, b + 2, b) for b in true]
    pairs = matched(got, wanted)
    assert len({id(r) for r in pairs.values()}) == len(pairs)
    assert all(abs(r.bottom_s - wanted[i].bottom_s) <= 2.5 for i, r in pairs.items())
    alone = [i for i, w in enumerate(wanted) if i not in pairs and any(abs(b - w.bottom_s) <= 2 for b in found)]
    assert not alone or len(pairs) > 0


def test_a_truth_file_of_our_own(truth, tmp_path):
    head = head_as_dict(truth)
    path = tmp_path / "clip.truth.json"
    path.write_text(json.dumps(head | {"series": {"time_s": [0.0, 0.1], "trunk_forward_deg": [1.0, 2.0]}}))
    known = read_truth_file(path)
    assert known.repetitions == truth.repetitions
    assert known.values["trunk_forward_deg"].tolist() == [1.0, 2.0]
    path.write_text(json.dumps(head | {"series": {"time_s": [0.0], "trunk_forward_deg": [1.0, 2.0]}}))
    with pytest.raises(InputError, match="expected 1 values"):
        read_truth_file(path)
    path.write_text("{}")
    with pytest.raises(InputError, match=r"lunge\.truth/1"):
        read_truth_file(path)


def test_labels_give_bottoms_and_legs(tmp_path):
    reps = [{"bottom_s": 1.2, "rear_leg": "left"}, {"bottom_s": 3.4, "rear_leg": None}]
    path = tmp_path / "labels.json"
    path.write_text(
        json.dumps({"clips": {"a.mp4": {"reverse_lunges": 2, "reps": reps}, "b.mp4": {"reverse_lunges": 0}}})
    )
    a, b = truths_from_labels(path)
    assert [(r.bottom_s, r.stepping_leg) for r in a.repetitions] == [(1.2, "left"), (3.4, None)]
    assert b.repetitions == ()


def test_a_folder_without_truth_is_said(tmp_path):
    (tmp_path / "clip.mp4").write_bytes(b"")
    with pytest.raises(InputError, match="nothing to score"):
        items(tmp_path)
    with pytest.raises(MissingFileError):
        items(tmp_path / "nowhere")


KEY = ("left_knee_flexion_deg", "lunge", "side", 90.0)


def score(person, errors, results):
    rows = tuple(
        AngleRow(
            "left_knee_flexion_deg", "lunge", "side", 90.0, 1, 0, e, abs(e), e * e, abs(e) < 1, abs(e) < 2, e, 0.0, 1.0
        )
        for e in errors
    )
    checks = tuple(
        CheckRow("front_shin", "m", "lunge", "side", True, kind, result, None, 0.0, 1.0, 0.0, 0)
        for kind, result in results
    )
    return ClipScore(f"clip {person}", person, "own", 0, 0, (), rows, checks)


def test_figures_are_what_a_loop_gives():
    scores = [
        score("a", [1.0, -3.0], [("fault", "fail"), ("clean", "pass")]),
        score("b", [2.0], [("fault", "cannot_judge"), ("clean", "fail")]),
    ]
    by_key = {(f.group, f.name, f.view, f.step, f.statistic): f for f in figures(scores)}
    angle = ("angles", "knee_flexion_deg", "side", "lunge")
    assert by_key[*angle, "MAE"].value == pytest.approx(2.0)
    assert by_key[*angle, "bias"].value == pytest.approx(0.0)
    assert by_key[*angle, "RMSE"].value == pytest.approx((14 / 3) ** 0.5)
    assert by_key["checks", "front_shin", "", "", "sensitivity"].value == 0.5
    assert by_key["checks", "front_shin", "", "", "false alarms"].value == 0.5
    assert by_key["checks", "front_shin", "", "", "clean not judged"].value == 0.0


def test_intervals_come_from_persons():
    """One person with many equal clips has no interval; two that differ have a wide one."""
    one = [score("a", [float(e)], []) for e in range(50)]
    two = [score("a", [1.0] * 50, []), score("b", [3.0] * 50, [])]
    pick = lambda found: next(f for f in found if f.statistic == "MAE" and f.step == "lunge")  # noqa: E731
    assert np.isnan(pick(figures(one)).low)
    assert (pick(figures(two)).low, pick(figures(two)).high) == (1.0, 3.0)


def test_tables_are_written_whole(tmp_path):
    scores = [score("a", [1.0], [("clean", "pass")])]
    document = as_document(scores, figures(scores), {"dataset": "x"})
    write_evaluation_tables(document, scores, tmp_path / "out")
    assert json.loads((tmp_path / "out" / "evaluation.json").read_text())["schema"] == "lunge.evaluation/1"
    assert (tmp_path / "out" / "checks.csv").read_text().splitlines()[0].startswith("clip,person,check")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "evaluation.json",
        "figures.csv",
        "checks.csv",
        "angles.csv",
    }


def test_a_step_is_found_by_its_name(truth):
    repetition = truth.repetitions[0]
    assert repetition.span("no such step") is None
    assert isinstance(repetition.step("lunge"), Step)
