"""How low, how far apart and where: the levels of one episode that its steps are read against."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lunge.constants import constants
from lunge.exercises.records import StepRules
from lunge.motion import Motion
from lunge.stillness import Run, runs_of, walk


class Levels:
    """Levels and places of one episode; each is worked out once, when it is asked for.

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
        """The lowest hip height at which the body rests while both feet are down; else the lowest of all.

        On the way from and to a squat that is lower than the lunge, the hips are lower, but do not rest, or for a blink
        when the foot lands. Resting in the upper half of the way is standing between two lowerings.
        """
        first, last = self.planted
        lowest_of_all = float(np.nanmin(self.height[first : last + 1]))
        half_way = (self.standing_height + lowest_of_all) / 2
        runs = [r for r in runs_of(self.still, first, last) if self._lasts_s(r) >= self.rules.blip_s]
        resting = [float(np.nanmin(self.height[a : b + 1])) for a, b in runs]
        return min((height for height in resting if height <= half_way), default=lowest_of_all)

    @cached_property
    def still(self) -> NDArray[np.bool_]:
        """Frames in which the trunk is still in the picture (T,)."""
        out: NDArray[np.bool_] = self.motion.speed < self.rules.speed_heights_per_s
        return out

    def _lasts_s(self, run: Run) -> float:
        return float(self.motion.time_s[run[1]] - self.motion.time_s[run[0]])

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

    def stands_within(self, frame: int, direction: int, within_s: float) -> bool:
        """Return whether the person stands within a time before (-1) or after (1) a frame."""
        time = self.motion.time_s
        edge = int(np.searchsorted(time, time[frame] + direction * within_s))
        a, b = (max(edge, self.floor), frame) if direction < 0 else (frame, min(edge, self.ceiling))
        return bool((self.shares[a : b + 1] < self.rules.upright_share).any())

    @cached_property
    def level(self) -> NDArray[np.bool_]:
        """Frames in which the hips go neither down nor up (T,)."""
        out: NDArray[np.bool_] = self.motion.rise_speed < self.rules.rise_heights_per_s
        return out

    # ---- what kind of episode
    @cached_property
    def starts_inside(self) -> bool:
        """Whether the clip begins with one foot ahead already: the feet were never seen together before.

        Its first moments may show nobody.
        """
        ahead, time = self.motion.left_ahead, self.motion.time_s
        before = ahead[: max(self.first - 1, 0)] * np.sign(ahead[self.first])
        seen = before[np.isfinite(before)]
        if not len(seen):
            return bool(time[self.first] - time[0] <= constants().levels.before_s)
        return bool((seen >= self.rules.closes_heights).all())

    @cached_property
    def hidden(self) -> bool:
        """Whether the step is read from the trunk, because a foot is hidden."""
        return bool(self.motion.hidden[self.first : self.last + 1].mean() > 1 / 2)

    @cached_property
    def closes(self) -> bool:
        """Whether the feet come together again before the clip ends."""
        return self.last < len(self.motion.time_s) - 1

    @cached_property
    def half_open(self) -> int:
        """The frame at which the step has reached half its length."""
        ahead = np.abs(self.motion.left_ahead)
        half = float(np.nanmedian(ahead[self.first : self.last + 1])) / 2
        return walk(self.first, -1, self.floor, lambda i: bool(ahead[i] < half))

    @cached_property
    def half_closed(self) -> int:
        """The frame at which the step back has come half-way."""
        ahead = np.abs(self.motion.left_ahead)
        half = float(np.nanmedian(ahead[self.first : self.last + 1])) / 2
        return walk(self.last, 1, self.ceiling, lambda i: bool(ahead[i] < half))

    @cached_property
    def planted(self) -> tuple[int, int]:
        """The first and last frame with both feet down, one ahead of the other."""
        speeds = np.fmax(*self.motion.foot_speed.values())
        low, middle = self.rules.landed_heights_per_s, (self.first + self.last) // 2
        landed = walk(self.half_open, 1, middle, lambda i: bool(speeds[i] < low))
        lifted = walk(self.half_closed, -1, middle, lambda i: bool(speeds[i] < low))
        return max(landed, self.first), min(lifted, self.last)

    @cached_property
    def entry(self) -> Literal["lowered", "standing"]:
        """Whether the hips were low already before the foot left, or, hidden, when the trunk followed."""
        if self.hidden:
            ahead = np.abs(self.motion.left_ahead)
            moved = walk(self.half_open, -1, self.floor, lambda i: bool(ahead[i] < self.rules.closes_heights))
            return "lowered" if self._share(moved) >= 1 / 2 else "standing"
        speeds = np.fmax(*self.motion.foot_speed.values())
        low = self.rules.landed_heights_per_s
        left = walk(self.half_open, -1, self.floor, lambda i: bool(speeds[i] < low))
        time = self.motion.time_s
        before = max(int(np.searchsorted(time, time[left] - self.rules.blip_s)), self.floor)
        low_already = min(self._share(left), self._share(before)) >= self.rules.lowered_share
        return "lowered" if low_already else "standing"

    @property
    def from_behind(self) -> bool:
        """Whether the camera sees the person's back: the lean of the trunk does not show there."""
        return bool(np.nanmedian(self.motion.from_behind[self.first : self.last + 1]) > 1 / 2)

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
        away_s = direction * constants().levels.before_s
        near, far = time[frame] + away_s, time[frame] + 2 * away_s
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
    def overshoot(self) -> float:
        """How far the hips rise past standing within a second after the feet close: only a jump does that."""
        time = self.motion.time_s
        after = self.height[self.last : int(np.searchsorted(time, time[self.last] + constants().levels.jump_s))]
        return float(np.nanmax(after)) - self.motion.standing_height if np.isfinite(after).any() else 0.0
