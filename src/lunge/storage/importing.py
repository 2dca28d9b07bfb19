"""`lunge import`: take over what an export has and this store has not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from lunge.errors import ArchiveError
from lunge.storage.archive import SCHEMA
from lunge.storage.done import DoneEffect, DoneFinding, DoneRepetition, DoneSet
from lunge.storage.exported import LOGS, VALUES
from lunge.storage.logs import put_values
from lunge.storage.plain import record_from, row_of
from lunge.storage.records import Named
from lunge.storage.set_files import ID, LANDMARKS, SetFolders, sha256_of
from lunge.storage.set_rows import Kinds, insert_set
from lunge.storage.set_tables import SETS
from lunge.storage.store import Store
from lunge.storage.zips import OldZip, old_zip


@dataclass(frozen=True, slots=True)
class Taken:
    """How much was new.

    Attributes
    ----------
    sets : int
    entries : int
        Of diary, plan and all other tables.
    files : int
        Exercises and questionnaires of the person's own.
    """

    sets: int
    entries: int
    files: int = 0


def take_over(store: Store, path: Path) -> Taken:
    """Take over what an export has and the store has not; a second time changes nothing.

    What is there already stays as it is; of choices and settings the newer value counts.

    Parameters
    ----------
    store : Store
    path : Path

    Raises
    ------
    MissingFileError
        If there is no such file.
    ArchiveError
        If it is no export, or it is damaged; nothing is taken over then.
    OutputError, StorageError
        If it cannot be written; nothing is taken over then.
    """
    with old_zip(path, SCHEMA, "export") as archive:
        own, placed, taken = archive.own_files(), archive.place(store.folders), list[str]()
        try:
            taken = store.own_files.take(own)
            with store.database.writing() as connection:
                sets = _take_sets(connection, archive, store.folders)
                entries = sum(_take_log(connection, archive, name, *of) for name, of in LOGS.items())
                entries += sum(_take_values(connection, archive, name, table) for name, table in VALUES.items())
        except BaseException:
            store.folders.remove(placed)
            store.own_files.remove(taken)
            raise
    return Taken(sets, entries, len(taken))


def _take_sets(connection: Connection, archive: OldZip, folders: SetFolders) -> int:
    known = set(connection.execute(select(SETS.c.id)).scalars())
    kinds, count = Kinds(connection), 0
    shared = {row.pop("kind"): row for row in archive.rows("finding_kinds")}
    parts = [_Parts(archive, name) for name in ("repetitions", "findings", "effects")]
    for row in archive.rows("sets"):
        done = record_from(DoneSet, row)
        repetitions, findings, effects = (part.of(done.id) for part in parts)
        if done.id in known:
            continue
        _check(done, folders)
        own = [record_from(DoneRepetition, part) for part in repetitions]
        said = [DoneFinding(**shared[part.pop("kind")], **part) for part in findings]
        felt = [record_from(DoneEffect, part) for part in effects]
        insert_set(connection, kinds, done, own, said, felt)
        count += 1
    return count


class _Parts:
    """Rows of a table that come set by set, in the order of the sets."""

    def __init__(self, archive: OldZip, name: str) -> None:
        self._groups = groupby(archive.rows(name), key=itemgetter("set_id"))
        self._next = self._read()

    def of(self, set_id: str) -> list[dict[str, Any]]:
        """Return the rows of a set; each is asked for once, in the order of the file."""
        if self._next is None or self._next[0] != set_id:
            return []
        found, self._next = self._next[1], self._read()
        return found

    def _read(self) -> tuple[str, list[dict[str, Any]]] | None:
        found = next(self._groups, None)
        return None if found is None else (found[0], list(found[1]))


def _check(done: DoneSet, folders: SetFolders) -> None:
    """Refuse a set whose landmark file is not the one that was kept."""
    if not ID.fullmatch(done.id):
        raise ArchiveError("errors.archive.no_set", name=done.id)
    found = sha256_of(folders.folder / done.id / LANDMARKS)
    if found is not None and found != done.landmarks_sha256:
        raise ArchiveError("errors.archive.damaged_set", name=done.id)


def _take_log(connection: Connection, archive: OldZip, name: str, kind: type, table: Table) -> int:
    known = set(connection.execute(select(table.c.id)).scalars())
    found = [row_of(record_from(kind, row)) for row in archive.rows(name) if row["id"] not in known]
    if found:
        connection.execute(insert(table), found)
    return len(found)


def _take_values(connection: Connection, archive: OldZip, name: str, table: Table) -> int:
    known = {row.name: row.at for row in connection.execute(select(table.c.name, table.c.at))}
    found = [record_from(Named, row) for row in archive.rows(name)]
    newer = [value for value in found if value.name not in known or value.at > known[value.name]]
    put_values(connection, table, newer)
    return len(newer)
