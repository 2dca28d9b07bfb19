"""Charts as inline SVG: pure functions from numbers to a text, no library needed in the page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np

from lunge.poses import Floats
from lunge.report.constants import constants
from lunge.report.words import number

WIDTH: Final = 440
HEIGHT: Final = 220
LEFT_EDGE, RIGHT_EDGE, TOP_EDGE, BOTTOM_EDGE = 46, 18, 26, 26

TICK_STEPS: Final = (1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0, 90.0)
"""Round steps for degrees; the first that gives at most `MOST_TICKS` is taken."""

MOST_TICKS: Final = 6
MOST_POINTS: Final = 240
"""Of a curve: about one every two units of the drawing, finer is not seen."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a chart with its ribbon; `kind` is its colour: left, right or trunk."""

    label: str
    kind: str
    y: Floats
    sd: Floats


@dataclass(frozen=True, slots=True)
class Stretch:
    """A step on the time axis; those that are held still are shaded."""

    label: str
    start_s: float
    end_s: float
    held: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """Limits as a band over the step that they belong to; an open end reaches the edge."""

    start_s: float
    end_s: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Panel:
    """Everything that one chart shows, on one time axis (seconds)."""

    title: str
    hint: str
    alt: str
    time_s: Floats
    curves: tuple[Curve, ...]
    steps: tuple[Stretch, ...]
    aims: tuple[Aim, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    x0: float
    x1: float
    y0: float
    y1: float

    def x(self, value: float) -> float:
        share = (value - self.x0) / (self.x1 - self.x0)
        return round(LEFT_EDGE + share * (WIDTH - LEFT_EDGE - RIGHT_EDGE), 1)

    def y(self, value: float) -> float:
        share = (value - self.y0) / (self.y1 - self.y0)
        return round(HEIGHT - BOTTOM_EDGE - share * (HEIGHT - TOP_EDGE - BOTTOM_EDGE), 1)


def line_chart(panel: Panel) -> str:
    """Return a chart as an SVG element; colours come from the page's style sheet by class."""
    low, high, tick = _range(panel)
    scale = _Scale(float(panel.time_s[0]), float(panel.time_s[-1]), low, high)
    parts = [f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(panel.alt)}">']
    parts += _shades(panel, scale)
    parts += _aims(panel, scale)
    parts += _grid(scale, tick)
    thin = max(1, len(panel.time_s) // MOST_POINTS)
    for curve in panel.curves:
        parts += _ribbon(curve, panel.time_s, scale, thin)
    for curve in panel.curves:
        parts += _line(curve, panel.time_s, scale, thin)
    return "\n".join([*parts, "</svg>"])


def _range(panel: Panel) -> tuple[float, float, float]:
    """Return the lowest and highest value shown and the step between ticks."""
    ends = [np.r_[c.y - _finite(c.sd), c.y + _finite(c.sd)] for c in panel.curves]
    limits = [float(v) for a in panel.aims for v in (a.low, a.high) if v is not None]
    everything = np.concatenate([*ends, np.array(limits)])
    low, high = float(np.nanmin(everything)), float(np.nanmax(everything))
    middle, half = (low + high) / 2, max(high - low, constants().charts.least_span_deg) / 2
    low, high = middle - half, middle + half
    tick = next((t for t in TICK_STEPS if (high - low) / t <= MOST_TICKS), TICK_STEPS[-1])
    return float(np.floor(low / tick) * tick), float(np.ceil(high / tick) * tick), tick


def _finite(series: Floats) -> Floats:
    return np.nan_to_num(series, nan=0.0)


def _shades(panel: Panel, scale: _Scale) -> list[str]:
    """Return the steps: shaded where held, divided by thin lines, numbered on top."""
    out = []
    top, height = TOP_EDGE, HEIGHT - TOP_EDGE - BOTTOM_EDGE
    for i, step in enumerate(panel.steps, 1):
        x, end = scale.x(step.start_s), scale.x(step.end_s)
        kind = "held" if step.held else "moving"
        out.append(f'<rect class="{kind}" x="{x}" y="{top}" width="{end - x:.1f}" height="{height}"/>')
        out.append(f'<text class="step" x="{(x + end) / 2:.1f}" y="{top - 9}" text-anchor="middle">{i}</text>')
    return out


def _aims(panel: Panel, scale: _Scale) -> list[str]:
    out = []
    for aim in panel.aims:
        x, end = scale.x(aim.start_s), scale.x(aim.end_s)
        top = scale.y(scale.y1 if aim.high is None else aim.high)
        bottom = scale.y(scale.y0 if aim.low is None else aim.low)
        box = f'x="{x}" y="{top}" width="{end - x:.1f}" height="{bottom - top:.1f}"'
        out.append(f'<rect class="aim" {box}/>')
        for y in [v for v, limit in ((top, aim.high), (bottom, aim.low)) if limit is not None]:
            out.append(f'<line class="limit" x1="{x}" x2="{end}" y1="{y}" y2="{y}"/>')
    return out


def _grid(scale: _Scale, tick: float) -> list[str]:
    out = []
    for value in np.arange(scale.y0, scale.y1 + tick / 2, tick):
        y = scale.y(float(value))
        out.append(f'<line class="grid" x1="{LEFT_EDGE}" x2="{WIDTH - RIGHT_EDGE}" y1="{y}" y2="{y}"/>')
        out.append(f'<text x="{LEFT_EDGE - 6}" y="{y + 4}" text-anchor="end">{number(float(value))}°</text>')
    seconds = next(s for s in (1, 2, 5, 10, 20, 60, 120, 600) if (scale.x1 - scale.x0) / s <= MOST_TICKS + 2)
    for value in range(int(np.ceil(scale.x0 / seconds)) * seconds, int(scale.x1) + 1, seconds):
        x = scale.x(value)
        out.append(f'<text x="{x}" y="{HEIGHT - 8}" text-anchor="middle">{value} s</text>')
    return out


def _runs(curve: Curve, thin: int) -> list[Floats]:
    """Return the frames of each unbroken piece of a curve, thinned."""
    frames = np.flatnonzero(np.isfinite(curve.y))
    pieces = np.split(frames, np.flatnonzero(np.diff(frames) > 1) + 1)
    return [np.unique(np.r_[p[::thin], p[-1]]) for p in pieces if len(p) > 1]


def _ribbon(curve: Curve, time_s: Floats, scale: _Scale, thin: int) -> list[str]:
    out = []
    for run in _runs(curve, thin):
        sd = _finite(curve.sd[run])
        above = [f"{scale.x(t)},{scale.y(v)}" for t, v in zip(time_s[run], curve.y[run] + sd, strict=True)]
        below = [f"{scale.x(t)},{scale.y(v)}" for t, v in zip(time_s[run], curve.y[run] - sd, strict=True)]
        out.append(f'<polygon class="ribbon {curve.kind}" points="{" ".join(above + below[::-1])}"/>')
    return out


def _line(curve: Curve, time_s: Floats, scale: _Scale, thin: int) -> list[str]:
    out = []
    for run in _runs(curve, thin):
        points = " ".join(f"{scale.x(t)},{scale.y(v)}" for t, v in zip(time_s[run], curve.y[run], strict=True))
        out.append(f'<polyline class="line {curve.kind}" points="{points}"/>')
    return out


RANGE_WIDTH: Final = 240
RANGE_HEIGHT: Final = 44


@dataclass(frozen=True, slots=True)
class Mark:
    """One side's value with its spread, on a range chart."""

    kind: str
    value: float
    spread: float


def range_chart(marks: tuple[Mark, ...], limit: tuple[float | None, float | None], alt: str) -> str:
    """Return two values with their spreads over the band of the aim, as an SVG element."""
    ends = [v for m in marks for v in (m.value - m.spread, m.value + m.spread)]
    ends += [v for v in limit if v is not None]
    low, high = min(ends), max(ends)
    room = (high - low or 1.0) * 0.1
    low, high = low - room, high + room

    def x(value: float) -> float:
        return round((value - low) / (high - low) * RANGE_WIDTH, 1)

    start, end = x(low if limit[0] is None else limit[0]), x(high if limit[1] is None else limit[1])
    parts = [
        f'<svg class="range" viewBox="0 0 {RANGE_WIDTH} {RANGE_HEIGHT}" role="img" aria-label="{escape(alt)}">',
        f'<rect class="track" x="0" y="4" width="{RANGE_WIDTH}" height="{RANGE_HEIGHT - 8}" rx="4"/>',
        f'<rect class="aim" x="{start}" y="4" width="{end - start:.1f}" height="{RANGE_HEIGHT - 8}" rx="4"/>',
    ]
    for mark, y in zip(marks, (14, 30), strict=False):
        parts.append(
            f'<line class="whisker {mark.kind}" x1="{x(mark.value - mark.spread)}" '
            f'x2="{x(mark.value + mark.spread)}" y1="{y}" y2="{y}"/>'
        )
        parts.append(_symbol(mark.kind, x(mark.value), y))
    return "".join([*parts, "</svg>"])


def _symbol(kind: str, x: float, y: int) -> str:
    """Return a circle for left and a square for right: told apart without colour."""
    if kind == "left":
        return f'<circle class="dot left" cx="{x}" cy="{y}" r="6"/>'
    return f'<rect class="dot right" x="{x - 5.5:.1f}" y="{y - 5.5}" width="11" height="11"/>'
