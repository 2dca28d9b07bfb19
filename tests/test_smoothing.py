"""Gaps, spikes and noise on uneven time stamps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.smoothing import fill_gaps, gaussian_of, median_of, rate, running_median, smooth

TIME = np.arange(0, 4, 1 / 30)


def test_short_gaps_are_bridged_by_a_line_and_long_ones_stay():
    values = 2 * TIME
    holes = values.copy()
    holes[10:13] = np.nan
    holes[50:80] = np.nan
    filled = fill_gaps(TIME, holes, 0.5)
    np.testing.assert_allclose(filled[10:13], values[10:13])
    assert np.isnan(filled[50:80]).all()


def test_gaps_at_the_ends_stay():
    holes = TIME.copy()
    holes[:3] = holes[-2:] = np.nan
    filled = fill_gaps(TIME, holes, 9.0)
    assert np.isnan(filled[:3]).all()
    assert np.isnan(filled[-2:]).all()


@given(st.integers(20, 90))
def test_a_single_wild_frame_vanishes(frame):
    values = np.sin(TIME)
    wild = values.copy()
    wild[frame] += 50
    assert np.abs(smooth(TIME, wild, 0.05, 0.17) - values).max() < 0.05


def test_smoothing_shifts_nothing_in_time_however_frames_are_dropped():
    rng = np.random.default_rng(1)
    kept = np.sort(rng.choice(len(TIME), 90, replace=False))
    time = TIME[kept]
    bump = np.exp(-(((time - 2) / 0.3) ** 2))
    calm = smooth(time, bump, 0.05)
    centre = (calm * time).sum() / calm.sum()
    assert centre == pytest.approx((bump * time).sum() / bump.sum(), abs=0.01)


def test_missing_values_stay_missing_and_do_not_spread():
    values = np.ones_like(TIME)
    values[40] = np.nan
    calm = smooth(TIME, values, 0.1)
    assert np.isnan(calm[40])
    np.testing.assert_allclose(np.delete(calm, 40), 1.0)


def test_rate_of_a_line_is_its_slope():
    np.testing.assert_allclose(rate(TIME, 3 * TIME), 3.0)


def test_running_median_ignores_short_bursts():
    values = np.zeros_like(TIME)
    values[30:36] = 9
    assert running_median(TIME, values, 1.0).max() == 0


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.sampled_from([1, 3, 5, 9]))
def test_the_running_median_against_a_loop(seed, count, size):
    series = np.random.default_rng(seed).normal(size=count)
    near = [[series[min(max(i + k, 0), count - 1)] for k in range(-(size // 2), size // 2 + 1)] for i in range(count)]
    np.testing.assert_allclose(median_of(series, size), [sorted(row)[size // 2] for row in near])


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.floats(0.3, 6.0))
def test_the_gaussian_against_a_loop(seed, count, sigma):
    series = np.random.default_rng(seed).normal(size=count)
    reach = int(4 * sigma + 0.5)
    out = []
    for i in range(count):
        weights = [np.exp(-((k / sigma) ** 2) / 2) for k in range(-reach, reach + 1)]
        near = [series[min(max(i + k, 0), count - 1)] for k in range(-reach, reach + 1)]
        out.append(sum(w * v for w, v in zip(weights, near, strict=True)) / sum(weights))
    np.testing.assert_allclose(gaussian_of(series, sigma), out, atol=1e-12)
