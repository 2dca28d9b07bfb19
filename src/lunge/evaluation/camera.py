"""A virtual pinhole camera: where points in a room would be in a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from lunge.kinematics.constants import constants
from lunge.poses import Floats

UP: Final = (0.0, 0.0, 1.0)
"""The vertical of the room; its axes are metres, z up."""


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Where a camera stands around a person, and its lens.

    Attributes
    ----------
    azimuth_deg : float
        0 in front of the person, 90 on the person's left, 180 behind.
    height_m : float
        Over the floor.
    distance_m : float
        From the point it looks at, along the floor.
    lens_long_sides : float
        Focal length in long sides of the picture; the default is a phone's.
    width_px, height_px : int
        Of the picture.
    """

    azimuth_deg: float
    height_m: float = 1.0
    distance_m: float = 3.0
    lens_long_sides: float = constants().perspective.focal_long_sides
    width_px: int = 480
    height_px: int = 640


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera in the room.

    Attributes
    ----------
    eye_m : array (3,)
        Where it is, metres.
    axes : array (3, 3)
        Its axes in the room as rows: right, down, and away from it.
    focal_px : float
    width_px, height_px : int
    """

    eye_m: Floats
    axes: Floats
    focal_px: float
    width_px: int
    height_px: int

    def seen_m(self, points_m: ArrayLike) -> Floats:
        """Return points of the room (..., 3) in the camera's axes, metres: right, down, away."""
        out: Floats = (np.asarray(points_m, float) - self.eye_m) @ self.axes.T
        return out

    def image_px(self, points_m: ArrayLike) -> Floats:
        """Return where points of the room (..., 3) are in the picture (..., 2), px; NaN behind the camera."""
        seen = self.seen_m(points_m)
        away = np.where(seen[..., 2:] > 0, seen[..., 2:], np.nan)
        out: Floats = np.array([self.width_px / 2, self.height_px / 2]) + self.focal_px * seen[..., :2] / away
        return out


def camera_at(viewpoint: Viewpoint, target_m: ArrayLike, heading: ArrayLike) -> Camera:
    """Return the camera that stands at a viewpoint and looks at a point, its picture upright.

    Parameters
    ----------
    viewpoint : Viewpoint
    target_m : array-like (3,)
        What it looks at, such as the middle of the hips, metres.
    heading : array-like (2,) or (3,)
        Where the person faces along the floor; any length but zero.

    Raises
    ------
    ValueError
        If the heading has no length along the floor, or the camera stands where it looks.
    """
    target, ahead = np.asarray(target_m, float), np.array([*np.asarray(heading, float)[:2], 0.0])
    length = float(np.linalg.norm(ahead))
    if not length > 0 or not viewpoint.distance_m > 0:
        raise ValueError(f"expected a heading and a distance above 0, got {ahead[:2]} and {viewpoint.distance_m} m")
    ahead /= length
    left = np.cross(UP, ahead)
    turn = np.radians(viewpoint.azimuth_deg)
    eye = target + viewpoint.distance_m * (np.cos(turn) * ahead + np.sin(turn) * left)
    eye[2] = viewpoint.height_m
    away = (target - eye) / np.linalg.norm(target - eye)
    right = np.cross(away, UP)
    right /= np.linalg.norm(right)
    focal = viewpoint.lens_long_sides * max(viewpoint.width_px, viewpoint.height_px)
    axes = np.stack([right, np.cross(away, right), away])
    return Camera(eye, axes, focal, viewpoint.width_px, viewpoint.height_px)
