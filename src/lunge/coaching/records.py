"""What the coach is told in each moment, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Side = Literal["left", "right"]
Mode = Literal["setting_up", "active", "paused", "finished"]
"""Before the first quiet standing; coaching; stopped by the person; the set is done."""

Kind = Literal["safety", "setup", "form", "guide", "praise", "count", "clear"]
"""From the most to the least urgent, but for the last two: `count` is exact to the second and never
waits, and `clear` takes away what is shown: its text is empty, and nothing is said."""

SoundName = Literal["started", "hold_started", "second", "hold_done", "repetition_done", "stopped", "set_done"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A check that is beyond its limit now.

    Attributes
    ----------
    check, measure, step : str
        As in a finding.
    end : {'low', 'high'}
        Which limit is passed.
    since_s : float
        Capture time of the first frame that showed it, without a frame in form since.
    over : float
        How far beyond the limit, in margins of the check.
    """

    check: str
    measure: str
    step: str
    end: Literal["low", "high"]
    since_s: float
    over: float


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that is on.

    Attributes
    ----------
    step : {'squat', 'lunge', 'squat_2', 'seated_lunge'}
    target_s : float
    done_s : float
        How long it has been held in form.
    running : bool
        Whether the clock runs: the pose is in form.
    stopped_by : Fault, optional
        Why it does not.
    """

    step: str
    target_s: float
    done_s: float
    running: bool
    stopped_by: Fault | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What is seen in one frame.

    Attributes
    ----------
    time_s : float
        Capture time.
    mode : Mode
    missing : tuple of str
        What keeps the set from starting or being judged, the most important first: keys of
        the section ``setup`` in the catalogues.
    step : str, optional
        The step of the exercise that is on, ``standing`` and ``sitting`` included; None while unknown.
    step_since_s : float
    hold : Hold, optional
    faults : tuple of Fault
        All that are on now.
    repetition : int
        The number of the repetition under way, or of the last one; 0 before the first.
    next_leg : {'left', 'right'}, optional
        Which leg is to step back next; None when the person chooses.
    happened : tuple of str
        What happened in this very frame: ``started``, ``repetition_done``, ``turn`` (the set goes on in
        another view), ``time_over`` (a set that may not last longer ends), ``set_done``, ``lost``, ``found``,
        ``paused``, ``resumed``.
    went_well : tuple of str
        With ``repetition_done``: checks that failed in the repetition before and passed in this one.
    variant : str
        Of the exercise: which steps follow each other.
    asked : int
        Repetitions asked for in the whole set, both legs and all views; 0 when nobody said.
    turn_to : {'side', 'front'}, optional
        Where to turn before going on.
    timed : bool
        Whether the view shows when a foot goes back and comes again; otherwise nothing is said of too short and too
        quick.
    """

    time_s: float
    mode: Mode
    missing: tuple[str, ...] = ()
    step: str | None = None
    step_since_s: float = 0.0
    hold: Hold | None = None
    faults: tuple[Fault, ...] = ()
    repetition: int = 0
    next_leg: Side | None = None
    happened: tuple[str, ...] = ()
    went_well: tuple[str, ...] = ()
    variant: str = "reverse_lunge"
    asked: int = 0
    turn_to: Literal["side", "front"] | None = None
    timed: bool = True


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing that is said or shown.

    Attributes
    ----------
    key : str
        Of its text in the catalogues, the section included: ``coach.sit_down``, ``setup.too_near``.
        What is shown stays until the next cue that is no count.
    kind : Kind
    time_s : float
        Capture time of the frame in which it is given.
    spoken : bool
        Whether it is said aloud now; otherwise it is only shown.
    seen_since_s : float, optional
        For form: capture time of the first frame that showed the fault.
    fill : dict of str to str
        What the names in braces stand for.
    """

    key: str
    kind: Kind
    time_s: float
    spoken: bool = True
    seen_since_s: float | None = None
    fill: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sound:
    """A short sound, for whoever hears no voice.

    ``stopped`` is heard when a hold's clock stops, when the person is lost, and at a pause.
    """

    name: SoundName
    time_s: float
