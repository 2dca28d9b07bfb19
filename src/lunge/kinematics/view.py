"""Where the camera stands, seen from the person, and how large the person is in the picture."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.geometry import angle_between_deg, circular_mean_deg, lengths, signed_angle_deg
from lunge.kinematics.constants import constants
from lunge.poses import Floats, Poses
from lunge.records import ViewKind
from lunge.smoothing import running_median


def azimuth_deg(poses: Poses) -> Floats:
    """Return the camera's azimuth per frame: 0 in front, 90 on the person's left, 180 behind.

    Parameters
    ----------
    poses : Poses
        The metric points of shoulders and hips are read.

    Returns
    -------
    array, shape (T,)
        Degrees in [0, 360); NaN where nobody was seen.
    """
    turn = turn_rad(poses)
    cosine = running_median(poses.time_s, np.cos(turn), constants().view.turn_window_s)
    sine = running_median(poses.time_s, np.sin(turn), constants().view.turn_window_s)
    together = feet_together(poses) & np.isfinite(turn)
    if together.any():
        grid = poses.time_s
        cosine, sine = (np.interp(grid, grid[together], part[together]) for part in (cosine, sine))
    out: Floats = np.where(np.isfinite(turn), azimuth_of_turn_deg(sine, cosine), np.nan)
    return out


def turn_rad(poses: Poses) -> Floats:
    """Return how far shoulders and hips are turned from facing the camera (T,), radians; NaN where not seen."""
    across = (
        poses.world("left_hip")
        - poses.world("right_hip")
        + poses.world("left_shoulder")
        - poses.world("right_shoulder")
    )
    out: Floats = np.radians(signed_angle_deg(-across[:, 2], across[:, 0]))
    return out


def azimuth_of_turn_deg(sine: Floats, cosine: Floats) -> Floats:
    """Return the camera's azimuth in [0, 360) from a smoothed turn, what the network turns everybody taken off."""
    as_seen = signed_angle_deg(sine, cosine) % 360.0
    out: Floats = (as_seen - _lopsidedness_deg(as_seen)) % 360.0
    return out


def _lopsidedness_deg(azimuth: Floats) -> Floats:
    """Return how far the network turns people the same way, whichever way they face, degrees (T,)."""
    out: Floats = constants().view.lopsided_deg * np.clip(np.cos(2 * np.radians(azimuth)), 0.0, None)
    return out


def feet_together(poses: Poses) -> NDArray[np.bool_]:
    """Return the frames (T,) with the feet together: only then do the shoulders and hips show the heading.

    In a lunge the network turns the trunk by up to 20° towards the camera or away.
    """
    apart = lengths(poses.world("left_ankle") - poses.world("right_ankle"))
    trunk = lengths(
        poses.world("left_shoulder")
        + poses.world("right_shoulder")
        - poses.world("left_hip")
        - poses.world("right_hip")
    )
    out: NDArray[np.bool_] = apart < constants().view.feet_together_trunks * trunk / 2
    return out


@lru_cache
def view_kind(azimuth: float) -> ViewKind | None:
    """Return the kind of view at an azimuth in degrees; None when it is NaN.

    Where *side* and *front* or *back* both lie within 40°, there is none: 40° + 40° < 90°.
    """
    if not np.isfinite(azimuth):
        return None
    kinds: tuple[tuple[ViewKind, tuple[float, ...]], ...] = (
        ("side", (90.0, 270.0)),
        ("front", (0.0,)),
        ("back", (180.0,)),
    )
    for kind, centres in kinds:
        if min(angle_between_deg(azimuth, centre) for centre in centres) <= constants().view.span_deg:
            return kind
    return "oblique"


def mean_azimuth_deg(azimuth: Floats, weights: Floats | None = None) -> tuple[float, float]:
    """Return the mean azimuth and its scatter over frames, degrees; NaN when nobody was seen."""
    mean = circular_mean_deg(azimuth, weights)
    if not np.isfinite(mean):
        return float("nan"), float("nan")
    return mean, float(np.sqrt(np.nanmean(angle_between_deg(azimuth, mean) ** 2)))


def px_per_m(poses: Poses) -> Floats:
    """Return the scale of the picture at the person, per frame, px for a metre of the network's world.

    The metric points are turned into the picture by one scale and one shift; the scale
    is the least-squares one over the trunk and leg points that are seen.

    Returns
    -------
    array, shape (T,)
        NaN where fewer than four points are seen.
    """
    rows = [poses.names.index(f"{side}_{part}") for part in _BODY for side in ("left", "right")]
    image, world = poses.image_px[:, rows], poses.world_m[:, rows, :2]
    good = np.isfinite(image[..., 0]) & np.isfinite(world[..., 0])
    count = np.maximum(good.sum(1), 1)[:, None]
    image = np.where(good[..., None], image, 0.0)
    world = np.where(good[..., None], world, 0.0)
    image = np.where(good[..., None], image - (image.sum(1) / count)[:, None], 0.0)
    world = np.where(good[..., None], world - (world.sum(1) / count)[:, None], 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = (image * world).sum((1, 2)) / (world**2).sum((1, 2))
    out: Floats = np.where(good.sum(1) >= constants().view.fewest_scale_points, scale, np.nan)
    return out


_BODY: Final = ("shoulder", "hip", "knee", "ankle")
