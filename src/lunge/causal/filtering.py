"""Smoothing without the future: each frame is smooth the moment it comes."""

from __future__ import annotations

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
        return Poses(frame.time_s, image, world, frame.confidence, frame.width_px, frame.height_px, frame.names)


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
        self._all_seen_s = now if np.isfinite(value[:, 0]).all() else -np.inf

    def add(self, value: Floats, now: float) -> None:
        """Take the next points (K, D), seen at `now` (s)."""
        seen = np.isfinite(value[:, 0])
        if seen.all() and now - self._all_seen_s <= constants().filter.longest_gap_s:
            # The usual case, and one time for all points: half the work.
            moved = _moved((self._value, self._rate), value, now - self._all_seen_s, self._size)
            (self._value, self._rate), self._all_seen_s = moved, now
            return
        self._add_some(value, seen, now)

    def _add_some(self, value: Floats, seen: NDArray[np.bool_], now: float) -> None:
        self._seen_s = np.maximum(self._seen_s, self._all_seen_s)
        fresh = seen & (now - self._seen_s > constants().filter.longest_gap_s)
        known = seen & ~fresh
        before = self._value[known], self._rate[known]
        step_s = (now - self._seen_s[known])[:, None]
        self._value[known], self._rate[known] = _moved(before, value[known], step_s, self._size)
        self._value[fresh], self._rate[fresh] = value[fresh], 0.0
        self._seen_s[seen] = now
        self._all_seen_s = now if seen.all() else -np.inf

    def now(self, now: float) -> Floats:
        """Return the points (K, D) at `now` (s); NaN where one has been missing for too long."""
        if self._all_seen_s == now:
            return self._value.copy()
        gone = now - np.maximum(self._seen_s, self._all_seen_s) > constants().filter.longest_gap_s
        out: Floats = np.where(gone[:, None], np.nan, self._value)
        return out


def _moved(before: tuple[Floats, Floats], value: Floats, step_s: float | Floats, size: float) -> tuple[Floats, Floats]:
    """Return the smooth points and their rates after the next sample, from those before it."""
    c = constants().filter
    place, rate = before
    way = value - place
    rate = rate + _weight(c.rate_cutoff_hz, step_s) * (way / step_s - rate)
    speed = np.sqrt((rate**2).sum(1, keepdims=True)) / size
    return place + _weight(c.still_cutoff_hz + c.cutoff_hz_per_heights_per_s * speed, step_s) * way, rate


def _weight(cutoff_hz: float | Floats, step_s: float | Floats) -> float | Floats:
    """Return how much of the way to the new value an exponential filter goes."""
    turns = 2 * np.pi * cutoff_hz * step_s
    return turns / (turns + 1)
