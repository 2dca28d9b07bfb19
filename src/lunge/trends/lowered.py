"""How one went down at housework: by day and by week, and how much of it was lunging against stooping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lunge.storage.instants import local_day
from lunge.storage.records import Housework

WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Lowered:
    """Lowerings of some days.

    Attributes
    ----------
    first : date
        The first of the days.
    lunged, squatted, stooped, knelt, sat : int
    """

    first: date
    lunged: int = 0
    squatted: int = 0
    stooped: int = 0
    knelt: int = 0
    sat: int = 0

    @property
    def all(self) -> int:
        """How many there were, any way."""
        return self.lunged + self.squatted + self.stooped + self.knelt + self.sat

    @property
    def lunged_share(self) -> float | None:
        """How much of lunging and stooping together was lunging, 0 to 1; None without either."""
        both = self.lunged + self.stooped
        return self.lunged / both if both else None


def lowered(rows: Sequence[Housework], first: date, days: int = 1) -> Lowered:
    """Return the lowerings of some days."""
    end = first + timedelta(days=days)
    found = [row for row in rows if first <= local_day(row.at, row.zone) < end]
    return Lowered(
        first,
        lunged=sum(row.lunged for row in found),
        squatted=sum(row.squatted for row in found),
        stooped=sum(row.stooped for row in found),
        knelt=sum(row.knelt for row in found),
        sat=sum(row.sat for row in found),
    )


def days_of(rows: Sequence[Housework], today: date, days: int = WEEK) -> list[Lowered]:
    """Return the last days, the oldest first, today included."""
    return [lowered(rows, today - timedelta(days=back)) for back in reversed(range(days))]


def weeks_of(rows: Sequence[Housework], today: date, weeks: int) -> list[Lowered]:
    """Return the last weeks, the oldest first; each begins on a Monday."""
    monday = today - timedelta(days=today.weekday())
    return [lowered(rows, monday - timedelta(days=WEEK * back), WEEK) for back in reversed(range(weeks))]
