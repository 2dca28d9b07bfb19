"""A whole set in Chromium: a clip as the camera, from turning it on to the summary."""

import gzip
import json
from pathlib import Path

import pytest

import coached
from fake_camera import camera_file
from lunge.documents import json_text
from lunge.session import analyze

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "src/lunge/demo/demo.mp4"
TRUTH = ROOT / "tests/clips/demo.json.gz"
FRONT = ROOT / "tests/clips/front_knee_000.mp4"
FRONT_TRUTH = ROOT / "tests/clips/front_knee_000.json.gz"
FIRST_ENDS_S = 13.2
"""Where the demo's first repetition, the clean one with the right leg back, has ended in quiet standing."""

LEAN = "coach.trunk_upright.trunk_forward_deg.high"
KNEE = "coach.front_knee_in_line.front_knee_inward_heights.high"
LONGEST_S = 90.0

pytestmark = pytest.mark.skipif(coached.browser() is None, reason="needs Chromium on the system")


def truth(file=TRUTH):
    """Return the repetitions that were rendered."""
    return json.loads(gzip.decompress(file.read_bytes()))["repetitions"]


def hold_s(repetition):
    """Return how long the lunge of a rendered repetition is held."""
    (lunge,) = (phase for phase in repetition["phases"] if phase["name"] == "lunge")
    return lunge["end_s"] - lunge["start_s"]


def set_of(folder, camera, **choices):
    """Do a set before the camera; return the page's log, the address it ended at, and what was kept."""
    coached.prepared(folder, **{"front_repetitions": 0, "hold_s": 1.0, **choices})
    with coached.coach(folder) as coach, coached.page(camera) as at:
        coached.begin(at, coach.url)
        log = coached.until_done(at, LONGEST_S)
        at.wait_for_url("**/after/*")
        heading = at.inner_text("h1")
    return log, heading, coached.kept(folder)


def form_cues(log):
    """Return the keys of the form cues that were spoken, in order."""
    return [entry["key"] for entry in log if entry["what"] == "cue" and entry["kind"] == "form" and entry["spoken"]]


def test_a_set_with_a_fault_is_counted_timed_and_cued(tmp_path):
    camera = camera_file(DEMO, tmp_path / "demo.mjpeg")
    log, heading, kept = set_of(tmp_path / "home", camera, repetitions=1)
    assert [r["stepping_leg"] for r in kept["repetitions"]] == [r["stepping_leg"] for r in truth()]
    for got, made in zip(kept["repetitions"], truth(), strict=True):
        assert got["lunge_hold_s"] == pytest.approx(hold_s(made), abs=0.3)
    ends = [entry["capture_ms"] for entry in log if entry["what"] == "repetition"]
    leans = [entry for entry in log if entry["what"] == "cue" and entry["key"] == LEAN and entry["spoken"]]
    assert len(leans) == 1
    assert ends[0] < leans[0]["capture_ms"] < ends[1]
    assert kept["engine"]["mode"] == "causal"
    assert heading


def test_nothing_is_cued_on_a_clean_one_and_its_file_gives_the_same(tmp_path):
    camera = camera_file(DEMO, tmp_path / "clean.mjpeg", part_s=(0.0, FIRST_ENDS_S))
    log, _, kept = set_of(tmp_path / "home", camera, repetitions=1, order="right")
    (repetition,) = kept["repetitions"]
    assert repetition["lunge_hold_s"] == pytest.approx(hold_s(truth()[0]), abs=0.3)
    assert form_cues(log) == []
    assert [entry["key"] for entry in log if entry["what"] == "sound"][:1] == ["started"]
    (landmarks,) = (tmp_path / "home").glob("sets/*/landmarks.npz")
    assert json.loads(json_text(analyze(landmarks).as_dict()))["repetitions"] == kept["repetitions"]


def test_a_set_facing_the_camera_is_led_and_counted_and_nothing_is_cued_on_the_clean_one(tmp_path):
    """In the second one the knee falls in, by about as much as the limit allows: it may be cued, and nothing else."""
    camera = camera_file(FRONT, tmp_path / "front.mjpeg")
    log, heading, kept = set_of(tmp_path / "home", camera, repetitions=1, front_repetitions=2)
    assert [r["stepping_leg"] for r in kept["repetitions"]] == [r["stepping_leg"] for r in truth(FRONT_TRUTH)]
    assert {r["view"]["kind"] for r in kept["repetitions"]} == {"front"}
    assert all(r["complete"] for r in kept["repetitions"])
    first_end = next(entry["capture_ms"] for entry in log if entry["what"] == "repetition")
    early = [entry for entry in log if entry["what"] == "cue" and entry["capture_ms"] <= first_end]
    assert form_cues(early) == []
    assert set(form_cues(log)) <= {KNEE}
    guides = [entry["key"] for entry in log if entry["what"] == "cue" and entry["kind"] == "guide" and entry["spoken"]]
    assert guides[0] == "coach.started"
    assert {"coach.sit_down", "coach.slowly_back"} <= set(guides)
    assert not [entry for entry in log if entry["what"] == "cue" and entry["kind"] == "setup" and entry["spoken"]]
    assert guides[-1] == "coach.set_done"
    assert heading
