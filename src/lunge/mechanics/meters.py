"""Stretch behind and load in front of one posture, quick enough for every frame of a live picture.

The lengths of `lunge.mechanics.muscles` and the loads of `lunge.mechanics.statics`, with the intervals of
`lunge.mechanics.effects`. A posture, its angles one sd further each way, and the rules that are plausible are the
columns of one table; what is the same for every posture is worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import isfinite
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.mechanics.constants import constants
from lunge.mechanics.muscles import MM_PER_M, muscle_model
from lunge.mechanics.statics import Posture, usual_rule

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]

MUSCLES: Final = ("recfem", "psoas")
"""Of the rear leg; their lengths come first in every result."""

ANGLES: Final = (
    *("trunk_forward_deg", "front_thigh_above_horizontal_deg", "front_shank_forward_deg"),
    *("rear_thigh_back_deg", "rear_knee_flexion_deg"),
)
"""Of a posture; the pelvis' own tilt, which nobody sees and which is taken as 0, is one more."""

COUNT: Final = len(ANGLES) + 1
LOADING: Final = slice(0, len(ANGLES))
"""The angles that loads are made of: the pelvis' own tilt changes none."""

STRETCHING: Final = [0, *range(3, COUNT)]
"""The angles that the rear leg's lengths are made of."""

RULES: Final = slice(0, 5)
"""The columns of the posture itself: by the usual rule, and by each at the ends of what is plausible."""

MORE: Final = slice(RULES.stop, RULES.stop + COUNT)
LESS: Final = slice(MORE.stop, MORE.stop + COUNT)
"""The columns of each angle one sd further, and one sd less, by the usual rule."""

COLUMNS: Final = LESS.stop
SEGMENTS: Final = (*("pelvis", "trunk", "front_thigh", "front_shank", "rear_thigh", "rear_shank", "rear_foot", "flat"),)
"""Each turned forwards by an angle of its own; the front foot is flat."""

LEVEL_THIGH_DEG: Final = -90.0
"""How far a level front thigh is turned forwards."""


_angles_of: Final = attrgetter(*ANGLES)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimates:
    """What is shown of a posture; None where it is not judged.

    Attributes
    ----------
    rectus_femoris, psoas : Estimate or None
        Of the rear leg, percent beyond the length in standing.
    front_demand : Estimate or None
        Of the front hip and knee together, newton metres a kilogram.
    front_hip_share : Estimate or None
        The hip's part of it.
    """

    rectus_femoris: Estimate | None
    psoas: Estimate | None
    front_demand: Estimate | None
    front_hip_share: Estimate | None


NOTHING: Final = Estimates(None, None, None, None)


def estimates(posture: Posture, sd: Posture, standing_mm: Floats) -> Estimates:
    """Return what a held lunge does, against the person's own standing.

    Parameters
    ----------
    posture, sd : Posture
        Means and standard deviations; NaN = not seen. The rear ankle's are not read.
    standing_mm : array (2,)
        `rear_lengths_mm` in the person's own standing.

    Returns
    -------
    Estimates
        All None for legs on which nobody can stand: they were not well seen.
    """
    at = np.array([*_angles_of(posture), 0.0])
    by = np.array([*_angles_of(sd), constants().effects.pelvis_sd_deg])
    seen = np.isfinite(at + by)
    turned = _turned_rad(np.where(seen, at, 0.0), np.where(seen, by, 0.0))
    front_share, loads = _loads(turned[: len(SEGMENTS)])
    loads_known = bool(seen[LOADING].all())
    if loads_known and not 0.0 <= front_share[0] <= 1.0:
        return NOTHING
    stretched = 100.0 * (_lengths_mm(turned[len(SEGMENTS) :]) / standing_mm[:, None] - 1.0)
    values = np.concatenate([stretched, loads])
    half = constants().effects.interval_sd_factor * np.hypot(_sds(values), _model_shares() * values[:, 0])
    plausible = values[:, RULES]
    ends = (e.tolist() for e in (values[:, 0], plausible.min(1) - half, plausible.max(1) + half))
    known = (bool(seen[STRETCHING].all()),) * len(MUSCLES) + (loads_known,) * len(loads)
    rows = zip(known, *ends, strict=True)
    return Estimates(*(Estimate(*row) if is_known and all(map(isfinite, row)) else None for is_known, *row in rows))


def rear_lengths_mm(posture: Posture) -> Floats:
    """Return the lengths (2,) of the rear leg's rectus femoris and psoas, millimetres, of an adult of the model's size.

    NaN out of the range of the polynomials.
    """
    at = np.array([*_angles_of(posture), 0.0])
    return _lengths_mm(_turned_rad(at, np.zeros(COUNT))[len(SEGMENTS) :])[:, 0]


def _lengths_mm(leg_rad: Floats) -> Floats:
    """Return the lengths (2, N) at the flexion of hip and knee (2, N)."""
    weights_mm, (lowest, highest) = _weights_mm(), _range_rad()
    hip, knee = leg_rad[:, None] ** _powers()
    out: Floats = ((weights_mm @ knee) * hip).sum(1)
    inside = (leg_rad >= lowest) & (leg_rad <= highest)
    if not inside.all():
        out[0, ~inside[1]] = np.nan
        out[:, ~inside[0]] = np.nan
    return out


@cache
def _range_rad() -> tuple[Floats, Floats]:
    c = constants().muscles
    lowest, highest = np.radians([c.hip_deg, c.knee_deg]).T[..., None]
    return lowest, highest


@cache
def _powers() -> Floats:
    return np.arange(1.0 + muscle_model().powers.max())[:, None]


@cache
def _weights_mm() -> Floats:
    """Return the polynomials (2, P, P) of `MUSCLES` by the powers of hip and knee; the ankle is at 0."""
    model = muscle_model()
    size = 1 + int(model.powers.max())
    out = np.zeros((len(MUSCLES), size, size))
    for (hip, knee, ankle), metres in zip(model.powers, model.metres, strict=True):
        if ankle == 0:
            out[:, hip, knee] = MM_PER_M * metres[[model.index(name) for name in MUSCLES]]
    return out


@cache
def _steps() -> Floats:
    """Return by how many sds each angle (6) is changed in each column."""
    here = np.zeros((COUNT, RULES.stop))
    return np.hstack([here, np.eye(COUNT), -np.eye(COUNT)])


@cache
def _rules() -> Floats:
    """Return meeting factor and pelvis' share (2) of each column's rule."""
    usual, c = usual_rule(), constants().ground
    ends = [(m, p) for m in c.meeting_factor_band for p in c.pelvis_lean_share_band]
    own = (usual.meeting_factor, usual.pelvis_lean_share)
    return np.array([own, *ends, *[own] * (COLUMNS - RULES.stop)]).T


@cache
def _model_shares() -> Floats:
    """Return by which share of their values (4,) two reference models differ; those of loads do not come from one."""
    c = constants().effects
    return np.array([c.recfem_model_sd_share, c.psoas_model_sd_share, 0.0, 0.0])


@cache
def _turns() -> Floats:
    """Return how the angles (6) make the turns of the segments and the flexion of rear hip and knee (10), in radians.

    Of the pelvis, the trunk's, of which its part is taken by each rule.
    """
    trunk, thigh, shank, thigh_back, knee, pelvis = np.eye(COUNT)
    rear_shank, leaning = thigh_back + knee, usual_rule().pelvis_lean_share * trunk
    segments = (trunk, trunk, thigh, shank, thigh_back, rear_shank, rear_shank, np.zeros(COUNT))
    return np.radians([*segments, leaning + pelvis - thigh_back, knee])


@cache
def _zeros_rad() -> Floats:
    """Return the same turns (10, 1) at angles of 0."""
    ahead = {"front_thigh": LEVEL_THIGH_DEG, "rear_foot": -constants().ground.rear_ankle_deg}
    return np.radians([[ahead.get(name, 0.0)] for name in (*SEGMENTS, "hip", "knee")])


def _turned_rad(at: Floats, by: Floats) -> Floats:
    """Return how far the segments are turned forwards, and rear hip and knee (10, N), from angles and sds (6,)."""
    out: Floats = _turns() @ (at[:, None] + by[:, None] * _steps()) + _zeros_rad()
    out[0] *= _rules()[1]
    return out


def _sds(values: Floats) -> Floats:
    """Return the sd of each row that independent errors of the angles make, as `lunge.mechanics.effects.sd_of` does."""
    more, less = values[:, MORE], values[:, LESS]
    twice = more - less
    if np.isnan(twice).any():
        # An angle beyond the muscles' range on one side leaves the other side to say how steep it is.
        ahead, back = more - values[:, :1], values[:, :1] - less
        twice = np.where(np.isnan(ahead), back, ahead) + np.where(np.isnan(back), ahead, back)
    out: Floats = np.sqrt(np.einsum("ij,ij->i", twice, twice)) / 2
    return out


def _loads(turned: Floats) -> tuple[Floats, Floats]:
    """Return the front foot's share of the weight (N,), then demand and the hip's share of it (2, N).

    It is what `lunge.mechanics.statics.loads` works out, from the turns of the segments (8, N) in radians.
    """
    ahead, up = (_places_m() @ np.concatenate([np.cos(turned), np.sin(turned)])).reshape(2, -1, turned.shape[1])
    mass, front, rear = ahead[:3]
    share = (mass - rear) / (front - rear)
    push = share * (mass - front) / (_rules()[0] * (up[0] - up[1]))
    hip, knee = share * ahead[3:5] - push * up[3:5] - ahead[5:]
    demand = hip - knee
    hip_share = hip / np.where(demand > 0.0, demand, np.nan)
    return share, np.array([constants().ground.gravity_m_per_s2 * demand, hip_share])


@cache
def _places_m() -> Floats:
    """Return the table (2 x 7, 2 x 8) that makes places from the cosines and sines of the segments' turns.

    A place is a sum of segments, forwards and up in metres from the hip. In the rows, first forwards, then up: the
    centre of mass, the centres of pressure of the front and the rear foot, that of the front foot from hip and knee,
    and the mass below hip and knee times how far it is from there.
    """
    places = _segments_m()
    return np.block([[places.real, places.imag], [places.imag, -places.real]])


def _segments_m() -> Complexes:
    """Return the segments (7, 8) of the places; forwards and up are real and imaginary part."""
    g, s, c = constants().geometry, constants().segments, constants().ground
    hip = complex(*g.hip_m)
    pelvis = _row(pelvis=complex(*g.pelvis_com_m) - hip)
    trunk = _row(pelvis=complex(*g.l5s1_m) - hip, trunk=complex(*g.trunk_com_m))
    front, rear = _leg("front_thigh", "front_shank", "flat"), _leg("rear_thigh", "rear_shank", "rear_foot")
    shares = {"thigh": s.thigh_share, "shank": s.shank_share, "foot": s.foot_share}
    legs = sum(share * (front[name] + rear[name]) for name, share in shares.items())
    whole = s.pelvis_share + s.trunk_share + 2 * sum(shares.values())
    pressed = front["heel"] + c.front_pressure_share * (front["toe"] - front["heel"])
    return np.array(
        [
            (s.pelvis_share * pelvis + s.trunk_share * trunk + legs) / whole,
            pressed,
            rear["ball"] + _row(flat=c.rear_pressure_share * (g.toe_m[0] - g.ball_m[0])),
            pressed,
            pressed - front["knee"],
            sum(share * front[name] for name, share in shares.items()),
            sum(shares[name] * (front[name] - front["knee"]) for name in ("shank", "foot")),
        ]
    )


def _leg(thigh: str, shank: str, foot: str) -> dict[str, Complexes]:
    g = constants().geometry
    knee = _row(**{thigh: -1j * g.femur_m})
    ankle = knee + _row(**{shank: complex(g.ankle_m, -g.tibia_m)})
    on_foot = {"foot": g.foot_com_m, "heel": g.heel_m, "ball": g.ball_m, "toe": g.toe_m}
    return {
        "knee": knee,
        "thigh": _row(**{thigh: -1j * g.thigh_com_m}),
        "shank": knee + _row(**{shank: -1j * g.shank_com_m}),
        **{name: ankle + _row(**{foot: complex(*place)}) for name, place in on_foot.items()},
    }


def _row(**places: complex) -> Complexes:
    return np.array([places.get(name, 0.0) for name in SEGMENTS], complex)
