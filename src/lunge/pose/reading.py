"""From pictures to `Poses`: decoding runs ahead of the network in its own thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from lunge.pose.region import Picture
from lunge.pose.tracker import PoseTracker
from lunge.poses import Poses

AHEAD: Final = 8
"""Pictures decoded ahead of the network: enough to even out slow ones, little memory."""

Timed = tuple[float, Picture]
Progress = Callable[[float], None]


@dataclass(frozen=True)
class PoseRun:
    """The poses of one video, and how many people were in it."""

    poses: Poses
    people: int


def read_poses(
    frames: Iterable[Timed], tracker: PoseTracker, size_px: tuple[int, int], progress: Progress | None = None
) -> PoseRun:
    """Return the poses in a stream of pictures.

    Parameters
    ----------
    frames : iterable of (time_s, picture)
        Times strictly increasing.
    tracker : PoseTracker
    size_px : (int, int)
        Width and height that the picture coordinates refer to; pictures may be smaller.
    progress : callable, optional
        Told the time of each picture, seconds.
    """
    times: list[float] = []
    image: list[np.ndarray] = []
    world: list[np.ndarray] = []
    seen: list[np.ndarray] = []
    people = 0
    for time_s, picture in ahead(frames):
        pose = tracker.step(picture, time_s)
        times.append(time_s)
        scale = np.array(size_px) / (picture.shape[1], picture.shape[0])
        image.append((pose.image_px * scale).astype(np.float32))
        world.append(pose.world_m.astype(np.float32))
        seen.append(pose.confidence.astype(np.float32))
        people = max(people, pose.people)
        if progress is not None:
            progress(time_s)
    return PoseRun(_stacked(times, image, world, seen, size_px), people)


def _stacked(
    times: list[float],
    image: list[np.ndarray],
    world: list[np.ndarray],
    seen: list[np.ndarray],
    size_px: tuple[int, int],
) -> Poses:
    empty = not times
    return Poses(
        time_s=np.array(times, float),
        image_px=np.zeros((0, 33, 2)) if empty else np.stack(image).astype(float),
        world_m=np.zeros((0, 33, 3)) if empty else np.stack(world).astype(float),
        confidence=np.zeros((0, 33)) if empty else np.stack(seen).astype(float),
        width_px=size_px[0],
        height_px=size_px[1],
    )


def ahead(frames: Iterable[Timed]) -> Iterator[Timed]:
    """Yield the pictures of a stream that is decoded in another thread, some ahead.

    What goes wrong there is raised here; a reader that stops early stops the thread.
    """
    line: queue.Queue[Timed | BaseException | None] = queue.Queue(AHEAD)
    stopped = threading.Event()

    def put(item: Timed | BaseException | None) -> None:
        while not stopped.is_set():
            try:
                line.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    def decode() -> None:
        source = iter(frames)
        try:
            for frame in source:
                put(frame)
                if stopped.is_set():
                    break
            _close(source)
            put(None)
        except BaseException as error:  # noqa: BLE001  handed over to the reader, who raises it
            put(error)

    worker = threading.Thread(target=decode, name="decoding", daemon=True)
    worker.start()
    try:
        while (item := line.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        worker.join(timeout=5.0)


def _close(source: Iterator[Timed]) -> None:
    """Close a generator's file now, and not whenever it is collected."""
    if isinstance(source, Generator):
        source.close()
