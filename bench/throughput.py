"""Frames per second on one clip: the bare network, MediaPipe's Python package, and `lunge analyze` end to end.

    uv run python bench/throughput.py clip.mp4 [--model full] [--mediapipe FOLDER/bin/python]

All run in turn, several rounds, and ratios are taken within a round: a machine shared with others changes its
speed from minute to minute. The bare network gets pictures from memory and the better of OpenVINO's two ways: one at
a time on all cores, or one stream a core. MediaPipe and lunge decode the file as well.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from lunge.pose import MODELS, PoseTracker, networks, read_poses
from lunge.pose.networks import fed_with_bytes
from lunge.video import Video

BATCHES = 1500
FILES = 4
INPUTS = 32
LOOP_NAME = "MediaPipe, decoding and landmarks"
LOOP = Path(__file__).with_name("mediapipe_loop.py")

Bench = Callable[[], tuple[int, float]]


def bare(model: str, precision: str, hint: str) -> Bench:
    """Return the bench of the network alone: pictures and seconds."""
    settings = {"PERFORMANCE_HINT": hint, "INFERENCE_PRECISION_HINT": precision}
    name = f"pose_landmark_{model}"
    compiled = networks.ov.Core().compile_model(fed_with_bytes(networks.graph(name), name), "CPU", settings)
    requests = networks.ov.AsyncInferQueue(compiled)
    pictures = np.random.default_rng(0).integers(0, 256, (INPUTS, 1, 256, 256, 3), np.uint8)

    def run() -> tuple[int, float]:
        start = time.perf_counter()
        for i in range(BATCHES):
            requests.start_async([pictures[i % INPUTS]], share_inputs=True)
        requests.wait_all()
        return BATCHES, time.perf_counter() - start

    run()
    return run


def mediapipe(python: Path, clip: Path, model: str) -> Bench:
    """Return the bench of MediaPipe's package in its own environment."""

    def run() -> tuple[int, float]:
        command = list(map(str, [python, LOOP, clip, "--model", model]))
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        told = json.loads(done.stdout)
        return told["frames"], told["seconds"]

    return run


def poses(clip: Path, model: str, precision: str) -> Bench:
    """Return the bench of decoding and landmarks, the network's loading not counted."""

    def run() -> tuple[int, float]:
        tracker = PoseTracker(model, precision=precision)
        start = time.perf_counter()
        video = Video(clip)
        found = read_poses(video.frames(), tracker, (video.info.width_px, video.info.height_px)).poses
        return len(found), time.perf_counter() - start

    return run


def whole(clip: Path, model: str, frames: int, files: int, report: bool) -> Bench:
    """Return the bench of the command `lunge analyze`: files to findings, Python's start and the loading included."""

    def run() -> tuple[int, float]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            copies = [folder / f"clip{i}{clip.suffix}" for i in range(files)]
            for copy in copies:
                shutil.copy(clip, copy)
            told = ["--out", str(folder / "out")] if report else ["--no-report"]
            command = [sys.executable, "-m", "lunge", "analyze", *map(str, copies), "--model", model, "--json", *told]
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            return frames * files, time.perf_counter() - start

    return run


def benches(options: argparse.Namespace) -> dict[str, Bench]:
    """Return what to run, by what to call it."""
    clip, model = options.clip, options.model
    precision = PoseTracker(model).precision
    frames = sum(1 for _ in Video(clip).frames())
    out = {
        f"bare network, latency ({precision})": bare(model, precision, "LATENCY"),
        f"bare network, throughput ({precision})": bare(model, precision, "THROUGHPUT"),
        "decoding and landmarks": poses(clip, model, precision),
        "lunge analyze, one file, no report": whole(clip, model, frames, 1, report=False),
        "lunge analyze, one file, report": whole(clip, model, frames, 1, report=True),
        f"lunge analyze, {FILES} files, no report": whole(clip, model, frames, FILES, report=False),
        f"lunge analyze, {FILES} files, report": whole(clip, model, frames, FILES, report=True),
    }
    if options.mediapipe:
        out[LOOP_NAME] = mediapipe(options.mediapipe, clip, model)
    return out


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clip", type=Path)
    parser.add_argument("--model", choices=MODELS, default="full")
    parser.add_argument("--mediapipe", type=Path, help="the python of MediaPipe's environment")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    info = Video(options.clip).info
    print(f"{options.clip.name}, {info.width_px} x {info.height_px}, model {options.model}, {os.cpu_count()} cores")
    print(f"load before: {os.getloadavg()[0]:.1f}")
    todo = benches(options)
    rates: dict[str, list[float]] = {name: [] for name in todo}
    for _ in range(options.rounds):
        for name, bench in todo.items():
            frames, seconds = bench()
            rates[name].append(frames / seconds)
    for name, found in rates.items():
        print(f"{name:42s} {np.median(found):7.1f} frames/s   (rounds: {' '.join(f'{r:.0f}' for r in found)})")
    if not options.mediapipe:
        print("MediaPipe: left out; give the python of its environment with --mediapipe")
    print("ratios, median over the rounds, each within its round:")
    best = np.max([found for name, found in rates.items() if name.startswith("bare")], axis=0)
    loop = np.array(rates.get(LOOP_NAME, [np.nan]))
    for name in (n for n in rates if n.startswith(("lunge", "decoding"))):
        found = np.array(rates[name])
        print(f"{name:42s} {np.median(found / best):.2f} x bare, {np.median(found / loop):.2f} x MediaPipe")
    print(f"{'bare network':42s} {np.median(best / loop):.2f} x MediaPipe")
    print(f"load after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
