"""Read single fields of FHIR as JSON writes it, with suspicion."""

from __future__ import annotations

import math
from datetime import date
from typing import Any, Final

from lunge.questionnaires.records import Json, Plain
from lunge.written import WrongValueError

BASE: Final = "http://hl7.org/fhir/StructureDefinition"
POINTS: Final = (f"{BASE}/ordinalValue", f"{BASE}/itemWeight")
"""The extensions that say what an answer adds to a score: of R4, and of R5."""


def text_in(row: Json, name: str) -> str:
    """Return a text, empty where there is none.

    Raises
    ------
    WrongValueError
        If it is no text.
    """
    found = row.get(name, "")
    if not isinstance(found, str):
        raise WrongValueError("fhir_field", name=name, got=found)
    return found.strip()


def flag_in(row: Json, name: str) -> bool:
    """Return whether something is so; not where nothing is said.

    Raises
    ------
    WrongValueError
        If it is neither true nor false.
    """
    found = row.get(name, False)
    if not isinstance(found, bool):
        raise WrongValueError("fhir_field", name=name, got=found)
    return found


def rows_in(row: Json, name: str) -> list[Json]:
    """Return a list of objects, empty where there is none.

    Raises
    ------
    WrongValueError
        If it is none.
    """
    found = row.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise WrongValueError("fhir_field", name=name, got=found)
    return found


def object_in(row: Json, name: str) -> Json:
    """Return an object, empty where there is none.

    Raises
    ------
    WrongValueError
        If it is none.
    """
    found = row.get(name, {})
    if not isinstance(found, dict):
        raise WrongValueError("fhir_field", name=name, got=found)
    return found


def number_of(value: Any, name: str) -> float:
    """Return a finite number.

    Raises
    ------
    WrongValueError
        If it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise WrongValueError("fhir_field", name=name, got=value)
    return value


def extension_of(row: Json, *urls: str) -> Any:
    """Return the value of the first extension with one of these addresses; None where there is none.

    Raises
    ------
    WrongValueError
        If the extensions are no list of objects.
    """
    for extension in rows_in(row, "extension"):
        if extension.get("url") in urls:
            return next((value for name, value in extension.items() if name.startswith("value")), True)
    return None


def points_of(*rows: Json) -> float | None:
    """Return what an answer adds to the score, from the first of the objects that says so.

    Raises
    ------
    WrongValueError
        If it is no number.
    """
    found = [extension_of(row, *POINTS) for row in rows]
    said = next((value for value in found if value is not None), None)
    return None if said is None else number_of(said, "ordinalValue")


def typed_value(row: Json, prefix: str) -> tuple[str, Plain]:
    """Return an element such as ``valueInteger``: the end of its name, and what it holds.

    Parameters
    ----------
    row : dict
    prefix : str
        ``value`` or ``answer``.

    Raises
    ------
    WrongValueError
        If there is none, or none of a kind that can be answered.
    """
    for kind, read in READERS.items():
        if f"{prefix}{kind}" in row:
            return kind, read(row[f"{prefix}{kind}"], f"{prefix}{kind}")
    name = next((key for key in row if key.startswith(prefix)), f"{prefix}[x]")
    raise WrongValueError("fhir_field", name=name, got=row.get(name))


def _boolean(value: Any, name: str) -> Plain:
    if not isinstance(value, bool):
        raise WrongValueError("fhir_field", name=name, got=value)
    return value


def _integer(value: Any, name: str) -> Plain:
    if type(value) is not int:
        raise WrongValueError("fhir_field", name=name, got=value)
    return value


def _text(value: Any, name: str) -> Plain:
    if not isinstance(value, str) or not value.strip():
        raise WrongValueError("fhir_field", name=name, got=value)
    return value


def _date(value: Any, name: str) -> Plain:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise WrongValueError("fhir_field", name=name, got=value) from None


def _coding(value: Any, name: str) -> Plain:
    if not isinstance(value, dict):
        raise WrongValueError("fhir_field", name=name, got=value)
    named = text_in(value, "code") or text_in(value, "display")
    if not named:
        raise WrongValueError("fhir_field", name=name, got=value)
    return text_in(value, "system"), named


READERS: Final = {
    "Boolean": _boolean,
    "Integer": _integer,
    "Decimal": number_of,
    "Date": _date,
    "String": _text,
    "Coding": _coding,
}
"""By the end of an element's name."""
