"""What databases complain about, in one sentence that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, StatementError

from lunge.errors import BusyStoreError, CorruptStoreError, StorageError

CORRUPT: Final = (
    "{where} is damaged. Nothing was changed. `lunge restore FILE` takes a backup over; "
    "`lunge restore --new` puts the damaged file aside and begins anew with the sets in its folder."
)
SQLITE: Final[dict[str, tuple[type[StorageError], str]]] = {
    "SQLITE_CORRUPT": (CorruptStoreError, CORRUPT),
    "SQLITE_NOTADB": (CorruptStoreError, CORRUPT),
    "SQLITE_FULL": (StorageError, "{where} cannot grow: the disk is full. Make room, and try again."),
    "SQLITE_READONLY": (StorageError, "{where} cannot be written: it is read-only. Choose a folder you may write to."),
    "SQLITE_CANTOPEN": (StorageError, "{where} cannot be opened: you may not write there. Choose another folder."),
    "SQLITE_PERM": (StorageError, "{where} cannot be opened: you may not write there. Choose another folder."),
    "SQLITE_BUSY": (BusyStoreError, "Another program writes to {where} and does not end. Close it, and try again."),
    "SQLITE_LOCKED": (BusyStoreError, "Another program writes to {where} and does not end. Close it, and try again."),
    "SQLITE_IOERR": (
        StorageError,
        "{where} cannot be read or written: the disk reports an error. Look after it first.",
    ),
}
"""By the beginning of SQLite's name for it."""

POSTGRESQL: Final[dict[str, tuple[type[StorageError], str]]] = {
    "53100": (StorageError, "{where} cannot grow: the server's disk is full. Make room, and try again."),
    "25006": (StorageError, "{where} cannot be written: it is read-only."),
    "42501": (StorageError, "{where} cannot be used: its owner has to allow it."),
    "55P03": (BusyStoreError, "Another program writes to {where} and does not end. Close it, and try again."),
    "40001": (BusyStoreError, "Another program wrote to {where} at the same time. Try again."),
    "40P01": (BusyStoreError, "Another program wrote to {where} at the same time. Try again."),
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
    kind, text = _known(error)
    return kind(text.format(where=where, error=str(error).splitlines()[0]), where=where)


def _known(error: BaseException) -> tuple[type[StorageError], str]:
    name, state = getattr(error, "sqlite_errorname", None), getattr(error, "sqlstate", None)
    if name is not None:
        # Extended names such as SQLITE_IOERR_WRITE begin with their kind.
        return next((said for start, said in SQLITE.items() if name.startswith(start)), _OTHER)
    if isinstance(error, sqlite3.Error):
        return _OTHER
    return POSTGRESQL.get(str(state), _OTHER if state else _AWAY)


_OTHER: Final = (StorageError, "{where} cannot be used: {error}.")
_AWAY: Final = (StorageError, "{where} does not answer: {error}.")
