"""When the steps of one episode begin and end.

A step begins when the body begins to move and ends when it is still again. Both
are read from the speed of trunk and knees, where it crosses the threshold.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lunge.episode_levels import Levels
from lunge.exercises.records import Entry
from lunge.poses import Floats
from lunge.stillness import Run, crossing_s, longest_joined, runs_of, walk


class Times(Levels):
    """The times of one episode: its hold, and the marks between its steps."""

    @cached_property
    def rest_before_s(self) -> float:
        """How long the body rests in a squat before the step."""
        first, last = self.squat_before
        return float(self.motion.time_s[last] - self.motion.time_s[first]) if self.entry == "lowered" else 0.0

    @cached_property
    def squat_before(self) -> tuple[int, int]:
        """The first and last frame of the squat before the step; one frame if it is never still."""
        return self._squat(self.half_open, -1)

    @cached_property
    def on_seat(self) -> bool:
        """Whether the squat before the step is none that balances: trunk upright, its mass behind the feet."""
        first, last = self.squat_before
        squat, motion = slice(first, last + 1), self.motion
        if not np.isfinite(motion.trunk_ahead[squat]).any():
            return False
        lean_deg = float(np.nanmedian(motion.trunk_lean_deg[squat]))
        behind = motion.standing_ahead - float(np.nanmedian(motion.trunk_ahead[squat]))
        between = self.stands_within(first, -1, self.rules.seat_sitting_down_s) and self.stands_within(
            self.last, 1, self.rules.longest_search_s
        )
        upright = lean_deg - motion.standing_lean_deg < self.rules.seat_lean_deg
        return upright and behind > self.rules.seat_behind_heights and (not between or self._sat_down(first, lean_deg))

    def _sat_down(self, frame: int, rest_deg: float) -> bool:
        """Whether the trunk bent forward on the way down to where it rests upright."""
        time = self.motion.time_s
        began = int(np.searchsorted(time, time[frame] - self.rules.seat_sitting_down_s))
        bent_deg = float(np.nanmax(self.motion.trunk_lean_deg[max(began, self.floor) : frame + 1]))
        return bent_deg - rest_deg > self.rules.seat_straightening_deg

    @cached_property
    def begins(self) -> Entry:
        """How the step begins: as `entry` says, or on a seat."""
        return "seated" if self.entry == "lowered" and not self.from_behind and self.on_seat else self.entry

    @cached_property
    def rise_share(self) -> float:
        """How much of the drop was made good after the bottom."""
        after = self.shares[self.hold[1] : self.ceiling + 1]
        return 1.0 - float(np.nanmin(after)) if np.isfinite(after).any() else 0.0

    # ---- stillness
    @cached_property
    def speed_in_hold(self) -> Floats:
        """Speed of the body in the picture and in depth (T,), heights/s: a hold has no other mark than that it ends."""
        return np.hypot(self.motion.speed, self.motion.depth_speed)

    @cached_property
    def bottom(self) -> int:
        """The frame in the middle of the lowest plateau."""
        first, last = self.planted
        inside = self.height[first : last + 1]
        lowest = int(np.nanargmin(inside))
        plateaus = runs_of(inside <= self.bottom_height + self.rules.plateau_heights)
        a, b = next(run for run in plateaus if run[0] <= lowest <= run[1])
        return first + (a + b) // 2

    @cached_property
    def hold(self) -> tuple[int, int]:
        """The first and last frame of the hold in the lunge; the same frame when there is none."""
        still = self.speed_in_hold < self.rules.speed_heights_per_s
        runs = runs_of(still, self.half_open, self.half_closed)
        runs = [r for r in runs if self._held(r)]
        if not runs:
            calm = self.motion.hip_speed < self.rules.speed_heights_per_s
            runs = [r for r in runs_of(calm, self.half_open, self.half_closed) if self._held(r)]
        if not runs:
            return self.bottom, self.bottom
        return longest_joined(runs, self._same_place)

    def _held(self, run: tuple[int, int]) -> bool:
        """Whether a still run is in the depth of the lunge, and the stepping foot on the floor."""
        return float(np.nanmin(self.shares[run[0] : run[1] + 1])) > 1 - self.rules.again_share

    def _same_place(self, first: tuple[int, int], second: tuple[int, int]) -> bool:
        time = self.motion.time_s
        if time[second[0]] - time[first[1]] <= self.rules.blip_s:
            return True
        away = np.linalg.norm(self.motion.lower_body[second[0]] - self.motion.lower_body[first[1]], axis=1)
        return bool((away <= self.rules.same_place_heights).all())

    # ---- times in seconds, between frames
    def _onset_s(self, frame: int) -> float:
        """Return when the movement after the still frame `frame` begins."""
        return self._crossed_s(frame, 1, self.motion.speed)

    def _rest_s(self, frame: int) -> float:
        """Return when the movement before the still frame `frame` ends."""
        return self._crossed_s(frame, -1, self.motion.speed)

    def _crossed_s(self, frame: int, direction: int, speed: Floats) -> float:
        return crossing_s(self.motion.time_s, speed, frame, direction, self.rules.speed_heights_per_s)

    # ---- the marks between steps
    @cached_property
    def bottom_s(self) -> float:
        """The time of the bottom, seconds: in a hold, the middle of all that is as low as its lowest frame."""
        first, last = self.hold
        if first == last:
            return float(self.motion.time_s[self.bottom])
        inside = self.height[first : last + 1]
        low = first + np.flatnonzero(inside <= np.nanmin(inside) + self.rules.plateau_heights)
        return float(self.motion.time_s[low[0]] + self.motion.time_s[low[-1]]) / 2

    @cached_property
    def hold_s(self) -> tuple[float, float]:
        """When the hold begins and ends, seconds."""
        first, last = self.hold
        if first == last:
            return self.bottom_s, self.bottom_s
        start, end = (self._crossed_s(frame, way, self.speed_in_hold) for frame, way in ((first, -1), (last, 1)))
        return (start, end) if end > start else (self.bottom_s, self.bottom_s)

    def lowered_marks(self) -> list[float]:
        """Return the eight times that bound the seven steps from and to the squat, seconds."""
        hold_start, hold_end = self.hold_s
        squat = self.squat_before
        squat_2 = self._squat(self.half_closed, 1)
        return increasing(
            [
                self._stand_s(squat[0], -1, self.level),
                self._rest_s(squat[0]),
                self._onset_s(squat[1]),
                hold_start,
                hold_end,
                max(self._rest_s(squat_2[0]), self._settled_s(squat_2[1])),
                self._onset_s(squat_2[1]),
                self._stand_s(squat_2[1], 1, self.level),
            ]
        )

    def _settled_s(self, last: int) -> float:
        """Return when the foot that came back rests, seconds; the weight goes on shifting unseen while it settles."""
        speed = self.motion.feet_speed
        i = walk(self.half_closed, 1, last, lambda k: bool(speed[k] < self.rules.speed_heights_per_s))
        return float(self.motion.time_s[i])

    def _squat(self, frame: int, direction: int) -> tuple[int, int]:
        """Return the still frames of the squat before (-1) or after (1) the step; one frame if never still."""
        edge = self.floor if direction < 0 else self.ceiling
        upright = walk(frame, direction, edge, lambda i: bool(self.shares[i] < self.rules.lowered_share))
        low, high = (upright, frame) if direction < 0 else (frame, upright)
        runs = runs_of(self.still & (self.shares > self.rules.lowered_share), low, high)
        if not runs:
            calmest = low + int(np.nanargmin(self.motion.speed[low : high + 1])) if high > low else frame
            return calmest, calmest
        return longest_joined(runs, self._is_blip)

    def _is_blip(self, before: Run, after: Run) -> bool:
        """Whether two runs belong to one squat; the weight shifts before a step, so places are no guide."""
        time = self.motion.time_s
        return bool(time[after[0]] - time[before[1]] <= self.rules.blip_s)

    def _stand_s(self, frame: int, direction: int, calm: NDArray[np.bool_]) -> float:
        """Return when standing ends before (-1) or begins after (1) a frame in the squat or lunge.

        `calm` tells the frames in which nothing moves that the step is about.
        """
        edge = self.floor if direction < 0 else self.ceiling
        level = self._upright_level(frame, edge, direction)
        up = walk(frame, direction, edge, lambda i: bool(self.shares[i] <= level))
        quiet = walk(up, direction, edge, lambda i: bool(calm[i] or self.shares[i] > 2 * level))
        straight = self._straightest(up, quiet)
        if straight is not None:
            return float(self.motion.time_s[straight])
        if calm[quiet]:
            return float(self.motion.time_s[quiet])
        if quiet == edge:
            return float(self.motion.time_s[up if direction > 0 else quiet])
        # Nobody stood quietly before the hips went down once more: the calmest moment stands in for it.
        low, high = min(up, quiet), max(up, quiet)
        return float(self.motion.time_s[low + int(np.nanargmin(self.motion.speed[low : high + 1]))])

    def _straightest(self, up: int, quiet: int) -> int | None:
        """Return when the knees are straight, if one bends again between a frame and another: a leg is shaken out."""
        way = range(up, quiet + 1) if quiet >= up else range(up, quiet - 1, -1)
        best = up
        for i in way:
            bend = self.motion.knee_flexion_deg
            if bend[i] <= bend[best]:
                best = i
            elif bend[i] > bend[best] + self.rules.bends_again_deg:
                return best
        return None

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
        return increasing(
            [
                self._stand_s(self.half_open, -1, self.still),
                min(landed, hold_start),
                hold_start,
                hold_end,
                max(lifted, hold_end),
                self._stand_s(self.half_closed, 1, self.still),
            ]
        )

    def _landing_s(self, rear: str, frame: int, direction: int, edge: int) -> float:
        """Return when the stepping foot comes to rest after (1), or leaves before (-1), its mid-swing."""
        speed = self.motion.foot_speed[rear]
        low = self.rules.landed_heights_per_s
        if direction * (edge - frame) <= 0:
            return float(self.motion.time_s[edge])
        i = walk(frame, direction, edge, lambda k: bool(speed[k] < low))
        return float(self.motion.time_s[i])


def increasing(marks: list[float]) -> list[float]:
    """Return the marks with none before the one ahead of it."""
    return [float(m) for m in np.maximum.accumulate(marks)]
