"""Meetings in a calendar file or at an address (ICS)."""

from __future__ import annotations

import urllib.request
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import icalendar
import recurring_ical_events

from lunge.breaks.constants import constants
from lunge.errors import InputError

MIB: Final = 1024 * 1024
AHEAD: Final = timedelta(days=1)

Busy = tuple[datetime, datetime]


def calendar_bytes(place: str) -> bytes:
    """Return what a file or an address holds.

    Parameters
    ----------
    place : str
        A path, or an address that begins with ``http``, ``https`` or ``webcal``.

    Raises
    ------
    InputError
        If it cannot be read, or is too large.
    """
    most = int(constants().looking.calendar_mib * MIB)
    try:
        if place.startswith(("http://", "https://", "webcal://")):
            address = place.replace("webcal://", "https://", 1)
            # The scheme was checked above: no file is opened by this.
            with urllib.request.urlopen(address, timeout=constants().looking.errand_s / 4) as answer:
                data: bytes = answer.read(most + 1)
        else:
            with Path(place).expanduser().open("rb") as file:
                data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise InputError("errors.breaks.calendar") from error
    if len(data) > most:
        raise InputError("errors.breaks.calendar_large")
    return data


def meetings(data: bytes, now: datetime) -> list[Busy]:
    """Return the meetings from now to a day ahead, in order.

    Events of whole days, and those marked as free or cancelled, are no meetings.

    Parameters
    ----------
    data : bytes
        An ICS calendar.
    now : datetime
        With its zone, which counts where an event names none.

    Raises
    ------
    InputError
        If it is no calendar.
    """
    try:
        calendar = icalendar.Calendar.from_ical(data)
        found = recurring_ical_events.of(calendar, skip_bad_series=True).between(now, now + AHEAD)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise InputError("errors.breaks.no_calendar") from error
    spans = (_span(event, now) for event in found)
    return sorted(span for span in spans if span is not None)


def _span(event: icalendar.cal.Component, now: datetime) -> Busy | None:
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    start, end = getattr(event.get("DTSTART"), "dt", None), getattr(event.get("DTEND"), "dt", None)
    if free or str(event.get("STATUS", "")).upper() == "CANCELLED" or not isinstance(start, datetime):
        return None
    return _aware(start, now), _aware(end if isinstance(end, datetime) else start, now)


def _aware(at: date, now: datetime) -> datetime:
    stamp = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day)
    return stamp if stamp.tzinfo is not None else stamp.replace(tzinfo=now.tzinfo)
