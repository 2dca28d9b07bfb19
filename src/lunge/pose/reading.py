"""From pictures to `Poses`: decoding runs ahead of the network in its own thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from lunge.pose.region import Picture
from lunge.pose.tracker import TrackedPose
from lunge.poses import KEYPOINTS, Poses, joined

AHEAD: Final = 8
"""Pictures decoded ahead of the network: enough to even out slow ones, little memory."""

Timed = tuple[float, Picture]
Progress = Callable[[float], None]


class Tracker(Protocol):
    """Whatever follows a person, such as `PoseTracker`."""

    def steps(self, frames: Iterable[Timed]) -> Iterator[TrackedPose]:
        """Yield the pose in each picture of a stream, in order."""


BLOCK_FRAMES: Final = 150
"""Frames handed on together: five seconds of a usual video."""


@dataclass(frozen=True)
class PoseRun:
    """The poses of one video or a part of it, and how many people were in it."""

    poses: Poses
    people: int


def pose_blocks(
    frames: Iterable[Timed], tracker: Tracker, size_px: tuple[int, int], progress: Progress | None = None
) -> Iterator[PoseRun]:
    """Yield the poses in a stream of pictures, block by block.

    Parameters
    ----------
    frames : iterable of (time_s, picture)
        Times strictly increasing.
    tracker : Tracker
    size_px : (int, int)
        Width and height that the picture coordinates refer to; pictures may be smaller.
    progress : callable, optional
        Told the time of each picture, seconds.
    """
    block: list[tuple[float, np.ndarray, np.ndarray, np.ndarray]] = []
    people = 0
    names: tuple[str, ...] = KEYPOINTS
    for pose in tracker.steps(ahead(frames)):
        scale = np.array(size_px) / pose.size_px
        image, world, seen = (v.astype(np.float32) for v in (pose.image_px * scale, pose.world_m, pose.confidence))
        block.append((pose.time_s, image, world, seen))
        people, names = max(people, pose.people), pose.names
        if progress is not None:
            progress(pose.time_s)
        if len(block) == BLOCK_FRAMES:
            yield PoseRun(_stacked(block, size_px, names), people)
            block = []
    if block:
        yield PoseRun(_stacked(block, size_px, names), people)


def read_poses(
    frames: Iterable[Timed], tracker: Tracker, size_px: tuple[int, int], progress: Progress | None = None
) -> PoseRun:
    """Return all poses in a stream of pictures; parameters as in `pose_blocks`."""
    runs = list(pose_blocks(frames, tracker, size_px, progress))
    if not runs:
        return PoseRun(_stacked([], size_px), 0)
    return PoseRun(joined([run.poses for run in runs]), max(run.people for run in runs))


def _stacked(
    block: list[tuple[float, np.ndarray, np.ndarray, np.ndarray]],
    size_px: tuple[int, int],
    names: tuple[str, ...] = KEYPOINTS,
) -> Poses:
    count = len(block)
    return Poses(
        time_s=np.array([row[0] for row in block], float),
        image_px=np.array([row[1] for row in block], float).reshape(count, len(names), 2),
        world_m=np.array([row[2] for row in block], float).reshape(count, len(names), 3),
        confidence=np.array([row[3] for row in block], float).reshape(count, len(names)),
        width_px=size_px[0],
        height_px=size_px[1],
        names=names,
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
