"""The video behind an analysis, on the analysis's own clock and the right way round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from lunge.kinematics.sides import with_sides_settled
from lunge.poses import Floats, Poses
from lunge.report.constants import constants
from lunge.report.skeleton import Picture, draw_skeleton
from lunge.video import Video, read_frames_at


class Stills(Protocol):
    """Whatever gives the pictures of an analysis."""

    def at(self, times_s: list[float]) -> list[Picture]:
        """Return own copies of the pictures nearest to some times of the analysis, seconds."""


@dataclass(frozen=True, slots=True)
class Footage:
    """Where the pictures are, and how the analysis looked at them.

    Attributes
    ----------
    path : Path
    from_s, to_s : float, optional
        The part that was analysed, in the video's own seconds.
    mirrored : bool
        Whether the picture was taken as mirrored.
    time_scale : float
        Seconds of the analysis per second of the video.
    """

    path: Path
    from_s: float | None = None
    to_s: float | None = None
    mirrored: bool = False
    time_scale: float = 1.0

    def at(self, times_s: list[float]) -> list[Picture]:
        """Return the pictures nearest to some times of the analysis, seconds."""
        found = read_frames_at(self.path, [t / self.time_scale for t in times_s])
        return [self._turned(picture) for picture in found]

    def frames(self) -> Iterator[tuple[float, Picture]]:
        """Yield every time of the analysis, seconds, and its picture."""
        for time_s, picture in Video(self.path, self.from_s, self.to_s).frames():
            yield time_s * self.time_scale, self._turned(picture)

    def _turned(self, picture: Picture) -> Picture:
        """Return an own copy of a picture, as the analysis saw it."""
        return np.array(picture[:, ::-1] if self.mirrored else picture)


def steady_poses(poses: Poses, start_s: float, end_s: float) -> Poses:
    """Return the poses of a stretch of time with the legs' identity settled, as they are drawn."""
    around = constants().footage.around_frames
    first = max(0, frame_near(poses, start_s) - around)
    return with_sides_settled(poses[first : frame_near(poses, end_s) + around])[0]


def frame_near(poses: Poses, time_s: float) -> int:
    """Return the number of the frame nearest to a time, seconds."""
    after = int(np.searchsorted(poses.time_s, time_s))
    around = range(max(0, after - 1), min(after + 1, len(poses)))
    return min(around, key=lambda i: abs(float(poses.time_s[i]) - time_s))


def far_side(azimuth_deg: float | None) -> str | None:
    """Return the body's side away from a camera that stands at an azimuth; None when it is unknown."""
    if azimuth_deg is None:
        return None
    return "right" if 0.0 < azimuth_deg % 360.0 < 180.0 else "left"


def draw_pose(picture: Picture, poses: Poses, frame: int, far: str | None = None) -> None:
    """Draw the pose of one frame into its picture, whatever the picture was scaled to."""
    scale: Floats = np.array([picture.shape[1] / poses.width_px, picture.shape[0] / poses.height_px])
    draw_skeleton(picture, poses.image_px[frame] * scale, poses.confidence[frame], poses.names, far)
