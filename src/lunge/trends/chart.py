"""A chart over time as one SVG: for a page, whose style sheet may colour it anew, and for paper as it is."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Final

from lunge.trends.points import Side

WIDTH: Final = 340
HEIGHT: Final = 196
LEFT_EDGE, RIGHT_EDGE, TOP_EDGE, BOTTOM_EDGE = 44, 12, 12, 26
MOST_TICKS: Final = 5
MANTISSAS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
BAR_SHARE: Final = 0.7
ROOM_SHARE: Final = 0.04
"""Of the height, above and below what is drawn."""

INK, SOFT, RULE, PAPER = "#1d2430", "#59616e", "#cfcabd", "#ffffff"
COLOURS: Final[dict[Side, str]] = {"both": "#0b5d57", "left": "#0072b2", "right": "#c25e00"}
"""Those of paper. Left and right also differ in shape, for whoever sees no colours."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One point: where it lies from 0 to 1 on the time axis, how wide its time is, its value, and what it says."""

    at: float
    width: float
    value: float
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """The marks of one side, in order; those of self-tests stand alone, without a line."""

    side: Side
    marks: tuple[Mark, ...]
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """All that a chart shows; values are as people read them.

    Attributes
    ----------
    alt : str
        Says it to those who cannot see it.
    rows : tuple of Row
    bars : bool
        Whether the marks stand for amounts, from 0 up.
    band : tuple of float, optional
        Where a value may lie by chance alone.
    least : float
        The least height of the value axis.
    limits : tuple of float, optional
        Values beyond which the axis does not go.
    ticks : tuple of (float, str)
        Of the time axis: places from 0 to 1 with their words.
    comma : str
        Divides whole numbers from their parts.
    """

    alt: str
    rows: tuple[Row, ...]
    bars: bool
    band: tuple[float, float] | None
    least: float
    limits: tuple[float | None, float | None]
    ticks: tuple[tuple[float, str], ...]
    comma: str = "."


@dataclass(frozen=True, slots=True)
class _Axis:
    low: float
    high: float
    tick: float

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM_EDGE - share * (HEIGHT - TOP_EDGE - BOTTOM_EDGE), 1)


def chart_svg(chart: Chart) -> str:
    """Return a chart as an SVG element that needs no style sheet; its classes let one change the colours."""
    axis = _axis_of(chart)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(chart.alt)}" font-family="sans-serif" font-size="12">',
        *_band(chart, axis),
        *_grid(chart, axis),
        *_times(chart),
    ]
    for row in chart.rows:
        if row.is_test:
            parts += [_diamond(row.side, _x(mark.at), axis.y(mark.value), mark) for mark in row.marks]
        else:
            parts += _bars(row, axis) if chart.bars and len(chart.rows) == 1 else _line(row, axis)
    return "\n".join([*parts, "</svg>"])


def _x(share: float) -> float:
    return round(LEFT_EDGE + share * (WIDTH - LEFT_EDGE - RIGHT_EDGE), 1)


def _axis_of(chart: Chart) -> _Axis:
    values = [mark.value for row in chart.rows for mark in row.marks]
    ends = [*values, *(chart.band or ()), *([0.0] if chart.bars else [])] or [0.0]
    lowest, highest = chart.limits
    low, high = min(ends), max(ends)
    room = max(chart.least, high - low) * ROOM_SHARE
    missing = max(0.0, chart.least - (high - low)) / 2
    low, high = low - missing - room, high + missing + room
    if lowest is not None and low < lowest:
        low, high = lowest, max(high, lowest + chart.least)
    if highest is not None and high > highest:
        low, high = min(low, highest - chart.least), highest
    tick = _tick(high - low)
    return _Axis(floor(low / tick + 1e-9) * tick, ceil(high / tick - 1e-9) * tick, tick)


def _tick(length: float) -> float:
    """Return a round step that divides a length into few parts."""
    power = 10.0 ** floor(log10(length / MOST_TICKS))
    return next(m * power for m in MANTISSAS if length / (m * power) <= MOST_TICKS)


def _band(chart: Chart, axis: _Axis) -> list[str]:
    if chart.band is None:
        return []
    top, bottom = axis.y(min(chart.band[1], axis.high)), axis.y(max(chart.band[0], axis.low))
    x, width = LEFT_EDGE, WIDTH - LEFT_EDGE - RIGHT_EDGE
    box = f'x="{x}" y="{top}" width="{width}" height="{max(bottom - top, 1.0):.1f}"'
    ends = [
        f'<line class="edge" x1="{x}" x2="{x + width}" y1="{y}" y2="{y}" stroke="{SOFT}" stroke-dasharray="3 3"/>'
        for y in (top, bottom)
    ]
    return [f'<rect class="band" {box} fill="{SOFT}" fill-opacity="0.16"/>', *ends]


def _grid(chart: Chart, axis: _Axis) -> list[str]:
    out = []
    digits = max(0, ceil(-log10(axis.tick) - 1e-9)) + (1 if axis.tick in (0.25, 2.5) else 0)
    for i in range(round((axis.high - axis.low) / axis.tick) + 1):
        value = axis.low + i * axis.tick
        y, said = axis.y(value), f"{value:.{digits}f}".replace(".", chart.comma).replace("-", "\N{MINUS SIGN}")
        ends = f'x1="{LEFT_EDGE}" x2="{WIDTH - RIGHT_EDGE}" y1="{y}" y2="{y}"'
        out.append(f'<line class="grid" {ends} stroke="{RULE}" stroke-width="0.7"/>')
        out.append(f'<text x="{LEFT_EDGE - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{SOFT}">{said}</text>')
    return out


def _times(chart: Chart) -> list[str]:
    out = []
    for at, said in chart.ticks:
        anchor = "start" if at <= 0.0 else "end" if at >= 1.0 else "middle"
        place = f'x="{_x(at)}" y="{HEIGHT - 8}" text-anchor="{anchor}"'
        out.append(f'<text {place} fill="{SOFT}">{escape(said)}</text>')
    return out


def _line(row: Row, axis: _Axis) -> list[str]:
    colour = COLOURS[row.side]
    places = [(_x(mark.at), axis.y(mark.value), mark) for mark in row.marks]
    points = " ".join(f"{x},{y}" for x, y, _ in places)
    line = f'<polyline class="line {row.side}" points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
    return [line, *(_dot(row.side, x, y, mark) for x, y, mark in places)]


def _dot(side: Side, x: float, y: float, mark: Mark) -> str:
    """Return a circle, or for the right a square."""
    about = f'class="mark {side}" data-x="{x}" fill="{COLOURS[side]}"><title>{escape(mark.said)}</title>'
    if side == "right":
        return f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" {about}</rect>'
    return f'<circle cx="{x}" cy="{y}" r="3.2" {about}</circle>'


def _diamond(side: Side, x: float, y: float, mark: Mark) -> str:
    """Return a diamond with an open middle, which no other mark has."""
    path = f"M{x} {y - 6:.1f}l6 6-6 6-6-6z"
    about = f'class="mark test {side}" data-x="{x}" fill="{PAPER}" stroke="{COLOURS[side]}" stroke-width="2"'
    return f'<path d="{path}" {about}><title>{escape(mark.said)}</title></path>'


def _bars(row: Row, axis: _Axis) -> list[str]:
    out, bottom = [], axis.y(max(axis.low, 0.0))
    for mark in row.marks:
        x, y = _x(mark.at), axis.y(mark.value)
        width = max(1.5, BAR_SHARE * (_x(mark.width) - _x(0.0)))
        box = f'x="{x - width / 2:.1f}" y="{y}" width="{width:.1f}" height="{bottom - y:.1f}"'
        about = f'class="mark bar {row.side}" data-x="{x}" fill="{COLOURS[row.side]}"'
        out.append(f"<rect {box} {about}><title>{escape(mark.said)}</title></rect>")
    return out
