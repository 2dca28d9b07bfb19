"""Scripted sets: what a camera would have told the policy, frame by frame."""

from dataclasses import dataclass, field

from lunge.coaching.policy import step
from lunge.coaching.records import Cue, Fault, Hold, Moment, Sound
from lunge.coaching.state import PolicyState

FPS = 20


@dataclass(frozen=True)
class Stretch:
    """Some seconds of one step; `faults` are (check, measure, end, from, to) in seconds of the stretch.

    `hold` is (target, seconds until its clock runs); the clock stands still while a fault of `stops` is on.
    """

    step: str | None
    seconds: float
    hold: tuple[float, float] | None = None
    faults: tuple[tuple, ...] = ()
    stops: bool = False
    moment: dict = field(default_factory=dict)
    first: dict = field(default_factory=dict)


def moments(*stretches, **always):
    """Yield the frames of stretches one after the other; `first` holds only in a stretch's first frame."""
    frame = 0
    for stretch in stretches:
        start_s, done = frame / FPS, 0
        for i in range(round(stretch.seconds * FPS)):
            at_s = i / FPS
            faults = tuple(_fault(f, stretch.step, start_s) for f in stretch.faults if f[3] <= at_s < f[4])
            told = {"mode": "active", "step": stretch.step, "step_since_s": start_s, "faults": faults, **always}
            if stretch.hold is not None:
                target_s, wait_s = stretch.hold
                running = at_s >= wait_s and not (stretch.stops and faults)
                stopped_by = faults[0] if stretch.stops and faults else None
                told["hold"] = Hold(stretch.step, target_s, done / FPS, running, stopped_by)
                done += running
            first = stretch.first if i == 0 else {}
            yield Moment(**{"time_s": frame / FPS, **told, **stretch.moment, **first})
            frame += 1


def _fault(told, during, start_s):
    check, measure, end, from_s, _, *rest = told
    return Fault(check, measure, rest[0] if rest else during, end, start_s + from_s, 1.0)


def coached(frames):
    """Return everything that the policy answers to some moments."""
    state, out = PolicyState(), []
    for moment in frames:
        state, answers = step(state, moment)
        out.extend(answers)
    return out


def spoken(answers):
    """Return what is said, as (second, key)."""
    return [(round(a.time_s, 2), a.key) for a in answers if isinstance(a, Cue) and a.spoken]


def cues(answers, *kinds):
    """Return the cues of some kinds, as (second, key, whether it is said)."""
    return [(round(a.time_s, 2), a.key, a.spoken) for a in answers if isinstance(a, Cue) and a.kind in kinds]


def sounds(answers):
    """Return what is heard, as (second, name)."""
    return [(round(a.time_s, 2), a.name) for a in answers if isinstance(a, Sound)]


LEAN = ("trunk_upright", "trunk_forward_deg", "high")
SHALLOW = ("front_thigh_depth", "front_thigh_above_horizontal_deg", "high")
KNEE = ("rear_knee_clearance", "rear_knee_height_heights", "low")
HANDS = ("hands_on_hips", "hands_on_hips_share", "low")


def repetition(number=1, faults=(), hold=(2.0, 0.25), first=None, stops=False):
    """Return the stretches of a seven-step repetition that does as it is told; `faults` are on in the lunge."""
    now = {"repetition": number, "next_leg": "left" if number % 2 else "right"}
    rest = {"repetition": number - 1, "next_leg": now["next_leg"]}
    return (
        Stretch("standing", 4.0, moment=rest, first=first or {}),
        Stretch("lowering", 1.0, moment=now),
        Stretch("squat", 3.5, moment=now),
        Stretch("stepping_back", 1.0, moment=now),
        Stretch("lunge", hold[0] + 0.75, hold=hold, faults=faults, stops=stops, moment=now),
        Stretch("returning", 2.25, moment=now),
        Stretch("squat_2", 1.75, hold=(1.0, 0.25), moment=now),
        Stretch("rising", 1.0, moment=now),
    )


def finished(number, went_well=(), **more):
    """Return what the first frame of standing tells after a repetition."""
    return {"happened": ("repetition_done",), "repetition": number, "went_well": went_well, **more}
