"""The step that is on, from motions of which every time is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunge.causal.constants import constants
from lunge.causal.phases import Phases
from lunge.exercises import load
from readings import reading
from test_phases import LOW, STAND, STEP, Script, from_standing, seven_step

RULES = load("reverse_lunge").rules
C = constants().phases
SEVEN = ("standing", "lowering", "squat", "stepping_back", "lunge", "returning", "squat_2", "rising", "standing")
FROM_STANDING = ("standing", "stepping_back", "lowering", "lunge", "rising", "returning", "standing")


def phases_of(script, noise=0.0, seed=0, bursts=()):
    """Return the phase in each frame; in a burst, (start, end, speed), the body moves that fast."""
    motion = script.motion(noise, seed)
    speed = motion.speed.copy()
    for start, end, value in bursts:
        speed[(script.time >= start) & (script.time < end)] = value
    phases = Phases(RULES)
    rows = zip(script.time, STAND - motion.hip_height, motion.left_ahead, speed, strict=True)
    return [phases.step(reading(*(float(value) for value in row))) for row in rows]


def steps_of(phases):
    """Return the steps one after the other."""
    names = [p.step for p in phases]
    return tuple(n for i, n in enumerate(names) if i == 0 or n != names[i - 1])


def settled_in(phases):
    return sum(p.settled for p in phases)


def at(script, phases, seconds):
    return phases[int(np.searchsorted(script.time, seconds))]


@pytest.mark.parametrize("leg", ["left", "right"])
@pytest.mark.parametrize("hold", [1.0, 3.0, 10.0])
def test_the_seven_steps_come_in_their_order_when_they_are_done(leg, hold):
    script, marks = seven_step(Script(14 + hold), 2.0, leg, hold)
    phases = phases_of(script)
    assert steps_of(phases) == SEVEN
    began = {p.step: p.since_s for p in phases}
    for name in ("squat", "lunge", "returning", "squat_2", "rising"):
        assert began[name] == pytest.approx(marks[name], abs=0.8), name
    held = [p for p in phases if p.step == "lunge"]
    assert {p.front for p in held} == {"right" if leg == "left" else "left"}
    assert all(p.from_squat for p in held)


@pytest.mark.parametrize("leg", ["left", "right"])
def test_the_steps_from_standing_come_in_their_order(leg):
    script = from_standing(Script(11), 2.0, leg)
    phases = phases_of(script)
    assert steps_of(phases) == FROM_STANDING
    held = [p for p in phases if p.step == "lunge"]
    assert {p.front for p in held} == {"right" if leg == "left" else "left"}
    assert not any(p.from_squat for p in held)
    assert held[0].since_s == pytest.approx(4.2, abs=0.4)
    assert held[-1].since_s == held[0].since_s


@settings(max_examples=10, deadline=None)
@given(st.floats(0, 0.004), st.integers(0, 1000), st.sampled_from(["left", "right"]))
def test_jitter_changes_nothing(noise, seed, leg):
    script, _ = seven_step(Script(16), 2.0, leg)
    phases = phases_of(script, noise, seed)
    assert steps_of(phases) == SEVEN
    assert settled_in(phases) == 1


@settings(max_examples=10, deadline=None)
@given(st.floats(0, 0.006), st.integers(0, 1000))
def test_jitter_of_somebody_who_stands_is_no_step(noise, seed):
    phases = phases_of(Script(6), noise, seed)
    assert steps_of(phases) == ("standing",)
    assert settled_in(phases) == 0


@settings(max_examples=5, deadline=None)
@given(st.lists(st.sampled_from(["left", "right"]), min_size=1, max_size=3))
def test_each_repetition_settles_once(legs):
    script = Script(3 + 13 * len(legs))
    for i, leg in enumerate(legs):
        seven_step(script, 2.0 + 13 * i, leg)
    phases = phases_of(script)
    assert settled_in(phases) == len(legs)
    for i, phase in enumerate(p for p in phases if p.settled):
        assert phase.since_s == pytest.approx(2.0 + 13 * i + 11, abs=0.5)


@pytest.mark.parametrize("length_s", [0.07, 0.13, 0.16])
def test_a_wobble_inside_the_hold_does_not_end_it(length_s):
    assert length_s < C.left_s
    script, _ = seven_step(Script(16), 2.0, "right", hold=3.0)
    assert steps_of(phases_of(script, bursts=[(7.0, 7.0 + length_s, 0.3)])) == SEVEN


def test_a_frame_is_still_or_is_not_at_once():
    script, _ = seven_step(Script(16), 2.0, "right", hold=3.0)
    phases = phases_of(script, bursts=[(7.0, 7.1, 0.3)])
    assert [at(script, phases, t).still for t in (6.9, 7.05, 7.2)] == [True, False, True]


def test_a_hold_goes_on_after_a_longer_wobble_on_the_spot():
    script, _ = seven_step(Script(16), 2.0, "right", hold=3.0)
    phases = phases_of(script, bursts=[(7.0, 7.5, 0.3)])
    assert at(script, phases, 7.4).step == "returning"
    assert at(script, phases, 8.0).step == "lunge"
    assert steps_of(phases)[-4:] == SEVEN[-4:]
    assert settled_in(phases) == 1


def test_a_squat_without_a_lunge_goes_back_to_standing():
    script = Script(9).hips(2, 3.5, LOW).hips(5, 6.5, STAND)
    phases = phases_of(script)
    assert steps_of(phases) == ("standing", "lowering", "squat", "rising", "standing")
    assert settled_in(phases) == 0
    assert {p.front for p in phases} == {None}


def test_a_shallow_dip_is_no_squat():
    script = Script(7).hips(2, 3, STAND - 0.05).hips(4, 5, STAND)
    assert steps_of(phases_of(script)) == ("standing", "lowering", "standing")


def test_a_step_back_and_forth_on_straight_legs_is_no_lunge():
    script = Script(8).foot("left", 2, 3, -STEP).foot("left", 4, 5, STEP)
    phases = phases_of(script)
    assert steps_of(phases) == ("standing", "stepping_back", "standing")
    assert settled_in(phases) == 0


def test_somebody_restless_settles_anyway_only_later():
    script, marks = seven_step(Script(18), 2.0)
    quiet = next(p for p in phases_of(script) if p.settled)
    phases = phases_of(script, bursts=[(marks["end"] - 0.5, 18, 0.2)])
    settled = [t for t, p in zip(script.time, phases, strict=True) if p.settled]
    assert settled == [pytest.approx(quiet.since_s + C.settled_anyway_s, abs=0.1)]


def test_settling_waits_for_quiet_standing():
    script, _ = seven_step(Script(16), 2.0)
    phases = phases_of(script)
    (when,) = (t for t, p in zip(script.time, phases, strict=True) if p.settled)
    since = next(p for p in phases if p.settled).since_s
    assert C.settled_s <= when - since <= C.settled_anyway_s


def test_standing_counts_as_before_a_squat_until_a_foot_goes_back():
    """So that limits of both variants are known: only the step back tells them apart."""
    script = from_standing(Script(11), 2.0)
    phases = phases_of(script)
    assert at(script, phases, 1.0).from_squat
    assert not at(script, phases, 3.0).from_squat
