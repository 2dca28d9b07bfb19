"""Smoothing without the future: each frame is smooth the moment it comes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lunge.causal.constants import constants
from lunge.poses import Floats, Poses


class PoseFilter:
    """A one-euro filter over the points of one person, frame by frame.

    Parameters
    ----------
    height_px : float
        Body height in the picture: speeds are taken in it.
    height_m : float
        The same in the network's metres.

    Notes
    -----
    Casiez, Roussel and Vogel, CHI 2012: an exponential filter whose cut-off rises with the speed; each point has
    its own. A frame in which a point is missing is no sample of it: the next one is that much later.
    """

    def __init__(self, height_px: float, height_m: float) -> None:
        self._sizes = (height_px, height_m)
        self._last: list[_Points] = []

    def step(self, frame: Poses) -> Poses:
        """Return the next frame, smooth.

        Parameters
        ----------
        frame : Poses
            Of one frame, later than the one before; NaN where a point was not seen.

        Returns
        -------
        Poses
            Of one frame. A point that is missing keeps its place for a short while, then is NaN.
        """
        now, raw = float(frame.time_s[0]), (frame.image_px[0], frame.world_m[0])
        if not self._last:
            self._last = [_Points(points, size, now) for points, size in zip(raw, self._sizes, strict=True)]
        else:
            for points, value in zip(self._last, raw, strict=True):
                points.add(value, now)
        image, world = (points.now(now)[None] for points in self._last)
        return replace(frame, image_px=image, world_m=world)


class _Points:
    """The points of one space, smoothed.

    Parameters
    ----------
    value : array (K, D)
        The first points, px or metres; NaN where one was not seen.
    size : float
        Body height in the same unit.
    now : float
        Seconds.
    """

    def __init__(self, value: Floats, size: float, now: float) -> None:
        self._size = size
        self._value = value.copy()
        self._rate = np.zeros_like(value)
        self._seen_s = np.where(np.isfinite(value[:, 0]), now, -np.inf)

    def add(self, value: Floats, now: float) -> None:
        """Take the next points (K, D), seen at `now` (s)."""
        c = constants().filter
        seen = np.isfinite(value[:, 0])
        fresh = seen & (now - self._seen_s > c.longest_gap_s)
        all_known = seen.all() and not fresh.any()
        known: slice | NDArray[np.bool_] = slice(None) if all_known else seen & ~fresh
        step_s = (now - self._seen_s[known])[:, None]
        way = value[known] - self._value[known]
        self._rate[known] += _weight(c.rate_cutoff_hz, step_s) * (way / step_s - self._rate[known])
        speed = np.sqrt((self._rate[known] ** 2).sum(1, keepdims=True)) / self._size
        self._value[known] += _weight(c.still_cutoff_hz + c.cutoff_hz_per_heights_per_s * speed, step_s) * way
        if not all_known:
            self._value[fresh], self._rate[fresh] = value[fresh], 0.0
        self._seen_s[seen] = now

    def now(self, now: float) -> Floats:
        """Return the points (K, D) at `now` (s); NaN where one has been missing for too long."""
        gone = now - self._seen_s > constants().filter.longest_gap_s
        out: Floats = np.where(gone[:, None], np.nan, self._value)
        return out


def _weight(cutoff_hz: float | Floats, step_s: Floats) -> Floats:
    """Return how much of the way to the new value an exponential filter goes."""
    turns = 2 * np.pi * cutoff_hz * step_s
    out: Floats = turns / (turns + 1)
    return out
