"""Which leg is which, frame by frame: the causal half of `kinematics.sides`."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lunge.kinematics.sides import LEG, Labelling, exchanged_order
from lunge.poses import SIDES, Floats, Poses


class LiveSides:
    """Keeps the legs' labels as the path that lets all leg points travel least has them so far.

    Parameters
    ----------
    leg_px : float
        A leg's length in the picture.
    """

    def __init__(self, leg_px: float) -> None:
        self._leg_px = leg_px
        self._labelling = Labelling()

    def step(self, frame: Poses) -> Poses:
        """Return the next frame with the legs' labels settled."""
        self._labelling.step(float(frame.time_s[0]), self._both(frame))
        return _exchanged(frame) if self._labelling.now() else frame

    def _both(self, frame: Poses) -> Floats:
        """Return the leg points under both labellings (2, D), in leg lengths."""
        out: Floats = frame.image_px[0, _both_rows(frame.names)].reshape(2, -1) / self._leg_px
        return out


@cache
def _both_rows(names: tuple[str, ...]) -> NDArray[np.intp]:
    """Return where the leg points stand on the points' axis, under both labellings (2, K)."""
    left, right = ([names.index(f"{side}_{part}") for part in LEG] for side in SIDES)
    return np.array([left + right, right + left])


def _exchanged(frame: Poses) -> Poses:
    order = exchanged_order(frame.names)
    return replace(
        frame,
        image_px=frame.image_px[:, order],
        world_m=frame.world_m[:, order],
        confidence=frame.confidence[:, order],
    )
