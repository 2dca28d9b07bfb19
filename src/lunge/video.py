"""Pictures out of video files, and back into them (PyAV)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import av
import cv2
import numpy as np
from av.error import FFmpegError
from av.video.reformatter import VideoReformatter

from lunge.constants import constants
from lunge.errors import MissingFileError, VideoError
from lunge.messages import Sentence
from lunge.video_file import (
    VideoInfo,
    front_camera_note,
    info,
    opened,
    quarter,
    rotation_deg,
    slow_motion_note,
    start_s,
    stretch,
)
from lunge.video_writing import Picture, VideoWriter

__all__ = ["ENDINGS", "LONGEST_SIDE_PX", "Picture", "Video", "VideoInfo", "VideoWriter", "read_frames_at", "sha256_of"]

LONGEST_SIDE_PX: Final = constants().video.longest_side_px
"""Larger pictures are scaled down while they are decoded: the network looks at 256 px squares."""

ENDINGS: Final = [
    *(".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mpg", ".mpeg"),
    *(".wmv", ".flv", ".3gp", ".ts", ".mts", ".m2ts", ".ogv", ".gif"),
]
"""What a folder's videos are called."""

_MICROSECONDS: Final = 1_000_000


@dataclass
class Video:
    """A video file, read as a stream: never all in memory.

    Parameters
    ----------
    path : Path
    from_s, to_s : float, optional
        The part to read, seconds.

    Raises
    ------
    MissingFileError
        If there is no such file.
    VideoError
        If it holds no video that can be read.
    """

    path: Path
    from_s: float | None = None
    to_s: float | None = None
    notes: list[Sentence] = field(default_factory=list)
    info: VideoInfo = field(init=False)

    def __post_init__(self) -> None:
        self.path = Path(self.path)
        if not self.path.exists():
            raise MissingFileError(self.path)
        with opened(self.path) as container:
            turned = rotation_deg(self.path)
            self.info = info(self.path, container, quarter(turned))
            hints = (slow_motion_note(container, self.info.fps), front_camera_note(container))
        if turned % 90:
            self._note(Sentence("notes.crooked", {"deg": abs(turned)}))
        for hint in (h for h in hints if h is not None):
            self._note(hint)

    def frames(self) -> Iterator[tuple[float, Picture]]:
        """Yield time (s, from the file's own stamps) and picture (H, W, 3), upright, red, green, blue.

        Broken parts are skipped and repeated or backward stamps left out, each with
        a note in `notes`.

        Raises
        ------
        VideoError
            If there is not one picture.
        """
        count = 0
        with opened(self.path) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            reformatter = VideoReformatter()  # one for all: it keeps its tables
            if self.from_s:
                seek_s = self.from_s - constants().video.run_up_s + start_s(stream)
                container.seek(max(0, int(seek_s * _MICROSECONDS)))
            for time_s, frame in self._stamped(container, stream):
                if self.to_s is not None and time_s > self.to_s:
                    break
                if self.from_s is not None and time_s < self.from_s:
                    continue
                count += 1
                yield time_s, _upright(_scaled(frame, stretch(stream), reformatter), self.info.rotation_deg)
        if not count:
            raise self._no_picture()
        if count == 1 and self.from_s is None and self.to_s is None:
            self._note(Sentence("notes.only_picture"))

    def _no_picture(self) -> VideoError:
        name, path, lasts_s = self.path.name, str(self.path), self.info.duration_s
        if self.from_s is None and self.to_s is None:
            return VideoError("errors.video.no_picture", name=name, path=path)
        part = {"from_s": self.from_s, "to_s": self.to_s}
        if not lasts_s:
            return VideoError("errors.video.part_empty", name=name, path=path, **part)
        return VideoError("errors.video.part_beyond", name=name, path=path, lasts_s=round(lasts_s, 1), **part)

    def _stamped(
        self, container: av.container.InputContainer, stream: av.VideoStream
    ) -> Iterator[tuple[float, av.VideoFrame]]:
        start, step = start_s(stream), 1.0 / (self.info.fps or constants().video.assumed_fps)
        last, dropped, unstamped = -np.inf, 0, 0
        try:
            for frame in self._decoded(container, stream):
                if frame.time is None:
                    unstamped += 1
                    time_s = last + step if np.isfinite(last) else 0.0
                else:
                    time_s = frame.time - start
                if time_s <= last:
                    dropped += 1
                    continue
                last = time_s
                yield time_s, frame
        finally:  # also when the reader has seen enough
            if dropped:
                self._note(Sentence("notes.dropped", {"n": dropped}))
            if unstamped:
                self._note(Sentence("notes.unstamped", {"n": unstamped}))

    def _decoded(self, container: av.container.InputContainer, stream: av.VideoStream) -> Iterator[av.VideoFrame]:
        broken = 0
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                break
            except FFmpegError:
                broken += 1
                break
            try:
                yield from packet.decode()
            except FFmpegError:
                broken += 1
        if broken:
            self._note(Sentence("notes.damaged_part"))

    def _note(self, said: Sentence) -> None:
        if said not in self.notes:
            self.notes.append(said)


def _scaled(frame: av.VideoFrame, wider: float, reformatter: VideoReformatter) -> Picture:
    width, height = frame.width * wider, float(frame.height)
    scale = min(1.0, LONGEST_SIDE_PX / max(width, height))
    size = {}
    if scale != 1.0 or wider != 1.0:
        size = {"width": max(2, round(width * scale / 2) * 2), "height": max(2, round(height * scale / 2) * 2)}
    return np.asarray(reformatter.reformat(frame, **size, format="rgb24").to_ndarray(), np.uint8)


_TURNS: Final = {
    90: cv2.ROTATE_90_COUNTERCLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_CLOCKWISE,
}


def _upright(picture: Picture, rotation_deg: int) -> Picture:
    if rotation_deg == 0:
        return picture
    return np.asarray(cv2.rotate(picture, _TURNS[rotation_deg]), np.uint8)


def read_frames_at(path: Path, times_s: list[float]) -> list[Picture]:
    """Return the pictures of a video nearest to some times, in the order of `times_s`.

    Far apart times are reached by seeking; nothing but the asked pictures is kept.

    Raises
    ------
    MissingFileError, VideoError
        As `Video` does.
    """
    order = sorted(range(len(times_s)), key=lambda i: times_s[i])
    out: dict[int, Picture] = {}
    for group in _groups([times_s[i] for i in order]):
        indices, order = order[: len(group)], order[len(group) :]
        out.update(zip(indices, _nearest(path, group), strict=True))
    return [out[i] for i in range(len(times_s))]


def _groups(times_s: list[float]) -> list[list[float]]:
    """Return sorted times in groups with gaps of more than `seek_gap_s` between them."""
    out: list[list[float]] = []
    for time_s in times_s:
        if out and time_s - out[-1][-1] <= constants().video.seek_gap_s:
            out[-1].append(time_s)
        else:
            out.append([time_s])
    return out


def _nearest(path: Path, times_s: list[float]) -> list[Picture]:
    near_s = constants().video.near_s
    part = Video(path, max(0.0, times_s[0] - near_s), times_s[-1] + near_s)
    try:
        found = _nearest_in(part.frames(), times_s)
    except VideoError:
        found = []
    if not found or any(away > near_s for away, _ in found):
        found = _nearest_in(Video(path).frames(), times_s)
    return [picture for _, picture in found]


def _nearest_in(frames: Iterator[tuple[float, Picture]], times_s: list[float]) -> list[tuple[float, Picture]]:
    """Return, per time, how far away (s) the nearest picture is, and the picture."""
    best: list[tuple[float, Picture] | None] = [None] * len(times_s)
    for at_s, picture in frames:
        for i, wanted_s in enumerate(times_s):
            before = best[i]
            if before is None or abs(at_s - wanted_s) < before[0]:
                best[i] = (abs(at_s - wanted_s), picture)
    return [b for b in best if b is not None]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal; read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
