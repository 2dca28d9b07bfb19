"""Angles, directions and distances of points, as plain functions of arrays.

Pictures have x right and y down; world points have x right in the picture, y
down and z away from the camera.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lunge.poses import Floats


def lengths(vectors: Floats) -> Floats:
    """Return the lengths of vectors, shape (...), in their unit; a quicker `numpy.linalg.norm` for short arrays."""
    out: Floats = np.sqrt(np.add.reduce(vectors * vectors, -1))
    return out


def pairs(first: Floats, second: Floats) -> Floats:
    """Return two series (T,) as one of points (T, 2); a quicker `numpy.stack` for short arrays."""
    out = np.empty((len(first), 2))
    out[:, 0], out[:, 1] = first, second
    return out


def flexion(proximal: ArrayLike, joint: ArrayLike, distal: ArrayLike) -> Floats:
    """Return how far a hinge joint is bent; 0 when the limb is straight.

    Parameters
    ----------
    proximal, joint, distal : array-like, shape (..., D)
        Joint centres, such as hip, knee and ankle; D is 2 or 3. Any unit, the
        same for all three. NaN marks a point that was not seen.

    Returns
    -------
    array, shape (...)
        Flexion in degrees, in [0, 180]. NaN where a point is NaN or where two
        neighbouring points coincide.

    Raises
    ------
    ValueError
        If the last axis is not 2 or 3 long.

    Notes
    -----
    From two-dimensional points this is the angle as the camera sees it. It is the
    angle of the joint only while the limb moves parallel to the image.
    """
    upper = np.asarray(proximal, float) - np.asarray(joint, float)
    lower = np.asarray(joint, float) - np.asarray(distal, float)
    if upper.shape[-1] not in (2, 3):
        raise ValueError(f"flexion: expected points of 2 or 3 coordinates, got {upper.shape[-1]}")
    scale = lengths(upper) * lengths(lower)
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = np.add.reduce(upper * lower, -1) / scale
    angle: Floats = np.degrees(np.arccos(np.minimum(np.maximum(cosine, -1.0), 1.0)))
    return angle


def signed_angle_deg(along: ArrayLike, base: ArrayLike) -> Floats:
    """Return the angle of the vector (base, along) from its base direction.

    Parameters
    ----------
    along, base : array-like, shape (...)
        Components of a vector, any unit: positive `along` gives a positive angle.

    Returns
    -------
    array, shape (...)
        Degrees in [-180, 180]; NaN where a component is NaN.
    """
    angle: Floats = np.degrees(np.arctan2(np.asarray(along, float), np.asarray(base, float)))
    return angle


def circular_mean_deg(angles_deg: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the mean direction of angles, in [0, 360).

    Parameters
    ----------
    angles_deg : array-like, shape (N,)
        Degrees; NaN is left out.
    weights : array-like, shape (N,), optional
        How much each counts; all the same if left out.

    Returns
    -------
    float
        NaN when no angle is left, or when they cancel each other.
    """
    angles = np.asarray(angles_deg, float).ravel()
    share = np.ones_like(angles) if weights is None else np.asarray(weights, float).ravel()
    good = np.isfinite(angles) & np.isfinite(share)
    total = (share[good] * np.exp(1j * np.radians(angles[good]))).sum()
    if abs(total) < 1e-9:
        return float("nan")
    return float(np.degrees(np.angle(total)) % 360.0)


def angle_between_deg(first: ArrayLike, second: ArrayLike) -> Floats:
    """Return the smaller angle between two directions given in degrees, in [0, 180]."""
    turn = (np.asarray(first, float) - np.asarray(second, float) + 180.0) % 360.0 - 180.0
    out: Floats = np.abs(turn)
    return out


def aside_of_line(point: ArrayLike, start: ArrayLike, end: ArrayLike) -> Floats:
    """Return how far a point lies to the right of a line, at the point's own height.

    Parameters
    ----------
    point, start, end : array-like, shape (..., 2)
        Picture points, such as knee, hip and ankle.

    Returns
    -------
    array, shape (...)
        In the unit of the points, right positive; NaN where the line is level.
    """
    point, start, end = (np.asarray(a, float) for a in (point, start, end))
    rise = end[..., 1] - start[..., 1]
    with np.errstate(invalid="ignore", divide="ignore"):
        part = (point[..., 1] - start[..., 1]) / np.where(np.abs(rise) < 1e-9, np.nan, rise)
    out: Floats = point[..., 0] - (start[..., 0] + part * (end[..., 0] - start[..., 0]))
    return out
