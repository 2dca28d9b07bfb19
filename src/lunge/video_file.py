"""What a video file is, before its pictures are read: open it, ask it, or say plainly why not."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.error import FFmpegError

from lunge.constants import constants
from lunge.errors import VideoError
from lunge.messages import Sentence
from lunge.video_notes import FROM_FRONT, SLOW_MOTION


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What a video file says about itself; sizes are those after turning it upright, in square pixels."""

    path: Path
    width_px: int
    height_px: int
    duration_s: float | None
    frames: int | None
    rotation_deg: int
    fps: float | None


def opened(path: Path) -> av.container.InputContainer:
    """Return an open file that holds a video.

    Raises
    ------
    VideoError
        If it is a folder, empty, no media file, or has no picture track.
    """
    if path.is_dir():
        raise VideoError("errors.video.folder", path=str(path))
    if path.stat().st_size == 0:
        raise VideoError("errors.video.empty", name=path.name, path=str(path))
    try:
        container = av.open(str(path))
    except (FFmpegError, OSError) as error:
        raise VideoError("errors.video.unreadable", name=path.name, path=str(path)) from error
    if not container.streams.video:
        container.close()
        raise VideoError("errors.video.no_video", name=path.name, path=str(path))
    return container


def start_s(stream: av.VideoStream) -> float:
    """Return the time of the first picture, s."""
    return float(stream.start_time * stream.time_base) if stream.start_time and stream.time_base else 0.0


def stretch(stream: av.VideoStream) -> float:
    """Return how much wider than high a pixel is: 1 but for some camcorders and discs."""
    ratio = stream.sample_aspect_ratio
    return float(ratio) if ratio else 1.0


def quarter(turned_deg: int) -> int:
    """Return the nearest quarter turn: 0, 90, 180 or 270 degrees."""
    return round(turned_deg / 90) * 90 % 360


def info(path: Path, container: av.container.InputContainer, rotation: int) -> VideoInfo:
    """Return what an open file says about itself; `rotation` as `VideoInfo.rotation_deg`.

    Raises
    ------
    VideoError
        If it names no size.
    """
    stream = container.streams.video[0]
    width, height = round(stream.width * stretch(stream)), stream.height
    if not width or not height:
        raise VideoError("errors.video.no_size", name=path.name, path=str(path))
    if rotation in (90, 270):
        width, height = height, width
    duration = stream.duration * stream.time_base if stream.duration and stream.time_base else None
    if duration is None and container.duration:
        duration = Fraction(container.duration, av.time_base)
    rate = stream.average_rate
    return VideoInfo(
        path,
        width,
        height,
        float(duration) if duration is not None else None,
        stream.frames or None,
        rotation,
        float(rate) if rate else None,
    )


CAPTURE_FPS: Final = "com.android.capture.fps"
"""Where phones note the rate at which pictures were taken."""


def slow_motion_note(container: av.container.InputContainer, fps: float | None) -> Sentence | None:
    """Return a note when a file says that it was recorded faster than it plays, else None."""
    stream = container.streams.video[0]
    said = stream.metadata.get(CAPTURE_FPS) or container.metadata.get(CAPTURE_FPS)
    try:
        taken = float(said) if said is not None else 0.0
    except ValueError:
        return None
    if not fps or taken < constants().video.slowed_factor * fps:
        return None
    return Sentence(SLOW_MOTION, {"scale": f"{fps / taken:.3g}"})


FRONT_CAMERA: Final = ("front camera", "selfie")
"""What files call the camera at a phone's screen: Apple's ``com.apple.quicktime.camera.lens_model``
says "iPhone 12 front camera 2.71mm f/2.2"."""


def front_camera_note(container: av.container.InputContainer) -> Sentence | None:
    """Return a note when a file says that it was filmed with a phone's front camera, else None."""
    said = [container.metadata, *(stream.metadata for stream in container.streams)]
    values = [str(value).casefold() for metadata in said for value in metadata.values()]
    if not any(name in value for name in FRONT_CAMERA for value in values):
        return None
    return Sentence(FROM_FRONT)


def rotation_deg(path: Path) -> int:
    """Return how far the first picture must be turned counter-clockwise to be upright, degrees."""
    with av.open(str(path)) as container:
        try:
            for frame in container.decode(video=0):
                return int(frame.rotation)
        except FFmpegError:
            return 0
    return 0
