"""Muscle lengths and arms, against a reference model and against themselves.

``reference.csv``: 36 postures of a right leg, computed with OpenSim 4.6 on LaiUhlrich2022.osim (Apache-2.0).
"""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.mechanics.muscles import (
    JOINTS,
    LegAngles,
    length_sd_mm,
    lengths_mm,
    moment_arms_mm,
    muscle_model,
    share_of_standing,
    standing_mm,
    velocities_mm_per_s,
)

with (Path(__file__).with_name("reference.csv")).open(encoding="utf-8") as lines:
    ROWS = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(lines)]
ANGLES = LegAngles(
    *(np.array([row[k] for row in ROWS]) for k in ("hip_flexion_deg", "knee_flexion_deg", "ankle_dorsiflexion_deg"))
)
NAMES = muscle_model().names
TWO_WRAPS = ("gasmed", "gaslat")

HIP, KNEE, ANKLE = st.floats(-34, 119), st.floats(1, 129), st.floats(-29, 34)


def at(name):
    return muscle_model().index(name)


@pytest.mark.parametrize("column", [k for k in ROWS[0] if k.endswith("_length_mm")])
def test_lengths_are_those_of_the_reference(column):
    name, true = column.removesuffix("_length_mm"), np.array([row[column] for row in ROWS])
    allowed = (0.12 if name in TWO_WRAPS else 0.01) * np.ptp(true)
    assert np.abs(lengths_mm(ANGLES)[:, at(name)] - true).max() < allowed


@pytest.mark.parametrize("column", [k for k in ROWS[0] if k.endswith("_arm_mm")])
def test_arms_are_those_of_the_reference(column):
    name, joint = column.removesuffix("_arm_mm").rsplit("_", 1)
    true = np.array([row[column] for row in ROWS])
    error = moment_arms_mm(ANGLES)[:, JOINTS.index(joint), at(name)] - true
    assert np.sqrt((error**2).mean()) < 1.5


@given(HIP, KNEE, ANKLE)
def test_an_arm_is_minus_the_slope_of_the_length(hip, knee, ankle):
    q, step = np.array([hip, knee, ankle]), 1e-3
    for joint, arm in enumerate(moment_arms_mm(LegAngles(*q))):
        ahead, back = (lengths_mm(LegAngles(*(q + sign * step * np.eye(3)[joint]))) for sign in (1, -1))
        assert -(ahead - back) / np.radians(2 * step) == pytest.approx(arm, abs=1e-2)


@given(HIP, KNEE, ANKLE)
def test_a_polynomial_is_the_sum_of_its_terms(hip, knee, ankle):
    model, x = muscle_model(), np.radians([hip, knee, ankle])
    for i in range(len(NAMES)):
        length = sum(c * np.prod(x**p) for p, c in zip(model.powers, model.metres[:, i], strict=True))
        assert lengths_mm(LegAngles(hip, knee, ankle))[i] == pytest.approx(1000 * length)


@pytest.mark.parametrize(
    ("hip", "knee", "silent"),
    [(130.0, 60.0, "psoas"), (-40.0, 60.0, "recfem"), (30.0, -3.0, "vasint"), (np.nan, 60.0, "glmax1")],
)
def test_beyond_the_range_nothing_is_said(hip, knee, silent):
    angles = LegAngles(hip, knee, 0.0)
    assert np.isnan(lengths_mm(angles)[at(silent)])
    assert np.isnan(moment_arms_mm(angles)[:, at(silent)]).all()
    assert np.isfinite(lengths_mm(angles)[at("soleus")])


def test_shapes_are_those_of_the_angles():
    angles = LegAngles(np.zeros((7, 2)), 10.0, np.zeros(2))
    assert lengths_mm(angles).shape == (7, 2, 26)
    assert moment_arms_mm(angles).shape == (7, 2, 3, 26)


def test_the_tables_of_the_study():
    """Millimetres from standing: hip at -20 and 90 degrees with a straight knee; knee at 90 with a straight hip."""
    change = lambda hip, knee: lengths_mm(LegAngles(hip, knee, 0.0)) - standing_mm()  # noqa: E731
    assert change(-20, 0)[at("psoas")] == pytest.approx(8.3, abs=0.4)
    assert change(90, 0)[at("psoas")] == pytest.approx(-47.4, abs=0.4)
    assert change(90, 0)[at("glmax3")] == pytest.approx(102, abs=1)
    assert change(0, 90)[at("recfem")] == pytest.approx(63.8, abs=0.5)
    assert change(-10, 90)[at("recfem")] == pytest.approx(68.0, abs=0.7)
    assert share_of_standing(lengths_mm(LegAngles(-10, 90, 0)))[at("recfem")] == pytest.approx(1.13, abs=0.006)


def test_bending_the_lumbar_spine_shortens_the_psoas_alone_and_arching_does_nothing():
    plain, bent = (lengths_mm(LegAngles(0.0, 0.0, 0.0), flexion) for flexion in (0.0, 10.0))
    assert (plain - bent)[at("psoas")] == pytest.approx(0.7)
    assert np.count_nonzero(plain - bent) == 1
    assert np.array_equal(plain, lengths_mm(LegAngles(0.0, 0.0, 0.0), -20.0))


def test_speed_is_the_slope_in_time():
    time_s = np.linspace(0, 1, 11)
    lengths = np.outer(time_s, np.arange(26.0))
    assert velocities_mm_per_s(lengths, time_s) == pytest.approx(np.tile(np.arange(26.0), (11, 1)))


@pytest.mark.parametrize("sd_deg", [5.0, 8.0])
def test_an_interval_holds_what_it_says(sd_deg):
    rng, angles = np.random.default_rng(3), (-10.0, 90.0, 10.0)
    drawn = [a + sd_deg * rng.standard_normal(6000) for a in angles]
    spread = np.abs(lengths_mm(LegAngles(*drawn)) - lengths_mm(LegAngles(*angles)))
    sd = length_sd_mm(LegAngles(*angles), (sd_deg,) * 3)
    for name in ("psoas", "iliacus", "recfem", "glmax1", "glmax3"):
        inside = spread[:, at(name)] < 1.96 * sd[at(name)]
        assert inside[np.isfinite(spread[:, at(name)])].mean() == pytest.approx(0.95, abs=0.025)
