"""Landmarks and truth of one clip in one small file: whole numbers, compressed.

``image_px10`` (T, K, 2) in tenths of a pixel, ``world_mm`` (T, K, 3), ``confidence_percent`` (T, K),
``time_s`` (T,), ``truth_values`` (N, T) in the steps that `STEPS` names, ``truth_points_px10`` (P, T, 2),
and ``meta``, a JSON text with names, where the landmarks come from, and truth's repetitions.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.errors import InputError
from lunge.evaluation.truth import Truth
from lunge.evaluation.truth_file import head_as_dict, truth_from_head
from lunge.posefile import PoseSource, source_as_dict, source_from_dict
from lunge.poses import Floats, Poses

SCHEMA: Final = "lunge.groundtruth/1"
NOWHERE: Final = -32768
"""Stands for NaN."""

STEPS: Final = {"deg": 50.0, "heights": 10_000.0, "widths": 1_000.0, "share": 1_000.0}
"""Whole numbers per unit, by how a measure's name ends: half of a step is far below every error."""


def save_packed(path: Path, poses: Poses, source: PoseSource, truth: Truth) -> None:
    """Write a clip's landmarks and truth.

    Parameters
    ----------
    path : Path
        Ends in ``.npz``.
    poses : Poses
        Raw, as the network gave them.
    source : PoseSource
    truth : Truth
        With series on its own time axis.
    """
    names = sorted(truth.values)
    points = sorted(truth.points_px)
    meta = {
        "schema": SCHEMA,
        "size_px": [poses.width_px, poses.height_px],
        "source": source_as_dict(replace(source, path=truth.name)),
        "truth": head_as_dict(truth),
        "names": names,
        "points": points,
    }
    np.savez_compressed(
        path,
        time_s=poses.time_s,
        image_px10=_whole(poses.image_px, 10.0),
        world_mm=_whole(poses.world_m, 1000.0),
        confidence_percent=np.rint(100 * poses.confidence).astype(np.uint8),
        truth_time_s=truth.time_s,
        truth_values=np.stack([_whole(truth.values[n], _step(n)) for n in names]),
        truth_points_px10=np.stack([_whole(truth.points_px[n], 10.0) for n in points]),
        meta=np.array(json.dumps(meta)),
    )


def is_packed(path: Path) -> bool:
    """Return whether a file holds landmarks and truth."""
    try:
        with np.load(path, allow_pickle=False) as data:
            return "image_px10" in data and "truth_values" in data
    except (OSError, ValueError, zipfile.BadZipFile):
        return False


def load_packed(path: Path) -> tuple[Poses, PoseSource, Truth]:
    """Return the landmarks, where they come from, and the truth of a clip.

    Raises
    ------
    InputError
        If the file is damaged or something else.
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            arrays = {key: data[key] for key in data.files}
        meta = json.loads(str(arrays["meta"]))
        poses = Poses(
            time_s=arrays["time_s"],
            image_px=_number(arrays["image_px10"], 10.0),
            world_m=_number(arrays["world_mm"], 1000.0),
            confidence=arrays["confidence_percent"] / 100.0,
            width_px=meta["size_px"][0],
            height_px=meta["size_px"][1],
        )
        source = source_from_dict(meta["source"])
        truth = replace(
            truth_from_head(meta["truth"], path.stem),
            time_s=arrays["truth_time_s"],
            values={n: _number(v, _step(n)) for n, v in zip(meta["names"], arrays["truth_values"], strict=True)},
            points_px={n: _number(v, 10.0) for n, v in zip(meta["points"], arrays["truth_points_px10"], strict=True)},
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise InputError("errors.truth.packed", name=path.name, path=str(path)) from error
    return poses, source, truth


def _step(name: str) -> float:
    return STEPS[name.rpartition("_")[2]]


def _whole(values: Floats, step: float) -> NDArray[np.int16]:
    out: NDArray[np.int16] = np.where(
        np.isfinite(values), np.clip(np.rint(values * step), -32767, 32767), NOWHERE
    ).astype(np.int16)
    return out


def _number(whole: NDArray[np.int16], step: float) -> Floats:
    out: Floats = np.where(whole == NOWHERE, np.nan, whole / step)
    return out
