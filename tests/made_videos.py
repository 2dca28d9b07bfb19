"""Small videos made for tests with PyAV: known colours in known corners, and known time stamps."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

CORNERS = {"red": (220, 30, 30), "green": (30, 200, 30), "blue": (30, 30, 220), "white": (230, 230, 230)}
"""Top left, top right, bottom left, bottom right."""

TIME_BASE = Fraction(1, 12800)


def cornered(width: int, height: int) -> np.ndarray:
    """Return a picture with a colour in each quarter."""
    red, green, blue, white = CORNERS.values()
    out = np.empty((height, width, 3), np.uint8)
    out[: height // 2, : width // 2], out[: height // 2, width // 2 :] = red, green
    out[height // 2 :, : width // 2], out[height // 2 :, width // 2 :] = blue, white
    return out


def corner_colours(picture: np.ndarray) -> list[str]:
    """Return the names of the colours in the four corners: top left, top right, bottom left, bottom right."""
    height, width = picture.shape[:2]
    spots = [(height // 4, width // 4), (height // 4, 3 * width // 4)]
    spots += [(3 * height // 4, width // 4), (3 * height // 4, 3 * width // 4)]
    names, values = list(CORNERS), np.array(list(CORNERS.values()), float)
    return [names[int(np.abs(values - picture[y, x]).sum(axis=1).argmin())] for y, x in spots]


def grey_level(picture: np.ndarray) -> float:
    """Return the mean brightness, 0 to 255."""
    return float(picture.mean())


def make_video(
    path: Path,
    times_s: list[float],
    size_px: tuple[int, int] = (64, 48),
    pictures: list[np.ndarray] | None = None,
    codec: str = "mpeg4",
) -> Path:
    """Write a video with a picture at each time; without pictures, cornered ones."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = *size_px, "yuv420p"
        stream.codec_context.time_base = TIME_BASE
        stream.codec_context.gop_size = 10
        stream.codec_context.max_b_frames = 0
        for i, time_s in enumerate(times_s):
            picture = pictures[i] if pictures else cornered(*size_px)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(time_s / TIME_BASE), TIME_BASE
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def make_sound(path: Path) -> Path:
    """Write a file with sound and no picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 16000, 0, Fraction(1, 16000)
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def turn(path: Path, clockwise_deg: float) -> Path:
    """Write a rotation into an MP4's track header, as phones do; players turn the picture clockwise by it."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 44
    cosine, sine = np.cos(np.radians(clockwise_deg)), np.sin(np.radians(clockwise_deg))
    fixed = [round(float(v) * 65536) for v in (cosine, sine, -sine, cosine)]
    data[at : at + 36] = struct.pack(
        ">9i", fixed[0], fixed[1], 0, fixed[2], fixed[3], 0, 0, 0, 1 << 30
    )
    path.write_bytes(data)
    return path
