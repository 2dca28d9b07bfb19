"""What the picture tells of level and forward-facing hips: hip points, wrists on the hips, elbows.

    uv run python bench/pelvis.py FOLDER [FOLDER ...] [--poses FOLDER]

FOLDER holds clips or landmark files with truth, seen from the front or the back. Prints, for each way of reading, the
scatter of the error over the holds of the lunge, with and without the own standing taken off, and the slope of estimate
against truth: a reading that does not follow truth has a slope near 0.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lunge.evaluation.dataset import items
from lunge.geometry import signed_angle_deg
from lunge.kinematics.view import view_kind
from lunge.measuring import Measured, measured
from lunge.poses import Floats
from lunge.session import Options

PARTS = ("hip", "wrist", "elbow", "shoulder")


def obliquity_deg(seen: Measured, part: str) -> Floats:
    """Return how much higher the left point of a pair is (T,), degrees."""
    across = seen.poses.image(f"left_{part}") - seen.poses.image(f"right_{part}")
    return signed_angle_deg(-across[:, 1], np.abs(across[:, 0]))


def rotation_deg(seen: Measured, part: str) -> Floats:
    """Return how far a pair is turned to the left against the picture's plane (T,), degrees, from the metric points."""
    across = seen.poses.world(f"left_{part}") - seen.poses.world(f"right_{part}")
    return signed_angle_deg(across[:, 2], np.abs(across[:, 0])) * np.sign(across[:, 0])


def readings(seen: Measured) -> dict[tuple[str, str], Floats]:
    """Return every reading by measure and way."""
    out = {("pelvic_obliquity_deg", part): obliquity_deg(seen, part) for part in PARTS}
    out |= {("pelvic_rotation_deg", part): rotation_deg(seen, part) for part in PARTS}
    hips, wrists = out["pelvic_obliquity_deg", "hip"], out["pelvic_obliquity_deg", "wrist"]
    out["pelvic_obliquity_deg", "hip and wrist"] = (hips + wrists) / 2
    return out


def holds(folder: Path, poses: Path | None) -> Iterator[tuple[str, str, float, float, float]]:
    """Yield measure, way, estimate, the same less standing, and truth of holds end-on with the hands on the hips."""
    for item in items(folder, poses):
        truth = item.truth()
        landmarks = item.landmarks(Options())
        list(landmarks.blocks())
        seen = measured(landmarks.poses())
        still = seen.body.standing
        for repetition in truth.repetitions:
            azimuth, step = truth.azimuth_deg(repetition), repetition.step("lunge")
            if azimuth is None or step is None or view_kind(azimuth) not in ("front", "back") or not still.any():
                continue
            if np.nanmean(truth.values["hands_on_hips_share"][truth.frames(step.start_s, step.end_s)]) < 1.0:
                continue
            here = (seen.poses.time_s >= step.start_s) & (seen.poses.time_s <= step.end_s)
            for (measure, way), series in readings(seen).items():
                true = float(np.nanmean(truth.values[measure][truth.frames(step.start_s, step.end_s)]))
                value = float(np.nanmedian(series[here]))
                yield measure, way, value, value - float(np.nanmedian(series[still])), true


def main() -> None:
    """Print a row for each way of reading."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--poses", type=Path)
    given = parser.parse_args()
    rows: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    for folder in given.folders:
        for measure, way, *values in holds(folder, given.poses):
            rows[measure, way].append(tuple(values))
    for (measure, way), found in sorted(rows.items()):
        value, change, true = np.array(found).T
        slope = np.polyfit(true, change, 1)[0]
        print(
            f"{measure:22} {way:14} n {len(found):3d}  error sd {np.std(value - true):5.1f}  "
            f"against standing: bias {np.mean(change - true):+5.1f} sd {np.std(change - true):5.1f}  slope {slope:+.2f}"
        )


if __name__ == "__main__":
    main()
