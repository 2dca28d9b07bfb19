"""Pictures of an evaluation as inline SVG: error against view angle, Bland-Altman."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Final

import numpy as np

from lunge.evaluation.scoring import AngleRow
from lunge.exercises.records import HOLDS
from lunge.poses import Floats

WIDTH, HEIGHT = 440, 240
EDGE: Final = (46, 10, 24, 34)
"""Left, right, top, bottom."""

LIMITS_OF_AGREEMENT: Final = 1.96
"""Bland and Altman, Lancet 1986: mean difference and 1.96 standard deviations either way."""

SHOWN_PERCENTILES: Final = (1.0, 99.0)


def error_by_view(rows: Sequence[AngleRow], unit: str) -> str:
    """Return the mean error of each held step against where the camera stands, as SVG."""
    held = [r for r in rows if r.step in HOLDS and r.frames and np.isfinite(r.azimuth_deg)]
    x = np.array([r.azimuth_deg for r in held])
    y = np.array([r.estimate - r.truth for r in held])
    marks = [("front", 0.0), ("left side", 90.0), ("back", 180.0), ("right side", 270.0), ("front", 360.0)]
    return _scatter(x, y, (0.0, 360.0), marks, [(0.0, "")], f"error, {unit}, against the camera's azimuth")


def bland_altman(rows: Sequence[AngleRow], unit: str) -> str:
    """Return the error of each held step against its size, with the limits of agreement, as SVG."""
    held = [r for r in rows if r.step in HOLDS and r.frames]
    estimate, truth = (np.array([getattr(r, n) for r in held]) for n in ("estimate", "truth"))
    x, y = (estimate + truth) / 2, estimate - truth
    if not len(y):
        return ""
    low, high = float(x.min()), float(x.max())
    mean, away = float(y.mean()), LIMITS_OF_AGREEMENT * float(y.std())
    marks = [(_told(float(v), high - low), float(v)) for v in np.linspace(low, high, 5)]
    lines = [(v, _told(v, 2 * away, "+")) for v in (mean, mean - away, mean + away)]
    return _scatter(x, y, (low, max(high, low + 1e-9)), marks, lines, f"error, {unit}, against the mean of both")


def _told(value: float, span: float, sign: str = "") -> str:
    """Return a number with as many decimals as tell apart what lies on a span, and a true minus sign."""
    decimals = max(0, 1 - math.floor(math.log10(span))) if span > 0 else 1
    return f"{value:{sign}.{decimals}f}".replace("-", "\u2212")


def _scatter(
    x: Floats,
    y: Floats,
    span: tuple[float, float],
    marks: list[tuple[str, float]],
    lines: list[tuple[float, str]],
    title: str,
) -> str:
    if not len(y):
        return ""
    left, right, top, bottom = EDGE
    ends = [*np.percentile(y, SHOWN_PERCENTILES), *(v for v, _ in lines), 0.0]
    low, high = min(ends), max(ends)
    high = high if high > low else low + 1.0

    def across(value: float) -> float:
        return left + (value - span[0]) / (span[1] - span[0]) * (WIDTH - left - right)

    def down(value: float) -> float:
        return float(top + (high - value) / (high - low) * (HEIGHT - top - bottom))

    out = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">']
    out.append(f'<text x="{left}" y="14" class="t">{escape(title)}</text>')
    for name, value in marks:
        anchor = "start" if value == span[0] else "end" if value >= span[1] else "middle"
        out.append(f'<text x="{across(value):.1f}" y="{HEIGHT - 12}" text-anchor="{anchor}">{escape(name)}</text>')
    for value in np.linspace(low, high, 5):
        at = f'x="{left - 6}" y="{down(float(value)) + 4:.1f}"'
        out.append(f'<text {at} text-anchor="end">{_told(float(value), high - low)}</text>')
    for value, name in lines:
        out.append(f'<path class="l" d="M{left} {down(value):.1f}H{WIDTH - right}"/>')
        out.append(f'<text x="{WIDTH - right}" y="{down(value) - 4:.1f}" text-anchor="end">{escape(name)}</text>')
    for a, b in zip(x, np.clip(y, low, high), strict=True):
        out.append(f'<circle cx="{across(float(a)):.1f}" cy="{down(float(b)):.1f}" r="2.4"/>')
    return "".join([*out, "</svg>"])
