"""Measures of one frame, against the quiet standing before it: the formulas of `kinematics`, without the future."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

import numpy as np

from lunge.causal.constants import constants
from lunge.causal.filtering import PoseFilter
from lunge.causal.sides import LiveSides
from lunge.geometry import lengths
from lunge.kinematics.body import Body, middle
from lunge.kinematics.constants import constants as kinematics
from lunge.kinematics.hands import wrist_line_deg
from lunge.kinematics.measures import Frame, foot_ahead_heights, frame_of, measure_series
from lunge.kinematics.perspective import without_perspective
from lunge.kinematics.planted import planted_px
from lunge.kinematics.situation import Situation, situation_of
from lunge.kinematics.step import step_length_heights
from lunge.kinematics.view import azimuth_deg, azimuth_of_turn_deg, feet_together, turn_rad
from lunge.measuring import prepared
from lunge.poses import SIDES, Floats, Poses


@dataclass(frozen=True)
class Baseline:
    """What the quiet standing at the start tells.

    Attributes
    ----------
    seen, flat : Body
        As the picture shows it, and without perspective; neither with frames.
    standing : bool
        Whether quiet standing was seen at all.
    azimuth_deg : float
    hip_height : float
        Mid-hip over the planted foot, body heights.
    hands_line_deg : float
        Of the wrists' line with the hands on the hips; NaN if they were not there.
    """

    seen: Body
    flat: Body
    standing: bool
    azimuth_deg: float
    hip_height: float
    hands_line_deg: float


def baseline_from(poses: Poses) -> Baseline:
    """Return what a short recording of quiet standing tells."""
    ready = prepared(poses)
    azimuth = azimuth_deg(ready.flat)
    axes = frame_of(ready.flat, ready.flat_body, azimuth)
    planted = planted_px(ready.seen, ready.seen_body, foot_ahead_heights(ready.seen, ready.seen_body, axes))
    heights = (planted[:, 1] - middle(ready.seen, "hip")[:, 1]) * axes.heights_per_px
    series = measure_series(ready.flat, ready.flat_body, axes)
    lines = wrist_line_deg(ready.flat, series, axes.left_seen)
    nowhere = np.zeros(1, bool)
    return Baseline(
        seen=replace(ready.seen_body, standing=nowhere),
        flat=replace(ready.flat_body, standing=nowhere),
        standing=ready.seen_body.baseline == "standing",
        azimuth_deg=_median(azimuth),
        hip_height=_median(heights),
        hands_line_deg=_median(lines),
    )


def _median(series: Floats) -> float:
    seen = series[np.isfinite(series)]
    return float(np.median(seen)) if len(seen) else float("nan")


@dataclass(frozen=True)
class Reading:
    """One frame, measured.

    Attributes
    ----------
    time_s : float
    poses : Poses
        Smooth, legs settled, as the picture shows them.
    azimuth_deg : float
    drop_heights : float
        How far the hips are lower than in the standing at the start.
    left_ahead_heights : float
        How far the left foot is ahead of the right.
    speed_heights_per_s, fastest_heights_per_s : float
        Of trunk and knees together, and of what moves fastest among them.
    measure : callable
        Gives what `series` holds; worked out only when it is asked for.
    situate : callable
        The same of `situation`.
    """

    time_s: float
    poses: Poses
    azimuth_deg: float
    drop_heights: float
    left_ahead_heights: float
    speed_heights_per_s: float
    fastest_heights_per_s: float
    measure: Callable[[], dict[str, Floats]]
    situate: Callable[[], Situation]

    @cached_property
    def series(self) -> dict[str, Floats]:
        """The measures by name, each (1,), as from `measure_series`."""
        return self.measure()

    @cached_property
    def situation(self) -> Situation:
        """What their errors depend on."""
        return self.situate()


class Reader:
    """Measures frames as they come.

    Parameters
    ----------
    baseline : Baseline
    model : {'lite', 'full', 'heavy'}
        The network that sees.
    """

    def __init__(self, baseline: Baseline, model: str = "full") -> None:
        self.baseline = baseline
        self.is_usable = bool(np.isfinite([baseline.hip_height, baseline.seen.px_per_m_standing]).all())
        """Whether a body was seen to measure against."""
        self._model = model
        body = baseline.seen
        self._filter = PoseFilter(body.height_px, body.height_px / body.px_per_m_standing)
        self._sides = LiveSides((body.thigh_heights + body.shank_heights) * body.height_px)
        self._heading = _Heading(baseline.azimuth_deg)
        self._speed = _Speed()
        self._axes_at = np.nan
        self._axes_now: tuple[Frame, Frame]

    def step(self, raw: Poses) -> Reading:
        """Return the measures of the next frame; NaN where points are missing.

        Parameters
        ----------
        raw : Poses
            One frame, as the network gave it.
        """
        body, flat_body = self.baseline.seen, self.baseline.flat
        seen = self._filter.step(self._sides.step(raw))
        azimuth = self._heading.step(seen)
        axes, flat_axes = self._axes(seen, azimuth)
        ahead = foot_ahead_heights(seen, body, axes)
        planted = planted_px(seen, body, ahead)
        unit = float(axes.heights_per_px[0])
        hip_height = (float(planted[0, 1]) - float(middle(seen, "hip")[0, 1])) * unit
        speed, fastest = self._speed.step(seen, planted, unit)
        drop = self.baseline.hip_height - hip_height

        def measure() -> dict[str, Floats]:
            flat = without_perspective(seen, body)
            series = measure_series(flat, flat_body, flat_axes)
            series["step_length_heights"] = step_length_heights(seen, axes, ahead)
            line = wrist_line_deg(flat, series, axes.left_seen)
            return series | {"hips_by_hands_deg": line - self.baseline.hands_line_deg}

        def situate() -> Situation:
            moving = np.array([speed])
            return situation_of(raw, flat_body, azimuth, np.array([drop]), moving, self._model)

        return Reading(
            time_s=float(raw.time_s[0]),
            poses=seen,
            azimuth_deg=float(azimuth[0]),
            drop_heights=drop,
            left_ahead_heights=float(ahead[0]),
            speed_heights_per_s=speed,
            fastest_heights_per_s=fastest,
            measure=measure,
            situate=situate,
        )

    def _axes(self, seen: Poses, azimuth: Floats) -> tuple[Frame, Frame]:
        """Return the axes in the picture as it is and without perspective; the same while nobody turns."""
        if self._axes_at != azimuth[0]:
            self._axes_at = float(azimuth[0])
            bodies = self.baseline.seen, self.baseline.flat
            self._axes_now = frame_of(seen, bodies[0], azimuth), frame_of(seen, bodies[1], azimuth)
        return self._axes_now


class _Heading:
    """Where the camera stands: the median over the last moments with the feet together, kept while they are apart."""

    def __init__(self, azimuth: float) -> None:
        self._turns: deque[tuple[float, float, float]] = deque()
        self._azimuth = azimuth
        self._looked_s = -np.inf

    def step(self, seen: Poses) -> Floats:
        now = float(seen.time_s[0])
        if now - self._looked_s < constants().filter.turn_every_s:
            return np.array([self._azimuth])
        self._looked_s, turn = now, float(turn_rad(seen)[0])
        if np.isfinite(turn) and bool(feet_together(seen)[0]):
            self._turns.append((now, np.cos(turn), np.sin(turn)))
            while now - self._turns[0][0] > kinematics().view.turn_window_s:
                self._turns.popleft()
            cosine, sine = np.median([row[1:] for row in self._turns], axis=0)
            self._azimuth = float(azimuth_of_turn_deg(sine, cosine))
        return np.array([self._azimuth])


class _Speed:
    """How fast shoulders, hips and knees move against the planted foot, over a while: the median, and the most."""

    def __init__(self) -> None:
        self._points: deque[tuple[float, Floats]] = deque()

    def step(self, seen: Poses, planted: Floats, unit: float) -> tuple[float, float]:
        now = float(seen.time_s[0])
        points = [middle(seen, "shoulder"), middle(seen, "hip"), *(seen.image(f"{s}_knee") for s in SIDES)]
        here = (np.concatenate(points) - planted) * unit
        while len(self._points) > 1 and now - self._points[1][0] >= constants().filter.speed_s:
            self._points.popleft()
        self._points.append((now, here))
        then, there = self._points[0]
        if now <= then:
            return 0.0, 0.0
        ways = lengths(here - there).tolist()
        return float(median(ways)) / (now - then), float(max(ways)) / (now - then)
