"""What a live session is asked for, what it is given, and what it answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, Final, Literal

from lunge.coaching.records import Cue, Fault, Hold, Mode, Side, Sound
from lunge.poses import Poses
from lunge.records import Repetition, Target

PROTOCOL: Final = "lunge.live/1"

TurnTo = Literal["side", "front"]
"""Where to turn: the camera's view of the next repetitions."""

Order = Literal["alternate", "left_first", "right_first", "left", "right"]
"""Legs in turn; all of one side, then the other; or one side only."""


Answer = Literal["rest", "more", "much", "less", "unsure", "cannot_judge"]
Reason = Literal["step", "moving", "hidden", "view", "standing", "seat"]
"""Of meters."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person chose; remembered by the page.

    Attributes
    ----------
    variant : str
        Of an exercise that ships: ``reverse_lunge`` (seven steps), ``reverse_lunge_from_standing`` or ``seated_lunge``.
    hold_s, squat_hold_s : float
        How long to hold the lunge, and the squat after it, 1 to 10.
    repetitions : int
        For each leg.
    most_left, most_right : int, optional
        The most of them with that leg; None where it does as many as the other.
    order : Order
    stretch : bool
        The longer step (T2).
    chair : bool
        Hands on a chair instead of the hips.
    front_repetitions : int
        How many of all are asked for facing the camera, after those from the side; 0 for none.
    height_m : float, optional
    front_thigh_limit_deg : (low, high), optional
    least_step_heights : float, optional
        As in `lunge.records.Target`: what a plan asks for in place of the exercise's own limits.
    depth_deg : float, optional
        How far the front knee shall bend over an upright shin, for the posture to reach; None for the full lunge.
    longest_s : float, optional
        How long the set may last, without setting up and pauses, as a break does; None for as long as it takes.
    outline : bool
        Whether the posture to reach is asked for at first; a command switches it.
    mirrored : bool
        Whether the frames that are sent are already mirrored; a mirror on the screen alone is not.
    model : {'lite', 'full', 'heavy'}
    """

    variant: str = "reverse_lunge"
    hold_s: float = 2.0
    squat_hold_s: float = 1.0
    repetitions: int = 3
    order: Order = "alternate"
    stretch: bool = False
    chair: bool = False
    front_repetitions: int = 2
    height_m: float | None = None
    front_thigh_limit_deg: tuple[float | None, float | None] | None = None
    least_step_heights: float | None = None
    depth_deg: float | None = None
    most_left: int | None = None
    most_right: int | None = None
    longest_s: float | None = None
    outline: bool = False
    mirrored: bool = False
    model: str = "full"

    def with_leg(self, leg: Side) -> int:
        """Return how many repetitions a leg does where both are asked for."""
        most = self.most_left if leg == "left" else self.most_right
        return self.repetitions if most is None else min(self.repetitions, most)

    def target(self) -> Target:
        """Return them as the judgement takes them."""
        return Target(
            height_m=self.height_m,
            hold_s=self.hold_s,
            squat_hold_s=self.squat_hold_s,
            stretch=self.stretch,
            chair=self.chair,
            front_thigh_limit_deg=self.front_thigh_limit_deg,
            least_step_heights=self.least_step_heights,
        )


@dataclass(frozen=True, slots=True)
class Look:
    """One frame as it was seen.

    Attributes
    ----------
    poses : Poses
        Of one frame; NaN where nobody was found.
    people : int
    brightness : float, optional
        Mean of the picture, 0 to 1; None where only landmarks came.
    """

    poses: Poses
    people: int = 1
    brightness: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Repetitions done of those asked for, one leg."""

    done: int
    asked: int


@dataclass(frozen=True, slots=True)
class Meter:
    """One effect of the posture, as a level.

    Attributes
    ----------
    answer : {'rest', 'more', 'much', 'less', 'unsure', 'cannot_judge'}
        Against the person's own standing: `rest` is the standing itself, `much` surely a great deal more. Of the hip's
        share `more` is more than half.
    reason : {'step', 'moving', 'hidden', 'view', 'standing', 'seat'} or None
        Why it cannot be judged: no lunge is held, the body moves, the leg is hidden, the view does not show it or
        nobody could stand so, no quiet standing was seen, a seat carries part of the person.
    level, low, high : float or None
        From 0 to 1, with the ends of a 95 % interval; None where it is not judged.
    """

    answer: Answer
    reason: Reason | None = None
    level: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Meters:
    """What the posture does now, by a model: of the leg behind and of the leg in front.

    Attributes
    ----------
    stretch, hip_stretch : Meter
        Of the leg behind: the front of its thigh (rectus femoris), and of its hip (psoas).
    load : Meter
        Of the leg in front: what hip and knee carry together.
    hip_share : Meter
        The hip's part of it.
    leaning : bool
        Whether the trunk leans so far that stretch behind is traded for load in front.
    """

    stretch: Meter
    hip_stretch: Meter
    load: Meter
    hip_share: Meter
    leaning: bool = False


@dataclass(frozen=True)
class Update:
    """What is new after one frame.

    Attributes
    ----------
    time_s : float
        Capture time.
    mode : Mode
    missing : tuple of str
        Keys of the section ``setup`` in the catalogues, the most important first.
    quiet_s : float
        How long the person has stood quietly, while setting up.
    view : str, optional
        ``side``, ``front``, ``back`` or ``oblique``.
    can_judge, cannot_judge : tuple of str
        Checks that this view shows, and the others.
    step : str, optional
        The step that is on.
    hold : Hold, optional
    faults : tuple of Fault
        All that are on.
    left, right : Count
    next_leg : str, optional
    turn_to : {'side', 'front'}, optional
        Where to turn before going on.
    points : tuple of (x, y, confidence)
        The 33 points, as shares of the picture's width and height; empty when nobody is seen.
    target_points : tuple of (x, y)
        The posture to reach in the person's own proportions, the same points, or empty.
    cues : tuple of Cue
        Given in this frame.
    sounds : tuple of Sound
    repetitions : tuple of Repetition
        Judged for good in this frame.
    meters : Meters, optional
        None while nobody is followed through the steps.
    """

    time_s: float
    mode: Mode
    missing: tuple[str, ...]
    quiet_s: float
    view: str | None
    can_judge: tuple[str, ...]
    cannot_judge: tuple[str, ...]
    step: str | None
    hold: Hold | None
    faults: tuple[Fault, ...]
    left: Count
    right: Count
    next_leg: str | None
    turn_to: str | None
    points: tuple[tuple[float, float, float], ...]
    target_points: tuple[tuple[float, float], ...]
    cues: tuple[Cue, ...]
    sounds: tuple[Sound, ...]
    repetitions: tuple[Repetition, ...]
    meters: Meters | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: Any) -> Any:
    """Return records as plain data, and numbers as they are: copying each of a hundred takes longer than the rest."""
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return tuple(_plain(one) for one in value)
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
