"""The most that a set may last, such as the two minutes of a break."""

from __future__ import annotations

from lunge.live.constants import constants


class Limit:
    """Counts the time in which somebody is coached; setting up and pauses are not in it.

    Parameters
    ----------
    longest_s : float or None
        None for a set that may last as long as it likes.
    """

    def __init__(self, longest_s: float | None) -> None:
        self._longest_s = longest_s
        self._done_s = 0.0
        self._last_s: float | None = None

    def step(self, time_s: float, *, is_on: bool, rests: bool) -> bool:
        """Return whether the time is over.

        Parameters
        ----------
        time_s : float
            Of a frame, later than the one before.
        is_on : bool
            Whether somebody is coached in it.
        rests : bool
            Whether it lies between two repetitions: one that is under way may be finished, within reason.
        """
        self._done_s += time_s - self._last_s if is_on and self._last_s is not None else 0.0
        self._last_s = time_s if is_on else None
        if self._longest_s is None or not is_on:
            return False
        over_s = self._done_s - self._longest_s
        return over_s >= 0.0 and (rests or over_s >= constants().set.over_s)
