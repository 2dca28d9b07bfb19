"""Bring the tables to what this version of the program knows."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, inspect, text

from lunge.errors import NewerStoreError
from lunge.storage.database import APPLICATION_ID, Database

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""The migrations in their order; named here so that opening an up-to-date database needs no Alembic."""

LOCK: Final = int.from_bytes(b"lunge")
"""On a server: two programs that start at once migrate one after the other."""


def migrate(database: Database) -> None:
    """Bring the tables up to date; a step works whole or not at all.

    Raises
    ------
    NewerStoreError
        If a newer version of the program wrote them; nothing is changed then.
    StorageError
        If that does not work.
    """
    with database.reading() as connection:
        if is_current(connection):
            return
    with database.writing() as connection:
        if not database.is_file:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if not is_current(connection):
            _upgrade(connection)


def is_current(connection: Connection) -> bool:
    """Return whether the tables are up to date.

    Raises
    ------
    NewerStoreError
        If a newer version of the program wrote them.
    """
    if not inspect(connection).has_table("alembic_version"):
        return False
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in REVISIONS:
        raise NewerStoreError("errors.store.newer", revision=found)
    return found == REVISIONS[-1]


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    config = Config()
    config.set_main_option("script_location", "lunge.storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
