"""The forms of the exercise that can be coached: their steps, and what leads through them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Guide:
    """How the coach leads through one form of the exercise.

    Attributes
    ----------
    steps : tuple of str
        In order.
    way_back : tuple of str
        The steps that are paced.
    paced : str
        What is said before the paced way back.
    says : dict of str to tuple of str
        What is said when a step begins (``squat``), its hold starts (``lunge_held``) or is done
        (``lunge_done``): keys of the section ``coach``.
    """

    steps: tuple[str, ...]
    way_back: tuple[str, ...]
    paced: str
    says: dict[str, tuple[str, ...]]


@cache
def guides() -> dict[str, Guide]:
    """Return the guides of ``guide.toml`` by variant."""
    text = (resources.files("lunge.coaching") / "guide.toml").read_text(encoding="utf-8")
    return {variant: _guide(**rows) for variant, rows in tomllib.loads(text).items()}


def guide_of(variant: str) -> Guide:
    """Return the guide of a variant.

    Raises
    ------
    ValueError
        If it cannot be coached.
    """
    if variant not in guides():
        raise ValueError(f"variant: expected one of {', '.join(guides())}, got {variant!r}")
    return guides()[variant]


def _guide(steps: list[str], way_back: list[str], paced: str, says: dict[str, list[str]]) -> Guide:
    said = {when: tuple(keys) for when, keys in says.items()}
    return Guide(tuple(steps), tuple(way_back), paced, said)
