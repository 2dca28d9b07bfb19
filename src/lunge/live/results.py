"""What the repetitions of a set have shown so far, as far as the coach speaks of it."""

from __future__ import annotations

from lunge.records import Repetition


class Results:
    """Compares each repetition with the one before."""

    def __init__(self) -> None:
        self._failed: frozenset[str] = frozenset()
        self.better: tuple[str, ...] = ()
        """Checks that failed in the repetition before the last, and passed in the last."""

    def add(self, repetition: Repetition) -> None:
        """Take the next repetition."""
        failed = {f.check for f in repetition.findings if f.result == "fail"}
        passed = {f.check for f in repetition.findings if f.result == "pass"} - failed
        self.better = tuple(sorted(self._failed & passed))
        self._failed = frozenset(failed)
