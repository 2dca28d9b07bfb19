"""Find every mistake in an exercise file, so that its writer sees all of them at once, each with its line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from lunge.exercises.records import Entry
from lunge.written import Problem, WrongValueError, line_of

SCHEMA: Final = "lunge.exercise/1"
SECTIONS: Final = {
    "stance": ("opens_heights", "closes_heights", "shortest_s"),
    "depth": ("least_drop_heights", "lowered_share", "upright_share", "again_share", "plateau_heights"),
    "stillness": (
        "speed_heights_per_s",
        "rise_heights_per_s",
        "blip_s",
        "same_place_heights",
        "longest_search_s",
        "bends_again_deg",
        "landed_heights_per_s",
    ),
    "moved": ("least_ratio", "least_heights", "jump_heights", "switch_s"),
    "pick_up": ("hand_below_hip_heights", "reaching_lean_deg", "rests_before_s"),
    "seat": ("seat_lean_deg", "seat_behind_heights", "seat_straightening_deg", "seat_sitting_down_s"),
    "complete": ("least_rise_share",),
}
"""The sections of a file, and the fields of `StepRules` that each holds."""

STEPS: Final[dict[Entry, tuple[str, ...]]] = {
    "lowered": ("lowering", "squat", "stepping_back", "lunge", "returning", "squat_2", "rising"),
    "standing": ("stepping_back", "lowering", "lunge", "rising", "returning"),
    "split": ("lowering", "lunge", "rising"),
    "seated": ("stepping_back", "seated_lunge", "returning"),
}
"""The steps that are found after each way to begin."""

STATISTICS: Final = ("mean", "max", "share", "sd", "duration", "end", "unseen")
OPEN: Final = "open"
FULL_TURN_DEG: Final = 360.0

Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class _Key:
    """What a value must be: the test, the sentence where it is not, and what fills the sentence's gaps."""

    test: Test
    wrong: str
    expected: str = ""
    required: bool = True


def problems_in(
    data: dict[str, Any], text: str, name: str | None, measures: Collection[str] | None
) -> tuple[Problem, ...]:
    """Return what is wrong in an exercise file, by its lines.

    Parameters
    ----------
    data : dict
        What the file says.
    text : str
        The file.
    name : str, optional
        That the file must give itself; any, where there is none.
    measures : collection of str, optional
        That a check may read; any, where there are none.
    """
    found = [error.at(line_of(text, path)) for path, error in _all(data, name, measures)]
    return tuple(sorted(found, key=lambda problem: problem.line))


Found = Iterator[tuple[str, WrongValueError]]
"""Where something is wrong, such as ``checks.2.limit``, and what."""


def _all(data: dict[str, Any], name: str | None, measures: Collection[str] | None) -> Found:
    top = {
        "schema": _one_of((SCHEMA,)),
        "name": _Key(_is_text, "no_text") if name is None else _one_of((name,)),
        "title": _Key(_is_text, "no_text"),
        "place": _Key(_is_whole, "no_number_here", required=False),
        "about": _Key(_is_text, "no_text", required=False),
        "variants": _Key(_is_tables, "no_tables"),
        "checks": _Key(_is_tables, "no_tables", required=False),
    }
    sections = dict.fromkeys(SECTIONS, _Key(lambda value: isinstance(value, dict), "no_section"))
    yield from _in_table(data, top | sections, "")
    for section, keys in SECTIONS.items():
        if isinstance(data.get(section), dict):
            yield from _in_table(data[section], dict.fromkeys(keys, _Key(_is_number, "no_number_here")), f"{section}.")
    variants = _tables(data, "variants")
    for i, row in enumerate(variants):
        yield from _in_table(row, _variant_keys(row), f"variants.{i}.")
    for i, row in enumerate(_tables(data, "checks")):
        yield from _in_table(row, _check_keys(variants, measures), f"checks.{i}.")


def _in_table(row: dict[str, Any], keys: dict[str, _Key], where: str) -> Found:
    for name in sorted(set(row) - set(keys)):
        yield where + name, WrongValueError("unknown", name=name)
    for name, key in keys.items():
        if name in row and not key.test(row[name]):
            yield where + name, WrongValueError(key.wrong, expected=key.expected, got=row[name])
        elif name not in row and key.required:
            yield where + name, WrongValueError("missing", name=name)


def _variant_keys(row: dict[str, Any]) -> dict[str, _Key]:
    entry = row.get("entry")
    steps = next((list(names) for begun, names in STEPS.items() if begun == entry), [])
    exactly = _Key(lambda value: value == steps or not steps, "exactly", ", ".join(steps))
    return {"name": _Key(_is_text, "no_text"), "entry": _one_of(STEPS), "steps": exactly}


def _check_keys(variants: list[dict[str, Any]], measures: Collection[str] | None) -> dict[str, _Key]:
    names = [str(row.get("name")) for row in variants]
    steps = {step for row in variants if isinstance(row.get("steps"), list) for step in map(str, row["steps"])}
    text, number = _Key(_is_text, "no_text"), _Key(_is_number, "no_number_here")
    limit = _Key(_is_limit, "no_limit")
    return {
        "check": text,
        "title": text,
        "measure": text if measures is None else _one_of(sorted(measures)),
        "unit": text,
        "steps": _some_of(sorted(steps), lambda step: set(step.split(" to ")) <= steps),
        "variants": _some_of(names, lambda name: name in names),
        "statistic": _one_of(STATISTICS),
        "limit": limit,
        "margin": number,
        "judge_sd": _Key(_is_number, "no_number_here", required=False),
        "azimuths_deg": _Key(_is_angles, "no_angles", required=False),
        "span_deg": _Key(_is_number, "no_number_here", required=False),
        "stretch_limit": _Key(_is_limit, "no_limit", required=False),
        "not_with": _Key(_is_texts, "no_texts", required=False),
        "source": text,
        "low_advice": _Key(_is_text, "no_text", required=False),
        "high_advice": _Key(_is_text, "no_text", required=False),
    }


def _tables(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = data.get(name, [])
    return rows if _is_tables(rows) else []


def _one_of(allowed: Collection[str]) -> _Key:
    return _Key(lambda value: isinstance(value, str) and value in allowed, "exactly", ", ".join(allowed))


def _some_of(allowed: Collection[str], fits: Callable[[str], bool]) -> _Key:
    return _Key(lambda value: _is_texts(value) and all(map(fits, value)), "some_of", ", ".join(allowed))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) <= sys.float_info.max


def _is_whole(value: Any) -> bool:
    return type(value) is int and value > 0


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _is_limit(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2 or not all(end == OPEN or _is_number(end) for end in value):
        return False
    low, high = value
    return OPEN in value or low <= high


def _is_angles(value: Any) -> bool:
    return isinstance(value, list) and all(_is_number(end) and 0 <= end < FULL_TURN_DEG for end in value)
