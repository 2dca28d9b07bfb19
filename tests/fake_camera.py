"""A clip as Chromium's fake camera shows it: standing first, then what it holds, in real time, over and over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

CELL_PX = 8
BITS = 16


def frames_of(clip: Path, from_s: float = 0.0, until_s: float | None = None) -> tuple[list[np.ndarray], float]:
    """Return a clip's pictures between two times, and their rate."""
    with av.open(str(clip)) as file:
        stream = file.streams.video[0]
        rate = float(stream.average_rate)
        pictures = [frame.to_ndarray(format="rgb24") for frame in file.decode(stream)]
    return pictures[round(from_s * rate) : None if until_s is None else round(until_s * rate)], rate


def camera_file(
    clip: Path,
    out: Path,
    *,
    lead_s: float = 4.0,
    tail_s: float = 4.0,
    part_s: tuple[float, float | None] = (0.0, None),
    numbered: bool = False,
) -> Path:
    """Write a clip as a motion JPEG file, its first and last picture held for a while, and return the file.

    Parameters
    ----------
    clip : Path
        A video that begins and ends in quiet standing.
    out : Path
    lead_s, tail_s : float
        How long the first and the last picture are held.
    part_s : (float, float or None)
        Where the clip is cut.
    numbered : bool
        Whether each picture carries its number along its upper border (`number_in`).
    """
    pictures, rate = frames_of(clip, *part_s)
    height, width = pictures[0].shape[:2]
    with av.open(str(out), "w", format="mjpeg") as file:
        stream = file.add_stream("mjpeg", rate=round(rate))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuvj420p"
        stream.codec_context.qmin, stream.codec_context.qmax = 2, 4
        for number, picture in enumerate(held(pictures, round(lead_s * rate), round(tail_s * rate))):
            frame = av.VideoFrame.from_ndarray(with_number(picture, number) if numbered else picture, format="rgb24")
            frame.pts = number
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out


def held(pictures: list[np.ndarray], first: int, last: int) -> Iterator[np.ndarray]:
    """Yield the pictures with the first and the last one repeated."""
    for _ in range(first):
        yield pictures[0]
    yield from pictures
    for _ in range(last):
        yield pictures[-1]


def with_number(picture: np.ndarray, number: int) -> np.ndarray:
    """Return a picture with a number in black and white cells along its upper border, the lowest bit first."""
    out = picture.copy()
    for bit in range(BITS):
        out[:CELL_PX, bit * CELL_PX : (bit + 1) * CELL_PX] = 255 * (number >> bit & 1)
    return out


def number_in(picture: np.ndarray) -> int:
    """Return the number that a picture carries."""
    half = CELL_PX // 2
    return sum(int(picture[half, bit * CELL_PX + half].mean() > 127) << bit for bit in range(BITS))
