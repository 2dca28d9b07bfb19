"""What the repetitions of a set have shown so far, as far as the coach speaks of it."""

from __future__ import annotations

from typing import Final, Literal

from lunge.coaching.records import Fault
from lunge.records import Finding, Repetition

AFTERWARDS: Final = ("lunge_hold", "squat_hold", "slow_return", "steadiness", "full_standing")
"""Checks that only a whole step shows: they are spoken of after the repetition."""


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

    def afterwards(self, repetition: Repetition, time_s: float) -> tuple[Fault, ...]:
        """Return the faults of a repetition that no single frame shows."""
        found = (f for f in repetition.findings if f.result == "fail" and f.check in AFTERWARDS)
        return tuple(_fault(f, time_s) for f in found)


def _fault(finding: Finding, time_s: float) -> Fault:
    low, high = finding.limit
    value = finding.value or 0.0
    under = low is not None and value < low
    end: Literal["low", "high"] = "low" if under else "high"
    beyond = (low or 0.0) - value if under else value - (high or 0.0)
    return Fault(finding.check, finding.measure, finding.step, end, time_s, beyond / max(finding.sd or 1.0, 1e-9))
