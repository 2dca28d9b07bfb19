"""What was done, as plain frozen records: sets with their parts, and the figures counted up from them.

Instants, zones, comfort and effort are as in `lunge.storage.records`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from lunge.storage.records import Json, on_scale

Origin = Literal["live", "video"]
Leg = Literal["left", "right", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneSet:
    """A set that was done.

    Attributes
    ----------
    id : str
        Also the name of its folder.
    at : datetime
        When it was kept.
    origin : {'live', 'video'}
    name : str
        Of the video file; empty for a live set.
    exercise : str
    mode : str
        How it was judged: ``causal`` or ``refined``.
    pose_model, lunge : str
        The network, and the version of this program.
    view : str, optional
        ``side``, ``front``, ``back`` or ``oblique``.
    duration_s : float
    left, right, other : int
        Repetitions by the leg that stepped back; `other` where that is not known.
    in_form : int
        Of them, those that are complete and in which no check failed.
    wishes : dict
        What was asked for: holds, repetitions, order, ...
    level : int, optional
        Of the plan.
    effort : int, optional
    back_before, back_after, knee_before, knee_after : int, optional
    stopped_why : str, optional
        Why it ended early.
    landmarks_sha256 : str, optional
        Of the landmark file in its folder; None where there is none.
    """

    id: str
    at: datetime
    zone: str
    origin: Origin
    name: str = ""
    exercise: str = ""
    mode: str = ""
    pose_model: str = ""
    lunge: str = ""
    view: str | None = None
    duration_s: float = 0.0
    left: int = 0
    right: int = 0
    other: int = 0
    in_form: int = 0
    wishes: Json = field(default_factory=dict)
    level: int | None = None
    effort: int | None = None
    back_before: int | None = None
    back_after: int | None = None
    knee_before: int | None = None
    knee_after: int | None = None
    stopped_why: str | None = None
    landmarks_sha256: str | None = None

    def __post_init__(self) -> None:
        """Refuse what is not on the scale."""
        on_scale(effort=self.effort, back_before=self.back_before, back_after=self.back_after)
        on_scale(knee_before=self.knee_before, knee_after=self.knee_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneRepetition:
    """One repetition of a set; the fields are those of `lunge.records.Repetition`."""

    set_id: str
    number: int
    variant: str
    leg: Leg
    complete: bool
    in_form: bool
    start_s: float
    bottom_s: float
    end_s: float
    holds_s: dict[str, float]
    step_length: float | None
    step_length_unit: str
    depth_deg: float | None
    """The front thigh above the horizontal."""
    view: str | None
    azimuth_deg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneFinding:
    """What one check said of one step of a repetition; the fields are those of `lunge.records.Finding`."""

    set_id: str
    repetition: int
    check: str
    measure: str
    step: str
    result: str
    reason: str | None
    value: float | None
    sd: float | None
    sd_people: float | None
    unit: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneEffect:
    """What a repetition did inside, if it was judged; the fields are those of `lunge.mechanics.effects.Effect`."""

    set_id: str
    repetition: int
    name: str
    role: str
    answer: str
    value: float
    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegFigures:
    """One leg in one set: means over its repetitions.

    Attributes
    ----------
    repetitions, in_form : int
    hold_s, hold_in_form_s : float, optional
        Of the lunge.
    depth_deg : float, optional
        The front thigh above the horizontal.
    depth_spread_deg : float, optional
        Its standard deviation between the repetitions; None below two.
    step_length : float, optional
        In `step_length_unit`: ``m`` or ``heights``.
    """

    repetitions: int
    in_form: int
    hold_s: float | None
    hold_in_form_s: float | None
    depth_deg: float | None
    depth_spread_deg: float | None
    step_length: float | None
    step_length_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFigures:
    """What a page on progress needs of one set."""

    set_id: str
    at: datetime
    zone: str
    level: int | None
    duration_s: float
    effort: int | None
    back_before: int | None
    back_after: int | None
    knee_before: int | None
    knee_after: int | None
    legs: dict[Leg, LegFigures]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFigures:
    """What one check said of one leg in one set, without *cannot judge*; the effects are one check with many measures.

    Attributes
    ----------
    judged, passed : int
        Repetitions, or steps of them; of an effect those with more of it, surely.
    mean, spread : float
        Of the measured values, in `unit`; `spread` is the standard deviation between them, None below two.
    sd : float, optional
        The mean uncertainty of one value, as people are shown it.
    """

    set_id: str
    at: datetime
    zone: str
    leg: Leg
    measure: str
    step: str
    unit: str
    judged: int
    passed: int
    mean: float
    spread: float | None
    sd: float | None
