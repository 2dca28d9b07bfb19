"""The numbers of the storage layer, read once from ``storage.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class DatabaseConstants:
    """Of the database and the folders beside it."""

    wait_s: float
    leftover_s: float


@dataclass(frozen=True, slots=True)
class ArchiveConstants:
    """Of archives that are written and read."""

    sets_at_once_count: int
    largest_entry_mib: float
    largest_own_mib: float


@dataclass(frozen=True, slots=True)
class FigureConstants:
    """Of what is counted up from a set."""

    interval_sd_factor: float


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    database: DatabaseConstants
    archive: ArchiveConstants
    figures: FigureConstants


@cache
def constants() -> Constants:
    """Return the constants of the storage layer."""
    return read(Constants, "lunge.storage", "storage.toml")
