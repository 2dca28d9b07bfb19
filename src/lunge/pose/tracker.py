"""Follow one person from picture to picture."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from lunge.pose.constants import constants
from lunge.pose.detector import Detection, detect
from lunge.pose.landmarks import Landmarks, landmarks, started
from lunge.pose.networks import Network, Precision, Request
from lunge.pose.region import Picture, Region, region_from_alignment
from lunge.pose.steadying import Steady, steadied
from lunge.poses import KEYPOINTS, Floats

AT_ONCE: Final = 2
"""Pictures of a file under way at the same time: one core each for two pictures is faster than two for one."""

STEADY: Final[dict[str, Precision]] = {"lite": "f32", "full": "f32", "heavy": "f32"}
"""What `precision="auto"` takes: bf16 only where landmarks stay where f32 has them.

Nowhere so far. Median distance over the same 60 regions of three rendered clips, picture and metric:
lite 0.5 px, 22 mm; full 0.3 px, 93 mm; heavy 0.5 px, 18 mm (OpenVINO 2026.4, AMD with avx512_bf16).
"""


@dataclass(frozen=True, slots=True)
class TrackedPose:
    """One person in one picture; NaN and zero confidence when nobody was found.

    Attributes
    ----------
    time_s : float
    size_px : (int, int)
        Width and height of the picture.
    image_px : array (33, 2)
    world_m : array (33, 3)
    confidence : array (33,)
    people : int
        How many people are in the picture: as many as the last two looks at all of
        it both found, because the detector now and then takes legs for a person.
    names : tuple of str
        What the points are.
    """

    time_s: float
    size_px: tuple[int, int]
    image_px: Floats
    world_m: Floats
    confidence: Floats
    people: int
    names: tuple[str, ...] = KEYPOINTS


@dataclass(frozen=True, slots=True)
class _Look:
    """A picture under way; without a request nobody was followed into it."""

    picture: Picture
    time_s: float
    people: list[Detection] | None
    under_way: tuple[Request, Region] | None


class PoseTracker:
    """Find the person who exercises and follow them.

    Parameters
    ----------
    model : {'lite', 'full', 'heavy'}
        How large a landmark network.
    precision : {'auto', 'f32', 'bf16'}
    person : int, optional
        Which one of several people at the start, counted from the left, 1 the
        leftmost; otherwise the largest and most central one.
    threads : int
        For the networks; 0 takes all cores.
    at_once : int
        How many pictures `steps` may have under way; 1 suits a camera.

    Raises
    ------
    ModelError
        If a network's file is missing or damaged.
    """

    def __init__(
        self,
        model: str = "full",
        precision: Precision | Literal["auto"] = "auto",
        person: int | None = None,
        threads: int = 0,
        at_once: int = AT_ONCE,
    ) -> None:
        self.precision: Precision = STEADY[model] if precision == "auto" else precision
        with ThreadPoolExecutor(1) as beside:  # each takes half a second to load
            detector = beside.submit(Network, "pose_detection", "f32", threads)
            self._landmarks = Network(f"pose_landmark_{model}", self.precision, threads, at_once)
            self._detector = detector.result()
        self._at_once = at_once
        self._looks: deque[_Look] = deque()
        self._person = person
        self._steady: Steady | None = None
        self._last: Region | None = None
        self._time_s = self._looked_s = -np.inf
        self._people = 0
        self._counted: tuple[float, int] | None = None

    def step(self, picture: Picture, time_s: float) -> TrackedPose:
        """Return the pose in the next picture.

        Parameters
        ----------
        picture : array (H, W, 3), uint8
            Red, green, blue.
        time_s : float
            Its time.

        Raises
        ------
        ValueError
            If it is not later than the one before.
        """
        self._begin(picture, time_s)
        return self._end()

    def steps(self, frames: Iterable[tuple[float, Picture]]) -> Iterator[TrackedPose]:
        """Yield the pose in each picture of a stream, in order.

        The next picture is begun before the last one is done, so that no core waits.
        Where to look in it is then known from two pictures before, not one: the same
        for every number of threads.

        Parameters
        ----------
        frames : iterable of (time_s, picture)
            Times strictly increasing.

        Raises
        ------
        ValueError
            As `step`.
        """
        for time_s, picture in frames:
            while self._looks and not self._may_begin(time_s):
                yield self._end()
            self._begin(picture, time_s)
        while self._looks:
            yield self._end()

    def _may_begin(self, time_s: float) -> bool:
        known = self._steady is not None and time_s - self._steady.time_s <= constants().tracker.latest_s
        return known and len(self._looks) < self._at_once

    def _begin(self, picture: Picture, time_s: float) -> None:
        if time_s <= self._time_s:
            raise ValueError(f"time_s: expected more than {self._time_s}, got {time_s}")
        self._time_s = time_s
        people = self._look_around(picture) if time_s - self._looked_s >= constants().tracker.look_around_s else None
        under_way = None
        if self._steady is not None:
            region = region_from_alignment(*self._steady.points)
            under_way = started(self._landmarks, picture, region), region
        self._looks.append(_Look(picture, time_s, people, under_way))

    def _end(self) -> TrackedPose:
        look = self._looks.popleft()
        found = self._followed(look)
        if found is None:
            self._steady = None
            found = self._found_anew(
                look.picture, self._look_around(look.picture) if look.people is None else look.people
            )
        size = look.picture.shape[1], look.picture.shape[0]
        if found is None:
            return self._nobody(look.time_s, size)
        self._steady = steadied(self._steady, found.alignment_px, look.time_s)
        self._last = region_from_alignment(*self._steady.points)
        return TrackedPose(look.time_s, size, found.image_px, found.world_m, found.confidence, self._people)

    def _look_around(self, picture: Picture) -> list[Detection]:
        people = detect(self._detector, picture)
        self._looked_s = self._time_s
        self._count(len(people))
        return people

    def _count(self, found: int) -> None:
        """Take part of a look into the number of people; looks close to each other err alike and count once."""
        if self._counted is None:
            self._people = found
        elif self._time_s - self._counted[0] >= constants().tracker.look_around_s:
            self._people = min(found, self._counted[1])
        else:
            return
        self._counted = (self._time_s, found)

    def _followed(self, look: _Look) -> Landmarks | None:
        if look.under_way is None:
            return None
        found = self._answer(*look.under_way)
        if found is None or self._steady is None:
            return found
        before, now = region_from_alignment(*self._steady.raw), region_from_alignment(*found.alignment_px)
        return None if _jumps(before, now) else found

    def _answer(self, request: Request, region: Region) -> Landmarks | None:
        found = landmarks(self._landmarks.outputs(request), region)
        return found if found.presence >= constants().landmarks.min_presence else None

    def _found_anew(self, picture: Picture, people: list[Detection]) -> Landmarks | None:
        if not people:
            return None
        chosen = self._chosen(people, (picture.shape[1], picture.shape[0]))
        return self._answer(started(self._landmarks, picture, chosen.region), chosen.region)

    def _chosen(self, people: list[Detection], size: tuple[int, int]) -> Detection:
        """Return the person followed so far if there is one, else the one who exercises."""
        if self._last is not None:
            before = np.array([self._last.x_px, self._last.y_px])
            return min(people, key=lambda p: float(np.hypot(*(np.array([p.region.x_px, p.region.y_px]) - before))))
        if self._person is not None:
            from_left = sorted(people, key=lambda p: p.region.x_px)
            return from_left[min(self._person, len(from_left)) - 1]
        return max(people, key=lambda p: p.region.size_px * _centrality(p.region, size))

    def _nobody(self, time_s: float, size_px: tuple[int, int]) -> TrackedPose:
        k = len(KEYPOINTS)
        return TrackedPose(time_s, size_px, np.full((k, 2), np.nan), np.full((k, 3), np.nan), np.zeros(k), self._people)


def _centrality(region: Region, size: tuple[int, int]) -> float:
    """Return 1 for a region in the middle of the picture, less towards its edge."""
    away = abs(region.x_px - size[0] / 2) / (size[0] / 2)
    return 1.0 - (1.0 - constants().tracker.edge_weight) * min(away, 1.0)


def _jumps(before: Region, after: Region) -> bool:
    c = constants().tracker
    moved = float(np.hypot(after.x_px - before.x_px, after.y_px - before.y_px))
    grown = after.size_px / max(before.size_px, 1e-6)
    return moved > c.jump_share * before.size_px or not 1 / c.size_jump_factor < grown < c.size_jump_factor
