"""Compare muscle lengths and moment arms with those of a reference model, and take the time.

    uv run python bench/muscles.py REFERENCE.csv.gz

REFERENCE has a posture in each row: hip_flexion_deg, knee_flexion_deg, ankle_dorsiflexion_deg, then NAME_length_mm and
NAME_JOINT_arm_mm of a reference model's muscles.
"""

from __future__ import annotations

import argparse
import gzip
import time
from pathlib import Path

import numpy as np

from lunge.mechanics.muscles import JOINTS, LegAngles, lengths_mm, moment_arms_mm, muscle_model

CLIP_FRAMES, LEGS, ROUNDS = 1800, 2, 20


def read(path: Path) -> dict[str, np.ndarray]:
    """Return the reference's columns."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        names = lines.readline().strip().split(",")
        table = np.loadtxt(lines, delimiter=",")
    return dict(zip(names, table.T, strict=True))


def compare(reference: dict[str, np.ndarray]) -> None:
    """Print the largest errors of lengths, and the root mean square ones of arms."""
    angles = LegAngles(*(reference[k] for k in ("hip_flexion_deg", "knee_flexion_deg", "ankle_dorsiflexion_deg")))
    lengths, arms, names = lengths_mm(angles), moment_arms_mm(angles), muscle_model().names
    print(f"{len(lengths)} postures\nmuscle       largest error, % of range   arms, rms, mm")
    for i, name in enumerate(names):
        true = reference[f"{name}_length_mm"]
        worst = 100 * np.nanmax(np.abs(lengths[:, i] - true)) / np.ptp(true)
        columns = [(j, f"{name}_{joint}_arm_mm") for j, joint in enumerate(JOINTS)]
        rms = [np.sqrt(np.nanmean((arms[:, j, i] - reference[c]) ** 2)) for j, c in columns if c in reference]
        print(f"{name:12s} {worst:8.2f}   " + "  ".join(f"{value:5.2f}" for value in rms))


def take_time() -> None:
    """Print how long 60 s at 30 frames a second take, both legs, all muscles."""
    rng = np.random.default_rng(1)
    shape = (CLIP_FRAMES, LEGS)
    angles = LegAngles(rng.uniform(-20, 100, shape), rng.uniform(0, 110, shape), rng.uniform(-20, 30, shape))
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        lengths_mm(angles)
        moment_arms_mm(angles)
        took.append(time.perf_counter() - start)
    print(f"{CLIP_FRAMES} frames, {LEGS} legs, lengths and arms: median {1000 * np.median(took):.1f} ms")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("reference", type=Path)
    compare(read(ask.parse_args().reference))
    take_time()
