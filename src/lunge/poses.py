"""`Poses`: where a body's points were seen, frame by frame.

The one record that travels from any source (webcam, video, saved file, marker
data) into the rest of the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SIDES: Final = ("left", "right")

KEYPOINTS: Final = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
"""The 33 points of BlazePose, in its order; `foot_index` is the ball of the big toe."""

PELVIS: Final = ("left_asis", "right_asis", "left_psis", "right_psis")
"""Points of the pelvis that only some networks see, after the others: its front and its back."""


@dataclass(frozen=True, slots=True)
class Poses:
    """Points of one person over time.

    Attributes
    ----------
    time_s : array, shape (T,)
        Seconds, strictly increasing; never taken from a frame rate.
    image_px : array, shape (T, K, 2)
        Where each point is in the picture, x right and y down. NaN = not seen.
    world_m : array, shape (T, K, 3)
        The same points in metres about the middle of the hips: x right in the
        picture, y down, z away from the camera. NaN = not seen.
    confidence : array, shape (T, K)
        How likely the point is seen, in [0, 1]; 0 where there is nobody.
    width_px, height_px : int
        The size of the picture.
    names : tuple of str, length K
        What the points are; `KEYPOINTS` for BlazePose.

    Raises
    ------
    ValueError
        If shapes do not fit each other, or time does not increase strictly.
    """

    time_s: Floats
    image_px: Floats
    world_m: Floats
    confidence: Floats
    width_px: int
    height_px: int
    names: tuple[str, ...] = KEYPOINTS

    def __post_init__(self) -> None:
        frames, points = len(self.time_s), len(self.names)
        expected = {
            "time_s": (frames,),
            "image_px": (frames, points, 2),
            "world_m": (frames, points, 3),
            "confidence": (frames, points),
        }
        for name, shape in expected.items():
            got = np.shape(getattr(self, name))
            if got != shape:
                raise ValueError(f"Poses.{name}: expected shape {shape}, got {got}")
        if frames > 1 and not bool((np.diff(self.time_s) > 0).all()):
            raise ValueError("Poses.time_s: expected strictly increasing seconds")

    def __len__(self) -> int:
        return len(self.time_s)

    def __getitem__(self, frames: slice) -> Poses:
        """Return the poses of a range of frames."""
        return Poses(
            self.time_s[frames],
            self.image_px[frames],
            self.world_m[frames],
            self.confidence[frames],
            self.width_px,
            self.height_px,
            self.names,
        )

    def image(self, name: str) -> Floats:
        """Return the picture positions (T, 2) of one point, px."""
        return self.image_px[:, self.names.index(name)]

    def world(self, name: str) -> Floats:
        """Return the metric positions (T, 3) of one point, m."""
        return self.world_m[:, self.names.index(name)]

    def seen(self, name: str) -> Floats:
        """Return the confidence (T,) of one point."""
        return self.confidence[:, self.names.index(name)]

    def rows(self, *names: str) -> list[int]:
        """Return where points stand on the points' axis."""
        return [self.names.index(name) for name in names]

    @property
    def anybody(self) -> NDArray[np.bool_]:
        """Whether a person was found, per frame, shape (T,)."""
        return np.asarray(np.isfinite(self.image_px[..., 0]).any(axis=1), bool)


def joined(parts: list[Poses]) -> Poses:
    """Return poses of the same picture size one after the other; `parts` must not be empty.

    Raises
    ------
    ValueError
        If time does not increase from part to part.
    """
    return Poses(
        np.concatenate([p.time_s for p in parts]),
        np.concatenate([p.image_px for p in parts]),
        np.concatenate([p.world_m for p in parts]),
        np.concatenate([p.confidence for p in parts]),
        parts[0].width_px,
        parts[0].height_px,
        parts[0].names,
    )
