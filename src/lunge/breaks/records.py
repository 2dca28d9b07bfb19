"""What is known in a moment, what is asked for, and what happens: frozen records without a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

Hindrance = Literal["camera", "microphone", "meeting", "full_screen", "do_not_disturb"]
"""What keeps a break waiting: it is caught up afterwards."""

Bar = Literal["locked", "needless", "taken"]
"""Why no glance is taken through the camera: the screen is locked; somebody is there anyway; another program has it."""

Silence = Literal["off", "paused", "rest_day", "quiet_hours", "enough"]
"""Why no break becomes due at all."""

Phase = Literal["resting", "waiting", "offered", "doing"]
"""Nothing is due; one is due and waits; it is shown; it was begun."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the person set, checked.

    Attributes
    ----------
    every_s : float
        Of sitting until a break is due.
    most : int
        Reminders a day.
    quiet_from, quiet_until : time
        Local; equal ones mean no quiet hours.
    on : bool
    paused_until : datetime, optional
        With its zone.
    """

    every_s: float
    most: int
    quiet_from: time
    quiet_until: time
    on: bool = True
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known now.

    Attributes
    ----------
    at : datetime
        What the clock on the wall says, with its zone; it may jump.
    steady_s : float
        A clock that never jumps and goes on through sleep; its beginning means nothing.
    present : bool
        Whether somebody sits at the computer.
    hindrance : Hindrance, optional
    rest_day : bool
        Whether the plan wants no reminder today.
    """

    at: datetime
    steady_s: float
    present: bool
    hindrance: Hindrance | None = None
    rest_day: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The one break that is due.

    Attributes
    ----------
    id : str
    at : datetime
        When it became due.
    postponed_by : str, optional
        What kept it waiting last: a `Hindrance`, or ``snooze``.
    ready_s : float
        On the steady clock: not to be offered before.
    shown_s : float, optional
        When it was offered, or begun.
    counted : bool
        Whether it was offered before: it counts once among the day's.
    """

    id: str
    at: datetime
    ready_s: float
    postponed_by: str | None = None
    shown_s: float | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Where things stand.

    Attributes
    ----------
    sat_s, away_s : float
        How long somebody has sat, and been away, without a break between.
    steady_s : float, optional
        Of the moment before.
    day : date, optional
        The local day that `offered` counts.
    offered : int
        Reminders shown on that day.
    phase : Phase
    due : Due, optional
        In every phase but ``resting``.
    """

    sat_s: float = 0.0
    away_s: float = 0.0
    steady_s: float | None = None
    day: date | None = None
    offered: int = 0
    phase: Phase = "resting"
    due: Due | None = None


Answer = Literal["begin", "here", "done", "skip", "snooze", "now"]
"""What the person does: begins the break that is offered; begins one, offered or not, on a page that is open; has done
it; leaves it out; wants it later; wants one offered now."""

Happening = Literal["postponed", "offer", "withdraw", "skipped", "done", "dropped"]
"""It waits; show it; take it off the screen; it was left out; it was done; whoever stood up needs it no more."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a break.

    Attributes
    ----------
    what : Happening
    due : Due
    reason : str, optional
        Why it was left out, as the person said.
    """

    what: Happening
    due: Due
    reason: str | None = None
