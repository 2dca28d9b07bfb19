"""What is kept, as plain frozen records; nothing of the database shows in them.

Instants (``at``) are in UTC. ``zone`` is the zone in which they happened: a name of the IANA
database such as ``Europe/Berlin``, or an offset such as ``+02:00``. Comfort and effort are whole
numbers from 0 to 10, as the diary asks for them; None where nobody was asked.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal

SCALE: Final = (0, 10)
"""The ends of the scales for comfort and effort."""

Origin = Literal["live", "video"]
Leg = Literal["left", "right", "other"]
DiaryMoment = Literal["before", "after", "next_morning"]
Json = dict[str, Any]


def new_id() -> str:
    """Return a name that nothing else has, on any machine."""
    return secrets.token_hex(16)


def _on_scale(**values: int | None) -> None:
    for name, value in values.items():
        if value is not None and not SCALE[0] <= value <= SCALE[1]:
            raise ValueError(f"{name}: expected {SCALE[0]} to {SCALE[1]}, got {value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What came of the questions before the first set.

    Attributes
    ----------
    day : date
        On which they were answered, where the person is.
    outcome : str
        Such as ``ready``, ``ask``, ``urgent``, ``emergency``.
    answers : dict
        As far as they are kept; whoever asks decides on that.
    """

    at: datetime
    zone: str
    day: date
    outcome: str
    answers: Json = field(default_factory=dict)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A statement that the person made, such as that the doctor agrees.

    Attributes
    ----------
    about : str
        Such as ``doctor``.
    day : date
        Of which the statement speaks.
    statement : str
        Its words, as they were shown.
    """

    at: datetime
    zone: str
    about: str
    day: date
    agreed: bool
    statement: str
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A choice of the person, or a setting of the program: the newest value of a name."""

    name: str
    value: Any
    at: datetime
    zone: str


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
        _on_scale(effort=self.effort, back_before=self.back_before, back_after=self.back_after)
        _on_scale(knee_before=self.knee_before, knee_after=self.knee_after)


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
class DiaryEntry:
    """How back and knee are, and how hard it was.

    Attributes
    ----------
    day : date
        Of the set that it speaks of, where the person is; the day before for ``next_morning``.
    moment : {'before', 'after', 'next_morning'}
    set_id : str, optional
    """

    at: datetime
    zone: str
    day: date
    moment: DiaryMoment
    back: int | None = None
    knee: int | None = None
    effort: int | None = None
    note: str = ""
    set_id: str | None = None
    id: str = field(default_factory=new_id)

    def __post_init__(self) -> None:
        """Refuse what is not on the scale."""
        _on_scale(back=self.back, knee=self.knee, effort=self.effort)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeScore:
    """The score of an outcome questionnaire.

    Attributes
    ----------
    instrument : str
        Such as ``psfs``.
    score : float
        In the instrument's own unit.
    items : dict
        The answers, where they may be kept.
    """

    at: datetime
    zone: str
    day: date
    instrument: str
    score: float
    items: Json = field(default_factory=dict)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDecision:
    """What the plan decided for a day, and why.

    Attributes
    ----------
    what : str
        Such as ``up``, ``stay``, ``down``, ``pause``.
    target : dict
        What was asked for on that day.
    reasons : list of dict
        In the words of the plan.
    """

    at: datetime
    zone: str
    day: date
    what: str
    level: int
    target: Json = field(default_factory=dict)
    reasons: list[Json] = field(default_factory=list)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """A prescription file as it was taken over.

    Attributes
    ----------
    name : str
        Of the file.
    document : dict
        What it says.
    signed_by : str, optional
    ended : bool
        Whether it no longer counts.
    """

    at: datetime
    zone: str
    name: str
    document: Json
    signed_by: str | None = None
    ended: bool = False
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A break that was offered.

    Attributes
    ----------
    taken : bool
    reason : str, optional
        Why it was left out.
    """

    at: datetime
    zone: str
    taken: bool
    reason: str | None = None
    id: str = field(default_factory=new_id)


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
    """What one check said of one leg in one set, without *cannot judge*.

    Attributes
    ----------
    judged, passed : int
        Repetitions, or steps of them.
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
