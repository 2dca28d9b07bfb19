"""The answers that may be chosen: listed in the item, or in a set of values that the file contains."""

from __future__ import annotations

from lunge.questionnaires.fields import flag_in, object_in, points_of, rows_in, text_in, typed_value
from lunge.questionnaires.records import Json, Option
from lunge.written import WrongValueError


def options_of(row: Json, value_sets: dict[str, Json]) -> tuple[Option, ...]:
    """Return what may be chosen in an item.

    Parameters
    ----------
    row : dict
        The item.
    value_sets : dict
        Those that the file contains, by their names.

    Raises
    ------
    WrongValueError
        If there is nothing to choose from here, or what there is does not fit.
    """
    named = text_in(row, "answerValueSet")
    if named:
        found = _of_value_set(value_sets.get(named.removeprefix("#"), {})) if named.startswith("#") else []
    else:
        found = [_option(one) for one in rows_in(row, "answerOption")]
    if not found:
        raise WrongValueError("fhir_options", got=named or "answerOption")
    if len({option.plain for option in found}) < len(found):
        raise WrongValueError("fhir_option_twice")
    return tuple(found)


def _option(row: Json) -> Option:
    kind, plain = typed_value(row, "value")
    value = row[f"value{kind}"]
    chosen = flag_in(row, "initialSelected")
    if kind != "Coding":
        return Option(str(plain), {f"value{kind}": value}, plain, points_of(row), chosen)
    return _coded(value, points_of(value, row), chosen)


def _coded(coding: Json, points: float | None, chosen: bool = False) -> Option:
    """Return an option from a coding; what is kept of it is what tells it apart."""
    _, plain = typed_value({"valueCoding": coding}, "value")
    kept = {name: coding[name] for name in ("system", "code", "display") if coding.get(name)}
    return Option(text_in(coding, "display") or text_in(coding, "code"), {"valueCoding": kept}, plain, points, chosen)


def _of_value_set(value_set: Json) -> list[Option]:
    """Return the options of a set of values: expanded already, or listed concept by concept."""
    rows = rows_in(object_in(value_set, "expansion"), "contains")
    if not rows:
        for part in rows_in(object_in(value_set, "compose"), "include"):
            rows += [concept | {"system": part.get("system", "")} for concept in rows_in(part, "concept")]
    return [_coded(one, points_of(one)) for one in rows]
