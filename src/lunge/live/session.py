"""A live session: frames in, what to show and say out, and at the end the same analysis as of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from lunge.live.records import Look, Update, Wishes
from lunge.records import Analysis

Command = Literal["start", "pause", "resume", "finish", "gone", "back"]
"""By keyboard or button: start without waiting for quiet standing, pause, go on, end the set.
`gone` and `back`: the camera or the connection was lost and came again."""


class LiveSession:
    """Coaches one set.

    Parameters
    ----------
    wishes : Wishes
    """

    def __init__(self, wishes: Wishes) -> None:
        self.wishes = wishes

    def step(self, look: Look) -> Update:
        """Return what is new after the next frame; its time must be later than the one before.

        Raises
        ------
        ValueError
            If it is not.
        """
        raise NotImplementedError

    def command(self, name: Command) -> None:
        """Take a command of the person; it shows in the next update."""
        raise NotImplementedError

    def finish(self) -> Analysis:
        """Judge what is left, and return the set's analysis, ``engine.mode`` ``causal``.

        Raises
        ------
        NobodySeenError
            If nobody was ever seen.
        """
        raise NotImplementedError

    def save(self, path: Path) -> Path:
        """Write the set's landmark file, marked as recorded live, with the wishes in it; no picture."""
        raise NotImplementedError
