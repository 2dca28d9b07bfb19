"""Trials of motion capture, seen by a virtual camera as the pose network would see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from lunge.evaluation.camera import Viewpoint, camera_at
from lunge.evaluation.constants import constants
from lunge.evaluation.landmark_noise import landmark_noise_heights
from lunge.evaluation.markers import heading_of, keypoints_m, markers_by_name
from lunge.poses import KEYPOINTS, Floats, Poses

NAME: Final = re.compile(r"(s\d+)_(correct|incorrect)_e(\d+)_markers_mm")


@dataclass(frozen=True, slots=True)
class Trial:
    """One repetition of one person.

    Attributes
    ----------
    name : str
    subject : str
        Who did it.
    correct : bool
        Whether it was done as instructed.
    time_s : array (T,)
    points_m : array (T, 33, 3)
        The points of `KEYPOINTS` in the room, metres, z up.
    """

    name: str
    subject: str
    correct: bool
    time_s: Floats
    points_m: Floats

    @property
    def height_m(self) -> float:
        """Body height as the eyes' greatest height tells, metres; in a split stance some percent too small."""
        eyes = self.points_m[:, [KEYPOINTS.index("left_eye"), KEYPOINTS.index("right_eye")], 2]
        return float(np.nanmax(eyes)) / constants().trials.eyes_heights


def trials(path: Path) -> Iterator[Trial]:
    """Yield the trials of a marker file, at a video's frame rate.

    Parameters
    ----------
    path : Path
        A ``.npz`` with arrays ``sSS_correct_eEE_markers_mm`` and ``sSS_incorrect_eEE_markers_mm`` (T, 39, 3).
    """
    own = constants().trials
    with np.load(path, allow_pickle=False) as data:
        for name in data.files:
            match = NAME.fullmatch(name)
            if match is None:
                continue
            markers = data[name].astype(float)
            time_s = np.arange(0.0, len(markers) / own.capture_fps, 1.0 / own.camera_fps)
            frames = np.minimum(np.round(time_s * own.capture_fps).astype(int), len(markers) - 1)
            points = keypoints_m(markers_by_name(markers))[frames]
            yield Trial(name.removesuffix("_markers_mm"), match[1], match[2] == "correct", time_s, points)


def poses_of(trial: Trial, viewpoint: Viewpoint, noise_seed: int | None = None) -> Poses:
    """Return what the pose network would see of a trial from a viewpoint around the person.

    Parameters
    ----------
    trial : Trial
    viewpoint : Viewpoint
        Its azimuth is taken from the line of the feet.
    noise_seed : int, optional
        Lays landmark noise over the points, the same for the same seed; without it they are exact.

    Notes
    -----
    Nothing hides anything: a point has confidence 1 where its markers were seen, else 0.
    """
    hips = [KEYPOINTS.index("left_hip"), KEYPOINTS.index("right_hip")]
    middle = trial.points_m[:, hips].mean(axis=1)
    camera = camera_at(viewpoint, np.nanmedian(middle, axis=0), heading_of(trial.points_m))
    seen = camera.seen_m(trial.points_m)
    image = camera.image_px(trial.points_m)
    if noise_seed is not None:
        noise = landmark_noise_heights(trial.time_s, np.random.default_rng(noise_seed)) * trial.height_m
        image = image + noise[..., :2] * camera.focal_px / camera.seen_m(middle)[:, None, 2:]
        seen = seen + noise
    world = seen - seen[:, hips].mean(axis=1, keepdims=True)
    found = np.isfinite(image).all(axis=-1) & np.isfinite(world).all(axis=-1)
    return Poses(
        time_s=trial.time_s,
        image_px=np.where(found[..., None], image, np.nan),
        world_m=np.where(found[..., None], world, np.nan),
        confidence=found.astype(float),
        width_px=viewpoint.width_px,
        height_px=viewpoint.height_px,
    )
