"""Made-up analyses for tests: a person who stands, and repetitions with whatever findings a test wants."""

from dataclasses import replace

import numpy as np

import people
from lunge.mechanics.effects import Effect, answer_of, levels_of
from lunge.messages import Sentence
from lunge.records import (
    Analysis,
    BodyInfo,
    EngineInfo,
    Finding,
    InputInfo,
    OtherMovement,
    Repetition,
    Step,
    View,
)
from lunge.signals import Signals

FINDING = Finding(
    check="trunk_upright",
    measure="trunk_forward_deg",
    step="lunge",
    result="fail",
    value=24.6,
    sd=2.0,
    sd_people=8.0,
    unit="deg",
    limit=(-5.0, 20.0),
    reason=None,
    why="The trunk leaned forward.",
    advice="Keep your chest up.",
)


def finding(**changes):
    """Return a finding, a trunk that leans too far unless said otherwise."""
    return replace(FINDING, **changes)


def repetition(index=1, start_s=1.0, **changes):
    """Return a repetition of four seconds: down 1 s, hold 1 s, up 1 s, back 1 s."""
    names = ("stepping_back", "lunge", "rising", "returning")
    steps = tuple(Step(n, start_s + i, start_s + i + 1) for i, n in enumerate(names))
    made = Repetition(
        index=index,
        variant="reverse_lunge_from_standing",
        stepping_leg="left",
        complete=True,
        start_s=start_s,
        bottom_s=start_s + 1.5,
        end_s=start_s + 4.0,
        steps=steps,
        holds_s={"lunge_hold_s": 1.0, "lunge_hold_in_form_s": 0.4},
        step_length=0.5,
        step_length_unit="heights",
        front_thigh_above_horizontal_deg=7.0,
        view=View(90.0, 5.0, "side"),
        findings=(finding(),),
    )
    return replace(made, **changes)


EFFECTS = {
    "pelvis": ("both", "deg"),
    "psoas": ("rear", "percent"),
    "rectus_femoris": ("rear", "percent"),
    "gluteus": ("front", "percent"),
    "front_demand": ("front", "Nm/kg"),
    "front_hip_share": ("front", "share"),
    "rear_knee": ("rear", "Nm/kg"),
    "lower_back": ("both", "share"),
    "front_gluteus_effort": ("front", "share"),
    "front_thigh_effort": ("front", "share"),
    "rear_thigh_effort": ("rear", "share"),
}


def effects(reason="view", **told):
    """Return the effects of a repetition: value, low and high of those that are told, the others not judged."""
    return tuple(effect(name, told.get(name), reason) for name in EFFECTS)


def effect(name, ends, reason):
    """Return one effect: judged from (value, low, high), or not for a reason; the pelvis is never sure."""
    role, unit = EFFECTS[name]
    if ends is None:
        return Effect(name, role, "unsure" if name == "pelvis" else "cannot_judge", None, None, None, unit, reason)
    return Effect(name, role, answer_of(name, *ends[1:]), *ends, unit, None, levels_of(name, *ends[1:]))


def analysis(*repetitions, seconds=8.0, **changes):
    """Return an analysis of somebody who stands, with these repetitions."""
    poses = people.standing(seconds)
    time = poses.time_s
    values = {"trunk_forward_deg": 10.0 + 15.0 * np.sin(time), "front_thigh_above_horizontal_deg": 90.0 - 10.0 * time}
    made = Analysis(
        input=InputInfo("somewhere/clip.mp4", "0" * 64, seconds, len(time), *people.SIZE_PX, 30.0),
        engine=EngineInfo("0.1", "blazepose-full", "f32", "reverse_lunge", "refined"),
        view=View(90.0, 5.0, "side"),
        body=BodyInfo(None, "standing"),
        repetitions=repetitions,
        other_movements=(OtherMovement("squat", 6.0, 7.0),),
        people=1,
        notes=(Sentence("notes.as_written", {"text": "Something worth knowing."}),),
        poses=poses,
        signals=Signals(time, values, {n: np.full(len(time), 2.0) for n in values}),
        step_names=("",) * len(time),
    )
    return replace(made, **changes)
