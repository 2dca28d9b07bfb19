"""The findings of a repetition in one row: a row has up to 28 bytes of its own, and there were a million of them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from itertools import groupby
from math import nan
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"

LAYOUT = struct.Struct("<iddd")
FAST = 1
ROWS_AT_ONCE = 1000


def upgrade() -> None:
    """Put the rows into a new table, set by set."""
    op.rename_table("findings", "single_findings")
    op.create_table(
        "findings",
        sa.Column(
            "set_number",
            sa.Integer(),
            sa.ForeignKey("sets.number", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("repetition", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
    )
    _fill()
    op.drop_table("single_findings")


def _fill() -> None:
    connection = op.get_bind()
    names = ("set_number", "repetition", "kind_id", "value", "sd", "sd_people")
    single = sa.table("single_findings", *(sa.column(name) for name in names))
    packed = sa.table("findings", *(sa.column(name) for name in ("set_number", "repetition", "packed")))
    rows = connection.execute(sa.select(single).order_by(*single.c[:3]).execution_options(yield_per=ROWS_AT_ONCE))
    for number, of_set in groupby(rows, attrgetter("set_number")):
        said = [
            {"set_number": number, "repetition": repetition, "packed": _packed(part)}
            for repetition, part in groupby(of_set, attrgetter("repetition"))
        ]
        connection.execute(packed.insert(), said)


def _packed(rows: Iterable[Any]) -> bytes:
    plain = (
        LAYOUT.pack(kind, *(nan if number is None else number for number in numbers)) for _, _, kind, *numbers in rows
    )
    return zlib.compress(b"".join(plain), FAST)
