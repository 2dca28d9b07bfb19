"""The planar body: where joints, centres of mass and feet are in a posture."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.mechanics.constants import constants
from lunge.mechanics.postures import Posture

Floats = NDArray[np.float64]

FRONT: Final = "front"
REAR: Final = "rear"

BELOW: Final = {"ankle": ("foot",), "knee": ("foot", "shank"), "hip": ("foot", "shank", "thigh")}


def turned(place: tuple[float, ...], forward: Floats) -> Floats:
    """Return a place (x, y), forwards and up, turned forwards by angles (...,) in radians, (..., 2)."""
    x, y = place
    cosine, sine = np.cos(forward), np.sin(forward)
    out: Floats = np.stack([cosine * x + sine * y, cosine * y - sine * x], axis=-1)
    return out


class Body:
    """Where joints, centres of mass and feet are (..., 2), metres from the hip; shares of the mass with them.

    Parameters
    ----------
    posture : Posture
    lean_share : float
        Which share of the trunk's lean the pelvis makes.
    """

    def __init__(self, posture: Posture, lean_share: float) -> None:
        g = constants().geometry
        angles = (
            *(posture.trunk_forward_deg, posture.pelvis_deg(lean_share)),
            *(posture.front_thigh_above_horizontal_deg, posture.front_shank_forward_deg),
            *(posture.rear_thigh_back_deg, posture.rear_knee_flexion_deg, posture.rear_ankle_deg()),
        )
        trunk, pelvis, front_thigh, front_shank, rear_thigh, rear_knee, rear_ankle = (
            np.radians(np.asarray(part, float)) for part in np.broadcast_arrays(*angles)
        )
        hip = turned(g.hip_m, pelvis)
        self.places: dict[str, Floats] = {"pelvis": turned(g.pelvis_com_m, pelvis) - hip}
        self.places["trunk"] = turned(g.l5s1_m, pelvis) - hip + turned(g.trunk_com_m, trunk)
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
        put[f"{leg}_thigh"] = turned((0.0, -g.thigh_com_m), thigh)
        knee = put[f"{leg}_knee"] = turned((0.0, -g.femur_m), thigh)
        put[f"{leg}_shank"] = knee + turned((0.0, -g.shank_com_m), shank)
        ankle = put[f"{leg}_ankle"] = knee + turned((g.ankle_m, -g.tibia_m), shank)
        put[f"{leg}_foot"] = ankle + turned(g.foot_com_m, foot)
        for name in ("heel", "ball", "toe"):
            put[f"{leg}_{name}"] = ankle + turned(getattr(g, f"{name}_m"), foot)

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
        """Return the moment (...,) of all below a joint, per weight of the body, metres; forwards is negative.

        Parameters
        ----------
        leg : {'front', 'rear'}
        joint : {'hip', 'knee', 'ankle'}
        at : array (...,)
            Where the ground presses, forwards.
        force : array (..., 2)
            With which force, in weights of the body.
        """
        here = self.places[f"{leg}_{joint}"]
        shares = self.shares()
        pressed = np.stack([at, np.broadcast_to(self.ground, at.shape)], axis=-1)
        out = _cross(pressed - here, force)
        for name in BELOW[joint]:
            out = out - shares[f"{leg}_{name}"] * (self.places[f"{leg}_{name}"] - here)[..., 0]
        return out


def _cross(a: Floats, b: Floats) -> Floats:
    out: Floats = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return out
