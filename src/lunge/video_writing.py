"""Pictures into an H.264 file that is either whole or not there."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, cast

import av
import cv2
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from lunge.errors import OutputError

Picture = NDArray[np.uint8]

_TICKS_PER_S: Final = 90_000
"""Of the time stamps written; MPEG's own clock, so neighbouring pictures never share one."""


class VideoWriter:
    """Write a video beside its place and move it there when it is whole.

    Parameters
    ----------
    path : Path
        Ends in ``.mp4``.
    size_px : (int, int)
        Width and height; an odd one gains a row or column, which the codec needs.
    fps : float
        For players that want a rate; every picture keeps its own time.

    Raises
    ------
    OutputError
        If the file cannot be written, such as on a full disk.
    """

    def __init__(self, path: Path, size_px: tuple[int, int], fps: float) -> None:
        self.path = path
        self._beside = path.with_name(f".{path.name}.part.mp4")
        self._size = (size_px[0] + size_px[0] % 2, size_px[1] + size_px[1] % 2)
        try:
            self._container = av.open(str(self._beside), "w")
        except (FFmpegError, OSError) as error:
            raise self._error() from error
        codec = "libx264" if "libx264" in av.codecs_available else "mpeg4"
        rate = Fraction(fps).limit_denominator(1001)
        self._stream = cast("av.VideoStream", self._container.add_stream(codec, rate=rate))
        self._stream.width, self._stream.height = self._size
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = Fraction(1, _TICKS_PER_S)

    def write(self, time_s: float, picture: Picture) -> None:
        """Add a picture at its time.

        Parameters
        ----------
        time_s : float
            Later than the one before, seconds.
        picture : array (H, W, 3), uint8
            Red, green, blue, of the size given at the start.

        Raises
        ------
        ValueError
            If the picture has another size.
        OutputError
            If it cannot be written.
        """
        height, width = picture.shape[:2]
        below, right = self._size[1] - height, self._size[0] - width
        if not (0 <= below <= 1 and 0 <= right <= 1):
            raise ValueError(f"picture: expected {self._size[0]} x {self._size[1]} px, got {width} x {height}")
        whole = np.asarray(cv2.copyMakeBorder(picture, 0, below, 0, right, cv2.BORDER_REPLICATE), np.uint8)
        frame = av.VideoFrame.from_ndarray(whole, format="rgb24")
        frame.pts, frame.time_base = round(time_s * _TICKS_PER_S), Fraction(1, _TICKS_PER_S)
        try:
            self._container.mux(self._stream.encode(frame))
        except (FFmpegError, OSError) as error:
            raise self._error() from error

    def __enter__(self) -> VideoWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
            else:
                # The reason for leaving is on its way; a second one must not hide it.
                with suppress(FFmpegError, OSError):
                    self._container.close()
        finally:
            self._beside.unlink(missing_ok=True)

    def _finish(self) -> None:
        try:
            self._container.mux(self._stream.encode())
            self._container.close()
            self._beside.replace(self.path)
        except (FFmpegError, OSError) as error:
            with suppress(FFmpegError, OSError):
                self._container.close()
            raise self._error() from error

    def _error(self) -> OutputError:
        return OutputError("errors.output.video", path=str(self.path))
