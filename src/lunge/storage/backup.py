"""`lunge backup` and `lunge restore`: the database and the folders of the sets, in one file."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from sqlalchemy import delete, insert

from lunge.errors import ArchiveError, BusyStoreError, LungeError, NewerStoreError, StorageError
from lunge.files import output_error
from lunge.storage.constants import constants
from lunge.storage.database import APPLICATION_ID
from lunge.storage.faults import told
from lunge.storage.migrating import REVISIONS
from lunge.storage.own_files import OwnFiles
from lunge.storage.places import DATABASE, Place
from lunge.storage.set_files import OWNER_ONLY, SetFolders, private_folder, sync
from lunge.storage.store import Store
from lunge.storage.tables import BACKUPS
from lunge.storage.zips import new_zip, old_zip

SCHEMA: Final = "lunge.backup/1"
BESIDE: Final = ("-wal", "-shm")
"""What SQLite keeps next to its file."""


def backup(store: Store, path: Path) -> Path:
    """Write a backup, and return its full path; programs may go on writing meanwhile.

    Parameters
    ----------
    store : Store
    path : Path

    Raises
    ------
    StorageError
        If a server keeps the data, or the copy is not sound.
    OutputError
        If it cannot be written; nothing is left behind then.
    """
    source = _file_of(store.database.place)
    target = path.absolute()
    copy = target.with_name(f".{target.name}.copy")
    try:
        with told(str(source)):
            _copied(source, copy)
        if not _is_sound(copy):
            raise StorageError("errors.archive.unsound", path=source)
        with store.database.writing() as connection:
            connection.execute(delete(BACKUPS).where(BACKUPS.c.path == str(target)))
            connection.execute(insert(BACKUPS), {"path": str(target), "at": datetime.now(UTC)})
        with new_zip(target, {"schema": SCHEMA, "lunge": version("lunge")}) as archive:
            with archive.entry(DATABASE) as inside, copy.open("rb") as file:
                shutil.copyfileobj(file, inside)
            archive.add_sets(store.folders, sorted(store.sets.ids()))
            archive.add_own(store.own_files)
    except OSError as error:
        raise output_error(target, error) from error
    finally:
        copy.unlink(missing_ok=True)
    return target


def restore(place: Place, path: Path) -> Path | None:
    """Put a backup in the place of the database, and return where the one before was put aside.

    Sets that were made after the backup stay, as far as their folders tell. So do exercises and questionnaires of
    the person's own; one of the same name that differs is put aside.

    Parameters
    ----------
    place : Place
    path : Path

    Raises
    ------
    MissingFileError
        If there is no such file.
    ArchiveError
        If it is no backup, or it is damaged; nothing is changed then.
    NewerStoreError
        If a newer version of the program wrote it.
    BusyStoreError
        If a program has the database open.
    OutputError, StorageError
        If that does not work.
    """
    file = _file_of(place)
    fresh = file.with_name(f"{DATABASE}.new")
    folders = SetFolders(place.sets)
    try:
        private_folder(place.folder)
        with old_zip(path, SCHEMA, "backup") as archive:
            fresh.touch(OWNER_ONLY)
            with archive.open(DATABASE) as inside, fresh.open("wb") as out:
                shutil.copyfileobj(inside, out)
            _refuse_unfit(fresh, path)
            own, placed = archive.own_files(), archive.place(folders)
        try:
            sync(fresh)
            aside = _replaced(file, fresh)
        except LungeError:
            folders.remove(placed)
            raise
        OwnFiles(place.folder).put_back(own)
        return aside
    except OSError as error:
        raise output_error(file, error) from error
    finally:
        fresh.unlink(missing_ok=True)


def begin_anew(place: Place) -> Path | None:
    """Put the database aside, and return where; the next opening makes a new one with the sets in the folder.

    Parameters
    ----------
    place : Place

    Raises
    ------
    BusyStoreError
        If a program has it open.
    OutputError, StorageError
        If that does not work.
    """
    file = _file_of(place)
    try:
        return _replaced(file, None)
    except OSError as error:
        raise output_error(file, error) from error


def asides(place: Place) -> list[Path]:
    """Return the databases that were put aside, with what belongs to them."""
    return [] if place.file is None else sorted(place.file.parent.glob(f"{place.file.name}.*-*"))


def _file_of(place: Place) -> Path:
    if place.file is None:
        raise StorageError("errors.archive.server")
    return place.file


def _copied(source: Path, target: Path) -> None:
    target.touch(OWNER_ONLY)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        # A copy is one file, without a log beside it.
        new.execute("PRAGMA journal_mode=DELETE")


def _is_sound(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file)) as opened:
            found: list[tuple[str]] = opened.execute("PRAGMA integrity_check").fetchall()
            return found == [("ok",)] and not opened.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        return False


def _refuse_unfit(file: Path, path: Path) -> None:
    if not _is_sound(file):
        raise ArchiveError("errors.archive.damaged_database", path=path)
    with closing(sqlite3.connect(file)) as opened:
        ours = opened.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        revision = opened.execute("SELECT version_num FROM alembic_version").fetchone()[0] if ours else None
    if not ours:
        raise ArchiveError("errors.archive.other_database", path=path)
    if revision not in REVISIONS:
        raise NewerStoreError("errors.archive.newer", path=path)


def _replaced(file: Path, fresh: Path | None) -> Path | None:
    """Copy the database aside, then put a new one in its place at once, or none."""
    aside = None
    if file.exists():
        kind = _let_go(file)
        aside = file.with_name(f"{file.name}.{kind}-{datetime.now(UTC):%Y%m%d-%H%M%S}")
        for end in ("", *BESIDE):
            _copy_aside(Path(f"{file}{end}"), Path(f"{aside}{end}"))
        for end in BESIDE:
            Path(f"{file}{end}").unlink(missing_ok=True)
    if fresh is not None:
        fresh.replace(file)
    else:
        file.unlink(missing_ok=True)
    sync(file.parent)
    return aside


def _copy_aside(path: Path, aside: Path) -> None:
    if path.exists():
        aside.touch(OWNER_ONLY)
        shutil.copyfile(path, aside)
        sync(aside)


def _let_go(file: Path) -> str:
    """Make sure that nobody has the database open, with nothing left in its log; say ``before`` or ``corrupt``.

    Raises
    ------
    BusyStoreError
        If a program has it open.
    """
    try:
        with closing(sqlite3.connect(file, timeout=constants().database.wait_s)) as opened:
            # Only who is alone may leave the mode with the log.
            opened.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise BusyStoreError("errors.archive.in_use") from error
        return "corrupt"
    except sqlite3.DatabaseError:
        return "corrupt"
    return "before" if _is_sound(file) else "corrupt"
