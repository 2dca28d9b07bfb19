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
from lunge.storage.set_records import effects_from, findings_from, repetitions_from, set_from
from lunge.storage.sets import SetStore

CHOICES, ANSWERS = "settings.json", "safety.json"
"""Where versions without a database kept choices, and what came of the questions."""

NOTHING: Final[Json] = {"repetitions": []}
"""In the place of findings that are missing or damaged."""

UNFIT: Final = (KeyError, TypeError, ValueError, StopIteration)


def adopt_sets(sets: SetStore, folders: SetFolders) -> None:
    """Take up the sets whose folders have no rows; a folder that cannot be read is left as it is.

    Raises
    ------
    StorageError
        If they cannot be written.
    """
    for set_id in sorted(folders.ids() - sets.ids()):
        folder = folders.folder / set_id
        try:
            document = _findings_in(folder)
            sets.take_up(_set_in(folder, document), document)
        except UNFIT:
            continue


def _findings_in(folder: Path) -> Json:
    document = read_json(folder / FINDINGS)
    try:
        repetitions_from(document, folder.name)
        findings_from(document, folder.name)
        effects_from(document, folder.name)
    except UNFIT:
        return NOTHING
    return document


def _set_in(folder: Path, document: Json) -> DoneSet:
    card = read_json(folder / CARD)
    if "at" in card:
        return record_from(DoneSet, card)
    made, zone = datetime.fromisoformat(card["made"]), zone_here()
    found = DoneSet(id=folder.name, at=made, zone=zone, origin=card["origin"])
    if document is not NOTHING:
        found = set_from(document, folder.name, made, zone, card["origin"])
    counted = {name: card[name] for name in ("name", "left", "right", "other", "duration_s")}
    return replace(found, **counted, landmarks_sha256=sha256_of(folder / LANDMARKS))


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
