"""Pictures out of video files, and back into them (PyAV)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final

import av
import cv2
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from lunge.errors import MissingFileError, OutputError, VideoError

Picture = NDArray[np.uint8]

LONGEST_SIDE_PX: Final = 1280
"""Larger pictures are scaled down while they are decoded: the network looks at 256 px squares."""

ENDINGS: Final = (
    ".mp4 .mov .m4v .mkv .webm .avi .mpg .mpeg .wmv .flv .3gp .ts .mts .m2ts .ogv .gif".split()
)
"""What a folder's videos are called."""


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What a video file says about itself; sizes are those after turning it upright."""

    path: Path
    width_px: int
    height_px: int
    duration_s: float | None
    frames: int | None
    rotation_deg: int
    fps: float | None


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
    notes: list[str] = field(default_factory=list)
    info: VideoInfo = field(init=False)

    def __post_init__(self) -> None:
        self.path = Path(self.path)
        if not self.path.exists():
            raise MissingFileError(self.path)
        with _opened(self.path) as container:
            self.info = _info(self.path, container)

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
        with _opened(self.path) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            if self.from_s:
                container.seek(max(0, int((self.from_s - 1.0) * 1e6)))
            for time_s, frame in self._stamped(container, stream):
                if self.to_s is not None and time_s > self.to_s:
                    break
                if self.from_s is not None and time_s < self.from_s:
                    continue
                count += 1
                yield time_s, _upright(_scaled(frame), self.info.rotation_deg)
        if not count:
            raise VideoError(
                f"There is no picture in {self.path.name}. The file may be cut off: record or copy it again.",
                path=str(self.path),
            )

    def _stamped(
        self, container: av.container.InputContainer, stream: av.VideoStream
    ) -> Iterator[tuple[float, av.VideoFrame]]:
        start = float(stream.start_time * stream.time_base) if stream.start_time and stream.time_base else 0.0
        step = 1.0 / (self.info.fps or 30.0)
        last, dropped, unstamped = -1.0, 0, 0
        for frame in self._decoded(container, stream):
            if frame.time is None:
                unstamped += 1
                time_s = last + step if last >= 0 else 0.0
            else:
                time_s = frame.time - start
            if time_s <= last:
                dropped += 1
                continue
            last = time_s
            yield time_s, frame
        if dropped:
            self._note(f"{dropped} pictures had no time of their own and were left out.")
        if unstamped:
            self._note(f"{unstamped} pictures had no time stamp; an even rate was taken.")

    def _decoded(
        self, container: av.container.InputContainer, stream: av.VideoStream
    ) -> Iterator[av.VideoFrame]:
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
            self._note("Part of the video is damaged and was left out.")

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def _opened(path: Path) -> av.container.InputContainer:
    if path.is_dir():
        raise VideoError(f"{path} is a folder. Give the video file itself.", path=str(path))
    if path.stat().st_size == 0:
        raise VideoError(f"{path.name} is empty. Record or copy it again.", path=str(path))
    try:
        container = av.open(str(path))
    except (FFmpegError, OSError) as error:
        raise VideoError(
            f"{path.name} cannot be read as a video. Check that it plays on this computer, or save it as MP4.",
            path=str(path),
        ) from error
    if not container.streams.video:
        container.close()
        raise VideoError(f"There is no video in {path.name}, only sound or data. Choose a video file.", path=str(path))
    return container


def _info(path: Path, container: av.container.InputContainer) -> VideoInfo:
    stream = container.streams.video[0]
    rotation = _rotation_deg(path)
    width, height = stream.width, stream.height
    if not width or not height:
        raise VideoError(f"{path.name} holds no pictures. Record or copy it again.", path=str(path))
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


def _rotation_deg(path: Path) -> int:
    """Return how far pictures must be turned counter-clockwise to be upright: 0, 90, 180 or 270."""
    with av.open(str(path)) as container:
        try:
            for frame in container.decode(video=0):
                return round(frame.rotation / 90) * 90 % 360
        except FFmpegError:
            return 0
    return 0


def _scaled(frame: av.VideoFrame) -> Picture:
    longest = max(frame.width, frame.height)
    if longest <= LONGEST_SIDE_PX:
        return frame.to_ndarray(format="rgb24")
    scale = LONGEST_SIDE_PX / longest
    width, height = round(frame.width * scale / 2) * 2, round(frame.height * scale / 2) * 2
    return frame.reformat(width=width, height=height, format="rgb24").to_ndarray()


_TURNS: Final = {
    90: cv2.ROTATE_90_COUNTERCLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_CLOCKWISE,
}


def _upright(picture: Picture, rotation_deg: int) -> Picture:
    if rotation_deg == 0:
        return picture
    out: Picture = np.ascontiguousarray(cv2.rotate(picture, _TURNS[rotation_deg]))
    return out


def read_frames_at(path: Path, times_s: list[float]) -> list[Picture]:
    """Return the pictures of a video nearest to some times, in the order of `times_s`.

    The file is streamed through once; nothing but the asked pictures is kept.
    """
    wanted = sorted(range(len(times_s)), key=lambda i: times_s[i])
    out: dict[int, Picture] = {}
    before: tuple[float, Picture] | None = None
    for time_s, picture in Video(path).frames():
        while len(out) < len(wanted) and times_s[wanted[len(out)]] <= time_s:
            asked = times_s[wanted[len(out)]]
            earlier = before is not None and asked - before[0] < time_s - asked
            out[wanted[len(out)]] = before[1] if earlier and before is not None else picture
        if len(out) == len(wanted):
            break
        before = (time_s, picture)
    if before is not None:
        for i in wanted[len(out) :]:
            out[i] = before[1]
    return [out[i] for i in range(len(times_s))]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal; read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


class VideoWriter:
    """Write an H.264 video beside its place and move it there when it is whole.

    Parameters
    ----------
    path : Path
        Ends in ``.mp4``.
    size_px : (int, int)
        Width and height; odd ones lose a pixel, which the codec cannot hold.
    fps : float
        For players that want a rate; every picture keeps its own time.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """

    def __init__(self, path: Path, size_px: tuple[int, int], fps: float) -> None:
        self.path = path
        self._beside = path.with_name(f".{path.name}.part.mp4")
        self._size = (size_px[0] // 2 * 2, size_px[1] // 2 * 2)
        try:
            self._container = av.open(str(self._beside), "w")
            codec = "libx264" if "libx264" in av.codecs_available else "mpeg4"
            self._stream = self._container.add_stream(codec, rate=Fraction(fps).limit_denominator(1001))
        except (FFmpegError, OSError) as error:
            raise self._error() from error
        self._stream.width, self._stream.height = self._size
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = Fraction(1, 1000)

    def write(self, time_s: float, picture: Picture) -> None:
        """Add a picture (H, W, 3) at its time, seconds."""
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture[: self._size[1], : self._size[0]]), "rgb24")
        frame.pts, frame.time_base = round(time_s * 1000), Fraction(1, 1000)
        try:
            for packet in self._stream.encode(frame):
                self._container.mux(packet)
        except (FFmpegError, OSError) as error:
            raise self._error() from error

    def __enter__(self) -> VideoWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for packet in self._stream.encode():
                    self._container.mux(packet)
            self._container.close()
            if kind is None:
                self._beside.replace(self.path)
        except (FFmpegError, OSError) as error:
            raise self._error() from error
        finally:
            self._beside.unlink(missing_ok=True)

    def _error(self) -> OutputError:
        return OutputError(
            f"The video {self.path} cannot be written. Check that the folder exists and the disk has room.",
            path=str(self.path),
        )
