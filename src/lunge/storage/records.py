"""What is entered and decided, as plain frozen records; nothing of the database shows in them.

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

DiaryMoment = Literal["before", "after", "next_morning"]
BreakOutcome = Literal["postponed", "offered", "skipped", "said", "seen"]
Json = dict[str, Any]


def new_id() -> str:
    """Return a name that nothing else has, on any machine."""
    return secrets.token_hex(16)


def on_scale(**values: int | None) -> None:
    """Refuse what is not on the scale from 0 to 10; None is.

    Raises
    ------
    ValueError
        If a value is not.
    """
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
        Such as ``go``, ``ask_first``, ``stop``; earlier versions wrote others, and no answers.
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
        on_scale(back=self.back, knee=self.knee, effort=self.effort)


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
class QuestionnaireAnswer:
    """What was answered to a questionnaire file of the person's own.

    Attributes
    ----------
    questionnaire : str
        What names it everywhere: a URI.
    title : str
        As the file had it on that day.
    score : float, optional
        The sum of the points, where the file gives some and all were answered.
    response : dict
        A QuestionnaireResponse of FHIR R4, without who answered and when.
    """

    at: datetime
    zone: str
    day: date
    questionnaire: str
    title: str
    score: float | None = None
    response: Json = field(default_factory=dict)
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
    """A break that was due.

    Attributes
    ----------
    at : datetime
        When it was due.
    taken : bool
    reason : str, optional
        Why it was left out.
    outcome : {'postponed', 'offered', 'skipped', 'said', 'seen'}
        Still waiting; shown, and nothing more is known; left out; done as the person says; done before the camera.
    postponed_by : str, optional
        What kept it waiting, such as ``meeting``.
    set_id : str, optional
        The set in which it was seen.
    """

    at: datetime
    zone: str
    taken: bool
    reason: str | None = None
    outcome: BreakOutcome = "offered"
    postponed_by: str | None = None
    set_id: str | None = None
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Housework:
    """One time of housework before the camera: how often the person went down, by the way of it.

    Attributes
    ----------
    at : datetime
        When it began.
    watched_s : float
        How long somebody was seen.
    lunged, squatted, stooped, knelt, sat : int
    set_id : str, optional
        The set with its landmarks, where they were kept.
    """

    at: datetime
    zone: str
    watched_s: float = 0.0
    lunged: int = 0
    squatted: int = 0
    stooped: int = 0
    knelt: int = 0
    sat: int = 0
    set_id: str | None = None
    id: str = field(default_factory=new_id)
