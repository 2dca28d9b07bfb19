"""`lunge export`: everything that is kept, in open formats, in one archive."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from lunge.storage.exported import Exported, exported_tables
from lunge.storage.fhir import NOTICE, bundle
from lunge.storage.openmhealth import data_points
from lunge.storage.plain import cell
from lunge.storage.store import Store
from lunge.storage.zips import NewZip, Rows, new_zip

SCHEMA: Final = "lunge.export/1"


def export(store: Store, path: Path) -> int:
    """Write everything that is kept into one archive, and return how many rows that were.

    The same data give the same archive, byte for byte.

    Parameters
    ----------
    store : Store
    path : Path
        Of a ``.zip``.

    Raises
    ------
    OutputError
        If it cannot be written; nothing is left behind then.
    StorageError
        If the data cannot be read.
    """
    manifest = {"schema": SCHEMA, "lunge": version("lunge")}
    with new_zip(path, manifest) as archive:
        with store.database.reading() as connection:
            count = sum(_add_table(archive, connection, table) for table in exported_tables())
        sets = store.progress()
        resources = bundle(sets, store.diary.all(), store.scores.all(), store.answers.all())
        archive.add_text("fhir/bundle.json", json.dumps(resources, ensure_ascii=False))
        archive.add_text("fhir/NOTICE.txt", NOTICE)
        archive.add_text("openmhealth/data-points.json", json.dumps(data_points(sets), ensure_ascii=False))
        archive.add_sets(store.folders, sorted(one.set_id for one in sets))
        archive.add_own(store.own_files)
    return count


def _add_table(archive: NewZip, connection: Connection, table: Exported) -> int:
    """Write a table as JSON, and beside it, meanwhile, as CSV, which goes into the archive next."""
    count = 0
    with tempfile.TemporaryFile() as spool:
        spool.write(_csv([table.columns]))
        with archive.table(table.name, table.columns) as add:
            for rows in table.rows(connection):
                add(rows)
                spool.write(_csv([_cells(row, table.odd) for row in rows] if table.odd else rows))
                count += len(rows)
        spool.seek(0)
        with archive.entry(f"tables/{table.name}.csv") as inside:
            shutil.copyfileobj(spool, inside)
    return count


def _csv(rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cells(row: Sequence[Any], odd: tuple[int, ...]) -> list[Any]:
    return [cell(value) if i in odd else value for i, value in enumerate(row)]
