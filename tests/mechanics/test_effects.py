"""What one held lunge does: classes, intervals, and silence where nothing is known."""

from dataclasses import astuple, fields, replace

import numpy as np
import pytest

from lunge.mechanics.constants import constants
from lunge.mechanics.effects import Estimate, HeldLunge, class_of_demand, held_effects
from lunge.mechanics.statics import Posture, loads

UPRIGHT = HeldLunge(0.0, 0.0, 0.0, 10.0, 90.0)
LEANING = replace(UPRIGHT, trunk_forward_deg=20.0)
SD = HeldLunge(5.0, 5.0, 5.0, 5.0, 5.0)


def test_the_upright_lunge_stretches_behind_and_loads_in_front():
    found = held_effects(UPRIGHT, SD)
    assert found.rectus_femoris_percent.value == pytest.approx(13.3, abs=0.6)
    assert found.rectus_femoris_percent.against_zero == "more"
    assert found.psoas_percent.value == pytest.approx(1.8, abs=0.3)
    assert found.psoas_percent.against_zero == "unsure"
    assert found.gluteus_percent.value == pytest.approx(38, abs=4)
    assert found.demand_nm_per_kg.value == pytest.approx(1.45, abs=0.01)
    assert found.hip_share.low < 0.15 < 0.55 < found.hip_share.high
    assert found.pelvic_tilt == "unsure"
    assert found.back_share_of_stoop.value == pytest.approx(0.0)


def test_leaning_loads_the_hip_and_the_back_and_gives_away_the_stretch():
    upright, leaning = held_effects(UPRIGHT, SD), held_effects(LEANING, SD)
    assert leaning.hip_share.value > upright.hip_share.value + 0.1
    assert leaning.back_share_of_stoop.value > 0.2
    assert leaning.psoas_percent.value < upright.psoas_percent.value


def test_an_own_stoop_is_the_measure_of_the_back():
    assert held_effects(LEANING, SD, 20.0).back_share_of_stoop.value == pytest.approx(1.0)


@pytest.mark.parametrize("name", [f.name for f in fields(HeldLunge)])
def test_what_is_not_seen_is_not_estimated(name):
    assert held_effects(replace(UPRIGHT, **{name: np.nan}), SD) is None
    assert held_effects(UPRIGHT, replace(SD, **{name: np.nan})) is None


def test_beyond_the_model_nothing_is_said():
    assert held_effects(replace(UPRIGHT, rear_knee_flexion_deg=140.0), SD) is None


def test_an_interval_holds_what_the_errors_of_the_angles_do():
    """By draws: the interval of the demand is wider than 95 % of them, as it holds the rules' band too."""
    rng = np.random.default_rng(5)
    drawn = np.array(astuple(UPRIGHT)) + 5.0 * rng.standard_normal((4000, 5))
    values = loads(Posture(*drawn.T)).demand_nm_per_kg
    found = held_effects(UPRIGHT, SD).demand_nm_per_kg
    inside = np.mean((values > found.low) & (values < found.high))
    assert inside == pytest.approx(0.95, abs=0.03)


def test_classes():
    low, high = constants().effects.demand_nm_per_kg
    assert [class_of_demand(v) for v in (low - 0.1, (low + high) / 2, high + 0.1)] == ["light", "middle", "strong"]
    assert [Estimate(v, v - 1, v + 1).against_zero for v in (-2, 0, 2)] == ["less", "unsure", "more"]
