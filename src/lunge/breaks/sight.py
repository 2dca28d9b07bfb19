"""How what the camera saw joins what keys and the mouse tell: pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from lunge.breaks.constants import constants


@dataclass(frozen=True, slots=True)
class Sight:
    """What the last glances showed.

    Attributes
    ----------
    somebody : bool, optional
        Whether somebody is there; None while that is not known.
    missed : int
        Glances in a row that saw nobody.
    steady_s : float
        When the last of them was taken, on the steady clock.
    """

    somebody: bool | None = None
    missed: int = 0
    steady_s: float = 0.0


def after(sight: Sight, seen: bool, steady_s: float) -> Sight:
    """Return the sight after one more glance: once nobody may be somebody who bent down."""
    if seen:
        return Sight(True, 0, steady_s)
    missed = sight.missed + 1
    return Sight(False if missed >= constants().glance.empty_count else sight.somebody, missed, steady_s)


def joined(present: bool, sight: Sight, steady_s: float) -> bool:
    """Return whether somebody is there, by the camera where it knows, else as the desk says.

    Parameters
    ----------
    present : bool
        What keys, the mouse, and films tell.
    sight : Sight
    steady_s : float
        Now; what was seen too long ago counts no more.
    """
    if sight.somebody is None or steady_s - sight.steady_s > constants().glance.lasting_s:
        return present
    return sight.somebody
