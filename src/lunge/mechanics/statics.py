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

from lunge.mechanics.constants import constants

Floats = NDArray[np.float64]

FRONT: Final = "front"
REAR: Final = "rear"


@dataclass(frozen=True, slots=True)
class Posture:
    """A split stance from the side; arrays (...,) or numbers, degrees.

    Attributes
    ----------
    trunk_forward_deg : array
        Lean of the line from the hips to the shoulders.
    front_thigh_above_horizontal_deg : array
    front_shank_forward_deg : array
        From the vertical; the knee ahead of the ankle is positive.
    rear_thigh_back_deg : array
        From the vertical; the knee behind the hip is positive.
    rear_knee_flexion_deg : array
    rear_ankle_dorsiflexion_deg : array
    """

    trunk_forward_deg: ArrayLike
    front_thigh_above_horizontal_deg: ArrayLike
    front_shank_forward_deg: ArrayLike
    rear_thigh_back_deg: ArrayLike
    rear_knee_flexion_deg: ArrayLike
    rear_ankle_dorsiflexion_deg: ArrayLike = 26.0


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
    back_nm_per_kg : array
        About the joint between L5 and S1; that of the muscles that straighten the trunk is positive.
    """

    front_share: Floats
    horizontal_share: Floats
    front_hip_nm_per_kg: Floats
    front_knee_nm_per_kg: Floats
    rear_hip_nm_per_kg: Floats
    rear_knee_nm_per_kg: Floats
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
    body = _Body(posture, rule)
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
        for joint in ("knee", "hip")
    }
    return Loads(
        front_share=share,
        horizontal_share=forces[FRONT][..., 0],
        front_hip_nm_per_kg=moments[FRONT, "hip"],
        front_knee_nm_per_kg=-moments[FRONT, "knee"],
        rear_hip_nm_per_kg=-moments[REAR, "hip"],
        rear_knee_nm_per_kg=-moments[REAR, "knee"],
        back_nm_per_kg=back_nm_per_kg(posture.trunk_forward_deg),
    )


def band(posture: Posture) -> Band:
    """Return the loads of a posture by the usual rule, with the band of all that are plausible."""
    every = plausible_loads(posture)
    return Band(every[0], _each(np.minimum, every), _each(np.maximum, every))


def plausible_loads(posture: Posture) -> list[Loads]:
    """Return the loads of a posture by the usual rule, then by each rule at the ends of what is plausible.

    The band of a sum or a share of loads is read from these: the ends of its parts belong to different rules.
    """
    c = constants().ground
    ends = [Rule(m, p) for m in c.meeting_factor_band for p in c.pelvis_lean_share_band]
    return [loads(posture), *(loads(posture, rule) for rule in ends)]


def back_nm_per_kg(trunk_forward_deg: ArrayLike) -> Floats:
    """Return the moment (...,) about the joint between L5 and S1 at a lean of the trunk, Nm/kg.

    Its offset is uncertain by 0.33 Nm/kg: only differences between leans say something, and its part
    of a person's own stoop (`share_of_stoop`).
    """
    ahead = _turned(constants().geometry.trunk_com_m, np.radians(np.asarray(trunk_forward_deg, float)))[..., 0]
    out: Floats = constants().ground.gravity_m_per_s2 * constants().segments.trunk_share * ahead
    return out


def share_of_stoop(trunk_forward_deg: ArrayLike, stoop_deg: float) -> Floats:
    """Return how much of the way from upright to a stoop a lean (...,) loads the lower back: 0 upright, 1 stooping.

    Parameters
    ----------
    trunk_forward_deg : array (...,)
    stoop_deg : float
        The person's own stoop.
    """
    upright, stoop = back_nm_per_kg(0.0), back_nm_per_kg(stoop_deg)
    out: Floats = (back_nm_per_kg(trunk_forward_deg) - upright) / (stoop - upright)
    return out


def _each(choose: np.ufunc, found: list[Loads]) -> Loads:
    return replace(found[0], **{f.name: choose.reduce([getattr(one, f.name) for one in found]) for f in fields(Loads)})


def _turned(place: tuple[float, ...], forward: Floats) -> Floats:
    """Return a place (x, y), forwards and up, turned forwards by angles (...,) in radians, (..., 2)."""
    x, y = place
    cosine, sine = np.cos(forward), np.sin(forward)
    out: Floats = np.stack([cosine * x + sine * y, cosine * y - sine * x], axis=-1)
    return out


def _cross(a: Floats, b: Floats) -> Floats:
    out: Floats = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return out


class _Body:
    """Where joints, centres of mass and feet are (..., 2), metres from the hip; shares of the mass with them."""

    def __init__(self, posture: Posture, rule: Rule) -> None:
        g = constants().geometry
        parts = np.broadcast_arrays(*(getattr(posture, f.name) for f in fields(posture)))
        trunk, front_thigh, front_shank, rear_thigh, rear_knee, rear_ankle = (
            np.radians(np.asarray(part, float)) for part in parts
        )
        pelvis = rule.pelvis_lean_share * trunk
        hip = _turned(g.hip_m, pelvis)
        self.places: dict[str, Floats] = {"pelvis": _turned(g.pelvis_com_m, pelvis) - hip}
        self.places["trunk"] = _turned(g.l5s1_m, pelvis) - hip + _turned(g.trunk_com_m, trunk)
        # Turning forwards takes a knee backwards: a level front thigh is turned by -90 degrees.
        self._leg(FRONT, front_thigh - np.pi / 2, front_shank, np.zeros_like(trunk))
        self._leg(REAR, rear_thigh, rear_thigh + rear_knee, rear_thigh + rear_knee - rear_ankle)
        shares = self.shares()
        self.mass_centre: Floats = sum(share * self.places[name] for name, share in shares.items()) / sum(  # type: ignore[assignment]
            shares.values()
        )

    def _leg(self, leg: str, thigh: Floats, shank: Floats, foot: Floats) -> None:
        g, put = constants().geometry, self.places
        put[f"{leg}_hip"] = np.zeros((*thigh.shape, 2))
        put[f"{leg}_thigh"] = _turned((0.0, -g.thigh_com_m), thigh)
        knee = put[f"{leg}_knee"] = _turned((0.0, -g.femur_m), thigh)
        put[f"{leg}_shank"] = knee + _turned((0.0, -g.shank_com_m), shank)
        ankle = put[f"{leg}_ankle"] = knee + _turned((g.ankle_m, -g.tibia_m), shank)
        put[f"{leg}_foot"] = ankle + _turned(g.foot_com_m, foot)
        for name in ("heel", "ball", "toe"):
            put[f"{leg}_{name}"] = ankle + _turned(getattr(g, f"{name}_m"), foot)

    def shares(self) -> dict[str, float]:
        """Return the shares of the mass, by part."""
        s = constants().segments
        legs = {"thigh": s.thigh_share, "shank": s.shank_share, "foot": s.foot_share}
        parts = {f"{leg}_{name}": share for leg in (FRONT, REAR) for name, share in legs.items()}
        return {"pelvis": s.pelvis_share, "trunk": s.trunk_share} | parts

    @property
    def ground(self) -> Floats:
        """The height (...,) of the ground: under the front foot, which is flat."""
        out: Floats = self.places["front_heel"][..., 1]
        return out

    def contact(self, leg: str, pressure_share: float) -> Floats:
        """Return where (...,) the centre of pressure is, forwards: the rear toes are flat, bent at the ball."""
        g = constants().geometry
        if leg == FRONT:
            heel, toe = self.places["front_heel"][..., 0], self.places["front_toe"][..., 0]
            out: Floats = heel + pressure_share * (toe - heel)
            return out
        return np.asarray(self.places["rear_ball"][..., 0] + pressure_share * (g.toe_m[0] - g.ball_m[0]))

    def moment(self, leg: str, joint: str, at: Floats, force: Floats) -> Floats:
        """Return the moment (...,) of all below a joint, per weight of the body, metres; forwards is negative."""
        here = self.places[f"{leg}_{joint}"]
        below = ("foot", "shank", "thigh") if joint == "hip" else ("foot", "shank")
        shares = self.shares()
        pressed = np.stack([at, np.broadcast_to(self.ground, at.shape)], axis=-1)
        out = _cross(pressed - here, force)
        for name in below:
            out = out - shares[f"{leg}_{name}"] * (self.places[f"{leg}_{name}"] - here)[..., 0]
        return out
