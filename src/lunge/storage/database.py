"""The connection to the database: how it is opened, read and written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from lunge.errors import StorageError
from lunge.files import output_error
from lunge.storage.constants import constants
from lunge.storage.faults import told
from lunge.storage.places import Place

APPLICATION_ID: Final = int.from_bytes(b"LNGE")
"""Stands in the header of our files, so that another program's are not taken for ours."""

OWNER_ONLY: Final = 0o600
WRITING, APART = "lunge_writing", "lunge_apart"
"""Marks of a connection that is to write, and of one that is to have no transaction."""

WRITTEN_SO_FAR: Final = "SELECT pg_current_wal_insert_lsn()::text"
"""Of PostgreSQL: how far its log is written, which grows with every change."""

PRAGMAS: Final = (
    "journal_mode=WAL",
    # With WAL, anything less lets the last commits go at a power cut.
    "synchronous=FULL",
    # On macOS an fsync alone leaves them in the disk's own memory; elsewhere it changes nothing.
    "fullfsync=ON",
    "foreign_keys=ON",
    "secure_delete=ON",
)


class Database:
    """A database that is open.

    Parameters
    ----------
    place : Place

    Raises
    ------
    OutputError
        If its file cannot be made.
    StorageError
        If what PostgreSQL needs is not installed.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        if place.file is not None:
            _make_private(place.file)
        self._engine = _engine(place)
        # Of a server's database everything that is read together has to be of one moment; SQLite does so anyway.
        steady = {} if self.is_file else {"isolation_level": "REPEATABLE READ"}
        self._readers = self._engine.execution_options(**steady)
        # SQLite tells a connection what others changed; so this one never writes.
        self._watcher: Connection | None = None
        self._watching = Lock()
        self._writers = self._engine.execution_options(**{WRITING: True})

    @property
    def is_file(self) -> bool:
        """Whether it is SQLite."""
        return self.place.file is not None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read from; all that is read is of one moment.

        Raises
        ------
        StorageError
            If that does not work.
        """
        with told(str(self.place)), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection to write to; when the block ends well, all of it is durable, otherwise nothing is.

        Raises
        ------
        StorageError
            If that does not work.
        """
        with told(str(self.place)), self._writers.begin() as connection:
            yield connection

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """Give a connection without a transaction, for what may not stand in one.

        Raises
        ------
        StorageError
            If that does not work.
        """
        with told(str(self.place)), self._engine.connect() as connection:
            alone = {APART: True} if self.is_file else {"isolation_level": "AUTOCOMMIT"}
            yield connection.execution_options(**alone)

    def version(self) -> str:
        """Return what differs after every change, of this program or another: what was read before may be stale then.

        Raises
        ------
        StorageError
            If it cannot be read.
        """
        with told(str(self.place)), self._watching:
            if self._watcher is None:
                self._watcher = self._engine.connect().execution_options(**{APART: True})
            found = self._watcher.exec_driver_sql(
                "PRAGMA data_version" if self.is_file else WRITTEN_SO_FAR
            ).scalar_one()
            self._watcher.rollback()
            return str(found)

    def close(self) -> None:
        """Close all connections."""
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self._engine.dispose()


def _engine(place: Place) -> Engine:
    if place.file is None:
        return _server_engine(place)
    connect = {"isolation_level": None, "timeout": constants().database.wait_s, "check_same_thread": False}
    engine = create_engine(place.url, json_serializer=_json, connect_args=connect)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _server_engine(place: Place) -> Engine:
    options = {"options": "-c synchronous_commit=on"}
    try:
        return create_engine(place.url, json_serializer=_json, pool_pre_ping=True, connect_args=options)
    except ImportError as error:
        raise StorageError("errors.store.needs_package") from error


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _make_private(file: Path) -> None:
    """Make the file, if it is missing, so that only its owner may read it; what SQLite puts beside it follows."""
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
    except OSError as error:
        raise output_error(file, error) from error


def _prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin here and not in the driver, which would begin late and let two writers meet in the middle."""
    options = connection.get_execution_options()
    if not options.get(APART):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITING) else "BEGIN")
