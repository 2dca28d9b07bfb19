"""Measures of single frames, against those of a whole file."""

from dataclasses import replace

import numpy as np
import pytest

import people
from lunge.causal.reading import Reader, baseline_from
from lunge.kinematics.measures import frame_of, measure_series
from lunge.measuring import measured, prepared
from lunging import DROP_M, STEP_M, Figure
from packed import clip, needs_clips

TALL_M = 1.7
BASELINE_S = 1.5
HELD_S = 4.6
"""In the middle of the hold."""

BY_HANDS = ("hips_by_hands_deg",)
"""Against the standing of the baseline in one, of the whole file in the other."""


def readings_of(poses):
    """Return the readings of the frames behind the baseline."""
    first = int((poses.time_s < BASELINE_S).sum())
    reader = Reader(baseline_from(poses[:first]))
    return [reader.step(poses[i : i + 1]) for i in range(first, len(poses))]


def lunge():
    """Return the poses up to the middle of a long hold, the left leg back."""
    return Figure(HELD_S, fps=30.0).from_standing(1.8, "left", hold=3.0).poses()


@pytest.fixture(scope="module")
def read():
    return readings_of(lunge())


@pytest.mark.parametrize("azimuth_deg", [90.0, 270.0])
def test_the_baseline_of_quiet_standing(azimuth_deg):
    baseline = baseline_from(people.standing(BASELINE_S, azimuth_deg=azimuth_deg))
    assert baseline.standing
    assert baseline.azimuth_deg == pytest.approx(azimuth_deg, abs=0.5)
    assert baseline.hip_height == pytest.approx((0.90 - 0.07) / TALL_M, abs=0.02)
    assert baseline.seen.height_px == pytest.approx(TALL_M * people.PX_PER_M, rel=0.02)
    assert np.isnan(baseline.hands_line_deg), "hands that hang tell nothing of the hips"
    assert Reader(baseline).is_usable


def test_hands_on_the_hips_are_part_of_the_baseline():
    baseline = baseline_from(Figure(BASELINE_S).poses(azimuth_deg=0.0))
    assert baseline.hands_line_deg == pytest.approx(0.0, abs=0.5)


def test_without_anybody_there_is_nothing_to_measure_against():
    nobody = people.standing(BASELINE_S)
    nobody.image_px[:] = np.nan
    nobody.world_m[:] = np.nan
    nobody.confidence[:] = 0.0
    baseline = baseline_from(nobody)
    assert not baseline.standing
    assert not Reader(baseline).is_usable


def test_somebody_who_stands_has_not_moved(read):
    standing = [r for r in read if r.time_s < 1.8]
    assert len(standing) > 5
    for r in standing:
        assert r.drop_heights == pytest.approx(0.0, abs=0.005)
        assert r.left_ahead_heights == pytest.approx(0.0, abs=0.02)
        assert r.speed_heights_per_s == pytest.approx(0.0, abs=1e-6)


def test_a_lunge_is_as_deep_and_as_long_as_it_was_done(read):
    assert read[-1].drop_heights == pytest.approx(DROP_M / TALL_M, abs=0.015)
    assert read[-1].left_ahead_heights == pytest.approx(-STEP_M / TALL_M, abs=0.03)


def test_the_speed_is_that_of_the_body(read):
    times = np.array([r.time_s for r in read])
    speeds = np.array([r.speed_heights_per_s for r in read])
    lowering = (times > 2.5) & (times < 3.4)
    assert 0.15 < speeds[lowering].mean() < 0.5
    assert speeds[-1] < 0.01
    assert (speeds[(times > 2.3) & (times < 3.3)] > 0.05).all()


def test_the_view_is_kept_while_the_feet_are_apart(read):
    assert [r.azimuth_deg for r in read] == pytest.approx([90.0] * len(read), abs=0.5)


def test_in_a_hold_a_frame_measures_what_the_file_does(read):
    """The file smooths in both directions, the frame in one: in a hold they must agree."""
    whole = measured(lunge()).series
    different = {}
    for name, series in read[-1].series.items():
        near = 1.0 if name.endswith("_deg") else 0.01
        if name not in BY_HANDS and not np.isclose(series[0], whole[name][-1], rtol=0, atol=near, equal_nan=True):
            different[name] = (float(series[0]), float(whole[name][-1]))
    assert different == {}
    assert np.isfinite(read[-1].series["left_knee_flexion_deg"]).all()


AGAINST_OTHERS = ("hips_by_hands_deg", "pelvic_obliquity_deg")
"""Where nobody stands these are taken against other frames, which a single one has not; a live set has its standing."""


@needs_clips
@pytest.mark.parametrize("name", ["test02_090", "test00_000a", "test00_045"])
def test_one_frame_measures_to_the_last_bit_what_many_at_once_do(name):
    """Single frames are measured often, and quickly: nothing of a result may go for it."""
    poses, _ = clip(name)
    ready = prepared(poses)
    azimuth = np.full(len(poses), float(name[7:10]))
    body = replace(ready.flat_body, standing=np.zeros(len(poses), bool))
    whole = measure_series(ready.flat, body, frame_of(ready.flat, body, azimuth))
    for i in range(0, len(poses), 10):
        frame, one = ready.flat[i : i + 1], replace(body, standing=np.zeros(1, bool))
        series = measure_series(frame, one, frame_of(frame, one, azimuth[:1]))
        different = [
            n
            for n in whole
            if n not in AGAINST_OTHERS and not np.array_equal(series[n], whole[n][i : i + 1], equal_nan=True)
        ]
        assert different == []
