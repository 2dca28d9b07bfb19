"""What was worked out of the plan and may be thrown away: it follows from all else, and is no part of an export."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, insert, select

from lunge.storage.database import Database
from lunge.storage.records import Json
from lunge.storage.tables import KEPT_PLAN

ONLY: Final = 1
"""There is one row, and this is its key."""


class KeptPlan:
    """Reads and writes it.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> Json | None:
        """Return it; None where nothing is kept."""
        with self._database.reading() as connection:
            return connection.execute(select(KEPT_PLAN.c.document)).scalar()

    def write(self, document: Json) -> None:
        """Keep it in the place of what was kept before.

        Raises
        ------
        StorageError
            If it cannot be written.
        """
        with self._database.writing() as connection:
            forget_kept(connection)
            connection.execute(insert(KEPT_PLAN).values(id=ONLY, document=document))


def forget_kept(connection: Connection) -> None:
    """Delete what is kept."""
    connection.execute(delete(KEPT_PLAN))
