"""A figure: a ratio over clips, with an interval from a bootstrap over persons, never over frames."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from lunge.poses import Floats

DRAWS: Final = 400
"""Bootstrap samples: enough for the ends of a 95 % interval to two digits (Efron and Tibshirani 1993)."""

VIEWS: Final = ("side", "oblique", "front", "back", "unknown")

Rate = tuple[float, float]
"""Numerator and denominator."""

Label = tuple[str, str, str, str, str, str]
"""Group, name, view, step, statistic and unit."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the table.

    Attributes
    ----------
    group : str
        `angles`, `times`, `repetitions`, `legs`, `checks`, `calibration` or `lowerings`.
    name, view, step : str
        Of what; empty where it is over all.
    statistic, unit : str
    value : float
    low, high : float
        95 % interval over persons; NaN with fewer than two.
    n : int
        Frames, repetitions or findings.
    """

    group: str
    name: str
    view: str
    step: str
    statistic: str
    unit: str
    value: float
    low: float
    high: float
    n: int


def _ratio(
    rows: Iterable[tuple[str, Rate]], people: list[str], seed: str, root: bool = False
) -> tuple[float, float, float]:
    """Return a ratio of sums (its root where asked) and its interval; rows carry their person."""
    place = {p: i for i, p in enumerate(people)}
    sums = np.zeros((len(people), 2))
    for person, (top, bottom) in rows:
        sums[place[person]] += (top, bottom)
    there = sums[sums[:, 1] > 0]
    if not len(there):
        return (float("nan"),) * 3
    rng = np.random.default_rng(zlib.crc32(seed.encode()))
    drawn = there[rng.integers(0, len(there), (DRAWS, len(there)))].sum(1)
    value, many = _divided(there.sum(0)[None], root)[0], _divided(drawn, root)
    if len(there) < 2:
        return float(value), float("nan"), float("nan")
    low, high = np.percentile(many, [2.5, 97.5])
    return float(value), float(low), float(high)


def _divided(sums: Floats, root: bool) -> Floats:
    out: Floats = sums[:, 0] / sums[:, 1]
    return np.sqrt(out) if root else out


def figure_of(label: Label, rows: list[tuple[str, Rate]], people: list[str], n: int | None = None) -> Figure:
    """Return a figure from rows that each carry their person; `n` stands in for the sum of the denominators."""
    value, low, high = _ratio(rows, people, "/".join(label), root=label[4] == "RMSE")
    return Figure(*label, value, low, high, int(sum(r[1][1] for r in rows)) if n is None else n)
