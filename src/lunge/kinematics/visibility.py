"""Which parts of a person are hidden or out of the picture, per frame."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lunge.kinematics.constants import constants
from lunge.poses import Poses


def visibility(
    poses: Poses, front: Literal["left", "right"]
) -> tuple[dict[str, NDArray[np.bool_]], dict[str, NDArray[np.bool_]]]:
    """Return per role which frames are hidden and which are out of the picture, each (T,)."""
    rows = _rows(poses.names, front)
    seen = {role: poses.confidence[:, points].sum(1) / len(points) for role, points in rows.items()}
    seen["both"] = np.fmax(seen["front"], seen["rear"])
    enough = constants().visibility.hidden_below_confidence
    off = (poses.image_px < 0) | (poses.image_px > (poses.width_px, poses.height_px))
    beyond = np.logical_or.reduce(off, axis=2)
    outside = {role: np.logical_or.reduce(beyond[:, points], axis=1) for role, points in rows.items()}
    outside["both"] = outside["front"] | outside["rear"]
    return {role: ~(share >= enough) for role, share in seen.items()}, outside


@cache
def _rows(names: tuple[str, ...], front: Literal["left", "right"]) -> dict[str, NDArray[np.intp]]:
    """Return where the points of each role stand on the points' axis."""
    legs = {side: [names.index(f"{side}_{part}") for part in ("hip", "knee", "ankle")] for side in ("left", "right")}
    trunk = [names.index(f"{side}_{part}") for side in ("left", "right") for part in ("shoulder", "hip")]
    rear = "right" if front == "left" else "left"
    return {"front": np.array(legs[front]), "rear": np.array(legs[rear]), "trunk": np.array(trunk)}
