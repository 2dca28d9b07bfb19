"""The numbers that decide how the handbook looks, read once from ``handbook.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lunge.constants import read


@dataclass(frozen=True, slots=True)
class FigureConstants:
    """Of the drawn body."""

    edge_m: float
    thigh_m: float
    shank_m: float
    foot_m: float
    trunk_m: float
    chest_m: float
    arm_m: float
    neck_m: float
    head_m: float
    width_m: float
    height_m: float
    middle_m: float
    margin_m: float


@dataclass(frozen=True, slots=True)
class SheetsConstants:
    """Of the plan and the diary."""

    ahead_days: int


@dataclass(frozen=True, slots=True)
class Constants:
    """All of them."""

    figure: FigureConstants
    sheets: SheetsConstants


@cache
def constants() -> Constants:
    """Return the constants of the handbook."""
    return read(Constants, "lunge.handbook", "handbook.toml")
