"""Numbers that decide something, read once from data files in which each stands with unit and source.

Those of one layer stand in the layer's folder; `constants.toml` beside this file holds the others'.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar, get_type_hints

Table = TypeVar("Table")


def read(kind: type[Table], package: str, file: str) -> Table:
    """Return a data file's sections as a frozen record of frozen records.

    Parameters
    ----------
    kind : type
        A dataclass whose fields are the file's sections, each a dataclass whose
        fields are the section's keys. Lists become tuples.
    package, file : str
        Where the file lies, such as ``lunge.kinematics`` and ``kinematics.toml``.

    Raises
    ------
    ValueError
        If the file lacks a section or key, or has one that `kind` does not name.
    """
    data = tomllib.loads((resources.files(package) / file).read_text(encoding="utf-8"))
    sections = get_type_hints(kind)
    _named(data, set(sections), file)
    return kind(**{name: _section(part, data[name], f"{file}, [{name}]") for name, part in sections.items()})


def _section(kind: type[Any], rows: dict[str, Any], where: str) -> Any:
    _named(rows, set(get_type_hints(kind)), where)
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in rows.items()})


def _named(rows: dict[str, Any], expected: set[str], where: str) -> None:
    if set(rows) != expected:
        raise ValueError(f"{where}: expected {', '.join(sorted(expected))}, got {', '.join(sorted(rows))}")


@dataclass(frozen=True, slots=True)
class VideoConstants:
    """Of reading video files."""

    slowed_factor: float
    assumed_fps: float
    run_up_s: float
    near_s: float
    seek_gap_s: float
    longest_side_px: int


@dataclass(frozen=True, slots=True)
class CameraConstants:
    """Of one picture of a camera."""

    warm_up_frames: int
    longest_s: float
    again_s: float


@dataclass(frozen=True, slots=True)
class StillnessConstants:
    """Of the search for a movement's beginning and end."""

    farthest_s: float


@dataclass(frozen=True, slots=True)
class MotionConstants:
    """Of the series that tell when something happens."""

    shake_smoothing_s: float
    speed_smoothing_s: float
    depth_smoothing_s: float
    depth_trust_share: float
    standing_height_percentile: float


@dataclass(frozen=True, slots=True)
class PersonConstants:
    """Of what people say of themselves."""

    mass_kg_band: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MeasuringConstants:
    """Of how landmarks are made calm before anything is measured."""

    smoothing_s: float
    spike_s: float
    longest_gap_s: float


@dataclass(frozen=True, slots=True)
class OthersConstants:
    """Of what was done instead of the exercise."""

    bent_deg: float
    wide_heights: float
    shortest_s: float
    next_step_s: float


@dataclass(frozen=True, slots=True)
class PicturesConstants:
    """Of what a stream of pictures is like."""

    late_medians: float
    late_share: float
    often_share: float


@dataclass(frozen=True, slots=True)
class WatchingConstants:
    """Of where a long video is cut into parts."""

    part_s: float
    again_s: float
    longest_s: float
    quiet_s: float


@dataclass(frozen=True, slots=True)
class LevelsConstants:
    """Of the levels that an episode's steps are read against."""

    before_s: float
    jump_s: float


@dataclass(frozen=True, slots=True)
class ChecksConstants:
    """Of how a step's checks are read."""

    full_standing_s: float
    seen_share: float


@dataclass(frozen=True, slots=True)
class JudgingConstants:
    """Of what a repetition is judged with."""

    view_sd_deg: float


@dataclass(frozen=True, slots=True)
class ExercisesConstants:
    """Of exercise files that people add."""

    largest_mib: float


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    video: VideoConstants
    camera: CameraConstants
    stillness: StillnessConstants
    motion: MotionConstants
    person: PersonConstants
    measuring: MeasuringConstants
    others: OthersConstants
    pictures: PicturesConstants
    watching: WatchingConstants
    levels: LevelsConstants
    checks: ChecksConstants
    judging: JudgingConstants
    exercises: ExercisesConstants


@cache
def constants() -> Constants:
    """Return the constants of the modules that belong to no larger layer."""
    return read(Constants, "lunge", "constants.toml")
