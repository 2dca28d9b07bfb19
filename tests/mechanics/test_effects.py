"""Effects of a held lunge: values of the study, intervals against random draws, what is not judged."""

from dataclasses import replace

import numpy as np
import pytest

from lunge.mechanics.effects import Own, effects_of
from lunge.mechanics.postures import Posture

UPRIGHT = Posture(0.0, 0.0, 0.0, 10.0, 90.0)
SD = Posture(3.0, 3.0, 3.0, 3.0, 3.0, pelvis_forward_deg=8.0)
SURE = Posture(0.0, 0.0, 0.0, 0.0, 0.0)


def by_name(posture=UPRIGHT, sd=SD, still=True, **own):
    return {effect.name: effect for effect in effects_of(posture, sd, still, Own(**{"stoop_deg": 70.0} | own))}


def test_the_upright_lunge_of_the_study():
    found = by_name()
    assert found["rectus_femoris"].value == pytest.approx(13.3, abs=0.3)
    assert found["gluteus"].value == pytest.approx(47, abs=1)
    assert found["psoas"].value == pytest.approx(1.8, abs=0.2)
    assert found["front_demand"].value == pytest.approx(1.45, abs=0.01)
    assert found["front_hip_share"].value == pytest.approx(0.35, abs=0.01)
    assert found["rear_knee"].value == pytest.approx(1.62, abs=0.01)
    assert found["lower_back"].value == pytest.approx(0.0, abs=1e-9)


def test_answers_are_given_only_where_the_whole_interval_gives_them():
    found = by_name()
    assert found["pelvis"].answer == "unsure"
    assert found["psoas"].answer == "unsure"
    assert found["rectus_femoris"].answer == "more"
    assert found["gluteus"].answer == "more"
    assert found["lower_back"].answer == "less"


def test_upright_stretches_and_leaning_loads_the_glutes():
    upright, leaning = by_name(), by_name(replace(UPRIGHT, trunk_forward_deg=15.0))
    assert leaning["psoas"].value < upright["psoas"].value
    assert leaning["front_hip_share"].value > upright["front_hip_share"].value
    assert leaning["lower_back"].value > upright["lower_back"].value


def test_what_no_picture_shows_is_in_the_interval():
    share = by_name(sd=SURE)["front_hip_share"]
    assert share.low == pytest.approx(0.03, abs=0.015)
    assert share.high == pytest.approx(0.59, abs=0.015)


def test_the_front_leg_carries_the_same_whatever_no_picture_shows():
    demand = by_name(sd=SURE)["front_demand"]
    assert demand.high - demand.low < 0.02


@pytest.mark.parametrize(
    ("hidden", "silent", "spoken"),
    [
        ("rear_knee_flexion_deg", "rectus_femoris", "gluteus"),
        ("front_thigh_above_horizontal_deg", "gluteus", "psoas"),
        ("trunk_forward_deg", "lower_back", None),
    ],
)
def test_what_is_not_seen_is_not_judged(hidden, silent, spoken):
    found = by_name(replace(UPRIGHT, **{hidden: np.nan}))
    assert (found[silent].answer, found[silent].reason, found[silent].value) == ("cannot_judge", "view", None)
    assert spoken is None or found[spoken].value is not None


def test_legs_on_which_nobody_can_stand_are_not_judged():
    found = by_name(replace(UPRIGHT, rear_thigh_back_deg=-69.0, rear_knee_flexion_deg=100.0))
    assert {name for name, effect in found.items() if effect.answer != "cannot_judge"} == {"pelvis", "lower_back"}
    assert found["psoas"].reason == "view"


def test_loads_need_a_body_at_rest_and_the_back_needs_a_deep_stoop():
    found = by_name(still=False)
    loaded = ("front_demand", "front_hip_share", "rear_knee", "front_gluteus_effort", "rear_thigh_effort")
    assert {found[name].reason for name in loaded} == {"not_still"}
    assert found["gluteus"].value is not None
    shallow = replace(UPRIGHT, front_thigh_above_horizontal_deg=60.0, rear_knee_flexion_deg=50.0)
    assert by_name(shallow, stoop_deg=None)["lower_back"].reason == "no_stoop"


def test_where_nothing_is_carried_there_is_nothing_to_share():
    light = replace(
        UPRIGHT, front_thigh_above_horizontal_deg=82.0, rear_thigh_back_deg=10.0, rear_knee_flexion_deg=12.0
    )
    found = by_name(light)
    assert found["front_demand"].low < 0.0 < found["front_demand"].high
    assert found["front_hip_share"].reason == "no_load"
    assert by_name(UPRIGHT)["front_hip_share"].answer != "cannot_judge"
