"""The load on the lower back: plain statics, and classes against the own stoop."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.lowering import with_back_loads
from lunge.lowering.loads import back_moment_nm_per_kg
from lunge.records import Lowering


def lowered(kind, lean):
    return Lowering(kind, 0.0, 1.0, 2.0, None, "seen", 0.2, lean)


def test_the_moment_is_that_of_the_literature_for_a_level_trunk():
    # 107 Nm for 75 kg (docs/lowering.md)
    assert 75 * back_moment_nm_per_kg(90.0) == pytest.approx(107.0, abs=1.0)


@given(st.floats(0.0, 90.0), st.floats(0.0, 90.0))
def test_a_greater_lean_never_asks_less(one, two):
    less, more = sorted((one, two))
    assert back_moment_nm_per_kg(less) <= back_moment_nm_per_kg(more) + 1e-12


def test_classes_are_those_against_the_own_stoop():
    loads = [low.back_load for low in with_back_loads([lowered("lunge", 10.0), lowered("stoop", 90.0)])]
    assert loads == ["low", "high"]
    half_bent = [low.back_load for low in with_back_loads([lowered("lunge", 10.0), lowered("stoop", 20.0)])]
    assert half_bent == ["middle", "high"]


def test_without_a_stoop_a_level_trunk_stands_in_for_it():
    assert [low.back_load for low in with_back_loads([lowered("squat", 30.0)])] == ["middle"]


def test_a_lean_that_was_not_seen_has_no_load():
    (low,) = with_back_loads([lowered("squat", None)])
    assert low.back_load is None
    assert low.back_moment_nm_per_kg is None
    assert math.isclose(low.drop_heights, 0.2)
