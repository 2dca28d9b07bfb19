"""Draw a person's skeleton on a picture; left and right differ for the colour-blind, too."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from lunge.poses import Floats
from lunge.report.constants import constants

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]

# Blue and orange of Okabe and Ito's palette: told apart in every kind of colour blindness,
# and by their lightness in grey. The page's style sheet names the same two.
LEFT: Final[Colour] = (86, 180, 233)
RIGHT: Final[Colour] = (230, 130, 0)
MIDDLE: Final[Colour] = (245, 245, 245)
EDGE: Final[Colour] = (20, 24, 30)

LIMBS: Final = (
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("shoulder", "hip"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "heel"),
    ("heel", "foot_index"),
    ("ankle", "foot_index"),
)
ACROSS: Final = ("shoulder", "hip")
JOINTS: Final = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")

WIDTH_SHARE: Final = 0.009
"""Thickness of a limb, as a share of the picture's shorter side."""


def draw_skeleton(
    picture: Picture, points: Floats, seen: Floats, names: tuple[str, ...], far: str | None = None
) -> None:
    """Draw the skeleton into a picture.

    Parameters
    ----------
    picture : array (H, W, 3)
        Changed in place.
    points : array (K, 2)
        Pixels of this picture; NaN is not drawn.
    seen : array (K,)
        Confidence in [0, 1].
    names : tuple of str, length K
    far : {'left', 'right'}, optional
        The side that is further from the camera, drawn first so that the near one covers it.
    """
    least = constants().skeleton.least_seen_confidence
    where = {n: p for n, p, s in zip(names, points, seen, strict=True) if np.isfinite(p).all() and s >= least}
    thick = max(2, round(min(picture.shape[:2]) * WIDTH_SHARE))
    sides = ("right", "left") if far == "right" else ("left", "right")
    _side(picture, where, sides[0], thick)
    for part in ACROSS:
        _limb(picture, where, f"left_{part}", f"right_{part}", MIDDLE, thick)
    _side(picture, where, sides[1], thick)


def _side(picture: Picture, where: dict[str, Floats], side: str, thick: int) -> None:
    colour = LEFT if side == "left" else RIGHT
    for start, end in LIMBS:
        _limb(picture, where, f"{side}_{start}", f"{side}_{end}", colour, thick)
    for joint in JOINTS:
        point = where.get(f"{side}_{joint}")
        if point is not None:
            cv2.circle(picture, _pixel(point), thick + 2, EDGE, -1, cv2.LINE_AA)
            cv2.circle(picture, _pixel(point), thick, MIDDLE, -1, cv2.LINE_AA)


def _limb(picture: Picture, where: dict[str, Floats], start: str, end: str, colour: Colour, thick: int) -> None:
    if start in where and end in where:
        ends = _pixel(where[start]), _pixel(where[end])
        cv2.line(picture, *ends, EDGE, thick + 3, cv2.LINE_AA)
        cv2.line(picture, *ends, colour, thick, cv2.LINE_AA)


def _pixel(point: Floats) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
