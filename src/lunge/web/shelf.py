"""The sets that were done, as the pages show them; the store keeps them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lunge.breaks.control import ask
from lunge.breaks.keeping import done
from lunge.documents import json_text, without_nan
from lunge.files import write_text
from lunge.guide.clock import Clock
from lunge.records import Analysis
from lunge.storage import Store
from lunge.storage.done import DoneSet, Origin
from lunge.storage.records import BreakOutcome, new_id
from lunge.storage.set_files import FINDINGS, LANDMARKS, REPORT
from lunge.storage.set_records import set_from
from lunge.web.constants import constants

if TYPE_CHECKING:
    from lunge.report import Stills


@dataclass(frozen=True, slots=True)
class Told:
    """How the report of a set is told.

    Attributes
    ----------
    language : str
    footage : Stills, optional
        Where its pictures come from; without it the report draws skeletons.
    """

    language: str
    footage: Stills | None = None


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
    has_files : bool
        Whether a report and landmarks were kept of it.
    """

    id: str
    made: datetime
    origin: Origin
    name: str
    left: int
    right: int
    other: int
    duration_s: float
    has_files: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list.

    Attributes
    ----------
    number, pages : int
        Which one it is, from 1, of how many.
    cards : list of Card
        The newest first.
    """

    number: int
    pages: int
    cards: list[Card]


class Shelf:
    """Keeps sets.

    Parameters
    ----------
    store : Store
    clock : Clock
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._sets, self._clock = store, store.sets, clock

    def keep(
        self,
        analysis: Analysis,
        save_landmarks: Callable[[Path], object],
        origin: Origin,
        told: Told,
        *,
        name: str = "",
        entered: Mapping[str, Any] | None = None,
    ) -> Card:
        """Keep a set, whole or not at all; it is durable when this returns.

        Parameters
        ----------
        analysis : Analysis
        save_landmarks : callable
            Writes the landmark file to the path it is given.
        origin : {'live', 'video'}
        told : Told
            How its report is told.
        name : str
        entered : mapping, optional
            More fields of `DoneSet`, such as ``wishes``.

        Raises
        ------
        OutputError, StorageError
            If it cannot be written.
        """
        now, document = self._clock.now(), without_nan(analysis.as_dict())
        set_id = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        done = replace(set_from(document, set_id, now, self._clock.zone(), origin, name), **(entered or {}))

        def fill(folder: Path) -> None:
            from lunge.report import page

            save_landmarks(folder / LANDMARKS)
            write_text(folder / FINDINGS, json_text(document, indent=2))
            write_text(folder / REPORT, page(analysis, told.footage, told.language))

        return _card(self._sets.keep(done, document, fill))

    def seen(self, break_id: str | None, set_id: str) -> None:
        """Note that a set was a break, one that was offered or, without a name, one that nobody asked for.

        Raises
        ------
        StorageError
            If it cannot be written.
        """
        self._done(break_id, "seen", set_id)

    def said(self, break_id: str) -> None:
        """Note that the person says that a break was done; without a name it is one that nobody asked for.

        Raises
        ------
        StorageError
            If it cannot be written.
        """
        self._done(break_id, "said")

    def _done(self, break_id: str | None, outcome: BreakOutcome, set_id: str | None = None) -> None:
        done(self._store, self._clock, break_id or new_id(), outcome, set_id)
        ask(self._store.folders.folder.parent, {"what": "done"})

    def cards(self, limit: int | None = None, after: int = 0) -> list[Card]:
        """Return the sets, the newest first: at most so many, after so many that are left out."""
        return [_card(done) for done in self._sets.all(limit, after)]

    def page(self, number: int) -> Page:
        """Return one page of the sets; the nearest one where there is none of that number."""
        on_one = constants().sets.on_a_page_count
        pages = max(1, -(-self._sets.count() // on_one))
        shown = min(max(number, 1), pages)
        return Page(shown, pages, self.cards(on_one, (shown - 1) * on_one))

    def page_of(self, day: date) -> Page:
        """Return the page that begins with, or has, the newest set up to a day."""
        return self.page(self._sets.count(day) // constants().sets.on_a_page_count + 1)

    def card(self, set_id: str) -> Card:
        """Return one set.

        Raises
        ------
        MissingFileError
            If there is none of that name.
        """
        return _card(self._sets.get(set_id))

    def file(self, set_id: str, name: str) -> Path:
        """Return where a file of a set lies.

        Raises
        ------
        MissingFileError
            If there is no such set, or no such file in it.
        """
        return self._sets.file(set_id, name)

    def wishes(self, set_id: str) -> dict[str, Any]:
        """Return what was asked of a set.

        Raises
        ------
        MissingFileError
            If there is none of that name.
        """
        return dict(self._sets.get(set_id).wishes)

    def delete(self, set_id: str) -> None:
        """Delete a set.

        Raises
        ------
        MissingFileError
            If there is none of that name.
        """
        self._sets.remove([self._sets.get(set_id).id])

    def delete_all(self) -> None:
        """Delete every set."""
        self._sets.remove(sorted(self._sets.ids()))


def _card(done: DoneSet) -> Card:
    return Card(
        done.id,
        done.at,
        done.origin,
        done.name,
        done.left,
        done.right,
        done.other,
        done.duration_s,
        done.landmarks_sha256 is not None,
    )
