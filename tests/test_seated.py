"""Repetitions on a seat, found in made-up motions and on a clip with truth."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from lunge.causal.seated_phases import SeatedPhases
from lunge.cli import app
from lunge.evaluation.packed import load_packed
from lunge.exercises import exercise_with, load
from lunge.judging import judged
from lunge.measuring import measured
from lunge.phases import episodes
from lunge.records import Target
from packed import CLIPS, needs_clips
from readings import reading
from test_phases import LOW, STAND, STEP, Script, from_standing, seven_step

SEATED = load("seated_lunge")
STEPS = ("sitting", "stepping_back", "seated_lunge", "returning", "sitting")


def on_a_seat(hold=2.0, leg="right", times=1):
    """Return somebody who sits down, does seated lunges and stands up, and when each step of the first begins."""
    span = 6.0 + hold
    script = Script(8.0 + times * span)
    down, up = 2.5, 4.0 + times * span
    script.hips(1.0, down, LOW).hips(up, up + 1.5, STAND)
    script.mass = np.where((script.time > 2.0) & (script.time < up + 0.5), -0.22, 0.0)
    script.bend(1.0, 1.8, 35.0).bend(1.9, 2.5, 2.0).bend(up - 0.6, up, 35.0).bend(up + 0.5, up + 1.5, 5.0)
    for i in range(times):
        start = 4.0 + i * span
        back = start + 1.6 + hold
        script.foot(leg, start, start + 1.6, -STEP).foot(leg, back, back + 1.8, STEP)
    return script, {"stepping_back": 4.0, "seated_lunge": 5.6, "returning": 5.6 + hold, "end": 7.4 + hold}


def found(script, exercise=SEATED, **noise):
    return episodes(script.motion(**noise), exercise)


@pytest.mark.parametrize("leg", ["left", "right"])
@pytest.mark.parametrize("hold", [1.0, 3.0, 10.0])
def test_the_steps_lie_where_they_were_done(leg, hold):
    script, marks = on_a_seat(hold, leg)
    (episode,) = found(script)
    assert (episode.kind, episode.stepping, episode.complete) == ("seated_lunge", leg, True)
    for step in episode.steps:
        assert step.start_s == pytest.approx(marks[step.name], abs=0.4), step.name
    assert episode.end_s == pytest.approx(marks["end"], abs=0.4)


def test_each_is_counted_without_standing_up_between():
    script, _ = on_a_seat(times=3)
    assert [e.kind for e in found(script)] == ["seated_lunge"] * 3


def test_on_a_seat_nobody_does_a_reverse_lunge():
    script, _ = on_a_seat()
    assert [e.kind for e in found(script, load("reverse_lunge"))] == ["seated_lunge"]


@pytest.mark.parametrize("add", [lambda s: seven_step(s, 2.0)[0], lambda s: from_standing(s, 2.0)])
def test_on_the_feet_nobody_does_a_seated_lunge(add):
    assert not [e for e in found(add(Script(16))) if e.steps]


@settings(max_examples=10, deadline=None)
@given(st.floats(0, 0.006), st.integers(0, 1000), st.sampled_from(["left", "right"]))
def test_jitter_adds_and_loses_none(noise, seed, leg):
    script, _ = on_a_seat(2.0, leg)
    assert [e.stepping for e in found(script, noise=noise, seed=seed)] == [leg]


def test_a_clip_that_ends_in_the_hold_ends_in_an_unfinished_one():
    script, _ = on_a_seat(hold=10.0)
    motion = script.motion()
    end = int(np.searchsorted(script.time, 9.0))
    cut = {name: _first(getattr(motion, name), end) for name in motion.__dataclass_fields__}
    assert [e.complete for e in episodes(type(motion)(**cut), SEATED)] == [False]


def _first(series, frames):
    if isinstance(series, dict):
        return {side: values[:frames] for side, values in series.items()}
    return series if np.isscalar(series) else series[:frames]


def phases_of(script):
    """Return the phase in each frame."""
    motion = script.motion()
    fastest = np.fmax(motion.speed, np.fmax(*motion.knee_speed.values()))
    phases = SeatedPhases(SEATED.rules)
    rows = zip(script.time, STAND - motion.hip_height, motion.left_ahead, fastest, strict=True)
    return [phases.step(reading(*(float(value) for value in row))) for row in rows]


@pytest.mark.parametrize("leg", ["left", "right"])
def test_frame_by_frame_the_steps_come_in_their_order(leg):
    script, marks = on_a_seat(3.0, leg, times=2)
    phases = phases_of(script)
    names = [p.step for p in phases]
    order = tuple(n for i, n in enumerate(names) if i == 0 or n != names[i - 1])
    assert order == ("standing", *STEPS, *STEPS[1:], "standing")
    assert sum(p.settled for p in phases) == 2
    held = [p for p in phases if p.step == "seated_lunge"]
    assert {p.front for p in held} == {"right" if leg == "left" else "left"}
    assert held[0].since_s == pytest.approx(marks["seated_lunge"], abs=0.4)


def test_a_foot_that_is_set_back_a_little_and_comes_back_is_no_repetition():
    script = Script(9.0).hips(1.0, 2.5, LOW).foot("left", 4.0, 4.6, -STEP / 3).foot("left", 5.5, 6.2, STEP / 3)
    assert {p.step for p in phases_of(script)} == {"standing", "sitting"}


def test_a_variant_tells_its_exercise():
    assert exercise_with("seated_lunge") is SEATED
    assert exercise_with("reverse_lunge_from_standing") is load("reverse_lunge")
    with pytest.raises(ValueError, match="got 'jump'"):
        exercise_with("jump")


@needs_clips
def test_a_clip_from_the_side_gives_its_repetitions_of_the_nearer_leg():
    poses, _, truth = load_packed(CLIPS.parent / "seated" / "seatedfit08_300.npz")
    found = judged(measured(poses), SEATED, Target()).repetitions
    near = [r for r in truth.repetitions if r.stepping_leg == "right"]
    assert [(r.variant, r.stepping_leg, r.complete) for r in found] == [("seated_lunge", "right", True)] * 2
    for got, want in zip(found, near, strict=True):
        assert got.steps[0].start_s == pytest.approx(want.steps[0].start_s, abs=0.4)
        assert got.end_s == pytest.approx(want.end_s, abs=0.4)
    assert not judged(measured(poses), load("reverse_lunge"), Target()).repetitions


@needs_clips
def test_the_figures_of_another_exercise_are_asked_for_by_its_name():
    asked = ["evaluate", str(CLIPS.parent / "seated"), "--exercise", "seated_lunge", "--json"]
    answer = CliRunner().invoke(app, asked)
    figures = {(row["group"], row["name"], row["statistic"]): row for row in json.loads(answer.stdout)["figures"]}
    caught = figures["checks", "all judged checks", "sensitivity"]
    assert (caught["value"], caught["n"]) == (1.0, 2)
