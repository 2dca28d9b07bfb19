"""The turned square that is cut out of the picture around a person, and back again."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lunge.pose.constants import constants
from lunge.poses import Floats

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Region:
    """A square in the picture.

    Attributes
    ----------
    x_px, y_px : float
        Its middle.
    size_px : float
        Its side.
    turn_rad : float
        How far it is turned clockwise, radians: 0 for a person who stands upright.
    """

    x_px: float
    y_px: float
    size_px: float
    turn_rad: float


def region_from_alignment(centre: Floats, scale_point: Floats) -> Region:
    """Return the region of the two alignment points, each (2,), px."""
    c = constants().region
    away = scale_point - centre
    size = 2.0 * float(np.hypot(*away)) * c.scale
    target = np.radians(c.rotation_target_deg)
    turn = target - float(np.arctan2(-away[1], away[0]))
    turn = (turn + np.pi) % (2 * np.pi) - np.pi
    return Region(float(centre[0]), float(centre[1]), size, turn)


def _axes(region: Region) -> tuple[Floats, Floats]:
    """Return the region's right and down directions in the picture, each (2,)."""
    cosine, sine = np.cos(region.turn_rad), np.sin(region.turn_rad)
    return np.array([cosine, sine]), np.array([-sine, cosine])


def crop(picture: Picture, region: Region, side_px: int) -> Picture:
    """Return the region as an upright square picture (side, side, 3); beyond the edge its last pixels go on."""
    right, down = _axes(region)
    step = region.size_px / side_px
    # The first pixel lies on the corner itself, as in MediaPipe's image_to_tensor_converter_opencv.cc;
    # half a pixel further in, every landmark would come out half a pixel to the left.
    corner = np.array([region.x_px, region.y_px]) - (right + down) * region.size_px / 2
    matrix = np.column_stack([right * step, down * step, corner])
    square = cv2.warpAffine(
        picture,
        matrix,
        (side_px, side_px),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(square, np.uint8)


def picture_from_region(points: Floats, region: Region) -> Floats:
    """Return points (..., 2) in shares of the region as picture points, px."""
    right, down = _axes(region)
    centred = (points - 0.5) * region.size_px
    out: Floats = np.array([region.x_px, region.y_px]) + centred[..., :1] * right + centred[..., 1:2] * down
    return out


def turned_world(points: Floats, region: Region) -> Floats:
    """Return metric points (..., 3) of the upright crop as they are in the picture's axes."""
    cosine, sine = np.cos(region.turn_rad), np.sin(region.turn_rad)
    out = points.copy()
    out[..., 0] = cosine * points[..., 0] - sine * points[..., 1]
    out[..., 1] = sine * points[..., 0] + cosine * points[..., 1]
    return out
