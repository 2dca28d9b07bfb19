"""The whole interval of an estimate: errors drawn at random, over everything that no picture shows.

Errors of angles are random; what no picture shows (`lunge.mechanics.statics.plausible_rules`) is not: it is one value
of a band, and nobody knows which. The interval is the narrowest that holds 95 of 100 draws whichever value it is
(Imbens and Manski 2004, doi 10.1111/j.1468-0262.2004.00555.x). So with a wide band 5 % are cut off behind its ends,
without a band 2.5 % on each side.
"""

from __future__ import annotations

from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.mechanics.constants import constants

Floats = NDArray[np.float64]

SEED: Final = 1
TAILS: Final = 31
"""How many shares cut off at the ends are tried, from all of it on one side to less than half on each."""

FEWEST_SHARE: Final = 0.4
"""The last of them, as a part of the first: draws are few, and half would hold a little less than is said."""


@cache
def normal_draws(columns: int) -> Floats:
    """Return standard normal numbers (N, columns), the same each time, with every column spread evenly."""
    count = constants().effects.draws_count
    curve = np.array([NormalDist().inv_cdf((i + 0.5) / count) for i in range(count)])
    rng = np.random.default_rng(SEED)
    out: Floats = np.stack([rng.permutation(curve) for _ in range(columns)], axis=1)
    out.setflags(write=False)
    return out


def whole_interval(draws: Floats) -> tuple[float, float] | None:
    """Return the ends of a 95 % interval; None where most of a row is unknown.

    Parameters
    ----------
    draws : array (R, N)
        For each value of what no picture shows, estimates with random errors. NaN: no such body.
    """
    c = constants().effects
    known = np.isfinite(draws)
    if float(known.mean(axis=1).min()) < c.least_known_share:
        return None
    outside = 1.0 - c.inside_share
    tails = outside * np.linspace(1.0, FEWEST_SHARE, TAILS)
    lows = np.nanquantile(draws, tails, axis=1).min(axis=1)
    highs = np.nanquantile(draws, 1.0 - tails, axis=1).max(axis=1)
    within = (draws >= lows[:, None, None]) & (draws <= highs[:, None, None])
    # An interval fitted to some draws holds fewer of others: half a standard error more is asked of those here.
    asked = c.inside_share + np.sqrt(c.inside_share * outside / draws.shape[1]) / 2
    enough = (within.sum(axis=2) / known.sum(axis=1)).min(axis=1) >= asked
    best = int(enough.argmax()) if enough.any() else TAILS - 1
    return float(lows[best]), float(highs[best])
