"""One picture of a camera of this computer (PyAV): the camera is opened for it, and closed again at once."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.container import InputContainer
from av.error import BlockingIOError as NothingYetError
from av.error import FFmpegError
from numpy.typing import NDArray

from lunge.constants import constants
from lunge.errors import LungeError

SMALL: Final = {"video_size": "640x480"}
"""The detector looks at 224 px; every camera has this size, and uncompressed."""

MAC_RATE: Final = {"framerate": "30"}
"""FFmpeg's own choice, 29.97, is refused by the cameras of Macs."""


class CameraError(LungeError):
    """A camera gives no picture."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a picture comes from, in FFmpeg's words.

    Attributes
    ----------
    name : str
    format : str, optional
        The input device; None for a file.
    options : dict of str to str
    """

    name: str
    format: str | None = None
    options: dict[str, str] = field(default_factory=dict)


def sources_for(chosen: str, platform: str = sys.platform, root: Path = Path("/")) -> list[Source]:
    """Return where to look for a picture, the best first.

    Parameters
    ----------
    chosen : str
        As the system names the camera; empty for the first one. A file is played as if it were a camera.
    platform : str
        As in ``sys.platform``.
    root : Path
        Where Linux has ``dev`` and ``sys``.
    """
    if chosen and Path(chosen).is_file():
        return [Source(chosen)]
    if platform == "win32":
        return _of_windows(chosen)
    return _of_a_mac(chosen) if platform == "darwin" else _of_linux(chosen, root)


def picture_from(sources: list[Source]) -> NDArray[np.uint8]:
    """Return a picture (H, W, 3), red, green, blue, of the first source that gives one.

    Raises
    ------
    CameraError
        If none does: there is no camera, another program has it, or this one may not use it.
    """
    error = CameraError("errors.camera.none")
    for source in sources:
        try:
            with av.open(source.name, format=source.format, options=source.options) as container:
                return _picture(container)
        except (FFmpegError, OSError, IndexError) as problem:
            key = _reason(problem)
            error = _worse(error, CameraError(key))
    raise error


def _picture(container: InputContainer) -> NDArray[np.uint8]:
    container.streams.video[0].codec_context.thread_count = 1
    # The first pictures are taken before the camera knows how bright it is.
    frames = list(islice(_frames(container), constants().camera.warm_up_frames + 1))
    return np.asarray(frames[-1].to_ndarray(format="rgb24"), np.uint8)


def _frames(container: InputContainer) -> Iterator[av.VideoFrame]:
    """Yield pictures; a Mac's camera says at first that it has none yet."""
    until_s = time.monotonic() + constants().camera.longest_s
    while True:
        try:
            yield from container.decode(video=0)
            return
        except NothingYetError:
            if time.monotonic() > until_s:
                raise
            time.sleep(constants().camera.again_s)


REASONS: Final = {
    **dict.fromkeys((errno.EACCES, errno.EPERM), "errors.camera.denied"),
    **dict.fromkeys((errno.ENOENT, errno.ENODEV, errno.ENXIO), "errors.camera.none"),
    errno.EBUSY: "errors.camera.taken",
}
SEVERITY: Final = ("errors.camera.none", "errors.camera.silent", "errors.camera.denied", "errors.camera.taken")
"""What is said when several cameras fail in several ways: the last of these."""


def _reason(problem: Exception) -> str:
    return REASONS.get(getattr(problem, "errno", None) or 0, "errors.camera.silent")


def _worse(one: CameraError, other: CameraError) -> CameraError:
    return max(one, other, key=lambda error: SEVERITY.index(error.key))


# ---------------------------------------------------------------- one small seam for each system
def _of_linux(chosen: str, root: Path) -> list[Source]:
    names = [chosen] if chosen else [str(node) for node in _webcams(root)]
    return [Source(name, "v4l2", SMALL) for name in names]


def _webcams(root: Path) -> list[Path]:
    """Return the nodes of USB cameras: others, as on a Raspberry Pi, code pictures and take none."""
    nodes = sorted((root / "dev").glob("video[0-9]*"), key=lambda node: int(node.name.removeprefix("video")))
    return [n for n in nodes if (root / f"sys/class/video4linux/{n.name}/device/subsystem").resolve().name == "usb"]


def _of_a_mac(chosen: str) -> list[Source]:
    options: tuple[dict[str, str], ...] = (SMALL | MAC_RATE, MAC_RATE, {})
    return [Source(chosen or "default", "avfoundation", some) for some in options]


def _of_windows(chosen: str, listed: Callable[[str], list[av.DeviceInfo]] = av.enumerate_input_devices) -> list[Source]:
    names = [chosen] if chosen else [one.description for one in listed("dshow") if "video" in one.media_types]
    return [Source(f"video={name}", "dshow", options) for name in names[:1] for options in (SMALL, {})]
