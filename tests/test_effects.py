"""From a repetition and its series to effects."""

import numpy as np
import pytest

from lunge.effects import repetition_effects
from lunge.effects.reading import SERIES
from lunge.mechanics.effects import Own
from lunge.records import Repetition, Step, View
from lunge.signals import Signals

TIME = np.arange(0.0, 4.0, 0.1)
HELD = {"trunk_forward_deg": 15.0, "rear_thigh_from_vertical_deg": 10.0, "rear_knee_flexion_deg": 90.0}


def repetition(start_s=1.0, end_s=3.0, name="lunge"):
    steps = (Step(name, start_s, end_s),)
    view = View(90.0, 5.0, "side")
    return Repetition(1, "reverse_lunge", "left", True, 0.0, 2.0, 4.0, steps, {}, 0.5, "heights", 0.0, view, ())


def signals(**changed):
    """Angles of a lunge in the hold, and far from it elsewhere."""
    told = dict.fromkeys(SERIES.values(), 0.0) | HELD | changed
    held = (TIME >= 1.0) & (TIME <= 3.0)
    values = {name: np.where(held, value, 70.0) for name, value in told.items()}
    return Signals(TIME, values, {name: np.full(len(TIME), 3.0) for name in values})


def found(*args, **kwargs):
    return {effect.name: effect for effect in repetition_effects(*args, **kwargs)}


def test_the_hold_alone_is_read():
    effects = found(signals(), repetition(), Own(stoop_deg=70.0))
    assert effects["lower_back"].value == pytest.approx(0.26, abs=0.01)
    assert effects["front_hip_share"].value == pytest.approx(0.45, abs=0.012)
    assert effects["gluteus"].answer == "more"


def test_a_short_hold_gives_no_loads():
    effects = found(signals(), repetition(1.0, 1.5))
    assert effects["front_demand"].reason == "not_still"
    assert effects["rectus_femoris"].value is not None


def test_what_the_view_hides_is_not_judged():
    effects = found(signals(rear_knee_flexion_deg=np.nan), repetition())
    assert effects["rectus_femoris"].reason == "view"


def test_without_a_lunge_there_is_nothing():
    assert repetition_effects(signals(), repetition(name="squat")) == []
