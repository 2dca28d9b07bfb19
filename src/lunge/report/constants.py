"""The numbers that decide what a report shows, read once from ``report.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class ChartsConstants:
    """Of charts."""

    least_span_deg: float


@dataclass(frozen=True, slots=True)
class CurvesConstants:
    """Of what charts show."""

    around_s: float
    least_share: float


@dataclass(frozen=True, slots=True)
class FilmConstants:
    """Of the annotated video."""

    shown_s: float
    most_results: int
    assumed_fps: float


@dataclass(frozen=True, slots=True)
class FootageConstants:
    """Of the video behind an analysis."""

    around_frames: int


@dataclass(frozen=True, slots=True)
class PaperConstants:
    """Of the page as PDF."""

    most_repetitions: int
    most_pictures_count: int
    sum_letters_count: int


@dataclass(frozen=True, slots=True)
class PicturesConstants:
    """Of key pictures."""

    most_lowerings_count: int
    standing_s: float


@dataclass(frozen=True, slots=True)
class SkeletonConstants:
    """Of the skeleton."""

    least_seen_confidence: float


@dataclass(frozen=True, slots=True)
class StoryConstants:
    """Of what is said first."""

    first_checks: tuple[str, ...]
    praise_texts: int
    advice_texts: int


@dataclass(frozen=True, slots=True)
class WordsConstants:
    """Of numbers in words."""

    fine_deg: float


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    charts: ChartsConstants
    curves: CurvesConstants
    film: FilmConstants
    footage: FootageConstants
    paper: PaperConstants
    pictures: PicturesConstants
    skeleton: SkeletonConstants
    story: StoryConstants
    words: WordsConstants


@cache
def constants() -> Constants:
    """Return the constants of the report."""
    return read(Constants, "lunge.report", "report.toml")
