"""Loads in split stance at rest: what the ground's forces do to hips, knees and the lower back.

A planar model of the body at rest, seen from the side. The vertical forces follow from where the mass
is over the feet. The horizontal forces do not show in any picture: one number stands for them (see
``mechanics.toml``, *meeting_factor*), and its band is carried through to every result.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lunge.mechanics.body import FRONT, REAR, Body, turned
from lunge.mechanics.constants import constants
from lunge.mechanics.postures import Posture

__all__ = [
    "FRONT",
    "REAR",
    "Band",
    "Loads",
    "Posture",
    "Rule",
    "back_nm_per_kg",
    "band",
    "loads",
    "plausible_loads",
    "plausible_rules",
    "share_of_stoop",
    "usual_rule",
]

Floats = NDArray[np.float64]

JOINTS: Final = ("ankle", "knee", "hip")


@dataclass(frozen=True, slots=True)
class Rule:
    """What no picture shows.

    Attributes
    ----------
    meeting_factor : float
        Height, in heights of the centre of mass, where the lines of both feet's forces meet.
    pelvis_lean_share : float
        Which share of the trunk's lean the pelvis makes.
    """

    meeting_factor: float
    pelvis_lean_share: float


@dataclass(frozen=True, slots=True)
class Loads:
    """Loads of a posture, arrays (...,); moments in newton metres a kilogram of body mass, for the model's size.

    Attributes
    ----------
    front_share : array
        Of the weight, on the front foot.
    horizontal_share : array
        The front foot's horizontal force, in body weights; backwards is negative.
    front_hip_nm_per_kg, front_knee_nm_per_kg : array
        Extension is positive.
    rear_hip_nm_per_kg : array
        Flexion is positive.
    rear_knee_nm_per_kg : array
        Extension is positive.
    front_ankle_nm_per_kg, rear_ankle_nm_per_kg : array
        Plantarflexion is positive.
    back_nm_per_kg : array
        About the joint between L5 and S1; that of the muscles that straighten the trunk is positive.
    """

    front_share: Floats
    horizontal_share: Floats
    front_hip_nm_per_kg: Floats
    front_knee_nm_per_kg: Floats
    rear_hip_nm_per_kg: Floats
    rear_knee_nm_per_kg: Floats
    front_ankle_nm_per_kg: Floats
    rear_ankle_nm_per_kg: Floats
    back_nm_per_kg: Floats

    @property
    def demand_nm_per_kg(self) -> Floats:
        """What the front hip and knee carry together: hardly any horizontal force changes it at a level thigh."""
        out: Floats = self.front_hip_nm_per_kg + self.front_knee_nm_per_kg
        return out

    @property
    def hip_share(self) -> Floats:
        """The hip's share of `demand_nm_per_kg`; NaN where there is no demand."""
        demand = self.demand_nm_per_kg
        out: Floats = np.divide(self.front_hip_nm_per_kg, demand, out=np.full_like(demand, np.nan), where=demand > 0)
        return out


@dataclass(frozen=True, slots=True)
class Band:
    """Loads by the usual rule, and the lowest and highest of all rules that are plausible."""

    usual: Loads
    low: Loads
    high: Loads


def usual_rule() -> Rule:
    """Return the rule that is used."""
    c = constants().ground
    return Rule(c.meeting_factor, c.pelvis_lean_share)


def loads(posture: Posture, rule: Rule | None = None) -> Loads:
    """Return the loads of a posture at rest.

    Parameters
    ----------
    posture : Posture
        NaN gives NaN.
    rule : Rule, optional
        The usual one if left out.

    Returns
    -------
    Loads
        Of a body of the model's proportions.
    """
    rule = rule or usual_rule()
    body = Body(posture, rule.pelvis_lean_share)
    c = constants().ground
    front = body.contact(FRONT, c.front_pressure_share)
    rear = body.contact(REAR, c.rear_pressure_share)
    mass, height = body.mass_centre[..., 0], body.mass_centre[..., 1] - body.ground
    share = (mass - rear) / (front - rear)
    lift = rule.meeting_factor * height
    forces = {
        FRONT: np.stack([share * (mass - front) / lift, share], axis=-1),
        REAR: np.stack([(1 - share) * (mass - rear) / lift, 1 - share], axis=-1),
    }
    moments = {
        (leg, joint): c.gravity_m_per_s2 * body.moment(leg, joint, at, forces[leg])
        for leg, at in ((FRONT, front), (REAR, rear))
        for joint in JOINTS
    }
    return Loads(
        front_share=share,
        horizontal_share=forces[FRONT][..., 0],
        front_hip_nm_per_kg=moments[FRONT, "hip"],
        front_knee_nm_per_kg=-moments[FRONT, "knee"],
        rear_hip_nm_per_kg=-moments[REAR, "hip"],
        rear_knee_nm_per_kg=-moments[REAR, "knee"],
        front_ankle_nm_per_kg=moments[FRONT, "ankle"],
        rear_ankle_nm_per_kg=moments[REAR, "ankle"],
        back_nm_per_kg=back_nm_per_kg(posture.trunk_forward_deg),
    )


def band(posture: Posture) -> Band:
    """Return the loads of a posture by the usual rule, with the band of all that are plausible."""
    every = plausible_loads(posture)
    return Band(every[0], _each(np.minimum, every), _each(np.maximum, every))


def plausible_rules() -> list[Rule]:
    """Return the usual rule, then the rules at the ends of what is plausible."""
    c = constants().ground
    return [usual_rule(), *(Rule(m, p) for m in c.meeting_factor_band for p in c.pelvis_lean_share_band)]


def plausible_loads(posture: Posture) -> list[Loads]:
    """Return the loads of a posture by each of `plausible_rules`.

    The band of a sum or a share of loads is read from these: the ends of its parts belong to different rules.
    """
    return [loads(posture, rule) for rule in plausible_rules()]


def back_nm_per_kg(trunk_forward_deg: ArrayLike, ahead_m: float | None = None) -> Floats:
    """Return the moment (...,) about the joint between L5 and S1 at a lean of the trunk, Nm/kg.

    Its offset is uncertain by 0.33 Nm/kg: only differences between leans say something, and its part
    of a person's own stoop (`share_of_stoop`).

    Parameters
    ----------
    trunk_forward_deg : array (...,)
    ahead_m : float, optional
        How far ahead of the joint the mass above it is in an upright trunk; the model's if left out.
    """
    ahead, up = constants().geometry.trunk_com_m
    place = (ahead if ahead_m is None else ahead_m, up)
    lever = turned(place, np.radians(np.asarray(trunk_forward_deg, float)))[..., 0]
    out: Floats = constants().ground.gravity_m_per_s2 * constants().segments.trunk_share * lever
    return out


def share_of_stoop(
    trunk_forward_deg: ArrayLike, stoop_deg: ArrayLike, upright_deg: ArrayLike = 0.0, ahead_m: float | None = None
) -> Floats:
    """Return how much of the way from standing to a stoop a lean (...,) loads the lower back: 0 standing, 1 stooping.

    Parameters
    ----------
    trunk_forward_deg : array (...,)
    stoop_deg : array (...,)
        The person's own stoop.
    upright_deg : array (...,)
        How the person's own trunk leans in standing.
    ahead_m : float, optional
        As in `back_nm_per_kg`.
    """
    at, upright, stoop = (back_nm_per_kg(deg, ahead_m) for deg in (trunk_forward_deg, upright_deg, stoop_deg))
    out: Floats = (at - upright) / (stoop - upright)
    return out


def _each(choose: np.ufunc, found: list[Loads]) -> Loads:
    return replace(found[0], **{f.name: choose.reduce([getattr(one, f.name) for one in found]) for f in fields(Loads)})
