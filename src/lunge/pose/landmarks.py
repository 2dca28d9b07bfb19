"""The 33 points of one person from the region around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.pose.constants import constants
from lunge.pose.networks import Network, Request
from lunge.pose.region import Picture, Region, crop, picture_from_region, turned_world
from lunge.poses import Floats

_VISIBILITY: Final = 3
"""Place in a landmark's row: x, y, z, visibility, presence."""


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What the network says about one region.

    Attributes
    ----------
    image_px : array (33, 2)
    world_m : array (33, 3)
    confidence : array (33,)
        Visibility in [0, 1].
    presence : float
        How likely there is a person in the region.
    alignment_px : array (2, 2)
        Middle of the hips and a point on the circle around the body: where to look next.
    """

    image_px: Floats
    world_m: Floats
    confidence: Floats
    presence: float
    alignment_px: Floats


def started(network: Network, picture: Picture, region: Region) -> Request:
    """Begin with the landmarks in a region of a picture (H, W, 3), uint8, red, green, blue."""
    return network.start(crop(picture, region, constants().landmarks.input_px)[None])


def landmarks(outputs: list[NDArray[np.float32]], region: Region) -> Landmarks:
    """Return the landmarks in a region from what the network gave for it."""
    c = constants().landmarks
    raw, presence, heatmaps, world = outputs
    used = slice(0, c.scale_point + 1)
    rows = raw.reshape(c.points, -1)[used].astype(float)
    shares = refined(rows[:, :2] / c.input_px, heatmaps[0, :, :, used])
    image = picture_from_region(shares, region)
    body = slice(0, c.body_points)
    return Landmarks(
        image_px=image[body],
        world_m=turned_world(world.reshape(c.points, 3)[body].astype(float), region),
        confidence=sigmoid(rows[body, _VISIBILITY]),
        presence=float(presence[0, 0]),
        alignment_px=image[[c.centre_point, c.scale_point]],
    )


def refined(shares: Floats, heatmaps: NDArray[np.floating]) -> Floats:
    """Return the points moved to the middle of gravity of their heat maps' neighbourhood.

    Parameters
    ----------
    shares : array (P, 2)
        Points in shares of the region.
    heatmaps : array (H, W, P)
        Logits.

    Returns
    -------
    array (P, 2)
        A point whose neighbourhood nowhere reaches the least confidence stays.
    """
    c = constants().landmarks
    height, width = heatmaps.shape[:2]
    reach = (c.heatmap_kernel - 1) // 2
    around = np.arange(-reach, reach + 1)
    middles = np.floor(shares * (width, height)).astype(int)
    columns, rows = middles[:, :1] + around, middles[:, 1:] + around
    inside = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[:, None, :]
    which = np.arange(len(shares))[:, None, None]
    logits = heatmaps[rows.clip(0, height - 1)[:, :, None], columns.clip(0, width - 1)[:, None, :], which]
    weight = np.where(inside, sigmoid(logits.astype(float)), 0.0)
    sure = inside[:, reach, reach] & (weight.max(axis=(1, 2)) >= c.heatmap_min_confidence)
    total = np.maximum(weight.sum(axis=(1, 2)), np.finfo(float).tiny)
    x = (weight.sum(axis=1) * columns).sum(axis=1) / total / width
    y = (weight.sum(axis=2) * rows).sum(axis=1) / total / height
    out: Floats = np.where(sure[:, None], np.column_stack([x, y]), shares)
    return out


def sigmoid(logits: Floats) -> Floats:
    """Return logits as shares in [0, 1]."""
    out: Floats = 1.0 / (1.0 + np.exp(-logits))
    return out
