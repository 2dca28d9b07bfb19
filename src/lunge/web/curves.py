"""A curve as the points of an SVG polyline."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 600, 120, 8


def curve(values: Sequence[float | None], most: float) -> list[tuple[float, float]]:
    """Return where the values stand in a picture of 600 by 120; those that are None are left out.

    Parameters
    ----------
    values : sequence of float or None
        Evenly spaced in time.
    most : float
        The value at the top; 0 is at the bottom.
    """
    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    high = HEIGHT - 2 * EDGE
    return [
        (round(EDGE + i * step, 1), round(HEIGHT - EDGE - high * value / most, 1))
        for i, value in enumerate(values)
        if value is not None
    ]
