"""A prescription: what a physiotherapist or trainer wrote down for one person, read and checked line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from lunge.plan.constants import constants
from lunge.plan.ladder import ORDERED, ladder, rank
from lunge.plan.records import LEGS, Leg, Targets, Variable
from lunge.written import Problem, WrongValueError, line_of, read_text, refused

SCHEMA: Final = "lunge.prescription/1"
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SIDES: Final = ("both", *LEGS)
RANGED: Final[tuple[Variable, ...]] = ("depth_deg", "support", "hold_s", "repetitions", "stretch", "focus_repetitions")


@dataclass(frozen=True)
class Prescription:
    """What was prescribed. It can start higher and end lower than the plan would, never pass a safety rule.

    Attributes
    ----------
    by : str
        Who wrote it.
    issued : date
        From when on it holds.
    valid_until : date, optional
        The last day.
    note : str
        For the person, in the writer's own words.
    least, most : dict
        Of a variable of `Targets`: where the plan begins, and where it ends.
    sides : dict
        The most repetitions with a leg, the one that steps back; a leg that is not in it does as many as are asked for.
    weekdays : tuple of int, optional
        0 is Monday.
    sessions_a_day : int, optional
    stop_limit : int, optional
        Comfort above it ends a set.
    """

    by: str
    issued: date
    valid_until: date | None
    note: str
    least: dict[str, Any]
    most: dict[str, Any]
    sides: dict[Leg, int]
    weekdays: tuple[int, ...] | None
    sessions_a_day: int | None
    stop_limit: int | None

    def holds_on(self, day: date) -> bool:
        """Return whether it holds on a day."""
        return self.issued <= day and (self.valid_until is None or day <= self.valid_until)


def parse(text: str, name: str = "prescription") -> Prescription:
    """Return the prescription that a TOML or JSON text describes.

    Parameters
    ----------
    text : str
    name : str
        Of the file, for the error.

    Raises
    ------
    WrittenFileError
        If something is missing, unknown or does not fit; its ``problems`` say all of it, line by line.
    """
    data = _flat(read_text(text, name))
    problems, found = [], {}
    for path in sorted(set(data) - set(FIELDS)):
        problems.append(_problem(text, path, WrongValueError("unknown", name=path)))
    for path, field in FIELDS.items():
        try:
            found[path] = field.read(data, path)
        except WrongValueError as error:
            problems.append(_problem(text, path, error))
    problems += [] if problems else list(_contradictions(found, text))
    if problems:
        raise refused(name, tuple(sorted(problems, key=lambda p: p.line)))
    return _prescription(found)


def _contradictions(found: dict[str, Any], text: str) -> Iterator[Problem]:
    if found["valid_until"] is not None and found["valid_until"] < found["issued"]:
        yield _problem(text, "valid_until", WrongValueError("ends_before", issued=found["issued"]))
    if not any(_sides(found).get(leg, 1) for leg in LEGS):
        yield _problem(text, "sides.left", WrongValueError("no_leg"))


def _sides(found: dict[str, Any]) -> dict[Leg, int]:
    only = found["sides"]
    if only in LEGS:
        return {leg: 0 for leg in LEGS if leg != only}
    return {leg: found[f"sides.{leg}"] for leg in LEGS if found[f"sides.{leg}"] is not None}


def _prescription(found: dict[str, Any]) -> Prescription:
    ranges = {v: found[f"ranges.{v}"] for v in RANGED if found[f"ranges.{v}"] is not None}
    return Prescription(
        by=found["by"],
        issued=found["issued"],
        valid_until=found["valid_until"],
        note=found["note"] or "",
        least={v: ends[0] for v, ends in ranges.items()},
        most={v: ends[1] for v, ends in ranges.items()},
        sides=_sides(found),
        weekdays=found["schedule.weekdays"],
        sessions_a_day=found["schedule.sessions_a_day"],
        stop_limit=found["stop.limit"],
    )


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in data.items():
        inside = isinstance(value, dict)
        out |= {f"{key}.{name}": inner for name, inner in value.items()} if inside else {key: value}
    return out


def _problem(text: str, path: str, error: WrongValueError) -> Problem:
    return error.at(line_of(text, path))


# ---------------------------------------------------------------- values
@dataclass(frozen=True, slots=True)
class _Field:
    value_of: Callable[[Any], Any]
    required: bool = False

    def read(self, data: dict[str, Any], path: str) -> Any:
        if path in data:
            return self.value_of(data[path])
        if self.required:
            raise WrongValueError("missing", name=path)
        return None


def _one(expected: str) -> Callable[[Any], str]:
    def value_of(value: Any) -> str:
        if value != expected:
            raise WrongValueError("exactly", expected=expected, got=value)
        return expected

    return value_of


def _choice(expected: tuple[str, ...]) -> Callable[[Any], str]:
    def value_of(value: Any) -> str:
        if value not in expected:
            raise WrongValueError("no_choice", expected=", ".join(expected), got=value)
        return str(value)

    return value_of


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongValueError("no_text", got=value)
    return value.strip()


def _date(value: Any) -> date:
    try:
        return value if type(value) is date else datetime.strptime(value, "%Y-%m-%d").date()
    except (TypeError, ValueError):
        raise WrongValueError("no_date", got=value) from None


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def value_of(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise WrongValueError("no_number", low=low, high=high, got=value)
        return value

    return value_of


def _weekdays(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not value or not all(day in WEEKDAYS for day in value):
        raise WrongValueError("no_weekdays", expected=", ".join(WEEKDAYS), got=value)
    return tuple(sorted({WEEKDAYS.index(day) for day in value}))


def _range(variable: Variable) -> Callable[[Any], tuple[Any, Any]]:
    """Return how the two ends of a variable are read; one value stands for both."""

    def value_of(value: Any) -> tuple[Any, Any]:
        ends = value if isinstance(value, list) else [value, value]
        allowed = _allowed(variable)
        if len(ends) != 2 or not all(_is_one_of(end, allowed) for end in ends):
            raise WrongValueError("no_range", expected=", ".join(_written(v) for v in allowed), got=value)
        low, high = (allowed[allowed.index(end)] for end in ends)
        if allowed.index(low) > allowed.index(high):
            raise WrongValueError("from_above_to", got=value)
        return low, high

    return value_of


def _allowed(variable: Variable) -> list[Any]:
    """Return the values that a variable has on the ladders, from the easiest on."""
    if variable in ORDERED:
        return list(ORDERED[variable])
    lunges: list[Targets] = [r.targets for way in (ladder().usual, ladder().knee) for r in way]
    ranked = sorted((rank(t, variable), getattr(t, variable)) for t in lunges if t.movement == "lunge")
    return list(dict.fromkeys(value for _, value in ranked))


def _is_one_of(value: Any, allowed: list[Any]) -> bool:
    return isinstance(value, bool) == isinstance(allowed[0], bool) and value in allowed


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def _fields() -> dict[str, _Field]:
    comfort, schedule = constants().comfort, constants().schedule
    return {
        "schema": _Field(_one(SCHEMA), required=True),
        "exercise": _Field(_one("reverse_lunge"), required=True),
        "by": _Field(_text, required=True),
        "issued": _Field(_date, required=True),
        "valid_until": _Field(_date),
        "note": _Field(_text),
        **{f"ranges.{v}": _Field(_range(v)) for v in RANGED},
        "sides": _Field(_choice(SIDES)),
        **{f"sides.{leg}": _Field(_whole(0, _allowed("focus_repetitions")[-1])) for leg in LEGS},
        "schedule.weekdays": _Field(_weekdays),
        "schedule.sessions_a_day": _Field(_whole(1, schedule.most_sessions)),
        "stop.limit": _Field(_whole(comfort.lowest_limit_points, comfort.stop_limit_points)),
    }


FIELDS: Final = _fields()
"""Every key of a file, with its section, and how its value is read."""
