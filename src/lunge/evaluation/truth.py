"""What is true of a clip, in the names, units and signs that lunge itself uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from lunge.constants import constants
from lunge.exercises.records import Check
from lunge.geometry import angle_between_deg
from lunge.poses import SIDES, Floats
from lunge.records import LoweringKind, Step

Side = Literal["left", "right"]

LEG_POINTS: Final = ("knee", "ankle")
"""The points by which a frame's left and right are told apart."""


@dataclass(frozen=True, slots=True)
class TrueRepetition:
    """One repetition as it was done.

    Attributes
    ----------
    variant : str
        `reverse_lunge`, `reverse_lunge_from_standing`, or what else it was.
    stepping_leg : {'left', 'right'} or None
    start_s, end_s : float
        From the start of its first step to the end of its last; of a hand-labelled one
        only the bottom is known, and both are that.
    bottom_s : float or None
    steps : tuple of Step
        Empty where only the bottom is known.
    """

    variant: str
    stepping_leg: Side | None
    start_s: float
    end_s: float
    bottom_s: float | None
    steps: tuple[Step, ...] = ()

    def step(self, name: str) -> Step | None:
        """Return the step of that name, or None."""
        return next((s for s in self.steps if s.name == name), None)

    def span(self, name: str) -> tuple[float, float] | None:
        """Return when a step, or several (``squat to squat_2``), begins and ends; None if it is not there."""
        first, _, last = name.partition(" to ")
        start, end = self.step(first), self.step(last or first)
        return None if start is None or end is None else (start.start_s, end.end_s)


@dataclass(frozen=True, slots=True)
class TrueLowering:
    """One time that the person went down to the floor, to an object or a seat.

    Attributes
    ----------
    kind : LoweringKind
    lead_leg : {'left', 'right'} or None
        The leg in front, where there is one.
    start_s, bottom_s, end_s : float
        From where the body begins to go down until it is up again.
    drop_heights : float or None
        How far the hips went down, body heights.
    trunk_lean_deg : float or None
        From the vertical, at the bottom.
    """

    kind: LoweringKind
    lead_leg: Side | None
    start_s: float
    bottom_s: float
    end_s: float
    drop_heights: float | None = None
    trunk_lean_deg: float | None = None


@dataclass(frozen=True)
class Truth:
    """What is true of one clip.

    Attributes
    ----------
    name : str
    person : str
        Who it is; confidence intervals draw persons.
    kind : {'rendered', 'labelled', 'markers', 'own'}
        Where the truth comes from.
    repetitions : tuple of TrueRepetition
        Of the exercise alone.
    camera_azimuth_deg : float or None
        Where the camera stands in the room; with `values["heading_deg"]` it gives the view.
    time_s : array (T,)
        Of the series; empty without any.
    values : dict of str to array (T,)
        Measures by name, lengths in body heights. NaN = undefined.
    points_px : dict of str to array (T, 2)
        Knees and ankles in the picture, px; NaN = out of it.
    standing : tuple of (start_s, end_s)
        Quiet standing.
    lowerings : tuple of TrueLowering or None
        None where nobody marked them.
    """

    name: str
    person: str
    kind: Literal["rendered", "labelled", "markers", "own"]
    repetitions: tuple[TrueRepetition, ...]
    camera_azimuth_deg: float | None = None
    time_s: Floats = field(default_factory=lambda: np.zeros(0))
    values: dict[str, Floats] = field(default_factory=dict)
    points_px: dict[str, Floats] = field(default_factory=dict)
    standing: tuple[tuple[float, float], ...] = ()
    lowerings: tuple[TrueLowering, ...] | None = None

    def frames(self, start_s: float, end_s: float) -> NDArray[np.bool_]:
        """Return the frames (T,) of a time."""
        out: NDArray[np.bool_] = (self.time_s >= start_s) & (self.time_s <= end_s)
        return out

    def azimuth_deg(self, repetition: TrueRepetition) -> float | None:
        """Return the view during a repetition, degrees in [0, 360); None where it is not known."""
        return self.azimuth_between(repetition.start_s, repetition.end_s)

    def azimuth_between(self, start_s: float, end_s: float) -> float | None:
        """Return the view between two times, degrees in [0, 360); None where it is not known."""
        if self.camera_azimuth_deg is None:
            return None
        heading = self.values.get("heading_deg")
        inside = self.frames(start_s, end_s)
        turned = float(np.nanmedian(heading[inside])) if heading is not None and inside.any() else 0.0
        return (self.camera_azimuth_deg - turned) % 360.0


def true_value(truth: Truth, repetition: TrueRepetition, check: Check, step: str) -> float | None:
    """Return truth's own measure over a step, by the check's statistic; None where truth has none."""
    span = repetition.span(step)
    if span is None or check.statistic == "unseen":
        return None
    if check.statistic == "duration":
        return span[1] - span[0]
    start = span[1] - constants().checks.full_standing_s if check.statistic == "end" else span[0]
    series = truth.values.get(check.measure)
    if series is None:
        return None
    inside = series[truth.frames(start, span[1])]
    if not np.isfinite(inside).any():
        return None
    return float(_STATISTICS.get(check.statistic, np.nanmean)(inside))


_STATISTICS: Final[dict[str, Callable[[Floats], float]]] = {"max": np.nanmax, "sd": np.nanstd}


def clear_kind(value: float, check: Check) -> Literal["fault", "clean", "between"]:
    """Return whether a true value is beyond a limit by the margin, inside by it, or between (`contract.md`)."""
    low = -np.inf if check.limit[0] is None else check.limit[0]
    high = np.inf if check.limit[1] is None else check.limit[1]
    if value < low - check.margin or value > high + check.margin:
        return "fault"
    return "clean" if low + check.margin <= value <= high - check.margin else "between"


def truly_in_view(truth: Truth, repetition: TrueRepetition, check: Check) -> bool:
    """Return whether the true view lies in the check's views."""
    azimuth = truth.azimuth_deg(repetition)
    if not check.azimuths_deg or azimuth is None:
        return True
    return bool(min(angle_between_deg(azimuth, a) for a in check.azimuths_deg) <= check.span_deg)


def thighs_above_horizontal_deg(values: dict[str, Floats]) -> Floats:
    """Return the mean of both thighs (T,), degrees."""
    out: Floats = (values["left_thigh_above_horizontal_deg"] + values["right_thigh_above_horizontal_deg"]) / 2
    return out


def over_standing_deg(values: dict[str, Floats], standing: NDArray[np.bool_]) -> Floats:
    """Return the greater knee flexion over the own standing (T,), degrees; as it is where nobody stands."""
    knees = [values[f"{s}_knee_flexion_deg"] for s in SIDES]
    if standing.any():
        knees = [k - np.nanmedian(k[standing]) for k in knees]
    return np.fmax(*knees)
