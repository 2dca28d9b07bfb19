"""Decoding ahead in a thread: order, errors, stopping."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from lunge.errors import VideoError
from lunge.pose.reading import AHEAD, ahead, read_poses
from lunge.pose.tracker import TrackedPose
from lunge.poses import KEYPOINTS

POINTS = len(KEYPOINTS)


def frames(count: int, width: int = 8, height: int = 6) -> Iterator[tuple[float, np.ndarray]]:
    for i in range(count):
        yield i / 10, np.full((height, width, 3), i % 256, np.uint8)


def decoding_threads() -> int:
    return sum(t.name == "decoding" for t in threading.enumerate())


def test_order() -> None:
    assert [t for t, _ in ahead(frames(100))] == [i / 10 for i in range(100)]
    assert decoding_threads() == 0


def test_errors_come_through_after_the_frames_before_them() -> None:
    def breaking() -> Iterator[tuple[float, np.ndarray]]:
        yield from frames(3)
        raise VideoError("errors.video.empty", name="broken")

    stream = ahead(breaking())
    assert [next(stream)[0] for _ in range(3)] == [0.0, 0.1, 0.2]
    with pytest.raises(VideoError, match="broken"):
        next(stream)
    assert decoding_threads() == 0


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_an_interrupted_reader_stops_the_thread_and_closes_the_file(error: type[BaseException]) -> None:
    closed = threading.Event()
    decoded = []

    def endless() -> Iterator[tuple[float, np.ndarray]]:
        try:
            for frame in frames(1_000_000):
                decoded.append(frame[0])
                yield frame
        finally:
            closed.set()

    def read() -> None:
        for i, _ in enumerate(ahead(endless())):
            if i == 5:
                raise error

    with pytest.raises(error):
        read()
    assert closed.wait(2)
    assert decoding_threads() == 0
    assert len(decoded) <= 5 + AHEAD + 3


class Corners:
    """Stands for a tracker: every landmark in the bottom right corner of the picture."""

    def steps(self, frames: Iterator[tuple[float, np.ndarray]]) -> Iterator[TrackedPose]:
        for time_s, picture in frames:
            height, width = picture.shape[:2]
            seen = np.full(POINTS, 0.5)
            image = np.tile([float(width), float(height)], (POINTS, 1))
            yield TrackedPose(time_s, (width, height), image, np.zeros((POINTS, 3)), seen, 1)


def test_positions_are_those_of_the_whole_picture() -> None:
    told: list[float] = []
    run = read_poses(frames(4, width=640, height=361), Corners(), (1919, 1081), told.append)
    assert (run.poses.width_px, run.poses.height_px) == (1919, 1081)
    assert run.poses.image_px[:, 0] == pytest.approx(np.tile([1919.0, 1081.0], (4, 1)))
    assert told == [0.0, 0.1, 0.2, 0.3]


def test_no_frames() -> None:
    run = read_poses(iter(()), Corners(), (64, 48))
    assert len(run.poses) == 0
    assert run.people == 0
