"""Build a split of the ground-truth set from its cases: render, look, and pack landmarks with truth.

    uv run python bench/groundtruth.py SPLIT --renderer FOLDER --python FOLDER/bin/python --work FOLDER [--out FOLDER]

SPLIT is `fit` or `test`. FOLDER of the renderer holds its `render.py`, its python the environment that it asks for.
What is rendered already is kept, so an interrupted run goes on. Clips are cut around repetitions that no body can do,
which the renderer makes of some mixtures of faults: hips far below both the squat and the lunge on the way.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from lunge.evaluation.packed import save_packed
from lunge.evaluation.synthetic import read_record, sidecar, truth_from_record
from lunge.evaluation.truth import Truth
from lunge.posefile import PoseSource, load_poses, save_poses
from lunge.poses import Poses
from lunge.session import Options, landmarks_of

CASES = Path(__file__).with_name("groundtruth")
SUNK_HEIGHTS = 0.05
"""Hips this far below the lowest hold, on the way between holds, are not a body's: 9 cm."""

HOLDS = ("squat", "lunge", "squat_2")


def render(split: str, renderer: Path, python: Path, out: Path) -> None:
    """Render what is not there yet."""
    cases = CASES / f"{split}_cases.json"
    subprocess.run(
        [python, "render.py", cases.resolve(), "--out", out.resolve(), "--jobs", "2"], cwd=renderer, check=True
    )


def rendered(folder: Path) -> list[Path]:
    """Return the rendered clips of a folder."""
    return sorted(p for p in folder.glob("*.mp4") if p.name[0] != "." and sidecar(p) is not None)


def seen(video: Path, folder: Path, model: str = "full") -> tuple[Poses, PoseSource]:
    """Return a clip's landmarks, saved in a folder."""
    kept = folder / f"{video.stem}.npz"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        landmarks = landmarks_of(video, Options(model=model))
        list(landmarks.blocks())
        save_poses(kept, landmarks.poses(), landmarks.source())
    return load_poses(kept)


def impossible(record: dict, truth: Truth) -> list[int]:  # type: ignore[type-arg]
    """Return the numbers of the repetitions that no body can do."""
    joints, tall = record["frames"]["joints_3d_m"], record["body"]["height_m"]
    hips = (np.array(joints["left_hip"][1]) + np.array(joints["right_hip"][1])) / 2 / tall
    out = []
    for number, repetition in enumerate(truth.repetitions):
        held = [s for s in repetition.steps if s.name in HOLDS]
        lowest = min(float(np.median(hips[truth.frames(s.start_s, s.end_s)])) for s in held)
        if hips[truth.frames(repetition.start_s, repetition.end_s)].min() < lowest - SUNK_HEIGHTS:
            out.append(number)
    return out


def pieces(truth: Truth, bad: list[int]) -> Iterator[tuple[float, float]]:
    """Yield the times (start, end) between the repetitions that are left out, if a repetition is in them."""
    start = 0.0
    reps = truth.repetitions
    for number in [*bad, len(reps)]:
        end = reps[number].start_s if number < len(reps) else float(truth.time_s[-1])
        if any(r.start_s >= start and r.end_s <= end for r in reps):
            yield start, end
        start = reps[number].end_s if number < len(reps) else end


def cut(poses: Poses, truth: Truth, start: float, end: float, name: str) -> tuple[Poses, Truth]:
    """Return a piece of a clip; times stay those of the whole."""
    frames = truth.frames(start, end)
    inside = (poses.time_s >= start) & (poses.time_s <= end)
    piece = replace(
        truth,
        name=name,
        repetitions=tuple(r for r in truth.repetitions if r.start_s >= start and r.end_s <= end),
        time_s=truth.time_s[frames],
        values={n: v[frames] for n, v in truth.values.items()},
        points_px={n: v[frames] for n, v in truth.points_px.items()},
        standing=tuple((max(a, start), min(b, end)) for a, b in truth.standing if b > start and a < end),
    )
    return poses[inside], piece


def pack(videos: list[Path], landmarks: Path, out: Path) -> tuple[int, int, int]:
    """Pack rendered clips; return how many clips, files, and repetitions left out there are."""
    out.mkdir(parents=True, exist_ok=True)
    clips = files = left_out = 0
    for video in videos:
        record = read_record(sidecar(video) or video)
        truth = truth_from_record(record, video.stem)
        poses, source = seen(video, landmarks)
        bad = impossible(record, truth)
        clips, left_out = clips + 1, left_out + len(bad)
        for number, (start, end) in enumerate(pieces(truth, bad)):
            name = video.stem + ("" if not bad else "abc"[number])
            save_packed(out / f"{name}.npz", *_ordered(cut(poses, truth, start, end, name), source))
            files += 1
    return clips, files, left_out


def _ordered(piece: tuple[Poses, Truth], source: PoseSource) -> tuple[Poses, PoseSource, Truth]:
    return piece[0], source, piece[1]


def main() -> None:
    """Render, look, pack."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("split", choices=["fit", "test"])
    ask.add_argument("--renderer", type=Path, help="without it, only what is rendered is packed")
    ask.add_argument("--python", type=Path, default=Path("python3"))
    ask.add_argument("--work", type=Path, required=True, help="where videos and landmarks are kept")
    ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    videos = given.work / given.split
    if given.renderer:
        render(given.split, given.renderer, given.python, videos)
    out = given.out or given.work / f"{given.split}_packed"
    clips, files, left_out = pack(rendered(videos), given.work / f"{given.split}_full", out)
    print(f"{clips} clips, {files} files, {left_out} repetitions left out")


if __name__ == "__main__":
    main()
