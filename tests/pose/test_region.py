"""The turned square around a person: there and back, its crop, and the steadying of its points."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.pose.region import Region, crop, picture_from_region, region_from_alignment, turned_world
from lunge.pose.steadying import steadied

places = st.floats(-500, 1500)
turns = st.floats(-3.0, 3.0)


def test_upright_person() -> None:
    region = region_from_alignment(np.array([100.0, 200.0]), np.array([100.0, 120.0]))
    assert (region.x_px, region.y_px) == (100.0, 200.0)
    assert region.size_px == pytest.approx(2 * 80 * 1.25)
    assert region.turn_rad == pytest.approx(0.0)


def test_person_lying_with_the_head_to_the_right() -> None:
    region = region_from_alignment(np.array([100.0, 200.0]), np.array([180.0, 200.0]))
    assert region.turn_rad == pytest.approx(math.pi / 2)


@given(places, places, st.floats(5, 800), turns)
def test_the_scale_point_is_straight_above_the_middle(x: float, y: float, reach: float, turn: float) -> None:
    centre = np.array([x, y])
    scale_point = centre + reach * np.array([math.sin(turn), -math.cos(turn)])
    region = region_from_alignment(centre, scale_point)
    assert region.turn_rad == pytest.approx(turn, abs=1e-6)
    # Half of the square is 1.25 reaches, so the point lies 0.4 of the square above its middle.
    assert picture_from_region(np.array([[0.5, 0.1]]), region)[0] == pytest.approx(scale_point, abs=1e-6)
    assert picture_from_region(np.array([[0.5, 0.5]]), region)[0] == pytest.approx(centre, abs=1e-9)


def dumb_crop(picture: np.ndarray, region: Region, side: int) -> np.ndarray:
    """Pixel by pixel, bilinear, the last pixel going on beyond the edge."""
    height, width = picture.shape[:2]
    out = np.empty((side, side, 3))
    for row in range(side):
        for column in range(side):
            x, y = picture_from_region(np.array([column / side, row / side]), region)
            x, y = min(max(x, 0), width - 1), min(max(y, 0), height - 1)
            x0, y0 = min(int(x), width - 2), min(int(y), height - 2)
            top = picture[y0, x0] * (1 - (x - x0)) + picture[y0, x0 + 1] * (x - x0)
            below = picture[y0 + 1, x0] * (1 - (x - x0)) + picture[y0 + 1, x0 + 1] * (x - x0)
            out[row, column] = top * (1 - (y - y0)) + below * (y - y0)
    return out


@pytest.mark.parametrize("turn", [0.0, 0.4, -2.0])
@pytest.mark.parametrize("size", [20.0, 70.0])
def test_crop(turn: float, size: float) -> None:
    y, x = np.mgrid[0:60, 0:80]
    picture = np.stack([x * 3, y * 4, (x + y) * 1.5], axis=-1).astype(np.uint8)
    region = Region(30.0, 25.0, size, turn)
    assert crop(picture, region, 16).astype(float) == pytest.approx(dumb_crop(picture, region, 16), abs=2.5)


@given(turns)
def test_world_turns_like_the_picture(turn: float) -> None:
    """A step along an axis of the crop is the same step in the picture's axes, in pixels and in metres."""
    region = Region(0.0, 0.0, 1.0, turn)
    for axis in (0, 1):
        step = np.eye(3)[axis]
        image = picture_from_region(np.array([0.5, 0.5]) + step[:2], region)
        assert turned_world(step[None], region)[0] == pytest.approx([*image, 0.0], abs=1e-12)
    assert turned_world(np.array([[0.0, 0.0, 2.0]]), region)[0] == pytest.approx([0.0, 0.0, 2.0])


def dumb_one_euro(values: list[float], times: list[float], size: float) -> list[float]:
    """Return the filter's output for one number, from the paper's pseudo-code."""
    out, speed = [values[0]], 0.0
    for i in range(1, len(values)):
        step = times[i] - times[i - 1]
        alpha = 1 / (1 + 1 / (2 * math.pi * 1.0 * step))
        speed += alpha * ((values[i] - values[i - 1]) / size / step - speed)
        alpha = 1 / (1 + 1 / (2 * math.pi * (0.01 + 10.0 * abs(speed)) * step))
        out.append(out[-1] + alpha * (values[i] - out[-1]))
    return out


def test_steadying_against_the_paper() -> None:
    rng = np.random.default_rng(3)
    times = np.cumsum(rng.uniform(0.02, 0.06, 60))
    x = 300 + np.cumsum(rng.normal(0, 3, 60))
    state, got = None, []
    for time_s, value in zip(times, x, strict=True):
        state = steadied(state, np.array([[value, 200.0], [value, 100.0]]), time_s)
        got.append(state.points[0, 0])
    assert got == pytest.approx(dumb_one_euro(list(x), list(times), 200.0))


def test_a_still_person_has_a_still_region() -> None:
    rng = np.random.default_rng(4)
    state = None
    points = []
    for i in range(200):
        raw = np.array([[300.0, 200.0], [300.0, 100.0]]) + rng.normal(0, 0.5, (2, 2))
        state = steadied(state, raw, i / 30)
        points.append(state.points)
    assert np.std(points[50:], axis=0).max() < 0.5 / 2
