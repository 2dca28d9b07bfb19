"""Stretch behind and load in front, frame by frame, against the person's own quiet standing."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from lunge.causal.phases import Phase, Side
from lunge.causal.reading import Reading
from lunge.effects import SERIES
from lunge.kinematics.error_model import sd_series
from lunge.kinematics.measures import frame_of, measure_series
from lunge.kinematics.roles import leg_roles
from lunge.kinematics.view import azimuth_deg
from lunge.kinematics.visibility import visibility
from lunge.live.constants import constants
from lunge.live.records import Answer, Meter, Meters, Reason
from lunge.measuring import prepared
from lunge.mechanics.constants import constants as mechanics
from lunge.mechanics.effects import LungePosture, Name, answer_of, rear_leg
from lunge.mechanics.meters import Estimate, estimates, rear_lengths_mm
from lunge.poses import Floats, Poses, joined

OTHER: Final[dict[Side, Side]] = {"left": "right", "right": "left"}
RESTING: Final = Meter("rest", None, 0.0, 0.0, 0.0)
NO_SHARE: Final = Meter("rest")
"""In standing hip and knee carry nothing that could be shared."""

EFFECTS: Final[dict[str, Name]] = {
    "stretch": "rectus_femoris",
    "hip_stretch": "psoas",
    "load": "front_demand",
    "hip_share": "front_hip_share",
}
"""The effect that each meter shows."""


class LiveMeters:
    """Follows one person from a quiet standing on.

    Parameters
    ----------
    standing : list of Poses
        Frames of it; where they show none, nothing is judged.
    """

    def __init__(self, standing: list[Poses]) -> None:
        self._standing = standing_postures(joined(standing)) if standing else {}
        self._lengths_mm = {front: _lengths_mm(posture) for front, posture in self._standing.items()}
        self._sd = _Sd()
        self._words = {name: _Word() for name in EFFECTS}
        self._leaning = False

    def step(self, now: Reading, phase: Phase) -> Meters:
        """Return what the next frame shows."""
        self._leaning = self._leaning and phase.step == "lunge"
        if phase.step == "standing":
            return self._settled(now, phase, Meters(RESTING, RESTING, RESTING, NO_SHARE))
        front, reason = phase.front, self._reason(now, phase)
        if front is None or reason is not None:
            silent = Meter("cannot_judge", reason)
            return self._settled(now, phase, Meters(silent, silent, silent, silent, self._leaning))
        posture = _posture(leg_roles(now.series, front) | now.series)
        found = estimates(posture, self._sd.at(now, front), self._lengths_mm[front])
        self._leaning = self._leans(posture.trunk_forward_deg - self._standing[front].trunk_forward_deg)
        c = constants().meters
        shown = Meters(
            stretch=_meter("stretch", found.rectus_femoris, 100.0 * c.full_stretch_share, 100.0 * c.much_stretch_share),
            hip_stretch=_meter("hip_stretch", found.psoas, 100.0 * c.full_hip_stretch_share),
            load=_meter("load", found.front_demand, c.full_load_nm_per_kg, c.much_load_nm_per_kg),
            hip_share=_meter("hip_share", found.front_hip_share, 1.0),
            leaning=self._leaning,
        )
        return self._settled(now, phase, self._without_hidden(now, front, shown))

    def _reason(self, now: Reading, phase: Phase) -> Reason | None:
        if phase.step != "lunge" or phase.front is None:
            return "step"
        if phase.front not in self._standing:
            return "standing"
        return "moving" if now.speed_heights_per_s > constants().meters.fastest_heights_per_s else None

    def _leans(self, by_deg: float) -> bool:
        c = constants().meters
        return by_deg > (c.upright_deg if self._leaning else c.leaning_deg)

    @staticmethod
    def _without_hidden(now: Reading, front: Side, shown: Meters) -> Meters:
        hidden, outside = visibility(now.poses, front)
        gone = Meter("cannot_judge", "hidden")
        seen = {role: not (hidden[role][0] or outside[role][0]) for role in ("front", "rear", "trunk")}
        if not (seen["rear"] and seen["trunk"]):
            return Meters(gone, gone, gone, gone, shown.leaning)
        return shown if seen["front"] else replace(shown, load=gone, hip_share=gone)

    def _settled(self, now: Reading, phase: Phase, shown: Meters) -> Meters:
        """Return the meters with the words that have lasted."""
        return replace(
            shown,
            **{name: word.step(getattr(shown, name), phase.step, now.time_s) for name, word in self._words.items()},
        )


def standing_postures(poses: Poses) -> dict[Side, LungePosture]:
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


def _posture(roles: dict[str, Floats]) -> LungePosture:
    return LungePosture(**{name: float(roles[of][0]) for name, of in SERIES.items()})


def _lengths_mm(standing: LungePosture) -> Floats:
    leg = rear_leg(standing)
    out: Floats = rear_lengths_mm(np.array([[leg.hip_flexion_deg], [leg.knee_flexion_deg]], float))[:, 0]
    return out


def _meter(name: str, found: Estimate | None, full: float, much: float = np.inf) -> Meter:
    if found is None:
        return Meter("cannot_judge", "view")
    answer: Answer = "much" if found.low > much else answer_of(EFFECTS[name], found.low, found.high)
    level, low, high = (round(min(max(v / full, 0.0), 1.0), 3) for v in (found.value, found.low, found.high))
    return Meter(answer, None, level, low, high)


class _Sd:
    """The angles' errors, worked out anew now and then: they change with view and depth, not from frame to frame."""

    def __init__(self) -> None:
        self._front: Side | None = None
        self._at_s = -np.inf
        self._known: LungePosture

    def at(self, now: Reading, front: Side) -> LungePosture:
        if front != self._front or now.time_s - self._at_s >= constants().meters.again_s:
            self._front, self._at_s = front, now.time_s
            sds = {name: float(sd_series(of, now.situation, front)[0]) for name, of in SERIES.items()}
            self._known = LungePosture(**sds, pelvis_forward_deg=mechanics().effects.pelvis_sd_deg)
        return self._known


class _Word:
    """The class of one meter: another one is told once it has lasted, or at once with the next step."""

    def __init__(self) -> None:
        self._told: tuple[Answer, Reason | None] = ("cannot_judge", "step")
        self._step = ""
        self._agreed_s = -np.inf

    def step(self, meter: Meter, step: str, time_s: float) -> Meter:
        found = meter.answer, meter.reason
        entered, self._step = step != self._step, step
        if found == self._told or entered or time_s - self._agreed_s >= constants().meters.settle_s:
            self._told, self._agreed_s = found, time_s
        answer, reason = self._told
        return replace(meter, answer=answer, reason=reason)
