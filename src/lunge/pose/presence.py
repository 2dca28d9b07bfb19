"""Whether somebody is in a picture at all, of whom a camera at a desk sees head and shoulders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np

from lunge.pose.constants import constants
from lunge.pose.detector import letterbox
from lunge.pose.networks import Network
from lunge.pose.region import Picture

BRIGHTEST: Final = 255.0


def looks(network: Network, picture: Picture, close_share: float, lit_share: float) -> Iterator[float]:
    """Yield how sure the detector is that a person is in the picture, 0 to 1: at the first look, and at a second one.

    Parameters
    ----------
    network : Network
        The detector.
    picture : array (H, W, 3), uint8
    close_share : float
        The second look, taken only when it is asked for, is for somebody who sits close: at the picture scaled to this
        share, with room beneath for the body that the camera does not see; the detector was taught with whole people.
    lit_share : float
        A picture whose mean is a smaller share of full brightness is brightened to it first.
    """
    lit = _lit(picture, lit_share)
    yield _surest(network, lit)
    yield _surest(network, _with_room(lit, close_share))


def _surest(network: Network, picture: Picture) -> float:
    _, logits = network(letterbox(picture)[0])
    clip = constants().detector.score_clip
    return float(1 / (1 + np.exp(-np.clip(logits[0].max(), -clip, clip))))


def _lit(picture: Picture, share: float) -> Picture:
    wanted, mean = share * BRIGHTEST, max(1.0, float(picture.mean()))
    return picture if mean >= wanted else np.asarray(cv2.convertScaleAbs(picture, alpha=wanted / mean), np.uint8)


def _with_room(picture: Picture, share: float) -> Picture:
    height, width = picture.shape[:2]
    side = round(max(height, width) / share)
    left = (side - width) // 2
    wide = cv2.copyMakeBorder(picture, 0, side - height, left, side - width - left, cv2.BORDER_CONSTANT)
    return np.asarray(wide, np.uint8)
