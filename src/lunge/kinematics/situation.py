"""The situation in which something is measured: all that its error depends on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from lunge.geometry import angle_between_deg
from lunge.kinematics.body import Body
from lunge.poses import Floats, Poses

Side = Literal["left", "right"]

PARTS: Final = {
    "left": ("left_hip", "left_knee", "left_ankle"),
    "right": ("right_hip", "right_knee", "right_ankle"),
    "trunk": ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
}


@dataclass(frozen=True)
class Situation:
    """Per frame; every array has shape (T,).

    Attributes
    ----------
    azimuth_deg : array
        Where the camera stands.
    drop_heights : array
        How far the hips are lower than in standing, body heights.
    speed_heights_per_s : array
        Of trunk and knees.
    height_px : float
        Body height in the picture.
    seen : dict of str to array
        Mean confidence of the points of a part (`PARTS`), 0 to 1.
    model : {'lite', 'full', 'heavy'}
        The pose network.
    """

    azimuth_deg: Floats
    drop_heights: Floats
    speed_heights_per_s: Floats
    height_px: float
    seen: dict[str, Floats]
    model: str = "full"

    def at(self, frames: NDArray[np.int_] | NDArray[np.bool_]) -> Situation:
        """Return the situation in some frames."""
        return replace(
            self,
            azimuth_deg=self.azimuth_deg[frames],
            drop_heights=self.drop_heights[frames],
            speed_heights_per_s=self.speed_heights_per_s[frames],
            seen={part: series[frames] for part, series in self.seen.items()},
        )

    def is_near(self, side: Side) -> NDArray[np.bool_]:
        """Return whether a leg is the one at the camera's side."""
        left_near = np.sin(np.radians(self.azimuth_deg)) > 0
        out: NDArray[np.bool_] = left_near if side == "left" else ~left_near
        return out

    def away_deg(self, plane: str) -> Floats:
        """Return how far the camera stands from where a plane is seen best, degrees.

        Parameters
        ----------
        plane : {'sagittal', 'frontal', 'any'}
            Seen best from the side; from the front and back; from everywhere.
        """
        if plane == "any":
            return np.zeros_like(self.azimuth_deg)
        best = (90.0, 270.0) if plane == "sagittal" else (0.0, 180.0)
        out: Floats = np.fmin(*(angle_between_deg(self.azimuth_deg, b) for b in best))
        return out

    def part_seen(self, side: Side | None) -> Floats:
        """Return the confidence of a leg's points, or the trunk's."""
        return self.seen[side or "trunk"]


def situation_of(
    raw: Poses, body: Body, azimuth: Floats, drop: Floats, speed: Floats, model: str = "full"
) -> Situation:
    """Return the situation in each frame.

    Parameters
    ----------
    raw : Poses
        As the network gave them: smoothing would hide what it did not see.
    body : Body
    azimuth, drop, speed : array (T,)
        Degrees, body heights, body heights a second.
    model : {'lite', 'full', 'heavy'}
    """
    seen = {part: raw.confidence[:, raw.rows(*names)].mean(1) for part, names in PARTS.items()}
    return Situation(azimuth, drop, speed, body.height_px, seen, model)
