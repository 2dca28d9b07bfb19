"""Stretch behind and load in front, frame by frame, against the person's own quiet standing."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from lunge.causal.phases import Phase, Side
from lunge.causal.reading import Reading
from lunge.kinematics.error_model import error_over
from lunge.kinematics.measures import frame_of, measure_series
from lunge.kinematics.roles import leg_roles
from lunge.kinematics.view import azimuth_deg
from lunge.kinematics.visibility import visibility
from lunge.live.constants import constants
from lunge.live.records import Answer, Meter, Meters, Reason
from lunge.measuring import prepared
from lunge.mechanics.effects import Name, answer_of
from lunge.mechanics.meters import Estimate, estimates, rear_lengths_mm
from lunge.mechanics.statics import Posture
from lunge.poses import Floats, Poses, joined

OTHER: Final[dict[Side, Side]] = {"left": "right", "right": "left"}
SERIES: Final = (
    *("trunk_forward_deg", "front_thigh_above_horizontal_deg", "front_shank_forward_deg"),
    *("rear_thigh_from_vertical_deg", "rear_knee_flexion_deg"),
)
"""Of a posture, in its order."""

EFFECTS: Final[tuple[Name, ...]] = ("rectus_femoris", "psoas", "front_demand", "front_hip_share")
"""In the order of the meters."""

SHARE: Final = EFFECTS[-1]
_SEATED: Final = Meter("cannot_judge", "seat")
ON_SEAT: Final = Meters(_SEATED, _SEATED, _SEATED, _SEATED)
"""What is shown of somebody who sits: what the seat carries nobody sees, nor how the pelvis rests on it."""

Told = Estimate | Reason | Literal["rest"]
"""What a meter is told: an estimate, why there is none, or that the person stands."""


class LiveMeters:
    """Follows one person from a quiet standing on.

    Parameters
    ----------
    standing : list of Poses
        Frames of it; where they show none, nothing is judged.
    """

    def __init__(self, standing: list[Poses]) -> None:
        self._standing = standing_postures(joined(standing)) if standing else {}
        self._lengths_mm = {front: rear_lengths_mm(posture) for front, posture in self._standing.items()}
        self._sight = _Sight()
        self._leaning = False
        self._at: tuple[str, Side | None] = ("", None)
        self._looked_s = -np.inf
        self._last: Meters
        c = constants().meters
        full = (100.0 * c.full_stretch_share, 100.0 * c.full_hip_stretch_share, c.full_load_nm_per_kg, 1.0)
        much = (100.0 * c.much_stretch_share, np.inf, c.much_load_nm_per_kg, np.inf)
        self._dials = tuple(_Dial(*row) for row in zip(EFFECTS, full, much, strict=True))

    def step(self, now: Reading, phase: Phase) -> Meters:
        """Return what the next frame shows; between two looks what the last one showed."""
        at = (phase.step, phase.front)
        if at != self._at or now.time_s - self._looked_s >= constants().meters.every_s:
            self._at, self._looked_s = at, now.time_s
            self._last = self._look(now, phase)
        return self._last

    def _look(self, now: Reading, phase: Phase) -> Meters:
        self._leaning = self._leaning and phase.step == "lunge"
        if phase.step == "standing":
            return self._shown(now, phase, ["rest"] * len(EFFECTS))
        front, reason = phase.front, self._reason(now, phase)
        if front is None or reason is not None:
            return self._shown(now, phase, [reason or "step"] * len(EFFECTS))
        posture = _posture(leg_roles(now.series, front) | now.series)
        sd, hidden = self._sight.at(now, front)
        found = estimates(posture, sd, self._lengths_mm[front])
        self._leaning = self._leans(_lean_deg(posture) - _lean_deg(self._standing[front]))
        told = (found.rectus_femoris, found.psoas, found.front_demand, found.front_hip_share)
        seen: list[Told] = ["hidden" if gone else one or "view" for one, gone in zip(told, hidden, strict=True)]
        return self._shown(now, phase, seen)

    def _reason(self, now: Reading, phase: Phase) -> Reason | None:
        if phase.step != "lunge":
            return "step"
        if phase.front not in self._standing:
            return "standing"
        return "moving" if now.speed_heights_per_s > constants().meters.fastest_heights_per_s else None

    def _leans(self, by_deg: float) -> bool:
        c = constants().meters
        return by_deg > (c.upright_deg if self._leaning else c.leaning_deg)

    def _shown(self, now: Reading, phase: Phase, told: list[Told]) -> Meters:
        shown = (dial.step(one, phase.step, now.time_s) for dial, one in zip(self._dials, told, strict=True))
        stretch, hip_stretch, load, hip_share = shown
        return Meters(stretch, hip_stretch, load, hip_share, self._leaning)


def standing_postures(poses: Poses) -> dict[Side, Posture]:
    """Return how somebody stands, in the terms of a lunge, by the leg that will be in front; empty if nobody stands.

    Parameters
    ----------
    poses : Poses
        As the network gave them.
    """
    ready = prepared(poses)
    still = ready.flat_body.standing
    if not still.any():
        return {}
    series = measure_series(ready.flat, ready.flat_body, frame_of(ready.flat, ready.flat_body, azimuth_deg(ready.flat)))
    middles = {name: np.array([np.median(values[still])]) for name, values in series.items()}
    return {front: _posture(leg_roles(middles, front) | middles) for front in OTHER}


def _posture(roles: dict[str, Floats]) -> Posture:
    return Posture(*(float(roles[name][0]) for name in SERIES))


def _lean_deg(posture: Posture) -> float:
    return float(np.asarray(posture.trunk_forward_deg))


class _Sight:
    """How well the angles are seen, looked at anew now and then: it changes with view and depth."""

    def __init__(self) -> None:
        self._front: Side | None = None
        self._at_s = -np.inf
        self._known: tuple[Posture, tuple[bool, ...]]

    def at(self, now: Reading, front: Side) -> tuple[Posture, tuple[bool, ...]]:
        """Return the angles' errors, and for each of the meters whether what it needs is hidden."""
        if front != self._front or now.time_s - self._at_s >= constants().meters.again_s:
            self._front, self._at_s = front, now.time_s
            errors = (error_over(name, now.situation, front) for name in SERIES)
            self._known = Posture(*(error.sd_people for error in errors)), _hidden(now.poses, front)
        return self._known


def _hidden(poses: Poses, front: Side) -> tuple[bool, ...]:
    covered, outside = visibility(poses, front)
    gone = {role: bool(covered[role][0] or outside[role][0]) for role in ("front", "rear", "trunk")}
    behind = gone["rear"] or gone["trunk"]
    return behind, behind, behind or gone["front"], behind or gone["front"]


class _Dial:
    """One meter: its level now, and its class, which is another one once that has lasted, or with the next step.

    Parameters
    ----------
    name : str
        Of its effect.
    full : float
        What fills it.
    much : float
        What is much.
    """

    def __init__(self, name: Name, full: float, much: float) -> None:
        self._name, self._full, self._much = name, full, much
        self._told: tuple[Answer, Reason | None] = ("cannot_judge", "step")
        self._step = ""
        self._agreed_s = -np.inf

    def step(self, told: Told, step: str, time_s: float) -> Meter:
        """Return what is shown of an estimate, of the standing, or of why there is none."""
        if told == "rest":
            # Standing carries nothing that hip and knee could share.
            nothing = None if self._name == SHARE else 0.0
            return Meter(*self._settled(("rest", None), step, time_s), nothing, nothing, nothing)
        if not isinstance(told, Estimate):
            return Meter(*self._settled(("cannot_judge", told), step, time_s))
        said = self._settled((self._answer(told), None), step, time_s)
        return Meter(*said, self._level(told.value), self._level(told.low), self._level(told.high))

    def _answer(self, found: Estimate) -> Answer:
        return "much" if found.low > self._much else answer_of(self._name, found.low, found.high)

    def _level(self, value: float) -> float:
        return round(min(max(value / self._full, 0.0), 1.0), 3)

    def _settled(self, found: tuple[Answer, Reason | None], step: str, time_s: float) -> tuple[Answer, Reason | None]:
        entered, self._step = step != self._step, step
        if found == self._told or entered or time_s - self._agreed_s >= constants().meters.settle_s:
            self._told, self._agreed_s = found, time_s
        return self._told
