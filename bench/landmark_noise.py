"""How the pose network's landmarks err over time: size and correlation, from clips whose truth is known.

    uv run python bench/landmark_noise.py LANDMARKS TRUTH

LANDMARKS is a folder of landmark files (`synthetic-NAME-full.npz`, from `lunge analyze --save-poses`), TRUTH the
folder of the rendered clips' truth (`NAME.json` or `.json.gz`). Writes src/lunge/evaluation/landmark_noise.toml.

A shift of the whole person is no error of posture: each error is taken against the mean over all points. What is
left is split into an offset that stays over a clip and a first-order autoregression about it. Neighbouring points err
together: their correlation is that of the errors about the mean.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from lunge.evaluation.synthetic import read_record, sidecar
from lunge.kinematics.view import view_kind
from lunge.posefile import load_poses
from lunge.poses import SIDES, Floats, Poses

OUT = Path(__file__).parents[1] / "src/lunge/evaluation/landmark_noise.toml"
PARTS = {p: p for p in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel")} | {"foot_index": "ball"}
AXES = ("right", "down", "away")
POINTS = [(part, side) for part in PARTS for side in SIDES]
LEFT_OUT = ("second_person", "variable_rate", "walk_in_out", "chair", "march", "busy")
"""Clips with hidden legs, other people, gaps or walking: their errors are of another kind."""

LAG_S = 1 / 3
"""The lag at which the autocorrelation is read: from one frame to a second it falls like that of one autoregression."""

LEFT = (0.01, 0.99)


def errors_of(poses: Poses, truth: dict[str, Any]) -> dict[tuple[str, str], Floats]:
    """Return the errors (T, 3) by part and side, body heights: right and down in the picture, metric points away."""
    camera, frames = truth["camera"], truth["frames"]
    height = truth["body"]["height_m"]
    turn, eye = np.array(camera["rotation"]), np.array(camera["eye_m"])
    hips = np.mean([np.array(frames["joints_3d_m"][f"{s}_hip"], float).T for s in SIDES], axis=0)
    px_per_m = camera["focal_px"] / -((hips - eye) @ turn.T)[:, 2:]
    out = {}
    for part, name in PARTS.items():
        for side in SIDES:
            true_px = np.array(frames["joints_2d_px"][f"{side}_{name}"], float).T
            true_m = (np.array(frames["joints_3d_m"][f"{side}_{name}"], float).T - hips) @ turn.T
            flat = (poses.image(f"{side}_{part}") - true_px) / px_per_m / height
            away = (poses.world(f"{side}_{part}")[:, 2] + true_m[:, 2]) / height
            out[part, side] = np.column_stack([flat, away])
    shift = np.mean(list(out.values()), axis=0) * np.array([1.0, 1.0, 0.0])
    return {key: error - shift for key, error in out.items()}


def clips(landmarks: Path, truth: Path) -> list[tuple[str, float, Poses, dict[str, Any]]]:
    """Return name, true azimuth, landmarks and truth of the clips with a camera that stands still."""
    out = []
    for path in sorted(landmarks.glob("synthetic-*-full.npz")):
        name = path.name.removeprefix("synthetic-").removesuffix("-full.npz")
        if any(name.startswith(bad) for bad in LEFT_OUT):
            continue
        true, (poses, _) = read_record(sidecar(truth / f"{name}.mp4")), load_poses(path)
        if not true["camera"]["moving"] and len(poses) == len(true["frames"]["time_s"]):
            out.append((name, float(true["case"]["camera"].get("azimuth_deg", 90.0)), poses, true))
    return out


def noise_of(series: list[tuple[float, Floats]]) -> dict[str, float]:
    """Return sd and correlation time of one axis of a part from (frames a second, error (T,)) of each clip and side."""
    sds, times = [], []
    for fps, error in series:
        off, lag = error - np.nanmean(error), round(LAG_S * fps)
        variance = float(np.nanmean(off * off))
        left = float(np.nanmean(off[:-lag] * off[lag:])) / variance
        sds.append(variance**0.5)
        times.append(LAG_S / np.log(1 / np.clip(left, *LEFT)))
    return {"sd": float(np.median(sds)), "correlation_s": float(np.median(times))}


def correlations(found: list[tuple[str, float, Poses, dict[str, Any]]]) -> Floats:
    """Return the correlations of the points' errors (3, 16, 16), mean over clips and their mirror images."""
    sums = np.zeros((len(AXES), len(POINTS), len(POINTS)))
    swap = [POINTS.index((part, "right" if side == "left" else "left")) for part, side in POINTS]
    for _, _, poses, true in found:
        errors = errors_of(poses, true)
        for axis in range(len(AXES)):
            one = np.corrcoef(np.stack([errors[point][:, axis] for point in POINTS]))
            sums[axis] += (one + one[np.ix_(swap, swap)]) / 2
    return sums / len(found)


def correlation_rows(found: list[tuple[str, float, Poses, dict[str, Any]]]) -> str:
    """Return the correlations as TOML."""
    out = ["points = [" + ", ".join(f'"{side}_{part}"' for part, side in POINTS) + "]\n"]
    for axis, matrix in zip(AXES, correlations(found), strict=True):
        rows = ",\n  ".join("[" + ", ".join(f"{value:.2f}" for value in row) + "]" for row in matrix)
        out.append(f'[[together]]\naxis = "{axis}"\ncorrelation = [\n  {rows},\n]\n')
    return "\n".join(out)


def main() -> None:
    """Estimate, write, and print the rows."""
    series: dict[tuple[str, int], list[tuple[float, Floats]]] = defaultdict(list)
    offsets: dict[tuple[str, int], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    found = clips(Path(sys.argv[1]), Path(sys.argv[2]))
    for _, azimuth, poses, true in found:
        fps = 1.0 / float(np.median(np.diff(poses.time_s)))
        for (part, side), error in errors_of(poses, true).items():
            mirror = azimuth % 360.0 > 180.0
            group = f"{view_kind(azimuth % 360.0)} {(side == 'left') != mirror}"
            for axis in range(3):
                series[part, axis].append((fps, error[:, axis]))
                sign = -1.0 if mirror and axis == 0 else 1.0
                offsets[part, axis][group].append(sign * float(np.nanmean(error[:, axis])))
    rows = []
    for (part, axis), errors in series.items():
        groups = [np.array(g) for g in offsets[part, axis].values() if len(g) > 1]
        offset = float(np.sqrt(sum(((g - g.mean()) ** 2).sum() for g in groups) / sum(len(g) - 1 for g in groups)))
        numbers = {"offset_sd": offset} | noise_of(errors)
        text = "\n".join(f"{key} = {value:.2g}" for key, value in numbers.items())
        rows.append(f'[[noise]]\npart = "{part}"\naxis = "{AXES[axis]}"\n{text}\n')
    OUT.write_text(HEAD.format(clips=len(found)) + correlation_rows(found) + "\n" + "\n".join(rows), encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))


HEAD = """\
# How the pose network's landmarks scatter about the truth: what is laid over points from markers.
#
# Provenance: bench/landmark_noise.py on {clips} rendered clips of the development set (model full, tripod, the whole
# body in the picture), less the mean error of all points. Standard deviations in body heights, times in seconds.
# `offset_sd`: of the mean error of a clip, among clips of the same view and side of the body, those from the right
# mirrored (what they have in common is the network's bias, which the error model takes off). `sd`, `correlation_s`:
# of the first-order autoregression about that mean; the median clip. `right` and `down` are the picture's, `away`
# the metric depth.
# `correlation`: between the errors of `points` about their means, mean over clips and their mirror images.

"""

if __name__ == "__main__":
    main()
