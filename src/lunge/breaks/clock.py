"""Clocks: one that goes on through sleep and never jumps, and what the clock on the wall says."""

from __future__ import annotations

import time
from datetime import datetime


def steady_s() -> float:
    """Return a time that only grows, sleep included.

    On macOS and Windows Python's own clock has no sleep in it; a gap is then seen when nobody touches anything.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


def now_here() -> datetime:
    """Return what the clock on the wall says, with its zone."""
    return datetime.now().astimezone()
