"""The 33 points of one person from the region around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lunge.pose.constants import constants
from lunge.pose.networks import Network
from lunge.pose.region import Picture, Region, crop, picture_from_region, region_from_alignment, turned_world
from lunge.poses import Floats


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
    next_region : Region
        Where to look in the next picture.
    """

    image_px: Floats
    world_m: Floats
    confidence: Floats
    presence: float
    next_region: Region


def landmarks(network: Network, picture: Picture, region: Region) -> Landmarks:
    """Return the landmarks in a region of a picture (H, W, 3), uint8, red, green, blue."""
    _, _, c = constants()
    square = crop(picture, region, c.input_px)
    raw, presence, heatmaps, world = network(np.multiply(square[None], np.float32(1 / 255), dtype=np.float32))
    rows = raw.reshape(c.points, 5).astype(float)
    shares = refined(rows[:, :2] / c.input_px, heatmaps[0])
    image = picture_from_region(shares, region)
    body = slice(0, c.body_points)
    return Landmarks(
        image_px=image[body],
        world_m=turned_world(world.reshape(c.points, 3)[body].astype(float), region),
        confidence=1 / (1 + np.exp(-rows[body, 3])),
        presence=float(presence[0, 0]),
        next_region=region_from_alignment(image[c.centre_point], image[c.scale_point]),
    )


def refined(shares: Floats, heatmaps: Floats) -> Floats:
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
    _, _, c = constants()
    height, width = heatmaps.shape[:2]
    reach = (c.heatmap_kernel - 1) // 2
    out = shares.copy()
    columns = (shares[:, 0] * width).astype(int)
    rows = (shares[:, 1] * height).astype(int)
    for i, (column, row) in enumerate(zip(columns, rows, strict=True)):
        if not (0 <= column < width and 0 <= row < height):
            continue
        x0, x1 = max(0, column - reach), min(width, column + reach + 1)
        y0, y1 = max(0, row - reach), min(height, row + reach + 1)
        weight = 1 / (1 + np.exp(-heatmaps[y0:y1, x0:x1, i]))
        if weight.max() < c.heatmap_min_confidence:
            continue
        total = weight.sum()
        out[i, 0] = (weight.sum(0) @ np.arange(x0, x1)) / total / width
        out[i, 1] = (weight.sum(1) @ np.arange(y0, y1)) / total / height
    return out
