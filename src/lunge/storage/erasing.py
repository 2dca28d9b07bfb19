"""`lunge delete`: everything, or what happened in a period, with recordings and our own backups."""

from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, select, text

from lunge.errors import BusyStoreError
from lunge.files import output_error
from lunge.storage.adopting import ANSWERS, CHOICES
from lunge.storage.backup import SCHEMA, asides
from lunge.storage.exported import LOGS, VALUES
from lunge.storage.instants import local_day
from lunge.storage.kept_plan import forget_kept
from lunge.storage.set_tables import SETS
from lunge.storage.store import Store
from lunge.storage.tables import BACKUPS, METADATA
from lunge.storage.zips import MANIFEST


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both ends included, where the person was; an end that is None is open.

    Attributes
    ----------
    first, last : date, optional
    """

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        """Return whether a day is in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def is_all(self) -> bool:
        """Whether both ends are open."""
        return self.first is None and self.last is None


@dataclass(frozen=True, slots=True)
class Erased:
    """What was deleted.

    Attributes
    ----------
    sets, entries : int
    files : tuple of Path
        Backups, and databases that were put aside.
    own_files : int
        Exercises and questionnaires of the person's own; they go with everything only.
    """

    sets: int
    entries: int
    files: tuple[Path, ...]
    own_files: int


def erase(store: Store, period: Period) -> Erased:
    """Delete what happened in a period, or everything, and leave no trace of it in our files.

    Backups hold it too, so those that `lunge.storage.backup` wrote and databases that were put aside go, as far
    as they are still where they were. A disk that spreads its writes, such as an SSD, may keep traces.

    Parameters
    ----------
    store : Store
    period : Period

    Raises
    ------
    BusyStoreError
        If another program has the database open, so that its log could not be cut.
    OutputError, StorageError
        If that does not work.
    """
    ids = _sets_in(store, period)
    store.sets.remove(ids)
    with store.database.writing() as connection:
        entries = sum(_erase_log(connection, table, period) for _, table in LOGS.values())
        if period.is_all:
            entries += sum(connection.execute(delete(table)).rowcount for table in VALUES.values())
        forget_kept(connection)
        backups = [Path(path) for path in connection.execute(select(BACKUPS.c.path)).scalars()]
    files = [path for path in backups if _is_ours(path)] + asides(store.database.place)
    _unlink(files)
    own_files = 0
    if period.is_all:
        own_files = store.own_files.clear()
        folder = store.database.place.folder
        _unlink([path for path in (folder / CHOICES, folder / ANSWERS) if path.is_file()])
    with store.database.writing() as connection:
        connection.execute(delete(BACKUPS))
    _compact(store)
    return Erased(len(ids), entries, tuple(files), own_files)


def _sets_in(store: Store, period: Period) -> list[str]:
    with store.database.reading() as connection:
        rows = connection.execute(select(SETS.c.id, SETS.c.at, SETS.c.zone)).all()
    found = {row.id for row in rows if local_day(row.at, row.zone) in period}
    # A folder that no database could take up has no day.
    return sorted(found | store.folders.ids() if period.is_all else found)


def _erase_log(connection: Connection, table: Table, period: Period) -> int:
    dated = [table.c[name] for name in ("id", "at", "zone", "day") if name in table.c]
    gone = [row.id for row in connection.execute(select(*dated)) if _day_of(row) in period]
    for entry_id in gone:
        connection.execute(delete(table).where(table.c.id == entry_id))
    return len(gone)


def _day_of(row: Any) -> date:
    found: date = row.day if "day" in row._fields else local_day(row.at, row.zone)
    return found


def _is_ours(path: Path) -> bool:
    """Return whether a backup is still where it was written, and not another file by now."""
    with suppress(OSError, ValueError, KeyError, zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
        return bool(json.loads(archive.read(MANIFEST)).get("schema") == SCHEMA)
    return False


def _unlink(paths: list[Path]) -> None:
    for path in paths:
        try:
            path.unlink()
        except OSError as error:
            raise output_error(path, error) from error


def _compact(store: Store) -> None:
    """Write the tables anew without what was deleted, and cut the log that still has it."""
    with store.database.apart() as connection:
        if not store.database.is_file:
            for table in METADATA.sorted_tables:
                connection.execute(text(f'VACUUM (FULL) "{table.name}"'))
            return
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            answer = connection.exec_driver_sql(statement)
            if answer.returns_rows and answer.scalar_one():
                raise BusyStoreError("errors.store.traces")
