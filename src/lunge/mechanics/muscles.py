"""Lengths and moment arms of 26 leg muscles from the angles of hip, knee and ankle.

Polynomials that were fitted to a reference model (``muscles.json`` names it). They agree with it to
0.5 % of each muscle's range, the gastrocnemii apart, whose own moment arms there are not the
derivative of their length.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lunge.mechanics.constants import constants

Floats = NDArray[np.float64]

JOINTS: Final = ("hip", "knee", "ankle")
MM_PER_M: Final = 1000.0


@dataclass(frozen=True, slots=True)
class LegAngles:
    """Angles of one leg, degrees; arrays of one shape (...,), or numbers.

    Attributes
    ----------
    hip_flexion_deg : array
        Of the thigh to the pelvis.
    knee_flexion_deg : array
    ankle_dorsiflexion_deg : array
    """

    hip_flexion_deg: ArrayLike
    knee_flexion_deg: ArrayLike
    ankle_dorsiflexion_deg: ArrayLike

    def stacked(self) -> Floats:
        """Return hip, knee and ankle (..., 3), degrees."""
        parts = np.broadcast_arrays(self.hip_flexion_deg, self.knee_flexion_deg, self.ankle_dorsiflexion_deg)
        out: Floats = np.stack([np.asarray(p, float) for p in parts], axis=-1)
        return out


@dataclass(frozen=True, slots=True)
class Muscle:
    """One muscle of the model.

    Attributes
    ----------
    name : str
        As the reference model has it, such as ``recfem``.
    force_n : float
        Largest isometric force.
    fibre_m, tendon_m : float
        Optimal fibre length and tendon slack length.
    pennation_rad : float
        At optimal fibre length.
    joints : tuple of str
        That it crosses, of the three.
    """

    name: str
    force_n: float
    fibre_m: float
    tendon_m: float
    pennation_rad: float
    joints: tuple[str, ...]


@dataclass(frozen=True)
class MuscleModel:
    """The muscles, and their polynomials on a common basis.

    Attributes
    ----------
    muscles : tuple of Muscle
    powers : array (N, 3) of int
        Of hip, knee and ankle in radians, one row for each term.
    metres : array (N, M)
        The length is the sum over terms.
    crossed : array (3, M) of bool
        Which muscles cross which joint.
    """

    muscles: tuple[Muscle, ...]
    powers: NDArray[np.int64]
    metres: Floats
    crossed: NDArray[np.bool_]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The muscles' names, in the order of every result's last axis."""
        return tuple(muscle.name for muscle in self.muscles)

    def index(self, name: str) -> int:
        """Return where a muscle stands.

        Raises
        ------
        ValueError
            If there is none of that name.
        """
        return self.names.index(name)


@cache
def muscle_model() -> MuscleModel:
    """Return the model that ships with the program."""
    rows = json.loads((resources.files("lunge.mechanics") / "muscles.json").read_text(encoding="utf-8"))["muscles"]
    own = [
        {_three(row["joints"], power): c for power, c in zip(row["powers"], row["metres"], strict=True)} for row in rows
    ]
    powers = sorted(set().union(*own))
    table = np.array([[terms.get(power, 0.0) for terms in own] for power in powers])
    kept = ("name", "force_n", "fibre_m", "tendon_m", "pennation_rad")
    muscles = tuple(Muscle(**{key: row[key] for key in kept}, joints=tuple(row["joints"])) for row in rows)
    crossed = np.array([[joint in muscle.joints for muscle in muscles] for joint in JOINTS])
    return MuscleModel(muscles, np.array(powers), table, crossed)


def _three(joints: list[str], power: list[int]) -> tuple[int, int, int]:
    by_joint = dict(zip(joints, power, strict=True))
    hip, knee, ankle = (by_joint.get(joint, 0) for joint in JOINTS)
    return hip, knee, ankle


def lengths_mm(angles: LegAngles, lumbar_flexion_deg: ArrayLike = 0.0) -> Floats:
    """Return the muscle-tendon lengths (..., 26), millimetres, of an adult of the model's size.

    Parameters
    ----------
    angles : LegAngles
    lumbar_flexion_deg : array (...,)
        Bending of the lumbar spine from standing. It shortens the psoas alone, a little; arching does
        not lengthen it (Christophy 2011, doi 10.1007/s10237-011-0290-6).

    Returns
    -------
    array (..., 26)
        NaN where an angle is NaN or out of the range that the polynomials were fitted in.
    """
    model, q = muscle_model(), angles.stacked()
    out = _summed(_lengths(), _powers_of(q), q)
    flexion = np.fmax(np.asarray(lumbar_flexion_deg, float), 0.0)
    out[..., model.index("psoas")] -= constants().muscles.psoas_mm_per_deg * flexion
    return _where_known(out, q)


def moment_arms_mm(angles: LegAngles) -> Floats:
    """Return the moment arms (..., 3, 26) about hip, knee and ankle, millimetres.

    A positive arm turns the joint in its positive direction: flexion, dorsiflexion. It is minus the
    derivative of the length.

    Parameters
    ----------
    angles : LegAngles

    Returns
    -------
    array (..., 3, 26)
        NaN where `lengths_mm` is.
    """
    q = angles.stacked()
    powers = _powers_of(q)
    arms = np.stack([_summed(_slopes(joint), powers, q) for joint in range(len(JOINTS))], axis=-2)
    return _where_known(arms, q[..., None, :])


def standing_mm() -> Floats:
    """Return the lengths (26,) with straight hip, knee and ankle, millimetres."""
    return lengths_mm(LegAngles(0.0, 0.0, 0.0))


def share_of_standing(lengths: Floats, standing: Floats | None = None) -> Floats:
    """Return lengths (..., 26) as a share of those in standing: the model's, or the person's own (26,)."""
    out: Floats = lengths / (standing_mm() if standing is None else standing)
    return out


def velocities_mm_per_s(lengths: Floats, time_s: Floats) -> Floats:
    """Return how fast muscles lengthen (T, 26), from lengths (T, 26) and times (T,); needs two frames or more."""
    out: Floats = np.gradient(lengths, time_s, axis=0)
    return out


def length_sd_mm(angles: LegAngles, sd_deg: tuple[float, float, float]) -> Floats:
    """Return the sd of the lengths (..., 26) that independent errors of the angles make, to first order.

    Parameters
    ----------
    angles : LegAngles
    sd_deg : (hip, knee, ankle)
    """
    slopes = moment_arms_mm(angles) * np.radians(np.asarray(sd_deg))[:, None]
    out: Floats = np.sqrt((slopes**2).sum(axis=-2))
    return out


def _powers_of(q: Floats) -> Floats:
    """Return the powers (P, 3, F) of three angles (..., 3) in degrees, taken in radians, from 0 on."""
    # One angle that is not known says nothing of muscles that do not cross its joint; the others are told below.
    x = np.ascontiguousarray(np.radians(np.nan_to_num(q)).reshape(-1, len(JOINTS)).T)
    out = np.ones((1 + int(muscle_model().powers.max()), *x.shape))
    for power in range(1, len(out)):
        out[power] = out[power - 1] * x
    return out


@dataclass(frozen=True, slots=True)
class _Sum:
    """Sums of terms: the powers (N, 3) of each, and how much of it goes to each muscle (N, 26), millimetres."""

    powers: NDArray[np.int64]
    weights_mm: Floats


@cache
def _lengths() -> _Sum:
    return _Sum(muscle_model().powers, MM_PER_M * muscle_model().metres)


@cache
def _slopes(joint: int) -> _Sum:
    """Return minus the lengths' derivative by one joint's angle; what does not depend on it is left out."""
    model = muscle_model()
    rows = np.flatnonzero(model.powers[:, joint])
    weights = -MM_PER_M * model.powers[rows, joint, None] * model.metres[rows]
    return _Sum(model.powers[rows] - np.eye(len(JOINTS), dtype=int)[joint], weights)


def _summed(what: _Sum, powers: Floats, q: Floats) -> Floats:
    """Return sums (..., 26) for angles (..., 3) whose powers (P, 3, F) are given."""
    hip, knee, ankle = what.powers.T
    terms = powers[hip, 0] * powers[knee, 1] * powers[ankle, 2]
    out: Floats = (terms.T @ what.weights_mm).reshape(*q.shape[:-1], -1)
    return out


def _where_known(values: Floats, q: Floats) -> Floats:
    """Return values (..., M), NaN for the muscles that cross a joint whose angle (..., 3) is out of range."""
    c = constants().muscles
    ranges = np.array([c.hip_deg, c.knee_deg, c.ankle_deg])
    outside = ~((q >= ranges[:, 0]) & (q <= ranges[:, 1]))
    if not outside.any():
        return values
    unknown = (outside[..., :, None] & muscle_model().crossed).any(axis=-2)
    out: Floats = np.where(unknown, np.nan, values)
    return out
