"""How much a lowering asks of the lower back, against the person's own stoop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from lunge.lowering.constants import constants
from lunge.records import BackLoad, Lowering

LEVEL_DEG = 90.0
"""A trunk that lies level; beyond it the moment would shrink again, but the reaching arms make up for it."""


def back_moment_nm_per_kg(trunk_lean_deg: float) -> float:
    """Return the moment of trunk, head and arms about L5/S1, held still.

    Parameters
    ----------
    trunk_lean_deg : float
        From the vertical.

    Returns
    -------
    float
        Newton metres for each kilogram of body mass, without what the hands hold: the camera does not weigh it.
    """
    c = constants().load
    lean = np.radians(min(abs(trunk_lean_deg), LEVEL_DEG))
    return float(c.trunk_mass_share * c.gravity_m_per_s2 * c.trunk_arm_m * np.sin(lean))


def with_back_loads(found: Iterable[Lowering]) -> tuple[Lowering, ...]:
    """Return lowerings with the load on the lower back as a class against the person's own stoop.

    Parameters
    ----------
    found : iterable of Lowering
        Of one person. Where none of them is a stoop, a stoop with a level trunk stands in for it.
    """
    all_of_them = tuple(found)
    stoop = stoop_deg(all_of_them)
    own = back_moment_nm_per_kg(LEVEL_DEG if stoop is None else stoop)
    return tuple(_loaded(low, own) for low in all_of_them)


def stoop_deg(found: Iterable[Lowering]) -> float | None:
    """Return how far the trunk leans in the stoops among lowerings of one person; None where there is none."""
    stoops = [low.trunk_lean_deg for low in found if low.kind == "stoop" and low.trunk_lean_deg is not None]
    return float(np.median(stoops)) if stoops else None


def _loaded(lowering: Lowering, own_stoop_nm_per_kg: float) -> Lowering:
    if lowering.trunk_lean_deg is None:
        return lowering
    moment = back_moment_nm_per_kg(lowering.trunk_lean_deg)
    return replace(
        lowering,
        back_moment_nm_per_kg=round(moment, 3),
        back_load=_class_of(moment / own_stoop_nm_per_kg),
    )


def _class_of(share: float) -> BackLoad:
    c = constants().load
    if share <= c.low_share:
        return "low"
    return "middle" if share <= c.middle_share else "high"
