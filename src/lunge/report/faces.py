"""Pictures that show how somebody moves, and not who it is or where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from lunge.poses import KEYPOINTS, Floats, Poses
from lunge.report.footage import Stills, frame_near
from lunge.report.skeleton import Picture

FACE_POINTS: Final = 11
"""The first ones of a pose: nose, eyes, ears, mouth."""

SHOULDERS: Final = slice(0, 2)
HIPS: Final = slice(12, 14)
"""Where they stand among the points that follow the face."""

HEAD_TRUNKS: Final = 0.45
HEAD_SHARE: Final = 0.08
"""The head's radius around the face: of the trunk's length, and at least of the body's extent."""

BODY_SHARE: Final = 0.05
"""How far the body reaches beyond its points, as a share of its extent."""

BLOCKS: Final = 22
"""Of the picture's shorter side: a head is then one or two blocks."""


@dataclass(frozen=True, slots=True)
class FacelessStills:
    """The pictures of an analysis with everything but the body made coarse: the head, other people, the room.

    Attributes
    ----------
    stills : Stills
    poses : Poses
        Of the same analysis.
    """

    stills: Stills
    poses: Poses

    def at(self, times_s: list[float]) -> list[Picture]:
        """Return own copies of the pictures nearest to some times of the analysis, seconds."""
        found = self.stills.at(times_s)
        return [faceless(picture, self.poses, t) for picture, t in zip(found, times_s, strict=True)]


def faceless(picture: Picture, poses: Poses, time_s: float) -> Picture:
    """Return a picture in which only the body below the head is sharp; nothing where that is not known."""
    coarse = _coarse(picture)
    scale = np.array([picture.shape[1] / poses.width_px, picture.shape[0] / poses.height_px])
    points = poses.image_px[frame_near(poses, time_s), : len(KEYPOINTS)] * scale
    face, body = points[:FACE_POINTS], points[FACE_POINTS:]
    if not np.isfinite(points).all():
        return coarse
    sharp = _sharp(picture.shape[:2], face, body)
    out: Picture = np.where(sharp[..., None] > 0, picture, coarse)
    return out


def _coarse(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    block = max(1, min(height, width) // BLOCKS)
    small = cv2.resize(picture, (max(1, width // block), max(1, height // block)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _sharp(shape: tuple[int, ...], face: Floats, body: Floats) -> Picture:
    """Return a mask (H, W) of the body without its head."""
    extent = float((body.max(0) - body.min(0)).max())
    trunk = float(np.hypot(*(body[SHOULDERS].mean(0) - body[HIPS].mean(0))))
    mask = np.zeros(shape, np.uint8)
    hull = cv2.convexHull(np.rint(body).astype(np.int32))
    cv2.fillConvexPoly(mask, hull, 255)
    cv2.polylines(mask, [hull], True, 255, max(1, round(2 * BODY_SHARE * extent)))
    radius = max(HEAD_TRUNKS * trunk, HEAD_SHARE * extent)
    middle = face.mean(0)
    cv2.circle(mask, (round(float(middle[0])), round(float(middle[1]))), round(radius), 0, -1)
    return mask
