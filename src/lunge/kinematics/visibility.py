"""Which parts of a person are hidden or out of the picture, per frame."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lunge.kinematics.constants import constants
from lunge.poses import Poses


def visibility(
    poses: Poses, front: Literal["left", "right"]
) -> tuple[dict[str, NDArray[np.bool_]], dict[str, NDArray[np.bool_]]]:
    """Return per role which frames are hidden and which are out of the picture, each (T,)."""
    rear = "right" if front == "left" else "left"
    legs = {side: [f"{side}_{part}" for part in ("hip", "knee", "ankle")] for side in ("left", "right")}
    roles = {
        "front": legs[front],
        "rear": legs[rear],
        "both": [*legs["left"], *legs["right"]],
        "trunk": [f"{side}_{part}" for side in ("left", "right") for part in ("shoulder", "hip")],
    }
    hidden = {role: _hidden(poses, names, role) for role, names in roles.items()}
    return hidden, {role: _outside(poses, names) for role, names in roles.items()}


def _hidden(poses: Poses, names: list[str], role: str) -> NDArray[np.bool_]:
    seen = poses.confidence[:, poses.rows(*names)]
    if role == "both":
        half = len(names) // 2
        seen_mean = np.fmax(seen[:, :half].mean(1), seen[:, half:].mean(1))
    else:
        seen_mean = seen.mean(1)
    out: NDArray[np.bool_] = ~(seen_mean >= constants().visibility.hidden_below_confidence)
    return out


def _outside(poses: Poses, names: list[str]) -> NDArray[np.bool_]:
    points = poses.image_px[:, poses.rows(*names)]
    beyond = (points < 0) | (points > np.array([poses.width_px, poses.height_px]))
    return np.asarray(beyond.any(axis=(1, 2)), bool)
