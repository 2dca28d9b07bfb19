"""Lowerings that a person's own lunge is compared with: the squat, and the stoop that reaches as low."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lunge.mechanics.body import FRONT, Body
from lunge.mechanics.constants import constants
from lunge.mechanics.postures import UPRIGHT_THIGH_DEG, Posture

Floats = NDArray[np.float64]

LEVEL_DEG = 90.0
"""A trunk that lies level: bent further the moment on the lower back would shrink again."""


@dataclass(frozen=True, slots=True)
class Proportions:
    """Lengths of a person's own segments as shares of the body height.

    Attributes
    ----------
    thigh_share, shank_share : float
    trunk_share : float
        From the middle of the hips to the middle of the shoulders.
    """

    thigh_share: float
    shank_share: float
    trunk_share: float


def usual_proportions() -> Proportions:
    """Return those of the model."""
    g = constants().geometry
    metres = (g.femur_m, g.tibia_m, g.hip_to_shoulder_m)
    return Proportions(*(length / g.model_height_m for length in metres))


def modelled_stoop_deg(posture: Posture, own: Proportions | None = None) -> Floats:
    """Return how far the trunk must lean (...,), over straight legs, to bring the shoulders as low as a lunge does.

    The hands hang from the shoulders: it is the stoop that reaches what the lunge reaches.

    Parameters
    ----------
    posture : Posture
        The lunge.
    own : Proportions, optional
        The model's if left out.

    Returns
    -------
    array (...,)
        Degrees; 90 where no stoop reaches as low.
    """
    own = own or usual_proportions()
    trunk, thigh, shank = (
        np.radians(np.asarray(part, float))
        for part in (
            posture.trunk_forward_deg,
            posture.front_thigh_above_horizontal_deg,
            posture.front_shank_forward_deg,
        )
    )
    hips_lower = own.thigh_share * (1.0 - np.sin(thigh)) + own.shank_share * (1.0 - np.cos(shank))
    cosine = np.cos(trunk) - hips_lower / own.trunk_share
    out: Floats = np.degrees(np.arccos(np.clip(cosine, np.cos(np.radians(LEVEL_DEG)), 1.0)))
    return out


def squat(trunk_forward_deg: ArrayLike, thigh_above_horizontal_deg: ArrayLike, shank_forward_deg: ArrayLike) -> Posture:
    """Return a squat, both legs alike, as a posture whose feet are both flat."""
    thigh = UPRIGHT_THIGH_DEG - np.asarray(thigh_above_horizontal_deg, float)
    shank = np.asarray(shank_forward_deg, float)
    return Posture(trunk_forward_deg, thigh_above_horizontal_deg, shank_forward_deg, -thigh, thigh + shank, shank)


def usual_squat() -> Posture:
    """Return the squat of the exercise on the model's body."""
    c = constants().squat
    return squat(c.trunk_forward_deg, c.thigh_above_horizontal_deg, c.shank_forward_deg)


@dataclass(frozen=True, slots=True)
class SquatLoads:
    """Loads of one leg in a squat at rest, arrays (...,), Nm/kg.

    Attributes
    ----------
    hip_nm_per_kg, knee_nm_per_kg : array
        Extension is positive.
    ankle_nm_per_kg : array
        Plantarflexion is positive.
    """

    hip_nm_per_kg: Floats
    knee_nm_per_kg: Floats
    ankle_nm_per_kg: Floats


def squat_loads(posture: Posture, pelvis_lean_share: float) -> SquatLoads:
    """Return the loads of a squat as `squat` makes it: each foot carries half, under the mass.

    The person balances: where the mass seems to be beside the feet, an error of the angles put it there, and the feet's
    ends are taken.

    Parameters
    ----------
    posture : Posture
    pelvis_lean_share : float
        Which share of the trunk's lean the pelvis makes.
    """
    body = Body(posture, pelvis_lean_share)
    at = _pressed(body)
    half = np.stack([np.zeros_like(at), np.full_like(at, 1 / 2)], axis=-1)
    gravity = constants().ground.gravity_m_per_s2
    hip, knee, ankle = (gravity * body.moment(FRONT, joint, at, half) for joint in ("hip", "knee", "ankle"))
    return SquatLoads(hip, -knee, ankle)


def balances(posture: Posture, pelvis_lean_share: float) -> bool:
    """Return whether somebody could stand in a squat; False where it was not seen."""
    body = Body(posture, pelvis_lean_share)
    beside = np.abs(body.mass_centre[..., 0] - _pressed(body))
    return bool(beside <= constants().ground.beside_foot_m)


def _pressed(body: Body) -> Floats:
    """Return where on the flat feet (...,) the ground presses under the mass."""
    out: Floats = np.clip(body.mass_centre[..., 0], body.places["front_heel"][..., 0], body.places["front_toe"][..., 0])
    return out
