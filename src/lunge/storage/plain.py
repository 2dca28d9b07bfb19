"""Records as plain data, for rows, JSON and CSV, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final, TypeVar, get_type_hints

from sqlalchemy import CursorResult

Record = TypeVar("Record")

READERS: Final[dict[type, Callable[[str], Any]]] = {datetime: datetime.fromisoformat, date: date.fromisoformat}


def names_of(kind: type) -> tuple[str, ...]:
    """Return the names of a record's fields, in their order."""
    return tuple(field.name for field in fields(kind))


def _readers(kind: type) -> dict[str, Callable[[str], Any]]:
    if kind not in _KNOWN:
        hints = get_type_hints(kind)
        _KNOWN[kind] = {name: READERS[hints[name]] for name in names_of(kind) if hints[name] in READERS}
    return _KNOWN[kind]


_KNOWN: Final[dict[type, dict[str, Callable[[str], Any]]]] = {}


def row_of(record: Any) -> dict[str, Any]:
    """Return a record's fields by name, as a row takes them."""
    return {name: getattr(record, name) for name in names_of(type(record))}


def records_from(kind: type[Record], found: CursorResult[Any]) -> tuple[Record, ...]:
    """Return records from rows whose columns are named as the record's fields."""
    names = tuple(found.keys())
    return tuple(kind(**dict(zip(names, row, strict=True))) for row in found)


def record_from(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """Return a record from JSON, where times and days are texts.

    Raises
    ------
    KeyError, TypeError, ValueError
        If the values do not fit.
    """
    found = {name: values[name] for name in names_of(kind) if name in values}
    for name, read in _readers(kind).items():
        if isinstance(found.get(name), str):
            found[name] = read(found[name])
    return kind(**found)


def json_text(values: Any) -> str:
    """Return plain data as one line of JSON; times and days in the form of ISO 8601."""
    return _ENCODER.encode(values)


def cell(value: Any) -> Any:
    """Return a value as a cell of CSV: lists and objects as JSON, times and days in the form of ISO 8601."""
    if isinstance(value, dict | list):
        return _ENCODER.encode(value)
    return value.isoformat() if isinstance(value, date) else value


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"value: expected plain data, a time or a day, got {type(value).__name__}")


_ENCODER: Final = json.JSONEncoder(default=_text, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
"""Made once: for a million rows that counts."""
