"""The posture to reach, where the person stands and in their own proportions, for the live picture."""

from __future__ import annotations

import numpy as np

from lunge.causal.phases import Phase
from lunge.causal.reading import Reading
from lunge.exercises.records import LUNGES
from lunge.geometry import lengths
from lunge.kinematics.body import middle, middle_world
from lunge.kinematics.view import px_per_m
from lunge.live.lowered import lunge_for, squat_for, with_chair
from lunge.live.postures import Posture, target_points
from lunge.live.records import Wishes
from lunge.poses import SIDES, Floats, Poses, joined

Outlined = tuple[tuple[float, float], ...]

SEGMENTS = {
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "foot": ("ankle", "foot_index"),
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
}
WIDTHS = {"hips": "hip", "shoulders": "shoulder"}


class Outline:
    """Draws the posture of the step that is on, or that comes next.

    Parameters
    ----------
    standing : list of Poses
        Frames of somebody who stands: their proportions are read from them.
    wishes : Wishes
        How deep, and whether with the hands on a chair.
    seven_steps : bool
        Whether the lunge is reached from a squat.
    """

    def __init__(self, standing: list[Poses], wishes: Wishes, *, seven_steps: bool) -> None:
        self._lengths_px = lengths_px(joined(standing))
        self._postures = postures(wishes, self._lengths_px, seven_steps=seven_steps)

    def step(self, reading: Reading, phase: Phase) -> Outlined:
        """Return the 33 points as shares of the picture; empty where there is nothing to reach."""
        posture = self._posture(phase)
        if posture is None:
            return ()
        frame = reading.poses
        planted = np.mean([frame.image(f"{side}_ankle")[0] for side in posture.planted], axis=0)
        points = target_points(posture, self._lengths_px, reading.azimuth_deg, planted)
        if not np.isfinite(planted).all():
            return ()
        shares = np.nan_to_num(points / (frame.width_px, frame.height_px), nan=-1.0).round(4).tolist()
        return tuple((x, y) for x, y in shares)

    def _posture(self, phase: Phase) -> Posture | None:
        if phase.front is None:
            return self._postures.get("squat") if phase.step in ("lowering", "squat") else None
        if phase.step in ("stepping_back", "lowering", *LUNGES):
            return self._postures.get("right" if phase.front == "left" else "left")
        return self._postures.get("squat") if phase.step in ("returning", "squat_2") else None


def postures(wishes: Wishes, lengths_px: dict[str, float], *, seven_steps: bool) -> dict[str, Posture]:
    """Return the postures to reach: the lunge by the leg that is back, and the squat where the lunge begins in one.

    Parameters
    ----------
    wishes : Wishes
    lengths_px : dict of str to float
        Of the person; without all of them there is no posture.
    seven_steps : bool
    """
    if not all(np.isfinite(v) and v > 0 for v in lengths_px.values()):
        return {}
    out = {side: lunge_for(side, wishes.depth_deg, lengths_px) for side in SIDES}
    if seven_steps:
        out["squat"] = squat_for(wishes.depth_deg)
    return {name: with_chair(one, lengths_px) for name, one in out.items()} if wishes.chair else out


def lengths_px(standing: Poses) -> dict[str, float]:
    """Return somebody's lengths and widths in pixels, as `postures.LENGTHS` names them; NaN where they are not seen."""
    scale = _median(px_per_m(standing))

    def between(first: str, second: str) -> float:
        return _median(lengths(standing.world(first) - standing.world(second))) * scale

    out = {name: between(f"left_{part}", f"right_{part}") for name, part in WIDTHS.items()}
    for name, (first, second) in SEGMENTS.items():
        out[name] = float(np.mean([between(f"{s}_{first}", f"{s}_{second}") for s in SIDES]))
    trunk = _median(lengths(middle(standing, "shoulder") - middle(standing, "hip")))
    deep = _median(lengths(middle_world(standing, "shoulder") - middle_world(standing, "hip"))) * scale
    return out | {"trunk": max(trunk, deep)}


def _median(series: Floats) -> float:
    seen = series[np.isfinite(series)]
    return float(np.median(seen)) if len(seen) else float("nan")
