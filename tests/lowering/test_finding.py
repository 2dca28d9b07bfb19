"""Lowerings of rendered people: found, and told by kind (bench/lowering/cases.json)."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lunge.evaluation.packed import load_packed
from lunge.session import Options, analysis_of, landmarks_from

CLIPS = Path(__file__).parents[2] / "bench" / "lowering"

pytestmark = pytest.mark.skipif(not CLIPS.is_dir(), reason="bench/lowering is not here")


def watched(name, **options):
    poses, source, _ = load_packed(CLIPS / f"{name}.npz")
    return analysis_of(landmarks_from(poses, source), Options(**options))


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("pick_up_fit_000", ["stoop", "lunge"]),
        ("pick_up_fit_060", ["kneel", "squat"]),
        ("pick_up_test_270", ["squat", "lunge"]),
        ("lower_fit_12_045", ["lunge", "kneel", "squat", "kneel"]),
    ],
)
def test_every_lowering_is_found_and_told_by_kind(name, kinds):
    analysis = watched(name, lowering=True)
    assert [low.kind for low in analysis.lowerings] == kinds
    assert all(low.start_s < low.bottom_s < low.end_s for low in analysis.lowerings)
    assert {low.result for low in analysis.lowerings} == {"seen"}
    assert analysis.repetitions == ()


def test_the_leg_in_front_is_named():
    lunge = watched("pick_up_test_270", lowering=True).lowerings[1]
    assert lunge.lead_leg == "right"


def test_the_document_has_lowerings_only_when_asked_for():
    assert "lowerings" not in watched("pick_up_fit_000").as_dict()
    stoop = watched("pick_up_fit_000", lowering=True).as_dict()["lowerings"][0]
    assert stoop["back_load"] == "high"
    assert stoop["lead_leg"] is None


def test_a_lunge_to_pick_something_up_is_noted_and_no_repetition():
    analysis = watched("pick_up_test_270")
    assert analysis.repetitions == ()
    assert "picking_up" in [m.kind for m in analysis.other_movements]


def test_legs_out_of_the_picture_are_not_judged_but_guessed():
    poses, source, _ = load_packed(CLIPS / "pick_up_fit_000.npz")
    knees = np.nanmin([poses.image(f"{side}_knee")[:, 1].min() for side in ("left", "right")])
    close_up = replace(poses, height_px=int(knees) - 1)
    found = analysis_of(landmarks_from(close_up, source), Options(lowering=True)).lowerings
    assert found[0].kind == "stoop"
    assert {low.result for low in found} == {"cannot_judge"}
