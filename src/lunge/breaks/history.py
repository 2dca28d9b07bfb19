"""What became of the breaks: by day and by week, and beside the comfort of those days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lunge.storage.instants import local_day
from lunge.storage.records import Break, DiaryEntry

WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Tally:
    """Breaks of some days.

    Attributes
    ----------
    first : date
        The first of the days.
    offered, seen, said, skipped, postponed : int
        A break that was postponed and then done counts in both.
    """

    first: date
    offered: int = 0
    seen: int = 0
    said: int = 0
    skipped: int = 0
    postponed: int = 0


def offered_on(breaks: Iterable[Break], day: date) -> int:
    """Return how many reminders were shown on a local day."""
    return tally(breaks, day, 1).offered


def tally(breaks: Iterable[Break], first: date, days: int = 1) -> Tally:
    """Return what became of the breaks of some days.

    Parameters
    ----------
    breaks : iterable of Break
    first : date
    days : int
    """
    end = first + timedelta(days=days)
    found = [one for one in breaks if first <= local_day(one.at, one.zone) < end]
    outcomes = [one.outcome for one in found]
    return Tally(
        first,
        offered=sum(outcome != "postponed" for outcome in outcomes),
        seen=outcomes.count("seen"),
        said=outcomes.count("said"),
        skipped=outcomes.count("skipped"),
        postponed=sum(one.postponed_by is not None for one in found),
    )


def days_of(breaks: Sequence[Break], today: date, days: int = WEEK) -> list[Tally]:
    """Return the last days, the oldest first, today included."""
    return [tally(breaks, today - timedelta(days=back)) for back in reversed(range(days))]


def weeks_of(breaks: Sequence[Break], today: date, weeks: int) -> list[Tally]:
    """Return the last weeks, the oldest first; each begins on a Monday."""
    monday = today - timedelta(days=today.weekday())
    return [tally(breaks, monday - timedelta(days=WEEK * back), WEEK) for back in reversed(range(weeks))]


def comfort_of(diary: Iterable[DiaryEntry], first: date, days: int = WEEK) -> float | None:
    """Return the mean comfort, the worse of back and knee, over some days; None without any."""
    end = first + timedelta(days=days)
    worst = [
        max(value for value in (one.back, one.knee) if value is not None)
        for one in diary
        if first <= one.day < end and (one.back is not None or one.knee is not None)
    ]
    return sum(worst) / len(worst) if worst else None
