"""What databases complain about, in one sentence that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, StatementError

from lunge.errors import BusyStoreError, CorruptStoreError, StorageError

SQLITE: Final[dict[str, tuple[type[StorageError], str]]] = {
    "SQLITE_CORRUPT": (CorruptStoreError, "damaged"),
    "SQLITE_NOTADB": (CorruptStoreError, "damaged"),
    "SQLITE_FULL": (StorageError, "full"),
    "SQLITE_READONLY": (StorageError, "read_only"),
    "SQLITE_CANTOPEN": (StorageError, "forbidden"),
    "SQLITE_PERM": (StorageError, "forbidden"),
    "SQLITE_BUSY": (BusyStoreError, "busy"),
    "SQLITE_LOCKED": (BusyStoreError, "busy"),
    "SQLITE_IOERR": (StorageError, "disk"),
}
"""By the beginning of SQLite's name for it."""

POSTGRESQL: Final[dict[str, tuple[type[StorageError], str]]] = {
    "53100": (StorageError, "server_full"),
    "25006": (StorageError, "server_read_only"),
    "42501": (StorageError, "not_allowed"),
    "55P03": (BusyStoreError, "busy"),
    "40001": (BusyStoreError, "at_once"),
    "40P01": (BusyStoreError, "at_once"),
}
"""By the SQLSTATE."""


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what a database complains about into one sentence.

    Parameters
    ----------
    where : str
        The database, as the person knows it.

    Raises
    ------
    StorageError
        Or one of its kinds.
    """
    try:
        yield
    except DBAPIError as error:
        raise fault(where, error.orig or error) from error
    except sqlite3.Error as error:
        raise fault(where, error) from error
    except StatementError as error:
        # A value that was refused before any database saw it: a wrong call.
        raise error.orig or error from error


def fault(where: str, error: BaseException) -> StorageError:
    """Return the error that says in one sentence what a driver's error means."""
    kind, name = _known(error)
    return kind(f"errors.store.{name}", where=where, cause=str(error).splitlines()[0])


def _known(error: BaseException) -> tuple[type[StorageError], str]:
    name, state = getattr(error, "sqlite_errorname", None), getattr(error, "sqlstate", None)
    if name is not None:
        # Extended names such as SQLITE_IOERR_WRITE begin with their kind.
        return next((said for start, said in SQLITE.items() if name.startswith(start)), _OTHER)
    if isinstance(error, sqlite3.Error):
        return _OTHER
    return POSTGRESQL.get(str(state), _OTHER if state else _AWAY)


_OTHER: Final = (StorageError, "other")
_AWAY: Final = (StorageError, "away")
