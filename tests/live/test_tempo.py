"""A way back that was too quick."""

import pytest

from lunge.causal.phases import Phase
from lunge.exercises import load
from lunge.live.constants import constants
from lunge.live.tempo import Tempo

EXERCISE = load("reverse_lunge")
SEVEN, FROM_STANDING = "reverse_lunge", "reverse_lunge_from_standing"
FRAME_S = 0.02
STEPS = {SEVEN: ("lunge", "returning", "squat_2"), FROM_STANDING: ("lunge", "rising", "returning", "standing")}


def shortest_s(variant):
    """Return how quick a way back may look before it is called so."""
    check = next(c for c in EXERCISE.checks if c.check == "slow_return" and variant in c.variants)
    return check.limit[0] - check.margin - constants().tempo.late_s


def said(variant, *rows):
    """Return the steps in which the way back was called too quick, of rows of (step, seconds)."""
    tempo, now, out = Tempo(EXERCISE, variant), 0.0, []
    for step, seconds in rows:
        for _ in range(round(seconds / FRAME_S)):
            found = tempo.step(Phase(step, now), now)
            out += [step] if found and step not in out else []
            now += FRAME_S
    return out


def repetition(variant, way_s):
    """Return the steps of a repetition whose way back takes so long in all."""
    first, *way, last = STEPS[variant]
    return [(first, 1.0), *((step, way_s / len(way)) for step in way), (last, 0.5)]


@pytest.mark.parametrize("variant", STEPS)
def test_a_quick_way_back_is_said_in_the_step_after_it_alone(variant):
    quick = repetition(variant, shortest_s(variant) - 0.1)
    assert said(variant, *quick, ("lowering", 0.5), ("squat", 0.5)) == [STEPS[variant][-1]]


@pytest.mark.parametrize("variant", STEPS)
def test_a_slow_way_back_is_not(variant):
    assert said(variant, *repetition(variant, shortest_s(variant) + 0.1)) == []


def test_a_wobble_in_the_hold_is_no_way_back():
    assert said(SEVEN, ("lunge", 1.0), ("returning", 0.1), ("lunge", 1.0), ("returning", 3.0), ("squat_2", 1.0)) == []
