"""SynthPose: an optional network that sees the pelvis, on `transformers`.

It looks only at what the usual network found: that one tells where the person is
and gives the points in metres; SynthPose moves the points in the picture to where
it sees them, and adds the pelvis's.
"""

from __future__ import annotations

import tomllib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module, resources
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from lunge.errors import ModelError
from lunge.pose.region import Picture
from lunge.pose.tracker import PoseTracker, TrackedPose
from lunge.poses import PELVIS, Floats

NAME: Final = "synthpose"

MEAN: Final = np.array([0.485, 0.456, 0.406], np.float32)
DEVIATION: Final = np.array([0.229, 0.224, 0.225], np.float32)
"""Of ImageNet's red, green and blue, which ViTPose's input is taken against."""


@cache
def listed() -> dict[str, Any]:
    """Return what is known of the network: its source, points and how they become ours."""
    return tomllib.loads((resources.files("lunge.pose") / "synthpose.toml").read_text(encoding="utf-8"))


class SynthPose:
    """The network, ready to run on the processor.

    Parameters
    ----------
    folder : Path
        Where its ``config.json`` and weights lie.

    Raises
    ------
    ModelError
        If the folder or a package is missing, or what lies there does not fit.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / "config.json").is_file():
            raise ModelError("errors.network.not_fetched", path=str(folder))
        try:
            self._torch, transformers = import_module("torch"), import_module("transformers")
            unreadable = import_module("safetensors").SafetensorError
        except ImportError as error:
            raise ModelError("errors.network.needs_packages", path=str(folder)) from error
        try:
            loaded = transformers.VitPoseForPoseEstimation.from_pretrained(folder, local_files_only=True)
        except (OSError, ValueError, RuntimeError, unreadable) as error:
            raise ModelError("errors.network.damaged_folder", path=str(folder)) from error
        self._model = loaded.eval()
        self._size = tuple(int(side) for side in loaded.config.backbone_config.image_size)
        if loaded.config.num_labels != len(listed()["points"]["names"]):
            raise ModelError("errors.network.other_points", path=str(folder))

    def points(self, picture: Picture, around: Floats) -> tuple[Floats, Floats]:
        """Return its points (52, 2), px of the picture, and their confidence (52,).

        Parameters
        ----------
        picture : array (H, W, 3), uint8
            Red, green, blue.
        around : array (N, 2)
            Points of the person, px: the network looks at the box around them.
        """
        height, width = self._size
        to_picture = placed(around, (width, height))
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        square = np.asarray(cv2.warpAffine(picture, to_picture, (width, height), flags=flags), np.float32)
        batch = ((square / 255.0 - MEAN) / DEVIATION).transpose(2, 0, 1)[None]
        with self._torch.inference_mode():
            maps = self._model(self._torch.from_numpy(batch.astype(np.float32))).heatmaps[0].numpy()
        peaks, confidence = decoded(maps)
        inside = peaks * np.array([width / maps.shape[2], height / maps.shape[1]])
        out: Floats = inside @ to_picture[:, :2].T + to_picture[:, 2]
        return out, confidence


def placed(around: Floats, size_px: tuple[int, int]) -> Floats:
    """Return the affine map (2, 3) from the network's picture, width and height, to the box around points."""
    low, high = around.min(0), around.max(0)
    need = (high - low) * float(listed()["use"]["padding_factor"])
    scale = float((need / np.array(size_px)).max())
    corner = (low + high) / 2 - scale * np.array(size_px) / 2
    return np.array([[scale, 0.0, corner[0]], [0.0, scale, corner[1]]])


def decoded(maps: Floats) -> tuple[Floats, Floats]:
    """Return where each heat map (K, H, W) peaks (K, 2), x and y in its pixels, and how high (K,), in [0, 1].

    Between pixels, the peak is that of a parabola through the logarithms around it.
    """
    count, height, width = maps.shape
    flat = maps.reshape(count, -1)
    best = flat.argmax(1)
    y, x = np.divmod(best, width)
    logs = np.log(np.maximum(maps, np.finfo(np.float32).tiny).astype(float))
    k = np.arange(count)
    inside_x, inside_y = np.clip(x, 1, width - 2), np.clip(y, 1, height - 2)
    shift_x = _vertex(logs[k, y, inside_x - 1], logs[k, y, inside_x], logs[k, y, inside_x + 1])
    shift_y = _vertex(logs[k, inside_y - 1, x], logs[k, inside_y, x], logs[k, inside_y + 1, x])
    peaks = np.column_stack([x + np.where(x == inside_x, shift_x, 0.0), y + np.where(y == inside_y, shift_y, 0.0)])
    return peaks, np.clip(flat[k, best].astype(float), 0.0, 1.0)


def _vertex(before: Floats, at: Floats, after: Floats) -> Floats:
    """Return how far a parabola's peak is from its middle point, at most half a pixel."""
    bend = before - 2 * at + after
    shift = (before - after) / np.where(bend < 0, 2 * bend, np.inf)
    out: Floats = np.clip(shift, -0.5, 0.5)
    return out


def ours(points: Floats, confidence: Floats) -> tuple[dict[str, Floats], dict[str, float]]:
    """Return our points (2,) by name as far as the network is sure of them, and how sure."""
    data = listed()
    order = {name: k for k, name in enumerate(data["points"]["names"])}
    found: dict[str, Floats] = {}
    sure: dict[str, float] = {}
    for name, theirs in data["mapping"].items():
        rows = [order[other] for other in theirs]
        least = float(confidence[rows].min())
        if least >= data["use"]["least_confidence"]:
            found[name], sure[name] = points[rows].mean(0), least
    return found, sure


class PelvisTracker:
    """Follows a person as `PoseTracker` does, and sees the pelvis, too.

    Parameters
    ----------
    tracker : PoseTracker
    network : SynthPose
    """

    def __init__(self, tracker: PoseTracker, network: SynthPose) -> None:
        self._tracker, self._network = tracker, network

    def steps(self, frames: Iterable[tuple[float, Picture]]) -> Iterator[TrackedPose]:
        """Yield the pose in each picture of a stream, in order, with the points of `PELVIS` at the end."""
        waiting: deque[Picture] = deque()

        def passed_on() -> Iterator[tuple[float, Picture]]:
            for time_s, picture in frames:
                waiting.append(picture)
                yield time_s, picture

        for pose in self._tracker.steps(passed_on()):
            yield self._with_pelvis(pose, waiting.popleft())

    def _with_pelvis(self, pose: TrackedPose, picture: Picture) -> TrackedPose:
        names, more = (*pose.names, *PELVIS), len(PELVIS)
        image = np.concatenate([pose.image_px, np.full((more, 2), np.nan)])
        world = np.concatenate([pose.world_m, np.full((more, 3), np.nan)])
        seen = np.concatenate([pose.confidence, np.zeros(more)])
        if np.isfinite(pose.image_px).all():
            found, sure = ours(*self._network.points(picture, pose.image_px))
            for name, point in found.items():
                k = names.index(name)
                image[k], seen[k] = point, sure[name]
        return replace(pose, image_px=image, world_m=world, confidence=seen, names=names)
