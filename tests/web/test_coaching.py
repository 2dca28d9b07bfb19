"""A whole set in Chromium: a clip as the camera, from turning it on to the summary."""

import gzip
import json
from pathlib import Path

import pytest

import coached
from fake_camera import camera_file
from lunge.session import analyze

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "src/lunge/demo/demo.mp4"
TRUTH = ROOT / "tests/clips/demo.json.gz"
CLEAN_UNTIL_S = 13.2
"""Where the demo's first repetition, the clean one, has ended in quiet standing."""

LEAD_S = 4.0
FAULT = "coach.trunk_upright.trunk_forward_deg.high"

pytestmark = pytest.mark.skipif(coached.browser() is None, reason="needs Chromium on the system")


def truth_holds_s():
    """Return how long the lunges of the demo are held."""
    record = json.loads(gzip.decompress(TRUTH.read_bytes()))
    return [step["end_s"] - step["start_s"] for step in record["phases"] if step["name"] == "lunge"]
