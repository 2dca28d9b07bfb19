"""How much of their strength muscles use to hold a posture: static optimisation in closed form.

Of all activations from 0 on that give the joints' moments, those with the least sum of squares. Their optimum is
``a = max(A' y, 0)`` for one multiplier ``y`` a joint, where a column of ``A`` is what a muscle at full strength does to
the joints; so three numbers are sought, not twenty-six. A small reserve at each joint takes what no muscle can, so that
there is always an answer.

Nobody knows how strong the person is. So nothing ends at full strength: then twice as strong muscles halve all
activations, and how two postures of one person compare does not depend on their strength. It is an ordinal index for
that comparison alone: it knows no co-contraction and no passive force, and its tendons do not stretch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.mechanics.constants import constants
from lunge.mechanics.muscles import JOINTS, MM_PER_M, LegAngles, lengths_mm, moment_arms_mm, muscle_model

Floats = NDArray[np.float64]

GLUTEUS: Final = ("glmax1", "glmax2", "glmax3")
QUADRICEPS: Final = ("recfem", "vasint", "vaslat", "vasmed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What muscles shall do to the joints of one leg, arrays (...,), Nm/kg.

    Attributes
    ----------
    hip_flexion_nm_per_kg, knee_flexion_nm_per_kg, ankle_dorsiflexion_nm_per_kg : array
        Extension and plantarflexion are negative.
    """

    hip_flexion_nm_per_kg: Floats
    knee_flexion_nm_per_kg: Floats
    ankle_dorsiflexion_nm_per_kg: Floats

    def stacked(self) -> Floats:
        """Return the moments (..., 3) about hip, knee and ankle."""
        parts = (self.hip_flexion_nm_per_kg, self.knee_flexion_nm_per_kg, self.ankle_dorsiflexion_nm_per_kg)
        out: Floats = np.stack(np.broadcast_arrays(*parts), axis=-1)
        return out


def activations(angles: LegAngles, wanted: Wanted) -> Floats:
    """Return the activations (..., 26) that hold a leg with the least sum of squares; 1 is the strength of the model.

    Parameters
    ----------
    angles : LegAngles
    wanted : Wanted
        Of the same shape.

    Returns
    -------
    array (..., 26)
        In the order of `lunge.mechanics.muscles.muscle_model`. NaN where an angle or moment is, or out of the
        muscles' range.
    """
    strengths, moments = full_strengths(angles), wanted.stacked()
    shape = np.broadcast_shapes(strengths.shape[:-2], moments.shape[:-1])
    matrix = np.broadcast_to(strengths, (*shape, *strengths.shape[-2:])).reshape(-1, *strengths.shape[-2:])
    target = np.broadcast_to(moments, (*shape, len(JOINTS))).reshape(-1, len(JOINTS))
    known = np.isfinite(matrix).all((1, 2)) & np.isfinite(target).all(1)
    out = np.full((len(target), matrix.shape[-1]), np.nan)
    out[known] = least_squares(matrix[known], target[known])
    return out.reshape(*shape, -1)


def index_of(activation: Floats, muscles: tuple[str, ...]) -> Floats:
    """Return the mean activation (...,) of some muscles, each by its strength."""
    model = muscle_model()
    at = [model.index(name) for name in muscles]
    force = np.array([model.muscles[i].force_n for i in at])
    out: Floats = activation[..., at] @ force / force.sum()
    return out


def least_squares(matrix: Floats, target: Floats) -> Floats:
    """Return the activations (N, M), at least 0, with the least sum of squares that give moments, with a small reserve.

    Minimises ``|a|² / 2 + |r|² / (2 e)`` with ``A a + r = target`` by Newton's method on the three multipliers.

    Parameters
    ----------
    matrix : array (N, 3, M)
        What each muscle at full strength does to the joints.
    target : array (N, 3)
    """
    y = np.zeros_like(target)
    if len(target) > 1:
        # Draws of one posture are alike: what balances their mean is near what balances each.
        y[:] = _multipliers(matrix.mean(axis=0, keepdims=True), target.mean(axis=0, keepdims=True), y[:1])
    y = _multipliers(matrix, target, y)
    return np.maximum((y[:, None, :] @ matrix)[:, 0], 0.0)


def _multipliers(matrix: Floats, target: Floats, start: Floats) -> Floats:
    """Return the multipliers (N, 3), sought from `start` on."""
    c = constants().effort
    y: Floats = start.copy()
    todo = np.arange(len(target))
    for _ in range(c.steps_count):
        a, wanted, now = matrix[todo], target[todo], y[todo]
        drive = (now[:, None, :] @ a)[:, 0]
        miss = wanted - (a @ np.maximum(drive, 0.0)[..., None])[..., 0] - c.reserve_share * now
        free = a * (drive > 0.0)[:, None, :]
        slope = free @ a.swapaxes(1, 2) + c.reserve_share * np.eye(target.shape[1])
        step = np.asarray(np.linalg.solve(slope, miss[..., None])[..., 0], np.float64)
        y[todo] = _lowered(a, wanted, now, step)
        todo = todo[np.abs(miss).max(axis=1) > c.near_share]
        if not len(todo):
            break
    return y


def _lowered(matrix: Floats, target: Floats, y: Floats, step: Floats) -> Floats:
    """Return multipliers (N, 3) a step further, halved where the whole step does not lower the dual function."""
    before, length = _dual(matrix, target, y), np.ones(len(y))
    for _ in range(constants().effort.halvings_count):
        worse = _dual(matrix, target, y + length[:, None] * step) > before
        if not worse.any():
            break
        length[worse] /= 2
    out: Floats = y + length[:, None] * step
    return out


def _dual(matrix: Floats, target: Floats, y: Floats) -> Floats:
    """Return what Newton's method lowers, (N,): its slope is the moments that are missing."""
    pull = np.maximum((y[:, None, :] @ matrix)[:, 0], 0.0)
    out: Floats = ((pull**2).sum(1) + constants().effort.reserve_share * (y**2).sum(1)) / 2 - (target * y).sum(1)
    return out


def full_strengths(angles: LegAngles) -> Floats:
    """Return what each muscle at full strength does to hip, knee and ankle (..., 3, 26), Nm/kg.

    The forces are those of the reference model at this length, made as strong as people are: the largest moment of all
    muscles that turn a joint one way is the one that people reach (`mechanics.toml`).
    """
    return _strengths(angles) * _factors()


def _strengths(angles: LegAngles) -> Floats:
    """Return the strengths of the reference model (..., 3, 26), Nm."""
    c, model = constants().effort, muscle_model()
    force, fibre, tendon, pennation = (
        np.array([getattr(muscle, name) for muscle in model.muscles])
        for name in ("force_n", "fibre_m", "tendon_m", "pennation_rad")
    )
    along = np.maximum(lengths_mm(angles) / MM_PER_M - tendon, 0.0)
    long = np.hypot(along, fibre * np.sin(pennation))
    active = np.exp(-((long / fibre - 1.0) ** 2) / c.force_length_factor)
    pull = force * active * along / long
    out: Floats = moment_arms_mm(angles) / MM_PER_M * pull[..., None, :]
    return out


@cache
def _factors() -> Floats:
    """Return by what each muscle's strength is multiplied, (26,), kg⁻¹."""
    c, g = constants().effort, constants().geometry
    lowest, highest = zip(c.hip_deg, c.knee_deg, c.ankle_deg, strict=True)
    axes = [np.linspace(low, high, c.grid_count) for low, high in zip(lowest, highest, strict=True)]
    strengths = _strengths(LegAngles(*np.meshgrid(*axes, indexing="ij"))).reshape(
        -1, len(JOINTS), len(muscle_model().muscles)
    )
    usual = strengths.mean(axis=0)
    joint = np.abs(usual).argmax(axis=0)
    sign = np.sign(usual[joint, np.arange(len(joint))])
    weight_times_height = constants().ground.gravity_m_per_s2 * g.model_height_m
    factors = np.empty(len(joint))
    for way, norms in ((1.0, c.flexion_share), (-1.0, c.extension_share)):
        largest = np.clip(way * strengths, 0.0, None).sum(axis=2).max(axis=0)
        mine = sign == way
        factors[mine] = (np.array(norms) * weight_times_height / largest)[joint[mine]]
    return factors
