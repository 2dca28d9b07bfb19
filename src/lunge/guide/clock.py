"""What time it is, and where: handed in, so that a test can be in another month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lunge.storage.instants import local_day, zone_here


def now_here() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock and the zone of the person.

    Attributes
    ----------
    now : callable
        Gives the moment, in UTC.
    zone : callable
        Gives the name of the zone, as `lunge.storage.instants.zone_here` does.
    """

    now: Callable[[], datetime] = now_here
    zone: Callable[[], str] = zone_here

    def today(self) -> date:
        """Return the local day."""
        return local_day(self.now(), self.zone())
