"""Pictures as a camera page sends them: one compressed file each."""

from __future__ import annotations

import cv2
import numpy as np

from lunge.pose.region import Picture


def picture_from_bytes(data: bytes, longest_side_px: int) -> Picture:
    """Return the picture in a JPEG, PNG or WebP file.

    Parameters
    ----------
    data : bytes
    longest_side_px : int
        A picture with a longer side is refused.

    Returns
    -------
    array (H, W, 3), uint8
        Red, green, blue.

    Raises
    ------
    ValueError
        If it is no picture, or too large a one.
    """
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB) if data else None
    if found is None:
        raise ValueError(f"data: expected a JPEG, PNG or WebP picture, got {len(data)} bytes that are none")
    if max(found.shape[:2]) > longest_side_px:
        raise ValueError(f"data: expected at most {longest_side_px} px a side, got {found.shape[1]} x {found.shape[0]}")
    return np.asarray(found, np.uint8)
