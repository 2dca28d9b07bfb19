"""Instants and zones: when something happened, and what the clock on the wall said."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

LINK: Final = Path("/etc/localtime")
"""On Linux and macOS a link into the folder of the zones."""


def zone_here(link: Path = LINK) -> str:
    """Return the zone of this machine: its IANA name where that can be found, else its offset now.

    Parameters
    ----------
    link : Path
        What links to the file of the zone.
    """
    named = os.environ.get("TZ", "").removeprefix(":") or str(link.resolve()).partition("zoneinfo/")[2]
    if named and _zone(named) is not None:
        return named
    return datetime.now().astimezone().isoformat()[-len("+00:00") :]


def local(at: datetime, zone: str) -> datetime:
    """Return what the clock on the wall said.

    Parameters
    ----------
    at : datetime
        With its time zone.
    zone : str
        An IANA name, or an offset such as ``+02:00``; UTC is used where this machine does not know it.
    """
    return at.astimezone(_zone(zone) or UTC)


def local_day(at: datetime, zone: str) -> date:
    """Return the day on which it was, where the person is."""
    return local(at, zone).date()


def _zone(name: str) -> tzinfo | None:
    try:
        if name[:1] in {"+", "-"}:
            return datetime.fromisoformat(f"2000-01-01T00:00{name}").tzinfo
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return None
