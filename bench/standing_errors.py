"""How much of an angle's error in the held lunge is in quiet standing, too: what a person's own standing takes away.

    uv run python bench/standing_errors.py FOLDER [FOLDER ...] [--poses FOLDER]

FOLDER holds clips or landmark files with truth, filmed from the side. For each angle of the lunge the error of the mean
in the hold stands beside the error of the same leg's in the standing before it: their correlation over people and legs,
and how large the errors are before and after the difference is taken.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

from lunge.evaluation.dataset import items
from lunge.evaluation.truth import TrueRepetition, Truth
from lunge.kinematics.roles import role_series
from lunge.kinematics.view import view_kind
from lunge.measuring import Measured, measured
from lunge.session import Options

ANGLES = {
    "trunk_forward_deg": "trunk_forward_deg",
    "front_thigh_above_horizontal_deg": "{front}_thigh_above_horizontal_deg",
    "front_shank_forward_deg": "{front}_shank_forward_deg",
    "rear_thigh_from_vertical_deg": "{rear}_thigh_forward_deg",
    "rear_knee_flexion_deg": "{rear}_knee_flexion_deg",
}
OPPOSITE = ("rear_thigh_from_vertical_deg",)
"""Series that grow as the one in standing falls."""

Pairs = dict[str, list[tuple[float, float]]]


def error(series: np.ndarray, seen: Measured, truth: Truth, name: str, frames: np.ndarray) -> float:
    """Return the error of the mean over some frames."""
    true = np.interp(seen.poses.time_s[frames], truth.time_s, truth.values[name])
    off = series[frames] - true
    return float(np.nanmean(off)) if np.isfinite(off).any() else float("nan")


def add(pairs: Pairs, seen: Measured, truth: Truth, want: TrueRepetition) -> None:
    """Add the errors of one repetition."""
    span, time = want.span("lunge"), seen.poses.time_s
    if span is None or want.stepping_leg is None:
        return
    rear = want.stepping_leg
    front = "left" if rear == "right" else "right"
    held = (time >= span[0]) & (time <= span[1])
    quiet = seen.body.standing & (time < truth.repetitions[0].start_s)
    if not (held.any() and quiet.any()):
        return
    roles = role_series(seen.series, seen.body, front)
    for name, of in ANGLES.items():
        own = of.format(front=front, rear=rear)
        sign = -1.0 if name in OPPOSITE else 1.0
        if name in truth.values and own in truth.values:
            pairs[name].append(
                (
                    error(roles[name], seen, truth, name, held),
                    sign * error(seen.series[own], seen, truth, own, quiet),
                )
            )


def main() -> None:
    """Print one line for each angle."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--poses", type=Path)
    given = parser.parse_args()
    pairs: Pairs = defaultdict(list)
    clips = 0
    for item in (i for folder in given.folders for i in items(folder, given.poses)):
        truth, landmarks = item.truth(), item.landmarks(Options())
        list(landmarks.blocks())
        seen = measured(landmarks.poses())
        kind = view_kind(float(np.nanmedian(seen.azimuth_deg)))
        if not truth.repetitions or seen.body.baseline != "standing" or kind != "side":
            continue
        clips += 1
        for want in truth.repetitions:
            add(pairs, seen, truth, want)
    print(f"{clips} clips\nangle{'n':>31}   correlation   rms in the hold, standing, difference; deg")
    for name, found in pairs.items():
        both = np.array([pair for pair in found if np.isfinite(pair).all()])
        alike = (both[:, 0] * both[:, 1]).mean() / np.sqrt((both**2).mean(axis=0).prod())
        sizes = [np.sqrt(np.mean(one**2)) for one in (both[:, 0], both[:, 1], both[:, 0] - both[:, 1])]
        print(f"{name:34s} {len(both):3d} {alike:8.2f}       " + "  ".join(f"{s:5.1f}" for s in sizes))


if __name__ == "__main__":
    main()
