"""When the steps of one episode begin and end.

A step begins when the body begins to move and ends when it is still again. Both
are read from the speed of trunk and knees, where it crosses the threshold.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from lunge.exercises.records import StepRules
from lunge.motion import Motion

BEFORE_S: Final = 0.5
"""Where the feet were before and after: this long a look next to the episode."""


JUMP_S: Final = 1.0
"""A jump leaves the floor within this after the feet close."""


class Times:
    """The times of one episode; each is worked out once, when it is asked for.

    Parameters
    ----------
    motion : Motion
    rules : StepRules
    first, last : int
        The frames in which one foot is ahead.
    bounds : (int, int)
        The frames between the neighbouring episodes: nothing is looked for beyond.
    """

    def __init__(self, motion: Motion, rules: StepRules, first: int, last: int, bounds: tuple[int, int]) -> None:
        self.motion, self.rules, self.first, self.last = motion, rules, first, last
        reach = rules.longest_search_s
        time = motion.time_s
        self.floor = max(bounds[0], int(np.searchsorted(time, time[first] - reach)))
        self.ceiling = min(bounds[1], int(np.searchsorted(time, time[last] + reach)) - 1)

    # ---- levels
    @cached_property
    def height(self) -> NDArray[np.float64]:
        """Mid-hip height with gaps held, heights (T,)."""
        return self.motion.hip_height

    @cached_property
    def bottom_height(self) -> float:
        """The lowest hip height while both feet are down."""
        a, b = self.planted
        return float(np.nanmin(self.height[a : b + 1]))

    @cached_property
    def standing_height(self) -> float:
        """How high the hips stand near this episode: people walk closer, cameras move."""
        near = self.height[self.floor : self.ceiling + 1]
        local = float(np.nanpercentile(near, 98))
        whole = self.motion.standing_height
        return local if abs(local - whole) < self.rules.least_drop_heights else whole

    @cached_property
    def drop(self) -> float:
        """How far the hips went down, heights."""
        return self.standing_height - self.bottom_height

    def _share(self, frame: int) -> float:
        """Return how much of the drop is left at a frame: 0 standing, 1 at the bottom."""
        return float((self.standing_height - self.height[frame]) / self.drop)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """`_share` of every frame (T,)."""
        out: NDArray[np.float64] = (self.standing_height - self.height) / self.drop
        return out

    # ---- what kind of episode
    @cached_property
    def starts_inside(self) -> bool:
        """Whether the clip begins with one foot ahead already."""
        return self.first <= 1

    @cached_property
    def closes(self) -> bool:
        """Whether the feet come together again before the clip ends."""
        return self.last < len(self.motion.time_s) - 1

    @cached_property
    def half_open(self) -> int:
        """The frame at which the step has reached half its length."""
        ahead = np.abs(self.motion.left_ahead)
        half = float(np.nanmedian(ahead[self.first : self.last + 1])) / 2
        return self._walk(self.first, -1, self.floor, lambda i: bool(ahead[i] < half))

    @cached_property
    def half_closed(self) -> int:
        """The frame at which the step back has come half-way."""
        ahead = np.abs(self.motion.left_ahead)
        half = float(np.nanmedian(ahead[self.first : self.last + 1])) / 2
        return self._walk(self.last, 1, self.ceiling, lambda i: bool(ahead[i] < half))

    @cached_property
    def planted(self) -> tuple[int, int]:
        """The first and last frame with both feet down, one ahead of the other."""
        speeds = np.fmax(*self.motion.foot_speed.values())
        low, middle = self.rules.landed_heights_per_s, (self.first + self.last) // 2
        landed = self._walk(self.half_open, 1, middle, lambda i: bool(speeds[i] < low))
        lifted = self._walk(self.half_closed, -1, middle, lambda i: bool(speeds[i] < low))
        return max(landed, self.first), min(lifted, self.last)

    @cached_property
    def entry(self) -> Literal["lowered", "standing"]:
        """Whether the hips were low already when the foot left."""
        speeds = np.fmax(*self.motion.foot_speed.values())
        low = self.rules.landed_heights_per_s
        left = self._walk(self.half_open, -1, self.floor, lambda i: bool(speeds[i] < low))
        return "lowered" if self._share(left) >= self.rules.lowered_share else "standing"

    @cached_property
    def squat_lean_deg(self) -> float:
        """How far the trunk leans in the squat before the step."""
        first, last = self._squat(self.half_open, -1)
        return float(np.nanmedian(self.motion.trunk_lean_deg[first : last + 1]))

    @property
    def side_on(self) -> bool:
        """Whether the camera sees the person from the side: only then does the lean of the trunk show."""
        return bool(np.nanmedian(self.motion.side_on[self.first : self.last + 1]) > 0.5)

    @cached_property
    def before_opening(self) -> slice:
        """The frames just before the foot leaves."""
        return self._window(self.half_open, -1)

    @cached_property
    def after_closing(self) -> slice:
        """The frames just after the foot is back."""
        return self._window(self.half_closed, 1)

    def _window(self, frame: int, direction: int) -> slice:
        """Return half a second on the far side of a step's middle, past the swing itself."""
        time = self.motion.time_s
        near, far = time[frame] + direction * BEFORE_S, time[frame] + direction * 2 * BEFORE_S
        low, high = (far, near) if direction < 0 else (near, far)
        a, b = int(np.searchsorted(time, low)), int(np.searchsorted(time, high))
        a, b = max(a, 0), min(b, len(time))
        return slice(a, b) if b > a else (slice(0, 1) if direction < 0 else slice(len(time) - 1, len(time)))

    @cached_property
    def opened(self) -> slice:
        """The middle of the episode: the feet are where they stay."""
        third = (self.last - self.first) // 3
        return slice(self.first + third, max(self.last - third, self.first + third + 1))

    @cached_property
    def bottoms(self) -> int:
        """How often the hips went down with the feet apart."""
        share = self.shares[self.planted[0] : self.planted[1] + 1]
        count, low = 0, False
        for value in share:
            if not low and value > 1 - self.rules.again_share / 2:
                count, low = count + 1, True
            elif low and value < 1 - self.rules.again_share:
                low = False
        return max(count, 1)

    @cached_property
    def rise_share(self) -> float:
        """How much of the drop was made good after the bottom."""
        after = self.shares[self.hold[1] : self.ceiling + 1]
        return 1.0 - float(np.nanmin(after)) if np.isfinite(after).any() else 0.0

    @cached_property
    def overshoot(self) -> float:
        """How far the hips rise past standing within a second after the feet close: only a jump does that."""
        time = self.motion.time_s
        after = self.height[self.last : int(np.searchsorted(time, time[self.last] + JUMP_S))]
        return float(np.nanmax(after)) - self.motion.standing_height if np.isfinite(after).any() else 0.0

    # ---- stillness
    @cached_property
    def still(self) -> NDArray[np.bool_]:
        """Frames in which the trunk is still (T,)."""
        out: NDArray[np.bool_] = self.motion.speed < self.rules.speed_heights_per_s
        return out

    @cached_property
    def level(self) -> NDArray[np.bool_]:
        """Frames in which the hips go neither down nor up (T,)."""
        out: NDArray[np.bool_] = self.motion.rise_speed < self.rules.rise_heights_per_s
        return out

    @cached_property
    def quiet(self) -> NDArray[np.bool_]:
        """Frames as still as standing is (T,)."""
        out: NDArray[np.bool_] = self.motion.speed < self.rules.upright_speed_heights_per_s
        return out

    @staticmethod
    def _walk(frame: int, step: int, end: int, found: object) -> int:
        test = found if callable(found) else None
        i = frame
        while i != end and test is not None and not test(i):
            i += step
        return i

    @cached_property
    def bottom(self) -> int:
        """The frame in the middle of the lowest plateau."""
        first, last = self.planted
        inside = self.height[first : last + 1]
        low = np.flatnonzero(inside <= self.bottom_height + self.rules.plateau_heights)
        lowest = int(np.nanargmin(inside))
        groups = np.split(low, np.flatnonzero(np.diff(low) > 1) + 1)
        plateau = next(g for g in groups if lowest in g)
        return first + int((plateau[0] + plateau[-1]) // 2)

    @cached_property
    def hold(self) -> tuple[int, int]:
        """The first and last frame of the hold in the lunge; the same frame when there is none."""
        runs = self._still_runs(self.half_open, self.half_closed, self.still)
        runs = [r for r in runs if self._held(r)]
        if not runs:
            calm = self.motion.hip_speed < self.rules.speed_heights_per_s
            runs = [r for r in self._still_runs(self.half_open, self.half_closed, calm) if self._held(r)]
        if not runs:
            return self.bottom, self.bottom
        return self._joined(runs)

    def _held(self, run: tuple[int, int]) -> bool:
        """Whether a still run is in the depth of the lunge, and the stepping foot on the floor."""
        return float(np.nanmin(self.shares[run[0] : run[1] + 1])) > 1 - self.rules.again_share

    def _joined(self, runs: list[tuple[int, int]]) -> tuple[int, int]:
        """Return the longest hold made of runs with only blips or small rocking between them."""
        merged = [runs[0]]
        for run in runs[1:]:
            last = merged[-1]
            if self._same_place(last, run):
                merged[-1] = (last[0], run[1])
            else:
                merged.append(run)
        return max(merged, key=lambda r: r[1] - r[0])

    def _same_place(self, first: tuple[int, int], second: tuple[int, int]) -> bool:
        time = self.motion.time_s
        if time[second[0]] - time[first[1]] <= self.rules.blip_s:
            return True
        away = np.linalg.norm(self.motion.lower_body[second[0]] - self.motion.lower_body[first[1]], axis=1)
        return bool((away <= self.rules.same_place_heights).all())

    @staticmethod
    def _still_runs(first: int, last: int, still: NDArray[np.bool_]) -> list[tuple[int, int]]:
        frames = np.flatnonzero(still[first : last + 1]) + first
        if not len(frames):
            return []
        groups = np.split(frames, np.flatnonzero(np.diff(frames) > 1) + 1)
        return [(int(g[0]), int(g[-1])) for g in groups]

    # ---- times in seconds, between frames
    def _onset_s(self, frame: int) -> float:
        """Return when the movement after the still frame `frame` begins."""
        return self._crossed_s(frame, 1)

    def _rest_s(self, frame: int) -> float:
        """Return when the movement before the still frame `frame` ends."""
        return self._crossed_s(frame, -1)

    def _crossed_s(self, frame: int, direction: int) -> float:
        time = self.motion.time_s
        crossing = self._crossing(frame, direction, self.rules.speed_heights_per_s)
        return float(time[frame]) if crossing is None else crossing

    def _crossing(self, frame: int, direction: int, level: float) -> float | None:
        """Return when the speed first passes a level going away from a still frame, seconds."""
        time, speed = self.motion.time_s, self.motion.speed
        i = frame
        while 0 <= i + direction < len(time):
            here, there = speed[i], speed[i + direction]
            if here <= level < there:
                part = (level - here) / (there - here)
                return float(time[i] + part * (time[i + direction] - time[i]))
            if not np.isfinite(there) or abs(time[i + direction] - time[frame]) > 1.0:
                return None
            i += direction
        return None

    # ---- the marks between steps
    @property
    def bottom_s(self) -> float:
        """The time of the bottom, seconds."""
        return float(self.motion.time_s[self.bottom])

    @cached_property
    def hold_s(self) -> tuple[float, float]:
        """When the hold begins and ends, seconds."""
        first, last = self.hold
        if first == last:
            return self.bottom_s, self.bottom_s
        start, end = self._rest_s(first), self._onset_s(last)
        return (start, end) if end > start else (self.bottom_s, self.bottom_s)

    def lowered_marks(self) -> list[float]:
        """Return the eight times that bound the seven steps from and to the squat, seconds."""
        hold_start, hold_end = self.hold_s
        squat = self._squat(self.half_open, -1)
        squat_2 = self._squat(self.half_closed, 1)
        return _increasing(
            [
                self._stand_s(squat[0], -1, self.level),
                self._rest_s(squat[0]),
                self._onset_s(squat[1]),
                hold_start,
                hold_end,
                self._rest_s(squat_2[0]),
                self._onset_s(squat_2[1]),
                self._stand_s(squat_2[1], 1, self.level),
            ]
        )

    def _squat(self, frame: int, direction: int) -> tuple[int, int]:
        """Return the still frames of the squat before (-1) or after (1) the step; one frame if never still."""
        edge = self.floor if direction < 0 else self.ceiling
        upright = self._walk(frame, direction, edge, lambda i: bool(self.shares[i] < self.rules.lowered_share))
        low, high = (upright, frame) if direction < 0 else (frame, upright)
        runs = self._still_runs(low, high, self.still & (self.shares > self.rules.lowered_share))
        if not runs:
            calmest = low + int(np.nanargmin(self.motion.speed[low : high + 1])) if high > low else frame
            return calmest, calmest
        return self._longest(runs)

    def _longest(self, runs: list[tuple[int, int]]) -> tuple[int, int]:
        """Return the longest run, blips bridged; the weight shifts before a step, so places are no guide."""
        time, merged = self.motion.time_s, [runs[0]]
        for run in runs[1:]:
            if time[run[0]] - time[merged[-1][1]] <= self.rules.blip_s:
                merged[-1] = (merged[-1][0], run[1])
            else:
                merged.append(run)
        return max(merged, key=lambda r: r[1] - r[0])

    def _stand_s(self, frame: int, direction: int, calm: NDArray[np.bool_]) -> float:
        """Return when standing ends before (-1) or begins after (1) a frame in the squat or lunge.

        `calm` tells the frames in which nothing moves that the step is about.
        """
        edge = self.floor if direction < 0 else self.ceiling
        level = self._upright_level(frame, edge, direction)
        up = self._walk(frame, direction, edge, lambda i: bool(self.shares[i] <= level))
        quiet = self._walk(up, direction, edge, lambda i: bool(calm[i]))
        if calm[quiet]:
            return float(self.motion.time_s[quiet])
        return float(self.motion.time_s[up if quiet == edge and direction > 0 else quiet])

    def _upright_level(self, frame: int, edge: int, direction: int) -> float:
        """Return the share of the drop that counts as up again: somebody may not rise wholly."""
        between = self.shares[frame : edge + 1] if direction > 0 else self.shares[edge : frame + 1]
        highest = float(np.nanmin(between)) if np.isfinite(between).any() else 0.0
        return max(self.rules.upright_share, highest + self.rules.upright_share / 2)

    def standing_marks(self, rear: str) -> list[float]:
        """Return the six times that bound the five steps from and to standing, seconds."""
        hold_start, hold_end = self.hold_s
        landed = self._landing_s(rear, self.half_open, 1, self.hold[0])
        lifted = self._landing_s(rear, self.half_closed, -1, self.hold[1])
        return _increasing(
            [
                self._stand_s(self.half_open, -1, self.quiet),
                min(landed, hold_start),
                hold_start,
                hold_end,
                max(lifted, hold_end),
                self._stand_s(self.half_closed, 1, self.quiet),
            ]
        )

    def _landing_s(self, rear: str, frame: int, direction: int, edge: int) -> float:
        """Return when the stepping foot comes to rest after (1), or leaves before (-1), its mid-swing."""
        speed = self.motion.foot_speed[rear]
        low = self.rules.landed_heights_per_s
        if direction * (edge - frame) <= 0:
            return float(self.motion.time_s[edge])
        i = self._walk(frame, direction, edge, lambda k: bool(speed[k] < low))
        return float(self.motion.time_s[i])


def _increasing(marks: list[float]) -> list[float]:
    """Return the marks with none before the one ahead of it."""
    return [float(m) for m in np.maximum.accumulate(marks)]
