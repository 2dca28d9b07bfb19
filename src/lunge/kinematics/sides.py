"""Left and right: repair of frames in which the network swaps the legs.

A planted foot stays where it is, and a moving one moves smoothly. Where one
frame exchanges left and right, both jump; the labelling that lets all leg points
travel least is the true one, and whole clips are settled at once by dynamic
programming over the two labellings of each frame. Frames in which both legs
collapse into one, as the network shows them where it wavers, are passed over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.geometry import lengths
from lunge.kinematics.constants import constants
from lunge.poses import SIDES, Floats, Poses

LEG: Final = ("knee", "ankle", "heel", "foot_index")


class Labelling:
    """The cheapest labelling of the frames so far, frame by frame.

    Each frame is believed under one of its two labellings, or passed over for a price:
    where the network puts both legs on top of each other, the frame says nothing of
    which is which, and travel is measured from the last frame before it that was believed.

    Attributes
    ----------
    cost_legs : float
        Of the cheapest way so far, leg lengths.
    """

    def __init__(self) -> None:
        self._cost = np.zeros((0, 2))
        self._seen = np.zeros((0, 1))
        self.cost_legs = 0.0

    def step(self, time_s: float, points: Floats) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
        """Take the next frame; return where the cheapest way to each of its labellings comes from.

        Parameters
        ----------
        time_s : float
        points : array (2, D)
            The legs' points in leg lengths, as the network labels them and exchanged; NaN travels for nothing.

        Returns
        -------
        before, label : arrays (2,)
            For each labelling: how many frames earlier the frame believed before it is (0 at the start), and the
            labelling of that frame.
        """
        c = constants().sides
        seen = np.concatenate([[time_s], points[0]])[None]
        if not len(self._cost):
            self._cost, self._seen = np.zeros((1, 2)), seen
            return np.zeros(2, int), np.array([0, 1])
        travel = lengths(points[:, None] - self._seen[:, 1:])
        travel[np.isnan(travel)] = 0.0
        ways = np.concatenate([self._cost + travel.T, self._cost + travel[::-1].T]).reshape(2, -1)
        best = ways.argmin(1)
        believed = ways[(0, 1), best] + (0.0, c.trust_legs_per_frame)
        self._keep(
            np.concatenate([believed[None], self._cost + c.pass_over_legs_per_s * (time_s - self._seen[0, 0])]),
            np.concatenate([seen, self._seen]),
        )
        return best // 2 + 1, best % 2

    def _keep(self, cost: Floats, seen: Floats) -> None:
        count = np.searchsorted(seen[0, 0] - seen[:, 0], constants().sides.longest_passed_over_s, side="right")
        least = float(cost[:count].min())
        self.cost_legs += least
        self._cost, self._seen = cost[:count] - least, seen[:count]

    def last(self) -> tuple[int, int]:
        """Return how many frames ago a frame was believed last, and its labelling: the cheapest of all ways."""
        before, label = divmod(int(self._cost.argmin()), 2)
        return before, label

    def now(self) -> int:
        """Return the labelling of the newest frame, of one passed over the one nearer to the last believed frame."""
        before, label = self.last()
        if before == 0:
            return label
        half = self._seen.shape[1] // 2
        there = self._seen[before, 1:]
        exchanged = np.concatenate([there[half:], there[:half]])
        away = lengths(self._seen[0, 1:] - np.stack([there, exchanged]))
        return label ^ int(np.nan_to_num(away).argmin())


def labelled_frames(poses: Poses) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the frames (T,) in which the legs' labels are better exchanged, and those that say nothing of the legs.

    Parameters
    ----------
    poses : Poses
        Raw landmarks. Frames without a person cost nothing and break the chain.
    """
    if not len(poses):
        return np.zeros(0, bool), np.zeros(0, bool)
    left = np.concatenate([poses.image(f"left_{p}") for p in LEG], axis=1)
    right = np.concatenate([poses.image(f"right_{p}") for p in LEG], axis=1)
    length = _leg_length(poses)
    points = np.stack([np.concatenate([left, right], 1), np.concatenate([right, left], 1)], axis=1) / length
    return _cheapest(poses.time_s, points)


def _leg_length(poses: Poses) -> float:
    hip, ankle = poses.image("left_hip"), poses.image("left_ankle")
    reach = np.linalg.norm(hip - ankle, axis=1)
    return float(np.nanpercentile(reach, constants().sides.leg_length_percentile)) if np.isfinite(reach).any() else 1.0


def _cheapest(time_s: Floats, points: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the cheapest labelling of frames (T,), and which it passes over; `points` (T, 2, D) holds both of each."""
    labelling = Labelling()
    ways = [labelling.step(float(t), both) for t, both in zip(time_s, points, strict=True)]
    before, label = labelling.last()
    frame = len(points) - 1 - before
    believed = {frame: label}
    while frame > 0:
        came, labels = ways[frame]
        frame, label = frame - int(came[label]), int(labels[label])
        believed[frame] = label
    passed_over = np.ones(len(points), bool)
    passed_over[list(believed)] = False
    return _passed_over_too(points, believed), passed_over


def _passed_over_too(points: Floats, believed: dict[int, int]) -> NDArray[np.bool_]:
    """Return the labelling of all frames (T,): those passed over lie near the way between their neighbours."""
    frames = np.array(sorted(believed))
    labels = np.array([believed[frame] for frame in frames])
    out = np.zeros(len(points), bool)
    out[frames] = labels
    others = np.setdiff1d(np.arange(len(points)), frames)
    kept = points[frames, labels]
    way = np.stack([np.interp(others, frames, series) for series in kept.T], axis=1)
    away = np.linalg.norm(points[others] - way[:, None], axis=2)
    out[others] = np.nan_to_num(away).argmin(1)
    return out


def with_sides_settled(poses: Poses) -> tuple[Poses, NDArray[np.bool_]]:
    """Return the poses with swapped legs exchanged back, and which frames those are (T,).

    What a frame that is passed over draws belongs to neither leg: there they go straight from the frame believed before
    it to the one after it.
    """
    swapped, passed_over = labelled_frames(poses)
    if not (swapped | passed_over).any():
        return poses, swapped
    order = exchanged_order(poses.names)
    image, world, seen = poses.image_px.copy(), poses.world_m.copy(), poses.confidence.copy()
    image[swapped] = image[swapped][:, order]
    world[swapped] = world[swapped][:, order]
    seen[swapped] = seen[swapped][:, order]
    legs = poses.rows(*(f"{side}_{part}" for side in SIDES for part in LEG))
    for points in (image, world):
        points[:, legs] = _bridged(poses.time_s, points[:, legs], passed_over)
    return replace(poses, image_px=image, world_m=world, confidence=seen), swapped


def _bridged(time_s: Floats, points: Floats, passed_over: NDArray[np.bool_]) -> Floats:
    """Return points (T, K, D) with those of frames passed over on the straight way between their neighbours."""
    believed = np.flatnonzero(~passed_over)
    between = np.flatnonzero(passed_over[: believed[-1]])
    between = between[between > believed[0]]
    after = np.searchsorted(believed, between)
    first, last = believed[after - 1], believed[after]
    share = ((time_s[between] - time_s[first]) / (time_s[last] - time_s[first]))[:, None, None]
    out = points.copy()
    out[between] = (1.0 - share) * points[first] + share * points[last]
    return out


def exchanged_order(names: tuple[str, ...]) -> NDArray[np.int_]:
    """Return where each point comes from when the legs below the hip change places (K,)."""
    order = np.arange(len(names))
    for part in LEG:
        left, right = names.index(f"left_{part}"), names.index(f"right_{part}")
        order[left], order[right] = right, left
    return order
