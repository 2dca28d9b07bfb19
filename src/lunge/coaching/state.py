"""What the policy remembers from one moment to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Final

from lunge.coaching.records import Kind, Moment

URGENCY: Final[tuple[Kind, ...]] = ("safety", "setup", "form", "guide", "praise")


@dataclass(frozen=True, slots=True)
class Line:
    """Something that may be said.

    Attributes
    ----------
    key : str
        Of its text in the catalogues.
    kind : Kind
    from_s, until_s : float
        Capture times between which it may be said.
    gap_s : float
        Least time since the last spoken cue, if longer than the usual one.
    of_step : bool
        Whether it is dropped when the step is over.
    spoken : bool
        Whether it is to be said, or only shown.
    seen_since_s : float, optional
        For form: capture time of the first frame that showed the fault.
    """

    key: str
    kind: Kind
    from_s: float = -inf
    until_s: float = inf
    gap_s: float = 0.0
    of_step: bool = False
    spoken: bool = True
    seen_since_s: float | None = None


@dataclass(frozen=True, slots=True)
class PolicyState:
    """Everything that a decision needs besides the moment itself; times are capture times in seconds.

    Attributes
    ----------
    before : Moment, optional
        The last moment.
    step_before : str, optional
        The step before the one that is on.
    waiting : tuple of Line
        What is still to be said.
    spoken_s, form_spoken_s, setup_spoken_s : float
        When anything but a count, a form cue and a request was last said.
    requested : str
        Key of the last request.
    missing, missing_since_s : str, float
        What is missing first, and since when.
    shown, shown_since_s : Line or None, float
        What is on the screen.
    told : mapping of str to int
        Form cues that were said, to the repetition in which they were last.
    prompted : Line, optional
        The last guiding line of this step.
    counts_left, paced_s : int, float
        Of the paced way back, and the time from which it counts.
    praised : int, optional
        The last repetition that was praised.
    """

    before: Moment | None = None
    step_before: str | None = None
    waiting: tuple[Line, ...] = ()
    spoken_s: float = -inf
    form_spoken_s: float = -inf
    setup_spoken_s: float = -inf
    requested: str = ""
    missing: str = ""
    missing_since_s: float = -inf
    shown: Line | None = None
    shown_since_s: float = -inf
    told: Mapping[str, int] = field(default_factory=dict)
    prompted: Line | None = None
    counts_left: int = 0
    paced_s: float = -inf
    praised: int | None = None
