"""Heat-map refinement against a loop."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.pose.landmarks import refined

CELLS = 64


def dumb_refined(shares: np.ndarray, heatmaps: np.ndarray) -> np.ndarray:
    """Point by point and cell by cell, as MediaPipe's refine_landmarks_from_heatmap_calculator does."""
    out = shares.copy()
    for i, (x, y) in enumerate(shares):
        column, row = math.floor(x * CELLS), math.floor(y * CELLS)
        if not (0 <= column < CELLS and 0 <= row < CELLS):
            continue
        total = best = at_x = at_y = 0.0
        for r in range(max(0, row - 3), min(CELLS, row + 4)):
            for c in range(max(0, column - 3), min(CELLS, column + 4)):
                weight = 1 / (1 + math.exp(-heatmaps[r, c, i]))
                total, best = total + weight, max(best, weight)
                at_x, at_y = at_x + weight * c, at_y + weight * r
        if best >= 0.5:
            out[i] = at_x / total / CELLS, at_y / total / CELLS
    return out


@given(st.integers(0, 2**32 - 1), st.floats(-6, 2))
def test_refinement(seed: int, level: float) -> None:
    rng = np.random.default_rng(seed)
    shares = rng.uniform(-0.1, 1.1, (6, 2))
    heatmaps = rng.normal(level, 2.0, (CELLS, CELLS, 6)).astype(np.float32)
    assert refined(shares, heatmaps) == pytest.approx(dumb_refined(shares, heatmaps), abs=1e-9)


def test_a_point_without_heat_stays() -> None:
    shares = np.array([[0.3, 0.7]])
    assert (refined(shares, np.full((CELLS, CELLS, 1), -9.0, np.float32)) == shares).all()
