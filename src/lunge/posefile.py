"""Landmark files: save what the network saw, and analyse it later without the video.

A ``.npz`` (NumPy's zip of arrays) with ``time_s`` (T,), ``image_px`` (T, K, 2),
``world_m`` (T, K, 3), ``confidence`` (T, K) and ``meta``, a JSON text that names the
schema, the points, the picture's size, the network, the people seen, and the video's
name, SHA-256 and notes (in English, and with their keys). Numbers are 32-bit floats,
NaN = not seen, and come back exactly.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from lunge.errors import MissingFileError, OutputError, PoseFileError
from lunge.messages import Sentence
from lunge.poses import Poses
from lunge.records import Target

SCHEMA: Final = "lunge.poses/1"


@dataclass(frozen=True, slots=True)
class PoseSource:
    """Where poses come from."""

    path: str
    sha256: str | None
    model: str
    precision: str
    people: int
    duration_s: float
    notes: tuple[Sentence, ...] = ()
    asked: Target | None = None
    """What was asked in the live session that recorded it; None for a video."""


def save_poses(path: Path, poses: Poses, source: PoseSource) -> Path:
    """Write a landmark file, whole or not at all, and return its path.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    meta = {
        "schema": SCHEMA,
        "names": list(poses.names),
        "width_px": poses.width_px,
        "height_px": poses.height_px,
        "source": source_as_dict(source),
        "notes": [{"key": note.key, "fill": dict(note.fill)} for note in source.notes],
    }
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            np.savez_compressed(
                file,
                time_s=poses.time_s,
                image_px=poses.image_px.astype(np.float32),
                world_m=poses.world_m.astype(np.float32),
                confidence=poses.confidence.astype(np.float32),
                meta=np.array(json.dumps(meta)),
            )
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OutputError("errors.output.landmarks", path=str(path)) from error
    return path


def load_poses(path: Path) -> tuple[Poses, PoseSource]:
    """Return the poses in a landmark file, and where they come from.

    Raises
    ------
    MissingFileError
        If there is no such file.
    PoseFileError
        If it is damaged or something else.
    """
    if not path.is_file():
        raise MissingFileError(path)
    try:
        with np.load(path, allow_pickle=False) as data:
            meta = json.loads(str(data["meta"]))
            poses = Poses(
                time_s=data["time_s"].astype(float),
                image_px=data["image_px"].astype(float),
                world_m=data["world_m"].astype(float),
                confidence=data["confidence"].astype(float),
                width_px=int(meta["width_px"]),
                height_px=int(meta["height_px"]),
                names=tuple(meta["names"]),
            )
        return poses, source_from_dict(meta["source"], meta.get("notes"))
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise PoseFileError("errors.input.no_landmarks", name=path.name, path=str(path)) from error


def source_as_dict(source: PoseSource) -> dict[str, Any]:
    """Return where poses come from as plain data, its notes in English."""
    return asdict(replace(source, notes=())) | {"notes": [note.text() for note in source.notes]}


def source_from_dict(row: dict[str, Any], said: list[dict[str, Any]] | None = None) -> PoseSource:
    """Return where poses come from.

    Parameters
    ----------
    row : dict
        As from `source_as_dict`.
    said : list of dict, optional
        Key and fill of each note; files of earlier versions have the notes in English alone.
    """
    asked = row.get("asked")
    plain = tuple(Sentence("notes.as_written", {"text": text}) for text in row["notes"])
    notes = plain if said is None else tuple(Sentence(note["key"], note["fill"]) for note in said)
    return PoseSource(**row | {"notes": notes, "asked": None if asked is None else _target(asked)})


def _target(row: dict[str, Any]) -> Target:
    limit = row.get("front_thigh_limit_deg")
    return Target(**row | {"front_thigh_limit_deg": None if limit is None else tuple(limit)})
