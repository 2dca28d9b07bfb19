"""A curve as the points of SVG polylines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

WIDTH, HEIGHT, EDGE = 600, 120, 8

Point = tuple[float, float]


def curve(values: Sequence[float | None], most: float) -> list[list[Point]]:
    """Return where the values stand in a picture of 600 by 120: a line for each stretch without a gap.

    Parameters
    ----------
    values : sequence of float or None
        Evenly spaced in time. Nothing is drawn where one is None: what lies between two known ones is not known.
    most : float
        The value at the top; 0 is at the bottom.
    """
    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    high = HEIGHT - 2 * EDGE
    places = [
        None if value is None else (round(EDGE + i * step, 1), round(HEIGHT - EDGE - high * value / most, 1))
        for i, value in enumerate(values)
    ]
    stretches = groupby(places, lambda place: place is None)
    return [[place for place in stretch if place is not None] for is_gap, stretch in stretches if not is_gap]
