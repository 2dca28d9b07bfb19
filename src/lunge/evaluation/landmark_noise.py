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

LIKE: Final = {"pinky": "wrist", "index": "wrist", "thumb": "wrist"}
"""Points that truth does not have, by the part they scatter like; the face scatters like the shoulders."""


@dataclass(frozen=True, slots=True)
class AxisNoise:
    """The noise of one axis of a part: offset and scatter in body heights, correlation time in seconds."""

    offset_sd: float
    sd: float
    correlation_s: float


@cache
def noise_table() -> dict[tuple[str, str], AxisNoise]:
    """Return the noise by part and axis."""
    text = (resources.files("lunge.evaluation") / "landmark_noise.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["noise"]
    return {(r["part"], r["axis"]): AxisNoise(r["offset_sd"], r["sd"], r["correlation_s"]) for r in rows}


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
    about it. Points err independently, which is harder than the network's errors are: those
    of neighbouring points have much in common.
    """
    table = noise_table()
    out = np.empty((len(time_s), len(KEYPOINTS), len(AXES)))
    for i, name in enumerate(KEYPOINTS):
        for k, axis in enumerate(AXES):
            row = table[part_of(name), axis]
            out[:, i, k] = row.offset_sd * rng.standard_normal() + row.sd * autoregression(
                time_s, row.correlation_s, rng
            )
    return out


def part_of(name: str) -> str:
    """Return the part of the table that a point's noise is taken from."""
    part = name.removeprefix("left_").removeprefix("right_")
    parts = {p for p, _ in noise_table()}
    return LIKE.get(part, part if part in parts else "shoulder")


def autoregression(time_s: Floats, correlation_s: float, rng: np.random.Generator) -> Floats:
    """Return a first-order autoregression (T,) of mean 0 and sd 1 whose correlation falls to 1/e in `correlation_s`."""
    kept = np.exp(-np.diff(time_s) / correlation_s)
    fresh = rng.standard_normal(len(time_s))
    out = fresh.copy()
    for i, share in enumerate(kept, start=1):
        out[i] = share * out[i - 1] + (1 - share**2) ** 0.5 * fresh[i]
    return out
