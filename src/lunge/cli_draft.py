"""What `lunge prescribe --write` makes of its options: a file that is checked before it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import typer

from lunge.cli_speech import FAILED, say


class LongStep(StrEnum):
    """When the longer step is asked for."""

    NEVER = "never"
    LATER = "later"
    ALWAYS = "always"


LONG_STEP: Final = {LongStep.NEVER: [False], LongStep.LATER: [False, True], LongStep.ALWAYS: [True]}
OPTIONS: Final = {
    "exercise": "--exercise",
    "by": "--by",
    "issued": "--from",
    "valid_until": "--weeks",
    "note": "--note",
    "ranges.depth_deg": "--depth",
    "ranges.support": "--hands",
    "ranges.hold_s": "--hold",
    "ranges.repetitions": "--repetitions",
    "ranges.stretch": "--long-step",
    "ranges.focus_repetitions": "--strength",
    "sides": "--sides",
    "sides.left": "--sides",
    "sides.right": "--sides",
    "schedule.weekdays": "--days",
    "schedule.sessions_a_day": "--sets-a-day",
    "stop.limit": "--stop-above",
}
"""The options by the keys of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was asked for, as it was typed; None where nothing was said.

    Attributes
    ----------
    by, note : str, optional
    exercise : str, optional
    level, depth, hands, hold, repetitions, strength : str, optional
        One value, or two with a hyphen.
    sides : str, optional
        A leg, or two numbers with a comma.
    long_step : LongStep, optional
    days : str, optional
        How many, or which.
    sets_a_day, weeks, stop_above : int, optional
    first : date, optional
    """

    by: str | None
    exercise: str | None
    level: str | None
    depth: str | None
    hands: str | None
    hold: str | None
    repetitions: str | None
    sides: str | None
    strength: str | None
    long_step: LongStep | None
    days: str | None
    sets_a_day: int | None
    weeks: int | None
    stop_above: int | None
    first: date | None
    note: str | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for."""
        return all(getattr(self, name) is None for name in self.__slots__)


def drafted(draft: Draft, today: date, language: str) -> str:
    """Return the text of the file; where something does not fit, that is said and the command ends.

    Parameters
    ----------
    draft : Draft
    today : date
        From when on it holds where nothing is said.
    language : str
        Of what is said.
    """
    from lunge.errors import WrittenFileError
    from lunge.plan.drafting import draft as written
    from lunge.plan.prescription import parse
    from lunge.written import line_of

    values = {path: value for path, value in _values(draft, today, language).items() if value is not None}
    text = written(values)
    try:
        parse(text)
    except WrittenFileError as error:
        paths = {line_of(text, path): path for path in values}
        for problem in error.facts["problems"]:  # type: ignore[attr-defined]  # a tuple of Problem, by its docstring
            _complain(OPTIONS.get(paths.get(problem.line, ""), "--by"), problem.key, problem.fill, language)
        raise typer.Exit(FAILED) from error
    return text


def _values(draft: Draft, today: date, language: str) -> dict[str, Any]:
    from lunge.plan.drafting import last_day, ranges_of_levels, spread_days

    first, weeks = draft.first or today, draft.weeks
    levels = _fitting("--level", language, lambda: {} if draft.level is None else ranges_of_levels(*_ends(draft.level)))
    ranges = {f"ranges.{variable}": _short(ends) for variable, ends in levels.items()}
    own = {
        "depth_deg": _range(draft.depth),
        "support": _range(draft.hands),
        "hold_s": _range(draft.hold),
        "repetitions": _range(draft.repetitions),
        "focus_repetitions": _range(draft.strength),
        "stretch": None if draft.long_step is None else _short(LONG_STEP[draft.long_step]),
    }
    ranges |= {f"ranges.{name}": ends for name, ends in own.items() if ends is not None}
    weekdays: Any = None if draft.days is None else [day.strip().lower() for day in draft.days.split(",")]
    if draft.days is not None and draft.days.strip().isdecimal():
        count = int(draft.days)
        weekdays = _fitting("--days", language, lambda: spread_days(count))
    return {
        "exercise": draft.exercise or "reverse_lunge",
        "by": draft.by or "",
        "issued": first,
        "valid_until": None if weeks is None else _fitting("--weeks", language, lambda: last_day(first, weeks)),
        "note": draft.note,
        **ranges,
        **_sides(draft.sides),
        "schedule.weekdays": weekdays,
        "schedule.sessions_a_day": draft.sets_a_day,
        "stop.limit": draft.stop_above,
    }


def _fitting(option: str, language: str, make: Callable[[], Any]) -> Any:
    """Return what is made; where that does not go, say why and end the command."""
    from lunge.written import WrongValueError

    try:
        return make()
    except WrongValueError as error:
        _complain(option, error.key, error.fill, language)
        raise typer.Exit(FAILED) from error


def _complain(option: str, key: str, fill: dict[str, str], language: str) -> None:
    from lunge.messages import catalogue

    say(f"{option}: {catalogue(language).text(key, **fill)}")


def _ends(text: str) -> tuple[int, int]:
    """Return the two levels of what was typed; what is none is below all of them."""
    first, _, last = text.partition("-")
    low, high = (int(end) if end.strip().isdecimal() else -1 for end in (first, last or first))
    return low, high


def _range(text: str | None) -> Any:
    return None if text is None else _short([_number(end) for end in text.split("-")])


def _sides(text: str | None) -> dict[str, Any]:
    """Return the keys of the file for the legs: one for both, or one for each."""
    left, comma, right = (text or "").partition(",")
    return {"sides.left": _number(left), "sides.right": _number(right)} if comma else {"sides": text}


def _short(ends: list[Any]) -> Any:
    """Return one value where both ends are the same."""
    return ends[0] if ends[0] == ends[-1] else ends


def _number(text: str) -> Any:
    """Return a number where it is one, and the text as it is otherwise."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text.strip()
    return int(value) if value.is_integer() else value
