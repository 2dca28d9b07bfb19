"""Who watches the pictures: the pose network, one for each set, the first one ready in advance."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, Protocol

import numpy as np

from lunge.live.records import Look
from lunge.pose import PoseTracker, TrackedPose
from lunge.pose.decoding import picture_from_bytes
from lunge.poses import Poses
from lunge.web.constants import constants
from lunge.web.messages import Points, ProtocolError, Shot, floats

EVERY: Final = 8
"""Brightness is read from each such pixel, across and down."""

BEFORE_S: Final = -1e6
"""The time of the picture that warms the network up: before every capture time."""


class Eyes(Protocol):
    """What finds the person in a picture."""

    def step(self, picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], time_s: float) -> TrackedPose:
        """Return the pose in the next picture, red, green, blue."""


MakeEyes = Callable[[str], Eyes]


def pose_network(model: str) -> Eyes:
    """Return a network that has already looked at one picture, so that the first real one is fast."""
    tracker = PoseTracker(model, at_once=1)
    tracker.step(np.zeros((64, 64, 3), np.uint8), BEFORE_S)
    return tracker


class Ready:
    """Has one pair of eyes ready for whoever comes first.

    Parameters
    ----------
    make : callable
        Makes eyes of a model; takes about a second.
    """

    def __init__(self, make: MakeEyes) -> None:
        self._make = make
        self._waiting: tuple[str, Future[Eyes]] | None = None

    def prepare(self, model: str) -> Future[Eyes]:
        """Begin to make eyes of a model, beside everything else, unless they are being made."""
        if self._waiting is not None and self._waiting[0] == model:
            return self._waiting[1]
        beside = ThreadPoolExecutor(1, thread_name_prefix="eyes")
        future = beside.submit(self._make, model)
        beside.shutdown(wait=False)
        self._waiting = (model, future)
        return future

    def take(self, model: str) -> Eyes:
        """Return eyes of a model, those that wait if they are of that model.

        Raises
        ------
        ModelError
            If a network's file is missing or damaged.
        """
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting[0] == model:
            return waiting[1].result()
        return self._make(model)


def look_from_shot(shot: Shot, eyes: Eyes, time_s: float) -> Look:
    """Return what is seen in a picture.

    Raises
    ------
    ProtocolError
        If it is no picture, or too large a one.
    """
    try:
        picture = picture_from_bytes(shot.data, constants().live.longest_picture_px)
    except ValueError as error:
        raise ProtocolError("errors.protocol.picture", detail=str(error)) from error
    found = eyes.step(picture, time_s)
    width, height = found.size_px
    poses = Poses(np.array([time_s]), found.image_px[None], found.world_m[None], found.confidence[None], width, height)
    return Look(poses, found.people, float(picture[::EVERY, ::EVERY].mean()) / np.iinfo(np.uint8).max)


def look_from_points(points: Points, time_s: float) -> Look:
    """Return what a client saw that finds the points itself."""
    poses = Poses(
        np.array([time_s]),
        floats(points.image_px)[None],
        floats(points.world_m)[None],
        np.nan_to_num(floats(points.confidence))[None],
        points.width,
        points.height,
    )
    return Look(poses, points.people)
