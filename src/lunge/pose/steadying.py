"""Hold the region still while the person stands still: a one-euro filter on its two points.

The landmarks themselves are never filtered. But a region that trembles with every
picture makes the network's answer tremble, twice as much as a still one does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lunge.pose.constants import constants
from lunge.poses import Floats


@dataclass(frozen=True, slots=True)
class Steady:
    """The filter's state.

    Attributes
    ----------
    points : array (2, 2)
        The steadied alignment points, px.
    raw : array (2, 2)
        The last ones as seen, px.
    speed : array (2, 2)
        Steadied speed, region sizes per second.
    time_s : float
    """

    points: Floats
    raw: Floats
    speed: Floats
    time_s: float


def steadied(before: Steady | None, raw: Floats, time_s: float) -> Steady:
    """Return the next state: slow where the points rest, quick where they move.

    Parameters
    ----------
    before : Steady or None
        None for a person just found: the points are taken as they are.
    raw : array (2, 2)
        Middle of the hips and the point on the circle around the body, px.
    time_s : float
        Later than the state's.

    Notes
    -----
    Casiez, Roussel and Vogel, "1 euro filter", CHI 2012, with speeds divided by the
    size of the person, as MediaPipe does.
    """
    if before is None:
        return Steady(raw, raw, np.zeros_like(raw), time_s)
    c = constants().steadying
    rate = 1.0 / (time_s - before.time_s)
    size = 2.0 * float(np.hypot(*(raw[1] - raw[0])))
    speed_now = (raw - before.raw) / max(size, 1.0) * rate
    share = _share(np.full_like(raw, c.speed_cutoff_hz), rate)
    speed = share * speed_now + (1 - share) * before.speed
    share = _share(c.min_cutoff_hz + c.cutoff_per_speed * np.abs(speed), rate)
    return Steady(share * raw + (1 - share) * before.points, raw, speed, time_s)


def _share(cutoff_hz: Floats, rate_hz: float) -> Floats:
    """Return how much of a new value a low-pass filter of first order takes."""
    return 1.0 / (1.0 + rate_hz / (2 * np.pi * cutoff_hz))
