"""Where things are kept: the folder, the database in it or elsewhere, the folders of the sets."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from lunge.errors import StorageError

DATABASE: Final = "lunge.db"
URL_VARIABLE: Final = "LUNGE_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, and the database that belongs to it.

    Attributes
    ----------
    folder : Path
        Where the folders of the sets lie.
    url : URL
        Of the database.
    """

    folder: Path
    url: URL

    @property
    def file(self) -> Path | None:
        """The database's file; None where a server keeps it."""
        return Path(str(self.url.database)) if self.url.get_backend_name() == "sqlite" else None

    @property
    def sets(self) -> Path:
        """The folder of the sets' folders."""
        return self.folder / "sets"

    def __str__(self) -> str:
        """Return it as the person knows it, without a password."""
        return str(self.file or self.url.render_as_string(hide_password=True))


def place_of(folder: Path, url: str | None = None) -> Place:
    """Return a folder with its database.

    Parameters
    ----------
    folder : Path
    url : str, optional
        Of a PostgreSQL database; otherwise ``LUNGE_DATABASE_URL``, otherwise a file in the folder.

    Raises
    ------
    StorageError
        If it is no such address.
    """
    named = url or os.environ.get(URL_VARIABLE)
    if not named:
        return Place(folder, URL.create("sqlite", database=str(folder / DATABASE)))
    try:
        parsed = make_url(named)
    except (ArgumentError, ValueError) as error:
        raise StorageError("errors.store.no_address", variable=URL_VARIABLE, example=EXAMPLE) from error
    if parsed.get_backend_name() not in {"postgresql", "postgres"}:
        raise StorageError("errors.store.other_kind", variable=URL_VARIABLE, example=EXAMPLE)
    return Place(folder, parsed.set(drivername="postgresql+psycopg"))


EXAMPLE: Final = "postgresql://user@host/lunge"
