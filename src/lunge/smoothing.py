"""Gaps, spikes and noise in series that were not sampled evenly.

Every function works on real time stamps: webcams drop frames, and a frame rate
is never assumed. All smoothing here is zero-phase: it looks both ways and shifts
nothing in time.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from lunge.poses import Floats

GRID_S: Final = 1.0 / 30.0
"""The even grid that smoothing works on: the usual frame rate of a webcam or phone."""

REACH_SIGMAS: Final = 4.0
"""Where a Gaussian is cut off: beyond lies less than 0.01 % of it."""


def fill_gaps(time_s: Floats, values: Floats, longest_s: float) -> Floats:
    """Return the series with short gaps bridged by straight lines.

    Parameters
    ----------
    time_s : array, shape (T,)
        Seconds, strictly increasing.
    values : array, shape (T, ...)
        NaN = missing.
    longest_s : float
        Gaps longer than this, and those at the ends, stay NaN.

    Returns
    -------
    array, shape (T, ...)
    """
    flat = values.reshape(len(values), -1).copy()
    for column in range(flat.shape[1]):
        flat[:, column] = _fill_one(time_s, flat[:, column], longest_s)
    return flat.reshape(values.shape)


def _fill_one(time_s: Floats, series: Floats, longest_s: float) -> Floats:
    good = np.isfinite(series)
    if good.all() or good.sum() < 2:
        return series
    seen = time_s[good]
    after = np.searchsorted(seen, time_s)
    inside = (after > 0) & (after < len(seen))
    gap = np.full(len(series), np.inf)
    gap[inside] = seen[after[inside]] - seen[after[inside] - 1]
    bridged: Floats = np.where(~good & (gap <= longest_s), np.interp(time_s, seen, series[good]), series)
    return bridged


def smooth(time_s: Floats, values: Floats, sigma_s: float, spike_s: float = 0.0) -> Floats:
    """Return the series without spikes and smoothed by a Gaussian in time.

    Parameters
    ----------
    time_s : array, shape (T,)
        Seconds, strictly increasing.
    values : array, shape (T, ...)
        NaN = missing; it stays missing and does not spread.
    sigma_s : float
        Standard deviation of the Gaussian, seconds; 0 leaves the noise in.
    spike_s : float
        Width of a running median that takes spikes out first; 0 for none.

    Returns
    -------
    array, shape (T, ...)
    """
    flat = np.asarray(values, float).reshape(len(values), -1)
    if len(flat) < 3:
        return np.asarray(values, float)
    grid = np.arange(time_s[0], time_s[-1] + GRID_S / 2, GRID_S)
    out = np.empty_like(flat)
    for column in range(flat.shape[1]):
        out[:, column] = _smooth_one(time_s, flat[:, column], grid, sigma_s / GRID_S, round(spike_s / GRID_S))
    return out.reshape(np.shape(values))


def _smooth_one(time_s: Floats, series: Floats, grid: Floats, sigma: float, spike: int) -> Floats:
    good = np.isfinite(series)
    if good.sum() < 3:
        return series
    even = np.interp(grid, time_s[good], series[good])
    if spike > 1:
        even = median_of(even, spike | 1)
    if sigma > 0:
        even = gaussian_of(even, sigma)
    out: Floats = np.where(good, np.interp(time_s, grid, even), np.nan)
    return out


def rate(time_s: Floats, values: Floats) -> Floats:
    """Return the derivative by time of an already smooth series, shape as `values`, unit per second.

    NaN next to a missing value.
    """
    if len(time_s) < 2:
        return np.full(np.shape(values), np.nan)
    out: Floats = np.gradient(values, time_s, axis=0)
    return out


def running_median(time_s: Floats, series: Floats, width_s: float) -> Floats:
    """Return the running median (T,) of a series over a window of `width_s` seconds; NaN is bridged."""
    good = np.isfinite(series)
    if good.sum() < 3:
        return series
    grid = np.arange(time_s[0], time_s[-1] + GRID_S / 2, GRID_S)
    even = np.interp(grid, time_s[good], series[good])
    size = max(3, min(round(width_s / GRID_S), 2 * len(grid)) | 1)
    out: Floats = np.interp(time_s, grid, median_of(even, size))
    return out


def median_of(even: Floats, size: int) -> Floats:
    """Return the running median over `size` samples, odd, of an even series (T,); its ends go on as they are."""
    out: Floats = np.median(sliding_window_view(np.pad(even, size // 2, mode="edge"), size), axis=1)
    return out


def gaussian_of(even: Floats, sigma: float) -> Floats:
    """Return an evenly sampled series (T,) smoothed by a Gaussian of `sigma` samples; its ends go on as they are."""
    reach = int(REACH_SIGMAS * sigma + 0.5)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    out: Floats = np.convolve(np.pad(even, reach, mode="edge"), weights / weights.sum(), mode="valid")
    return out
