"""What the plan knows of a person, and what it answers: frozen records without a clock.

Comfort is answered from 0, nothing felt, to 10, the worst imaginable; so *less* is more comfortable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

from lunge.messages import Sentence

Movement = Literal["sit_to_stand", "lunge"]
Support = Literal["both_hands", "one_hand", "none"]
"""From the easiest to the hardest: both hands on a chair, one hand, hands on the hips."""

Variable = Literal["movement", "depth_deg", "support", "hold_s", "repetitions", "stretch", "focus_repetitions"]
VARIABLES: Final[tuple[Variable, ...]] = get_args(Variable)
"""What a plan changes, one at a time; the movement first: another one has its own holds and counts."""

Leg = Literal["left", "right"]
LEGS: Final[tuple[Leg, ...]] = get_args(Leg)
"""Each leg is named for its repetitions: those in which it steps back."""

Path = Literal["knee", "back", "balance"]
Outcome = Literal["go", "ask_first", "stop"]
Status = Literal["screen", "stop", "ask_first", "paused", "ill", "baseline", "rest", "done", "go"]
"""Why there is no set now, or that there is one: the screen is to be answered; it says stop, or ask first; a pause with
advice; ill; the first set is to be done; a rest day; all of today is done; go."""

Kind = Literal["start", "up", "stay", "down", "pause", "resume", "adapt"]


Reason = Sentence
"""One sentence of why."""


@dataclass(frozen=True, slots=True)
class Comfort:
    """How back and knee feel, 0 (nothing) to 10; None where nothing was answered."""

    back: int | None = None
    knee: int | None = None

    @property
    def worst(self) -> int | None:
        """The higher of the two; None when neither was answered."""
        if self.back is None or self.knee is None:
            return self.knee if self.back is None else self.back
        return max(self.back, self.knee)

    def rise_from(self, before: Comfort) -> int | None:
        """Return how much more is felt than before, in the place where it rose most; None when unknown."""
        pairs = ((self.back, before.back), (self.knee, before.knee))
        return max((now - then for now, then in pairs if now is not None and then is not None), default=None)


@dataclass(frozen=True, slots=True)
class Count:
    """Repetitions of one side.

    Attributes
    ----------
    asked, done : int
    judged : int
        Of those done: how many showed enough to be judged.
    in_form : int
        Of those judged.
    """

    asked: int
    done: int
    judged: int
    in_form: int


@dataclass(frozen=True, slots=True)
class Targets:
    """What one set asks for.

    Attributes
    ----------
    movement : Movement
    depth_deg : float
        The largest flexion of the front knee; 0 where nobody lunges.
    support : Support
    hold_s : float
        Of the lunge, or of the squeeze of the buttocks before standing up.
    repetitions : int
        Of each side; of the movement where it has no sides.
    stretch : bool
        The longer step.
    focus_repetitions : int
        Of each side on days of strength; 0 where there are none.
    lowering_s : float
        How slowly to go down.
    most_left, most_right : int, optional
        The most repetitions with that leg, on every day; None where it does as many as the other.
    """

    movement: Movement
    depth_deg: float
    support: Support
    hold_s: float
    repetitions: int
    stretch: bool = False
    focus_repetitions: int = 0
    lowering_s: float = 2.0
    most_left: int | None = None
    most_right: int | None = None

    @property
    def is_even(self) -> bool:
        """Whether both legs do the same."""
        return self.with_leg("left") == self.with_leg("right")

    def with_leg(self, leg: Leg, repetitions: int | None = None) -> int:
        """Return how many repetitions a leg does of some, or of those that are asked for."""
        asked = self.repetitions if repetitions is None else repetitions
        most = self.most_left if leg == "left" else self.most_right
        return asked if most is None else min(asked, most)


@dataclass(frozen=True, slots=True)
class Rung:
    """One place on the ladder: its targets, and the level whose milestone was reached last, 0 to 6."""

    level: int
    targets: Targets


@dataclass(frozen=True, slots=True)
class Screening:
    """The answers before the first set.

    Attributes
    ----------
    on : date
    ticked : frozenset of str
        Keys of what applies, such as ``urgent.fever`` and ``path.knee``.
    doctor_agrees : bool
        Whether the doctor's consent was given.
    age_years : int, optional
    """

    on: date
    ticked: frozenset[str] = frozenset()
    doctor_agrees: bool = False
    age_years: int | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """The dated statement that the doctor agrees, in the words that were on the page."""

    on: date
    statement: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The first set: three repetitions a side. `unsure`: the person did not feel safe."""

    on: date
    left: Count
    right: Count
    effort: int | None
    comfort: Comfort
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One set as the plan sees it.

    Attributes
    ----------
    at : datetime
        When it began, with the zone's offset: its day is the local one.
    targets : Targets
        What was asked for.
    level : int
    left, right : Count
    effort : int, optional
        0 to 10.
    before, after : Comfort
    stopped : str, optional
        Why it was stopped early: a key of ``stops.toml``.
    is_test : bool
        Whether it was a self-test, which asks for the same whatever the plan asks for: how it felt counts, how it
        went does not.
    """

    at: datetime
    targets: Targets
    level: int
    left: Count
    right: Count
    effort: int | None
    before: Comfort
    after: Comfort
    stopped: str | None = None
    is_test: bool = False

    def __post_init__(self) -> None:
        """Refuse a time without its zone.

        Raises
        ------
        ValueError
            If the time has none.
        """
        if self.at.tzinfo is None:
            raise ValueError(f"at: expected a time with its zone, got {self.at}")

    @property
    def day(self) -> date:
        """The local day on which it began."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Morning:
    """How back and knee felt in a morning."""

    on: date
    comfort: Comfort


@dataclass(frozen=True, slots=True)
class Illness:
    """From when to when somebody felt ill, both days included; None while it lasts."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class IfThen:
    """When something happens that happens anyway, a set follows: the person's own words, or a catalogue's key."""

    when: str
    then: str


@dataclass(frozen=True, slots=True)
class Barrier:
    """What may come in between, and what to do then."""

    when: str
    then: str


@dataclass(frozen=True, slots=True)
class Habits:
    """How the person wants to practise.

    Attributes
    ----------
    weekdays : tuple of int
        0 is Monday. Other days are rest days.
    sessions_a_day : int, optional
        Fewer than the plan would ask for.
    stop_limit : int, optional
        The person's own, lower than the usual one.
    if_then : tuple of IfThen
    barriers : tuple of Barrier
    """

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    sessions_a_day: int | None = None
    stop_limit: int | None = None
    if_then: tuple[IfThen, ...] = ()
    barriers: tuple[Barrier, ...] = ()
