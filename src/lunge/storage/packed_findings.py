"""What the checks said of a repetition, packed into one value of the database.

A row of a table has up to 28 bytes of its own beside its data; with a million findings that is as much as they are.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from math import isnan, nan
from typing import Any, Final

from lunge.errors import CorruptStoreError

PackedRow = tuple[int, float | None, float | None, float | None]
"""The number of the kind of a finding, then `value`, `sd` and `sd_people`, in the units of its check."""

LAYOUT: Final = struct.Struct("<iddd")
"""Of a row before it is compressed: revision 0007 of the tables has it, too."""

KIND_ALONE: Final = struct.Struct("<i24x")
FAST: Final = 1
"""Of zlib: measured rows need 12 of 28 bytes, and with its usual level 11, for a quarter more time."""


def packed(rows: Iterable[PackedRow]) -> bytes:
    """Return rows as one value.

    Parameters
    ----------
    rows : iterable of PackedRow
        None stands for a number that is not there, and is kept as NaN: no number of a finding is NaN, for whatever is
        not finite became None before it is kept.

    Raises
    ------
    TypeError
        If something in them is no number, or none that a float64 holds.
    """
    pack = LAYOUT.pack
    plain = (pack(kind, *(nan if number is None else number for number in numbers)) for kind, *numbers in rows)
    try:
        return zlib.compress(b"".join(plain), FAST)
    except (struct.error, OverflowError) as error:
        raise TypeError(f"rows: expected numbers, but {error}") from error


def unpacked(content: bytes) -> list[PackedRow]:
    """Return the rows of a value, in the order in which they were packed, to the last bit.

    Raises
    ------
    CorruptStoreError
        If it is damaged.
    """
    return [
        (kind, None if isnan(value) else value, None if isnan(sd) else sd, None if isnan(people) else people)
        for kind, value, sd, people in _rows(LAYOUT, content)
    ]


def kinds_in(content: bytes) -> set[int]:
    """Return the numbers of the kinds in a value, without its other numbers.

    Raises
    ------
    CorruptStoreError
        If it is damaged.
    """
    return {kind for (kind,) in _rows(KIND_ALONE, content)}


def _rows(layout: struct.Struct, content: bytes) -> Iterable[tuple[Any, ...]]:
    try:
        return layout.iter_unpack(zlib.decompress(content))
    except (zlib.error, struct.error) as error:
        raise CorruptStoreError("errors.store.damaged_findings") from error
