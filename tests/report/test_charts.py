"""Charts say with lines what the numbers say: read back from the drawing."""

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunge.report.charts import HEIGHT, RANGE_WIDTH, WIDTH, Aim, Curve, Mark, Panel, Stretch, line_chart, range_chart

TIME = 2.0 + np.arange(120) / 30
SERIES = st.lists(st.floats(-180, 180), min_size=len(TIME), max_size=len(TIME)).map(np.array)
ROUNDED = 0.06
"""Places are written with one decimal."""


def panel(*curves, time_s=TIME, steps=(), aims=(), alt="what it shows"):
    return Panel("Trunk", "hint", alt, time_s, curves, steps, aims)


def curve(y, sd=0.0, kind="left"):
    return Curve("left leg", kind, np.asarray(y, float), np.full(len(y), sd))


def drawn(chart, tag, kind=None):
    """Return the elements of a chart by tag and class."""
    found = ElementTree.fromstring(chart).iter(tag)
    return [e for e in found if kind is None or kind in e.get("class", "").split()]


def places(line):
    return np.array([[float(v) for v in pair.split(",")] for pair in line.get("points").split()])


def axes_of(chart):
    """Return functions from places in the drawing to seconds and degrees, by what the ticks say."""
    ticks = [t for t in drawn(chart, "text") if t.get("class") is None]
    y = [(float(t.get("y")) - 4, float(t.text[:-1].replace("−", "-"))) for t in ticks if t.text.endswith("°")]
    x = [(float(t.get("x")), float(t.text.removesuffix(" s"))) for t in ticks if t.text.endswith(" s")]
    return [np.poly1d(np.polyfit(*np.array(pairs).T, 1)) for pairs in (x, y)]


@settings(max_examples=20, deadline=None)
@given(SERIES)
def test_a_curve_reads_back_from_the_ticks(y):
    chart = line_chart(panel(curve(y)))
    line = places(drawn(chart, "polyline")[0])
    seconds, degrees = axes_of(chart)
    one_px = abs(degrees.c[0])
    np.testing.assert_allclose(degrees(line[:, 1]), y, atol=0.2 * one_px + 1e-6)
    np.testing.assert_allclose(seconds(line[:, 0]), TIME, atol=0.01)


@settings(max_examples=20, deadline=None)
@given(SERIES, st.floats(0, 40), st.sets(st.integers(0, len(TIME) - 1), max_size=30))
def test_nothing_is_drawn_outside_and_nothing_where_nothing_was_seen(y, sd, missing):
    y = y.copy()
    y[list(missing)] = np.nan
    chart = line_chart(panel(curve(y, sd)))
    lines = [places(e) for e in drawn(chart, "polyline")]
    everything = np.concatenate([*lines, *(places(e) for e in drawn(chart, "polygon"))])
    assert (everything >= 0).all()
    assert (everything <= (WIDTH, HEIGHT)).all()
    pieces, run = [], []
    for value in [*y, np.nan]:
        if np.isfinite(value):
            run.append(value)
        else:
            pieces, run = pieces + [run] * (len(run) > 1), []
    assert [len(p) for p in lines] == [len(p) for p in pieces]


def test_the_ribbon_is_one_sd_to_either_side():
    chart = line_chart(panel(curve(30 + 0 * TIME, sd=8.0)))
    _, degrees = axes_of(chart)
    edge = places(drawn(chart, "polygon")[0])[:, 1]
    assert degrees(edge.min()) == pytest.approx(38, abs=0.2)
    assert degrees(edge.max()) == pytest.approx(22, abs=0.2)


def test_an_unknown_spread_draws_a_thin_ribbon_not_none():
    chart = line_chart(panel(curve(30 + 0 * TIME, sd=np.nan)))
    assert np.ptp(places(drawn(chart, "polygon")[0])[:, 1]) == 0
    assert len(drawn(chart, "polyline")) == 1


def test_a_long_curve_is_thinned_and_keeps_its_ends():
    time = np.arange(5000) / 30
    line = places(drawn(line_chart(panel(curve(np.sin(time)), time_s=time)), "polyline")[0])
    assert len(line) < 300
    whole = places(drawn(line_chart(panel(curve(np.sin(time[[0, -1]])), time_s=time[[0, -1]])), "polyline")[0])
    np.testing.assert_allclose(line[[0, -1], 0], whole[:, 0])


def test_a_flat_curve_is_not_blown_up():
    chart = line_chart(panel(curve(5 + 0.1 * np.sin(TIME))))
    assert np.ptp(places(drawn(chart, "polyline")[0])[:, 1]) < 5


def test_steps_are_numbered_and_held_ones_shaded():
    steps = (Stretch("down", 2.5, 3.5, False), Stretch("hold", 3.5, 4.5, True))
    chart = line_chart(panel(curve(10 * TIME), steps=steps))
    seconds, _ = axes_of(chart)
    boxes = [e for e in drawn(chart, "rect") if e.get("class") in {"held", "moving"}]
    assert [e.get("class") for e in boxes] == ["moving", "held"]
    ends = [(float(e.get("x")), float(e.get("x")) + float(e.get("width"))) for e in boxes]
    np.testing.assert_allclose(seconds(np.array(ends)), [(2.5, 3.5), (3.5, 4.5)], atol=0.02)
    assert [t.text for t in drawn(chart, "text", "step")] == ["1", "2"]


@pytest.mark.parametrize(
    ("low", "high", "lines"),
    [(-5, 20, 2), (None, 20, 1), (-5, None, 1), (None, None, 0), (-80, 0, 2), (None, 0, 1), (0, 200, 2)],
)
def test_the_aim_is_a_band_with_a_line_at_each_limit(low, high, lines):
    chart = line_chart(panel(curve(10 * TIME), aims=(Aim(3.0, 4.0, low, high),)))
    _, degrees = axes_of(chart)
    box = drawn(chart, "rect", "aim")[0]
    top, bottom = float(box.get("y")), float(box.get("y")) + float(box.get("height"))
    assert 0 <= top <= bottom <= HEIGHT
    levels = sorted(degrees(float(e.get("y1"))) for e in drawn(chart, "line", "limit"))
    assert len(levels) == lines
    np.testing.assert_allclose(levels, [v for v in (low, high) if v is not None], atol=0.5)
    edges = [float(e.get("y1")) for e in drawn(chart, "line", "grid")]
    assert degrees(bottom) == pytest.approx(degrees(max(edges)) if low is None else low, abs=0.5)
    assert degrees(top) == pytest.approx(degrees(min(edges)) if high is None else high, abs=0.5)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20))
def test_no_text_breaks_a_chart(text):
    alt = f'{text}"<b>&'
    for chart in (
        line_chart(panel(curve([1.0, 2.0]), time_s=TIME[:2], alt=alt)),
        range_chart((Mark("left", 1.0, 0.1),), (0, 1), alt),
    ):
        assert ElementTree.fromstring(chart).get("aria-label") == alt


NUMBERS = st.floats(-100, 100)


@given(NUMBERS, NUMBERS, st.floats(0, 20), st.tuples(NUMBERS, NUMBERS).map(sorted))
def test_a_mark_lies_in_the_band_when_the_value_is_inside_the_limits(left, right, spread, limit):
    chart = range_chart((Mark("left", left, spread), Mark("right", right, spread)), tuple(limit), "alt")
    band = drawn(chart, "rect", "aim")[0]
    start, end = float(band.get("x")), float(band.get("x")) + float(band.get("width"))
    square = drawn(chart, "rect", "right")[0]
    at = {
        left: float(drawn(chart, "circle", "left")[0].get("cx")),
        right: float(square.get("x")) + float(square.get("width")) / 2,
    }
    for value, x in at.items():
        assert 0 <= x <= RANGE_WIDTH
        if limit[0] <= value <= limit[1]:
            assert start - 2 * ROUNDED <= x <= end + 2 * ROUNDED
        else:
            assert x <= start + 2 * ROUNDED or x >= end - 2 * ROUNDED
    assert at[min(left, right)] <= at[max(left, right)] + ROUNDED
    for side, value in (("left", left), ("right", right)):
        whisker = drawn(chart, "line", side)[0]
        middle = (float(whisker.get("x1")) + float(whisker.get("x2"))) / 2
        assert middle == pytest.approx(at[value], abs=2 * ROUNDED)


@pytest.mark.parametrize("limit", [(None, 5.0), (5.0, None), (None, None)])
def test_an_open_limit_reaches_the_edge(limit):
    band = drawn(range_chart((Mark("left", 3.0, 1.0), Mark("right", 7.0, 1.0)), limit, "alt"), "rect", "aim")[0]
    start, end = float(band.get("x")), float(band.get("x")) + float(band.get("width"))
    assert (start == 0) == (limit[0] is None)
    assert (end == pytest.approx(RANGE_WIDTH)) == (limit[1] is None)
