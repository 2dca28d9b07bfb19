"""Mirrored pictures, as selfies often are, turned back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lunge.poses import SIDES, Poses


def mirrored(poses: Poses) -> Poses:
    """Return the poses of a mirrored picture as they truly are: left and right exchanged, x turned round."""
    order = np.arange(len(poses.names))
    for i, name in enumerate(poses.names):
        for one, two in (SIDES, SIDES[::-1]):
            if name.startswith(f"{one}_"):
                order[i] = poses.names.index(name.replace(f"{one}_", f"{two}_", 1))
            elif name.endswith(f"_{one}"):
                order[i] = poses.names.index(name.removesuffix(one) + two)
    image, world = poses.image_px[:, order].copy(), poses.world_m[:, order].copy()
    image[..., 0] = poses.width_px - image[..., 0]
    world[..., 0] *= -1.0
    return replace(poses, image_px=image, world_m=world, confidence=poses.confidence[:, order])
