"""Make the posture data of the teaching figure and of the live outline, by solving the renderer's motion.

    FOLDER/bin/python -B bench/figure.py --renderer FOLDER

FOLDER of the renderer holds its `rig.py` and `motion.py`; the python is the one that it asks for. Nothing is drawn:
only joint centres are taken. Writes ``src/lunge/web/static/figure.json`` and ``src/lunge/live/postures.toml``, and says
how far the interpolation between the stored pictures is off. The same versions make the same files.

Each track is one repetition with the right leg stepping back; whoever shows it mirrors it for the left. Values are
whole millimetres, each the difference to the picture before: x to the person's left, y up, z forward, from the floor
between the feet where the person stands first.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

SOURCE = Path(__file__).parents[1] / "src" / "lunge"
FPS = 10
"""Cubic interpolation between ten pictures a second stays within 5 mm of the solved motion."""

BODY = {"shape": {"gender": 0.5, "age": 30.0, "weight": 0.45}}
RIGHT_FORM = {
    "do": "reverse_lunge",
    "stepping_leg": "right",
    "pause_s": 0.8,
    "lower_s": 1.6,
    "squat_hold_s": 0.8,
    "step_s": 2.2,
    "hold_s": 2.0,
    "return_s": 2.4,
    "squat_2_hold_s": 1.4,
    "rise_s": 1.6,
}
MISTAKES = {
    "short_step": {"rear_thigh_deg": -24.0, "front_shank_deg": 26.0, "trunk_lean_deg": 14.0, "rear_foot_deg": 52.0},
    "chest_drops": {"trunk_lean_deg": 36.0, "pelvic_tilt_deg": 16.0},
    "knee_in": {"knee_in_deg": 24.0, "pelvic_drop_deg": 11.0, "trunk_side_deg": 8.0},
}
STEPS = ("lowering", "squat", "stepping_back", "lunge", "returning", "squat_2", "rising")

PAIRS = {
    "shoulder": "shoulder",
    "elbow": "elbow",
    "wrist": "wrist",
    "hip": "hip",
    "knee": "knee",
    "ankle": "ankle",
    "ball": "ball",
}
SPINE = {"spine_low": "spine04", "spine_middle": "spine02", "spine_high": "spine01"}
SIDES = {"left": "L", "right": "R"}


class Solver:
    """One body that can do any repetition."""

    def __init__(self) -> None:
        from body import Body
        from cases import body_from_json
        from rig import Rig

        self.rig = Rig(Body(body_from_json(BODY, "figure")))
        skin = self.rig.body.vertices
        self.crown = int(np.argmax(skin[: len(skin), 1]))

    def motion(self, movement: dict[str, Any]) -> Any:
        """Return a repetition without sway or scatter."""
        from motion import Motion, MotionSpec
        from movements import movement_from_json

        spec = MotionSpec((movement_from_json(movement),), lead_out_s=0.8, sway=0.0, variation=0.0)
        return Motion(self.rig, spec)

    def points(self, motion: Any, times: np.ndarray) -> dict[str, np.ndarray]:
        """Return each point's track (T, 3), metres."""
        rows = [self.posture(state) for state in motion.states(times)]
        return {name: np.array([row[name] for row in rows]) for name in rows[0]}

    def posture(self, state: dict[str, float]) -> dict[str, np.ndarray]:
        """Return the points of one state."""
        pose, rig = self.rig.pose(state), self.rig
        skin = rig.skin(pose)
        out = {f"{side}_{ours}": pose.joints[f"{its}_{s}"] for ours, its in PAIRS.items() for side, s in SIDES.items()}
        for side, s in SIDES.items():
            out[f"{side}_heel"] = skin[rig.mark[f"heel_{s}"]]
            out[f"{side}_toe"] = skin[rig.mark[f"toe_{s}"]]
            out[f"{side}_knuckle"] = pose.groups[f"finger3-1.{s}"].pos
            out[f"{side}_fingertip"] = pose.groups[f"finger3-3.{s}"].pos
        out |= {ours: pose.groups[its].pos for ours, its in SPINE.items()}
        out |= {"neck": pose.joints["neck"], "head": pose.joints["head"], "nose": skin[rig.mark["nose"]]}
        return out | {"crown": skin[self.crown]}


def coded(points: dict[str, np.ndarray]) -> list[list[int]]:
    """Return the pictures in whole millimetres, each as the difference to the one before."""
    table = np.round(1000 * np.stack(list(points.values()), 1)).astype(int).reshape(len(points["nose"]), -1)
    return np.diff(table, axis=0, prepend=0).tolist()


def interpolated(rows: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return pictures between the stored ones as the page draws them: Catmull-Rom."""
    at = np.clip(times * FPS, 0, len(rows) - 1)
    first = np.minimum(at.astype(int), len(rows) - 2)
    u = (at - first)[:, None]
    a, b, c, d = (rows[np.clip(first + k, 0, len(rows) - 1)] for k in (-1, 0, 1, 2))
    return b + u / 2 * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)))


def worst_mm(solver: Solver, motion: Any, rows: list[list[int]]) -> float:
    """Return how far the interpolation is from the solved motion, at the worst point and moment."""
    times = np.arange(0, (len(rows) - 1) / FPS, 1 / 60)
    true = 1000 * np.stack(list(solver.points(motion, times).values()), 1)
    drawn = interpolated(np.cumsum(np.array(rows), 0), times).reshape(true.shape)
    return float(np.linalg.norm(drawn - true, axis=2).max())


def tracks(solver: Solver) -> dict[str, Any]:
    """Return the content of figure.json."""
    motions = {name: solver.motion(RIGHT_FORM | fault) for name, fault in ({"right_form": {}} | MISTAKES).items()}
    right = motions["right_form"]
    times = np.arange(int(right.duration_s * FPS) + 1) / FPS
    points = {name: solver.points(motion, times) for name, motion in motions.items()}
    out = {
        "schema": "lunge.figure/1",
        "fps": FPS,
        "points": list(points["right_form"]),
        "steps": [{"name": p.name, "start_s": round(p.start_s, 2), "end_s": round(p.end_s, 2)} for p in right.phases],
        "tracks": {name: coded(track) for name, track in points.items()},
    }
    for name, motion in motions.items():
        print(f"{name}: worst point {worst_mm(solver, motion, out['tracks'][name]):.1f} mm off")
    return out


SEGMENTS = {
    "hips": ("right_hip", "left_hip"),
    "shoulders": ("right_shoulder", "left_shoulder"),
    "trunk": ("hips", "shoulders"),
    **{f"{s}_{name}": (f"{s}_{a}", f"{s}_{b}") for s in SIDES for name, a, b in (
        ("thigh", "hip", "knee"),
        ("shank", "knee", "ankle"),
        ("foot", "ankle", "ball"),
        ("heel", "ankle", "heel"),
        ("upper_arm", "shoulder", "elbow"),
        ("forearm", "elbow", "wrist"),
    )},
}  # fmt: skip
"""What a segment's direction leads from and to."""


def directions(solver: Solver, motion: Any, phase: str) -> list[str]:
    """Return a section of postures.toml: unit vectors (forward, left, up) in the middle of a hold."""
    span = next(p for p in motion.phases if p.name == phase)
    p = solver.posture(motion.states(np.array([(span.start_s + span.end_s) / 2]))[0])
    for name, joint in (("hips", "hip"), ("shoulders", "shoulder")):
        p[name] = (p[f"left_{joint}"] + p[f"right_{joint}"]) / 2
    trunk = np.linalg.norm(p["shoulders"] - p["hips"])
    nose = (p["nose"] - p["shoulders"])[[2, 0, 1]] / trunk
    rows = [f"[{phase}]", row("nose_trunks", nose, "solved: from the middle of the shoulders, in trunk lengths")]
    for name, (start, end) in SEGMENTS.items():
        along = (p[end] - p[start])[[2, 0, 1]]
        says = f"solved: from {start} to {end} in the hold"
        rows.append(row(f"{name}_direction", along / np.linalg.norm(along), says))
    return [*rows, ""]


def row(key: str, vector: np.ndarray, says: str) -> str:
    """Return a line of postures.toml."""
    numbers = ", ".join(f"{v + 0.0:.4f}" for v in np.where(np.abs(vector) < 5e-5, 0.0, vector))
    return f"{key} = [{numbers}]  # {says.replace('_', ' ')}"


def write_postures(solver: Solver, file: Path) -> None:
    """Write the directions of the squat and the lunge, and keep the section on the head, which is no solver's."""
    motion = solver.motion(RIGHT_FORM)
    head = file.read_text(encoding="utf-8").partition("[squat]")[0]
    rows = [*directions(solver, motion, "squat"), *directions(solver, motion, "lunge")]
    file.write_text(head + "\n".join(rows).rstrip() + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--renderer", type=Path, required=True)
    sys.path.insert(0, str(parser.parse_args().renderer))
    solver = Solver()
    file = SOURCE / "web/static/figure.json"
    file.write_text(json.dumps(tracks(solver), separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{file.name}: {file.stat().st_size / 1000:.0f} kB")
    write_postures(solver, SOURCE / "live/postures.toml")


if __name__ == "__main__":
    main()
