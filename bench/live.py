"""The live coach in figures: how fast it judges, sees, speaks and starts, and whether it stays so.

    uv run --all-groups python bench/live.py judging | start | frames | cue | soak  [--minutes M] [--models full ...]

`frames`, `cue` and `soak` drive the system's Chromium with a rendered clip as its camera (`--browser` names another
program). Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lunge.evaluation.packed import load_packed
from lunge.live.records import Look, Wishes
from lunge.live.session import LiveSession

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import coached  # noqa: E402  what the tests of the coach share
from fake_camera import camera_file  # noqa: E402

DEMO = ROOT / "src/lunge/demo/demo.mp4"
PACKED = ROOT / "bench/groundtruth/test"
FAULT = "coach.trunk_upright.trunk_forward_deg.high"
"""The fault of the demo's second repetition."""


def judging() -> None:
    """Print how long a frame takes after the network: a whole set, every frame."""
    took: list[float] = []
    for file in sorted(PACKED.glob("*_090.npz"))[:6] + sorted(PACKED.glob("*_000.npz"))[:3]:
        poses = load_packed(file)[0]
        session = LiveSession(Wishes(front_repetitions=0 if "_090" in file.stem else 99))
        for i in range(len(poses)):
            before = time.perf_counter()
            session.step(Look(poses[i : i + 1]))
            took.append(time.perf_counter() - before)
    ms = np.array(took) * 1000
    print(f"judging, {len(ms)} frames: median {np.median(ms):.2f} ms, p99 {np.percentile(ms, 99):.2f} ms")


def start() -> None:
    """Print how long the coach takes to be ready, and the first page to come."""
    ready, first = [], []
    for _ in range(5):
        with tempfile.TemporaryDirectory() as folder:
            before = time.perf_counter()
            with coached.coach(Path(folder)) as url:
                coached.one_frame_judged(url)
                ready.append(time.perf_counter() - before)
                before = time.perf_counter()
                urllib.request.urlopen(url).read()
                first.append(time.perf_counter() - before)
    print(f"lunge coach to ready: median {np.median(ready):.2f} s (best {min(ready):.2f})")
    print(f"first page: median {1000 * np.median(first):.0f} ms")
