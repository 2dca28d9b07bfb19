"""Take up what lies in the folder and is in no database: sets, and what versions without a database kept.

A set's folder without rows comes from such a version, from a program that was stopped between the two,
or from before the database was put aside.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

from lunge.storage.done import DoneSet
from lunge.storage.instants import zone_here
from lunge.storage.logs import Log, Values
from lunge.storage.plain import record_from
from lunge.storage.records import Json, Screening
from lunge.storage.set_files import CARD, FINDINGS, LANDMARKS, SetFolders, sha256_of
from lunge.storage.set_records import set_from
from lunge.storage.sets import SetStore

CHOICES, ANSWERS = "settings.json", "safety.json"
"""Where versions without a database kept choices, and what came of the questions."""

EMPTY: Final[Json] = {"repetitions": []}


def adopt_sets(sets: SetStore, folders: SetFolders) -> None:
    """Take up the sets whose folders have no rows; a folder that cannot be read is left as it is.

    Raises
    ------
    StorageError
        If they cannot be written.
    """
    unknown = folders.ids() - sets.ids()
    for set_id in sorted(unknown):
        document = read_json(folders.folder / set_id / FINDINGS)
        try:
            done = _set_in(folders.folder / set_id, document)
            sets.take_up(done, document or EMPTY)
        except (KeyError, TypeError, ValueError, StopIteration):
            continue


def _set_in(folder: Path, document: Json) -> DoneSet:
    card = read_json(folder / CARD)
    if "at" in card:
        return record_from(DoneSet, card)
    made = datetime.fromisoformat(card["made"])
    found = _described(document, folder.name, made) or DoneSet(
        id=folder.name, at=made, zone=zone_here(), origin=card["origin"]
    )
    return replace(
        found,
        origin=card["origin"],
        name=card["name"],
        left=card["left"],
        right=card["right"],
        other=card["other"],
        duration_s=card["duration_s"],
        landmarks_sha256=sha256_of(folder / LANDMARKS),
    )


def _described(document: Json, set_id: str, made: datetime) -> DoneSet | None:
    return set_from(document, set_id, made, zone_here(), "live") if document else None


def adopt_files(folder: Path, choices: Values, screenings: Log[Screening]) -> None:
    """Take up choices and answers from the files of versions without a database, then delete these.

    A file that cannot be read is left as it is.

    Raises
    ------
    StorageError
        If they cannot be written.
    """
    now, zone = datetime.now(UTC), zone_here()
    chosen = read_json(folder / CHOICES)
    if chosen:
        choices.put(chosen | choices.all(), now, zone)
        (folder / CHOICES).unlink()
    screening = _screening(read_json(folder / ANSWERS), zone)
    if screening is not None:
        screenings.put(screening)
        (folder / ANSWERS).unlink()


def _screening(answers: dict[str, Any], zone: str) -> Screening | None:
    try:
        day = date.fromisoformat(answers["on"])
        # Only the day was kept; noon is on that day in every zone but a few.
        at = datetime.combine(day, time(12), UTC)
        return Screening(at=at, zone=zone, day=day, outcome=answers["outcome"])
    except (KeyError, TypeError, ValueError):
        return None


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file; empty when there is none, or none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
