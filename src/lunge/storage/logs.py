"""What is written down entry by entry: diary, decisions, breaks, ...; and values by name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, delete, insert, select

from lunge.storage.database import Database
from lunge.storage.plain import records_from, row_of
from lunge.storage.records import Named

Entry = TypeVar("Entry")


class Log(Generic[Entry]):
    """Entries of one kind.

    Parameters
    ----------
    database : Database
    kind : type
        Of the records.
    table : Table
        Where they are kept; its columns are named as the record's fields.
    """

    def __init__(self, database: Database, kind: type[Entry], table: Table) -> None:
        self._database, self._kind, self._table = database, kind, table

    def put(self, *entries: Entry) -> None:
        """Keep entries, each in the place of one of the same id; they are durable when this returns.

        Raises
        ------
        StorageError
            If it cannot be written.
        """
        found = [row_of(entry) for entry in entries]
        if not found:
            return
        with self._database.writing() as connection:
            connection.execute(delete(self._table).where(self._table.c.id.in_([row["id"] for row in found])))
            connection.execute(insert(self._table), found)

    def all(self, since: datetime | None = None, until: datetime | None = None) -> tuple[Entry, ...]:
        """Return the entries, the oldest first.

        Parameters
        ----------
        since, until : datetime, optional
            The first moment, and the one that is no longer in it; with their zones.
        """
        at = self._table.c.at
        chosen = select(self._table).order_by(at, self._table.c.id)
        chosen = chosen if since is None else chosen.where(at >= since)
        chosen = chosen if until is None else chosen.where(at < until)
        with self._database.reading() as connection:
            return records_from(self._kind, connection.execute(chosen))

    def named(self, names: Collection[str]) -> dict[str, Entry]:
        """Return the entries with these ids, by their ids."""
        chosen = select(self._table).where(self._table.c.id.in_(names))
        with self._database.reading() as connection:
            found = records_from(self._kind, connection.execute(chosen)) if names else ()
        return {row_of(entry)["id"]: entry for entry in found}

    def latest(self) -> Entry | None:
        """Return the newest entry, or None."""
        newest = select(self._table).order_by(self._table.c.at.desc(), self._table.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            return next(iter(records_from(self._kind, connection.execute(newest))), None)

    def remove(self, entry_id: str) -> None:
        """Delete an entry; nothing happens if there is none of that id."""
        with self._database.writing() as connection:
            connection.execute(delete(self._table).where(self._table.c.id == entry_id))

    def clear(self) -> None:
        """Delete every entry."""
        with self._database.writing() as connection:
            connection.execute(delete(self._table))


class Values:
    """The newest value of each name.

    Parameters
    ----------
    database : Database
    table : Table
        Where they are kept.
    """

    def __init__(self, database: Database, table: Table) -> None:
        self._database, self._table = database, table

    def put(self, values: dict[str, Any], at: datetime, zone: str) -> None:
        """Keep values by their names, each in the place of the one before; durable when this returns.

        Raises
        ------
        StorageError
            If they cannot be written.
        """
        with self._database.writing() as connection:
            put_values(connection, self._table, [Named(name=n, value=v, at=at, zone=zone) for n, v in values.items()])

    def all(self) -> dict[str, Any]:
        """Return all values by their names."""
        with self._database.reading() as connection:
            found = connection.execute(select(self._table.c.name, self._table.c.value))
            return {row.name: row.value for row in found}

    def clear(self) -> None:
        """Delete every value."""
        with self._database.writing() as connection:
            connection.execute(delete(self._table))


def put_values(connection: Connection, table: Table, values: list[Named]) -> None:
    """Put values in the place of those of the same names."""
    if values:
        connection.execute(delete(table).where(table.c.name.in_([value.name for value in values])))
        connection.execute(insert(table), [row_of(value) for value in values])
