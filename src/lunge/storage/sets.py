"""Sets that were done: rows in the database, and a folder of files for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import Final

from sqlalchemy import delete, func, select, update

from lunge.documents import without_nan
from lunge.errors import LungeError, MissingFileError
from lunge.storage.database import Database
from lunge.storage.done import CheckFigures, DoneFinding, DoneRepetition, DoneSet, SetFigures
from lunge.storage.figures import set_figures, trend
from lunge.storage.plain import json_text, records_from, row_of
from lunge.storage.plan_sets import derived, put_place
from lunge.storage.records import Json
from lunge.storage.set_files import CARD, LANDMARKS, SetFolders, sha256_of, write_durably
from lunge.storage.set_records import effects_from, findings_from, repetitions_from
from lunge.storage.set_rows import Kinds, all_repetitions, all_sets, findings_of, insert_set
from lunge.storage.set_tables import SETS

FINDING_ORDER: Final = attrgetter("repetition", "check", "measure", "step")
ENTERED: Final = (
    *("wishes", "level", "effort", "back_before", "back_after", "knee_before", "knee_after"),
    *("stopped_why", "name"),
)
"""What may still change once a set is kept."""


class SetStore:
    """Keeps sets.

    Parameters
    ----------
    database : Database
    folders : SetFolders
    """

    def __init__(self, database: Database, folders: SetFolders) -> None:
        self._database, self._folders = database, folders

    def keep(self, done: DoneSet, document: Json, fill: Callable[[Path], object]) -> DoneSet:
        """Keep a set, whole or not at all; it is durable when this returns.

        Parameters
        ----------
        done : DoneSet
            As `set_from` makes it of the document.
        document : dict
            Of schema ``lunge.analysis/1``.
        fill : callable
            Writes the files into the folder that it is given.

        Returns
        -------
        DoneSet
            With the sum of its landmark file.

        Raises
        ------
        OutputError, StorageError
            If it cannot be written.
        """
        kept: list[DoneSet] = []

        def filled(folder: Path) -> None:
            fill(folder)
            kept.append(replace(done, landmarks_sha256=sha256_of(folder / LANDMARKS)))
            (folder / CARD).write_text(json_text(row_of(kept[0])), encoding="utf-8")

        place = self._folders.place(done.id, filled)
        try:
            self.take_up(kept[0], document)
        except LungeError:
            shutil.rmtree(place, ignore_errors=True)
            raise
        return kept[0]

    def take_up(self, done: DoneSet, document: Json) -> None:
        """Write the rows of a set whose folder is there; those of another with its id go.

        Raises
        ------
        StorageError
            If they cannot be written.
        KeyError, TypeError
            If it is no such document.
        """
        plain = without_nan(document)
        repetitions, findings = repetitions_from(plain, done.id), findings_from(plain, done.id)
        effects = effects_from(plain, done.id)
        with self._database.writing() as connection:
            # Another program may have found the folder before its own writer came to the rows.
            connection.execute(delete(SETS).where(SETS.c.id == done.id))
            insert_set(connection, Kinds(connection), done, repetitions, findings, effects)

    def amend(self, done: DoneSet) -> None:
        """Change what may still be entered once a set is kept: wishes, level, effort, comfort, why it ended.

        Raises
        ------
        MissingFileError
            If there is no such set.
        OutputError, StorageError
            If it cannot be written.
        """
        before = self.get(done.id)
        after = replace(before, **{name: getattr(done, name) for name in ENTERED})
        changed = {name: getattr(after, name) for name in ENTERED} | derived(after)
        with self._database.writing() as connection:
            which = update(SETS).where(SETS.c.id == done.id).values(changed).returning(SETS.c.number)
            put_place(connection, connection.execute(which).scalar_one(), after)
        if (self._folders.folder / done.id).is_dir():
            write_durably(self._folders.folder / done.id / CARD, json_text(row_of(after)))

    def all(self, limit: int | None = None, after: int = 0) -> tuple[DoneSet, ...]:
        """Return the sets, the newest first.

        Parameters
        ----------
        limit : int, optional
            How many at most.
        after : int
            How many of the newest are left out.
        """
        newest = all_sets().order_by(SETS.c.at.desc(), SETS.c.id.desc()).limit(limit).offset(after)
        with self._database.reading() as connection:
            return records_from(DoneSet, connection.execute(newest))

    def count(self, after: date | None = None) -> int:
        """Return how many sets there are, or how many there are after a day."""
        counted = select(func.count()).select_from(SETS)
        counted = counted if after is None else counted.where(SETS.c.day > after)
        with self._database.reading() as connection:
            return connection.execute(counted).scalar_one()

    def ids(self) -> set[str]:
        """Return the names of all sets."""
        with self._database.reading() as connection:
            return set(connection.execute(select(SETS.c.id)).scalars())

    def get(self, set_id: str) -> DoneSet:
        """Return one set.

        Raises
        ------
        MissingFileError
            If there is none of that name.
        """
        with self._database.reading() as connection:
            found = records_from(DoneSet, connection.execute(all_sets().where(SETS.c.id == set_id)))
        if not found:
            raise MissingFileError(set_id)
        return found[0]

    def repetitions(self, set_id: str) -> tuple[DoneRepetition, ...]:
        """Return the repetitions of a set, in their order; none where there is no such set."""
        with self._database.reading() as connection:
            return records_from(DoneRepetition, connection.execute(all_repetitions().where(SETS.c.id == set_id)))

    def findings(self, set_id: str) -> tuple[DoneFinding, ...]:
        """Return the findings of a set by repetition, check, measure and step; none where there is no such set."""
        with self._database.reading() as connection:
            return tuple(sorted(findings_of(connection, set_id), key=FINDING_ORDER))

    def file(self, set_id: str, name: str) -> Path:
        """Return where a file of a set lies.

        Raises
        ------
        MissingFileError
            If there is no such set, or no such file in it.
        """
        return self._folders.file(set_id, name)

    def remove(self, set_ids: list[str]) -> None:
        """Delete sets with all their files; those that are not there are none to delete.

        Raises
        ------
        OutputError, StorageError
            If that cannot be written. What was begun is finished when the store is opened again.
        """
        self._folders.hide(set_ids)
        self._forget(set_ids)
        self._folders.sweep()

    def finish_removing(self) -> None:
        """Finish deleting what another program began to delete, and sweep up what was left half-written."""
        self._forget(self._folders.hidden())
        self._folders.sweep()

    def figures(self, since: datetime | None = None, until: datetime | None = None) -> tuple[SetFigures, ...]:
        """Return the figures of the sets, the oldest first; see `Store.progress`."""
        chosen = select(SETS.c.number)
        chosen = chosen if since is None else chosen.where(SETS.c.at >= since)
        chosen = chosen if until is None else chosen.where(SETS.c.at < until)
        with self._database.reading() as connection:
            return set_figures(connection, chosen)

    def trend(self, check: str) -> tuple[CheckFigures, ...]:
        """Return what one check said in all sets, the oldest first; see `Store.trend`."""
        with self._database.reading() as connection:
            return trend(connection, check)

    def _forget(self, set_ids: list[str]) -> None:
        if not set_ids:
            return
        with self._database.writing() as connection:
            for set_id in set_ids:
                connection.execute(delete(SETS).where(SETS.c.id == set_id))
