"""Write a prescription file from single values, for people who would rather not write it by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from lunge.plan.constants import constants
from lunge.plan.ladder import ladder
from lunge.plan.prescription import RANGED, SCHEMA, WEEKDAYS
from lunge.plan.records import Variable
from lunge.written import WrongValueError

DAYS: Final = len(WEEKDAYS)
DELETE: Final = "\x7f"
"""The one sign that JSON lets stand in a text and TOML does not."""


def draft(values: Mapping[str, Any]) -> str:
    """Return the text of a prescription file.

    Parameters
    ----------
    values : mapping
        By section and key, such as ``ranges.hold_s``; texts, numbers, days, lists of them.
    """
    lines = [f"schema = {_written(SCHEMA)}"]
    section = ""
    for path, value in sorted(values.items(), key=lambda one: one[0].rpartition(".")[0]):
        named, _, key = path.rpartition(".")
        if named != section:
            lines += ["", f"[{named}]"]
            section = named
        lines.append(f"{key} = {_written(value)}")
    return "\n".join(lines) + "\n"


def ranges_of_levels(first: int, last: int) -> dict[Variable, list[Any]]:
    """Return where each variable begins and ends when somebody begins on a level and ends on another.

    Raises
    ------
    WrongValueError
        If the levels are none of those with a lunge, or the first is the higher one.
    """
    rungs = [rung for rung in ladder().usual if rung.targets.movement == "lunge"]
    lowest, highest = rungs[0].level, rungs[-1].level
    for level in (first, last):
        if not lowest <= level <= highest:
            raise WrongValueError("no_number", low=lowest, high=highest, got=level)
    if first > last:
        raise WrongValueError("from_above_to", got=[first, last])
    inside = [rung.targets for rung in rungs if first <= rung.level <= last]
    return {v: [getattr(inside[0], v), getattr(inside[-1], v)] for v in RANGED}


def spread_days(count: int) -> list[str]:
    """Return so many days of a week, as evenly apart as they can be.

    Raises
    ------
    WrongValueError
        If a week does not have so many.
    """
    if not 1 <= count <= DAYS:
        raise WrongValueError("no_number", low=1, high=DAYS, got=count)
    return [WEEKDAYS[i * DAYS // count] for i in range(count)]


def last_day(first: date, weeks: int) -> date:
    """Return the last day of a prescription for so many weeks.

    Raises
    ------
    WrongValueError
        If there are none, or so many that somebody should look again before.
    """
    longest = constants().prescription.longest_weeks
    if not 1 <= weeks <= longest:
        raise WrongValueError("no_number", low=1, high=longest, got=weeks)
    return first + timedelta(days=weeks * DAYS - 1)


def _written(value: Any) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_written(one) for one in value)}]"
    if isinstance(value, str):
        # Texts of JSON are texts of TOML, but for one sign.
        return json.dumps(value, ensure_ascii=False).replace(DELETE, "\\u007f")
    return f"{value:g}" if isinstance(value, float) else str(value)
