"""What is done in a program of its own that ends at once: reading what is kept, writing it, reading a calendar.

The background program stays small this way, and no calendar can break it. One JSON object comes in,
one goes out: ``python -m lunge.breaks.errands FOLDER``.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from lunge.errors import LungeError

Document = dict[str, Any]
TWO_DAYS: Final = timedelta(days=2)
"""Somewhere a local day begins a day before, or after, that of UTC."""

OFFSET_LENGTH: Final = len("+00:00")


def done(folder: Path, asked: Document) -> Document:
    """Do an errand and return its answer; ``problem`` in it is a sentence that says why it did not work."""
    try:
        return ERRANDS[str(asked["what"])](folder, asked)
    except LungeError as error:
        return {"problem": error.message}


def _read(folder: Path, asked: Document) -> Document:
    from lunge.breaks.history import offered_on
    from lunge.breaks.settings import NAME
    from lunge.breaks.target import is_silent
    from lunge.guide.clock import Clock
    from lunge.guide.days import Guide
    from lunge.storage import Store

    now = datetime.fromisoformat(asked["at"])
    clock = Clock(lambda: now.astimezone(UTC), lambda: now.isoformat()[-OFFSET_LENGTH:])
    with Store.open(folder) as store:
        return {
            "settings": store.choices.all().get(NAME),
            "offered": offered_on(store.breaks.all(now - TWO_DAYS), now.date()),
            "rest_day": is_silent(Guide(store, clock).plan()),
        }


def _keep(folder: Path, asked: Document) -> Document:
    from lunge.storage import Store
    from lunge.storage.instants import zone_here
    from lunge.storage.records import Break

    row = dict(asked["break"])
    at = datetime.fromisoformat(row.pop("at")).astimezone(UTC)
    with Store.open(folder) as store:
        known = store.breaks.named([row["id"]]).get(row["id"])
        if known is None or not known.taken:
            store.breaks.put(Break(at=at, zone=zone_here(), **row))
    return {}


def _busy(folder: Path, asked: Document) -> Document:
    from lunge.breaks.calendars import calendar_bytes, meetings

    spans = meetings(calendar_bytes(asked["calendar"]), datetime.fromisoformat(asked["at"]))
    return {"busy": [[start.isoformat(), end.isoformat()] for start, end in spans]}


ERRANDS: Final = {"read": _read, "keep": _keep, "busy": _busy}


if __name__ == "__main__":
    json.dump(done(Path(sys.argv[1]), json.load(sys.stdin)), sys.stdout)
