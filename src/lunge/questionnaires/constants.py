"""The numbers of questionnaires, read once from ``questionnaires.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class FileConstants:
    """Of the files."""

    largest_mib: float
    most_items_count: int
    deepest_count: int


@dataclass(frozen=True, slots=True)
class AnswerConstants:
    """Of what is answered."""

    longest_text_count: int
    most_radios_count: int


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    files: FileConstants
    answers: AnswerConstants


@cache
def constants() -> Constants:
    """Return the constants of questionnaires."""
    return read(Constants, "lunge.questionnaires", "questionnaires.toml")
