"""The numbers of this layer, read once from ``trends.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class SpanConstants:
    """How long the spans are."""

    month_days: int
    quarter_days: int
    year_days: int


@dataclass(frozen=True, slots=True)
class BandConstants:
    """Of the minimum detectable change."""

    first_days: int


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    spans: SpanConstants
    band: BandConstants


@cache
def constants() -> Constants:
    """Return the constants of the trends."""
    return read(Constants, "lunge.trends", "trends.toml")
