"""`lunge export`: everything that is kept, in open formats, in one archive."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from lunge.storage.exported import Exported, exported_tables
from lunge.storage.fhir import NOTICE, bundle
from lunge.storage.openmhealth import data_points
from lunge.storage.plain import cell
from lunge.storage.set_files import ID
from lunge.storage.store import Store
from lunge.storage.zips import NewZip, Rows, new_zip

SCHEMA: Final = "lunge.export/1"
LINE_END: Final = "\r\n"
"""Of CSV, as Python writes it."""


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
                text = add(rows)
                spool.write(_csv_from_json(text) if _is_plain(table, rows) else _csv(_cells(rows, table.odd)))
                count += len(rows)
        spool.seek(0)
        with archive.entry(f"tables/{table.name}.csv") as inside:
            shutil.copyfileobj(spool, inside)
    return count


def _csv(rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _is_plain(table: Exported, rows: Rows) -> bool:
    """Return whether rows are of numbers but for the names of their sets, which need no quotes."""
    return table.plain and all(map(ID.fullmatch, {row[0] for row in rows}))


def _csv_from_json(text: str) -> bytes:
    """Return the lines of plain rows: numbers are written alike, and to write a million of them once is enough."""
    lines = text[1:-1].replace("],[", LINE_END).replace("null", "").replace('"', "")
    return f"{lines}{LINE_END}".encode() if lines else b""


def _cells(rows: Rows, odd: tuple[int, ...]) -> Rows:
    return [[cell(value) if i in odd else value for i, value in enumerate(row)] for row in rows] if odd else rows
