"""Landmark noise as the pose network has it, in size and in time; the numbers stand in ``landmark_noise.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np

from lunge.poses import KEYPOINTS, Floats

AXES: Final = ("right", "down", "away")

FINGERS: Final = ("pinky", "index", "thumb")

COLUMNS: Final = ("offset_sd", "sd", "correlation_s")

LEAST_EIGENVALUE: Final = 1e-6
"""Rounded correlations may be impossible by a little; this makes them possible."""


@dataclass(frozen=True, slots=True)
class AxisNoise:
    """The noise along one axis: per point (P,) offset and scatter in body heights, correlation time in seconds.

    `root` (P, P) turns independent numbers into numbers that hang together as the points' errors do.
    """

    offset_sd: Floats
    sd: Floats
    correlation_s: Floats
    root: Floats


@cache
def noise_model() -> tuple[tuple[str, ...], dict[str, AxisNoise]]:
    """Return the points whose noise is known, and the noise by axis."""
    data = tomllib.loads((resources.files("lunge.evaluation") / "landmark_noise.toml").read_text(encoding="utf-8"))
    points = tuple(data["points"])
    rows = {(r["part"], r["axis"]): r for r in data["noise"]}
    matrices = {r["axis"]: np.array(r["correlation"], float) for r in data["together"]}
    out = {}
    for axis in AXES:
        mine = [rows[_part(point), axis] for point in points]
        offset_sd, sd, correlation_s = (np.array([r[k] for r in mine], float) for k in COLUMNS)
        out[axis] = AxisNoise(offset_sd, sd, correlation_s, _root(matrices[axis]))
    return points, out


def landmark_noise_heights(time_s: Floats, rng: np.random.Generator) -> Floats:
    """Return noise for every point of `KEYPOINTS` (T, 33, 3): right, down and away from the camera, body heights.

    Parameters
    ----------
    time_s : array (T,)
        Seconds, strictly increasing.
    rng : numpy.random.Generator

    Notes
    -----
    Each point and axis has an offset for the whole clip and a first-order autoregression
    about it; both hang together among the points as the network's errors do.
    """
    points, model = noise_model()
    order = [points.index(_like(name, points)) for name in KEYPOINTS]
    axes = []
    for axis in AXES:
        noise = model[axis]
        offset = noise.offset_sd * (noise.root @ rng.standard_normal(len(points)))
        axes.append((offset + noise.sd * _together(time_s, noise, rng))[:, order])
    return np.stack(axes, axis=-1)


def _together(time_s: Floats, noise: AxisNoise, rng: np.random.Generator) -> Floats:
    series = [autoregression(time_s, float(s), rng) for s in noise.correlation_s]
    out: Floats = np.stack(series, axis=1) @ noise.root.T
    return out


def _root(correlation: Floats) -> Floats:
    values, vectors = np.linalg.eigh((correlation + correlation.T) / 2)
    root = vectors * np.sqrt(np.maximum(values, LEAST_EIGENVALUE))
    out: Floats = root / np.linalg.norm(root, axis=1, keepdims=True)
    return out


def _part(point: str) -> str:
    return point.removeprefix("left_").removeprefix("right_")


def _like(name: str, points: tuple[str, ...]) -> str:
    """Return the point whose noise one shares: fingers move with the wrist, the face with the shoulder of its side."""
    if name in points:
        return name
    side = "right" if "right" in name else "left"
    return f"{side}_wrist" if _part(name) in FINGERS else f"{side}_shoulder"


def autoregression(time_s: Floats, correlation_s: float, rng: np.random.Generator) -> Floats:
    """Return a first-order autoregression (T,) of mean 0 and sd 1 whose correlation falls to 1/e in `correlation_s`."""
    kept = np.exp(-np.diff(time_s) / correlation_s)
    fresh = rng.standard_normal(len(time_s))
    out = fresh.copy()
    for i, share in enumerate(kept, start=1):
        out[i] = share * out[i - 1] + (1 - share**2) ** 0.5 * fresh[i]
    return out
