"""Find people in a whole picture: anchor decoding and weighted non-maximum suppression."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from lunge.pose.constants import constants
from lunge.pose.networks import Network
from lunge.pose.region import Picture, Region, region_from_alignment
from lunge.poses import Floats


@dataclass(frozen=True, slots=True)
class Detection:
    """One person: box (x0, y0, x1, y1) px, score, and the region to look at closely."""

    box_px: tuple[float, float, float, float]
    score: float
    region: Region


@cache
def anchors() -> Floats:
    """Return the anchor centres (N, 2) in shares of the detector's input."""
    detector = constants().detector
    rows: list[Floats] = []
    layer = 0
    while layer < len(detector.strides):
        stride = detector.strides[layer]
        same = sum(1 for s in detector.strides[layer:] if s == stride)
        cells = -(-detector.input_px // stride)
        y, x = np.mgrid[0:cells, 0:cells]
        centres = np.stack([x.ravel(), y.ravel()], axis=1) + detector.anchor_offset
        rows.append(np.repeat(centres / cells, detector.anchors_per_layer * same, axis=0))
        layer += same
    return np.concatenate(rows)


def letterbox(picture: Picture) -> tuple[NDArray[np.uint8], float, tuple[float, float]]:
    """Return a picture (H, W, 3) fitted into the detector's square, and how it lies there.

    Returns
    -------
    board : array (1, S, S, 3), uint8
        Black where the picture does not reach.
    scale : float
        Board pixels per picture pixel.
    margin : (float, float)
        Left and top, board pixels.
    """
    detector = constants().detector
    side = detector.input_px
    height, width = picture.shape[:2]
    longest = max(height, width)
    matrix = np.array([[longest, 0, (width - longest) / 2 * side], [0, longest, (height - longest) / 2 * side]]) / side
    small = cv2.warpAffine(picture, matrix, (side, side), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    board = np.asarray(small, np.uint8)
    scale = side / longest
    return board[None], scale, ((side - width * scale) / 2, (side - height * scale) / 2)


def detect(network: Network, picture: Picture) -> list[Detection]:
    """Return the people in a picture, surest first.

    Parameters
    ----------
    network : Network
        The detector.
    picture : array (H, W, 3), uint8
        Red, green, blue.
    """
    board, scale, margin = letterbox(picture)
    boxes, scores = network(board)
    people = suppressed(*decoded(boxes[0], scores[0]))
    detector = constants().detector
    return [_detection(row, score, detector.input_px, scale, margin) for row, score in people]


def decoded(raw: Floats, logits: Floats) -> tuple[Floats, Floats]:
    """Return boxes with keypoints (N, 4 + 2K) in shares of the input, and scores (N,), above the least score.

    A row is x0, y0, x1, y1, then the keypoints' x and y.
    """
    detector = constants().detector
    clipped = np.clip(logits[:, 0].astype(float), -detector.score_clip, detector.score_clip)
    scores = 1 / (1 + np.exp(-clipped))
    good = scores >= detector.min_score
    rows, centres = raw[good] / detector.input_px, anchors()[good]
    middle, size = rows[:, :2] + centres, rows[:, 2:4]
    points = rows[:, 4:].reshape(len(rows), detector.keypoints, 2) + centres[:, None]
    flat = points.reshape(len(rows), 2 * detector.keypoints)
    boxes = np.concatenate([middle - size / 2, middle + size / 2, flat], axis=1)
    return boxes, scores[good]


def suppressed(boxes: Floats, scores: Floats) -> list[tuple[Floats, float]]:
    """Return one averaged row per person: overlapping rows are weighted by their scores."""
    detector = constants().detector
    out: list[tuple[Floats, float]] = []
    left = list(np.argsort(-scores))
    while left:
        best = left[0]
        overlap = iou(boxes[best], boxes[left])
        group = [i for i, o in zip(left, overlap, strict=True) if o > detector.min_iou or i == best]
        weight = scores[group][:, None]
        out.append(((boxes[group] * weight).sum(0) / weight.sum(), float(scores[best])))
        left = [i for i in left if i not in group]
    return out


def iou(box: Floats, others: Floats) -> Floats:
    """Return the intersection over union of one box with others (N, 4 or more), (N,)."""
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:4], others[:, 2:4])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    area = np.prod(box[2:4] - box[:2]) + np.prod(others[:, 2:4] - others[:, :2], axis=1) - shared
    out: Floats = shared / np.maximum(area, 1e-12)
    return out


def _detection(row: Floats, score: float, side: int, scale: float, margin: tuple[float, float]) -> Detection:
    points = (row.reshape(-1, 2) * side - np.array(margin)) / scale
    x0, y0, x1, y1 = (float(v) for v in points[:2].ravel())
    return Detection((x0, y0, x1, y1), score, region_from_alignment(points[2], points[3]))
