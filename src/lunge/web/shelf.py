"""The sets that were done, each in a folder of its own: landmarks, findings, report."""

from __future__ import annotations

import re
import secrets
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from lunge.documents import json_text
from lunge.errors import MissingFileError
from lunge.files import made_folder, write_text
from lunge.records import Analysis
from lunge.report import Footage, page
from lunge.web.folder import read_json, write_json

LANDMARKS, FINDINGS, REPORT, CARD = "landmarks.npz", "findings.json", "report.html", "set.json"
ID: Final = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}")

Origin = Literal["live", "video"]


@dataclass(frozen=True, slots=True)
class Card:
    """One set in the list.

    Attributes
    ----------
    id : str
    made : datetime
        With its time zone, UTC.
    origin : {'live', 'video'}
    name : str
        Of the video file; empty for a live set.
    left, right, other : int
        Repetitions by the leg that stepped back; `other` where that is not known.
    duration_s : float
    """

    id: str
    made: datetime
    origin: Origin
    name: str
    left: int
    right: int
    other: int
    duration_s: float


class Shelf:
    """Keeps sets in a folder.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(
        self,
        analysis: Analysis,
        save_landmarks: Callable[[Path], object],
        origin: Origin,
        name: str = "",
        footage: Footage | None = None,
    ) -> Card:
        """Keep a set, whole or not at all.

        Parameters
        ----------
        analysis : Analysis
        save_landmarks : callable
            Writes the landmark file to the path it is given.
        origin : {'live', 'video'}
        name : str
        footage : Footage, optional
            Where the report's pictures come from; without it the report draws skeletons.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        now = datetime.now(UTC)
        card = _card(f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}", now, analysis, origin, name)
        place = made_folder(self._folder / f".{card.id}.part")
        try:
            save_landmarks(place / LANDMARKS)
            write_text(place / FINDINGS, json_text(analysis.as_dict(), indent=2))
            write_text(place / REPORT, page(analysis, footage))
            write_json(place / CARD, _as_dict(card))
            place.rename(self._folder / card.id)
        finally:
            shutil.rmtree(place, ignore_errors=True)
        return card

    def cards(self) -> list[Card]:
        """Return all sets, the newest first."""
        found = [_read_card(path) for path in self._folder.glob(f"*/{CARD}") if ID.fullmatch(path.parent.name)]
        return sorted((card for card in found if card is not None), key=lambda card: card.made, reverse=True)

    def card(self, set_id: str) -> Card:
        """Return one set.

        Raises
        ------
        MissingFileError
            If there is none of that name.
        """
        card = _read_card(self.file(set_id, CARD))
        if card is None:
            raise MissingFileError(set_id)
        return card

    def file(self, set_id: str, name: str) -> Path:
        """Return where a file of a set lies.

        Raises
        ------
        MissingFileError
            If there is no such set, or no such file in it.
        """
        path = self._folder / set_id / name
        if not ID.fullmatch(set_id) or not path.is_file():
            raise MissingFileError(set_id)
        return path

    def delete(self, set_id: str) -> None:
        """Delete a set.

        Raises
        ------
        MissingFileError
            If there is none of that name.
        """
        shutil.rmtree(self.file(set_id, CARD).parent)

    def delete_all(self) -> None:
        """Delete every set."""
        for card in self.cards():
            self.delete(card.id)


def _card(set_id: str, made: datetime, analysis: Analysis, origin: Origin, name: str) -> Card:
    legs = Counter(r.stepping_leg for r in analysis.repetitions)
    return Card(set_id, made, origin, name, legs["left"], legs["right"], legs[None], analysis.input.duration_s)


def _as_dict(card: Card) -> dict[str, object]:
    return {
        "made": card.made.isoformat(),
        "origin": card.origin,
        "name": card.name,
        "left": card.left,
        "right": card.right,
        "other": card.other,
        "duration_s": card.duration_s,
    }


def _read_card(path: Path) -> Card | None:
    found = read_json(path)
    try:
        return Card(id=path.parent.name, **{**found, "made": datetime.fromisoformat(found["made"])})
    except (KeyError, TypeError, ValueError):
        return None
