"""The figures behind effects, for professionals: millimetres and newton metres of a person's own size and mass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lunge.mechanics.cases import Case, Own
from lunge.mechanics.constants import constants
from lunge.mechanics.measures import Row, lengths_of


@dataclass(frozen=True, slots=True)
class Figure:
    """A model estimate with the ends of its 95 % interval.

    Attributes
    ----------
    value, low, high : float
    unit : {'mm', 'Nm'}
        Millimetres longer than in standing, or the moment of muscles.
    """

    value: float
    low: float
    high: float
    unit: Literal["mm", "Nm"]


def figure_of(row: Row, ends: tuple[float, float, float], case: Case, own: Own) -> Figure | None:
    """Return the figure of an effect.

    Parameters
    ----------
    row : Row
    ends : (value, low, high)
        In the row's unit.
    case : Case
        As it was seen.
    own : Own
        Lengths grow with the height, as for a body of the model's proportions; without it they are those of the model.

    Returns
    -------
    Figure or None
        None for shares, and for loads while the mass is not known. It is wider than the effect: bodies of the same
        height and mass differ.
    """
    c = constants().figures
    if row.muscle:
        _, standing = lengths_of(case, row)
        return _figure(ends, float(standing) * own.size / 100.0, c.length_sd_share, "mm")
    if row.unit == "Nm/kg" and own.mass_kg is not None:
        return _figure(ends, own.mass_kg, c.moment_sd_share, "Nm")
    return None


def _figure(ends: tuple[float, float, float], factor: float, sd_share: float, unit: Literal["mm", "Nm"]) -> Figure:
    value, low, high = (end * factor for end in ends)
    size = constants().effects.interval_sd_factor * sd_share * value
    below, above = np.hypot(value - low, size), np.hypot(high - value, size)
    return Figure(value, float(value - below), float(value + above), unit)
