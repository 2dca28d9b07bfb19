"""What was answered: which items are asked, what a form says, and the score."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from lunge.questionnaires.records import Answers, Condition, Item, Option, Plain, Questionnaire, Value

COMPARED: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
ONE, MANY, SHOWN = "one:{}", "many:{}:{}", "shown:{}"
"""Fields of a form: the answer to an item, a tick at one of its options, and that the item was on the page."""

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was filled in.

    Attributes
    ----------
    answers : dict
        Of the items that are asked.
    wrong : dict of str to str
        By the ``linkId``: ``missing``, or what the answer should have been, such as ``integer``.
    came_up : frozenset of str
        Items that follow from the answers and were not on the page.
    """

    answers: Answers
    wrong: dict[str, str]
    came_up: frozenset[str]

    @property
    def is_complete(self) -> bool:
        """Whether it can be kept."""
        return not self.wrong and not self.came_up


def filled(questionnaire: Questionnaire, form: Mapping[str, str]) -> Filled:
    """Return what a form says."""
    said = initial_answers(questionnaire, hidden_only=True)
    wrong: dict[str, str] = {}
    for item in _questions(questionnaire):
        try:
            found = _said(item, form)
        except ValueError:
            wrong[item.link_id] = item.kind
            continue
        if found:
            said[item.link_id] = found
    asked = asked_items(questionnaire, said)
    here = [item for item in _questions(questionnaire) if item.link_id in asked]
    came_up = frozenset(item.link_id for item in here if SHOWN.format(item.link_id) not in form)
    for item in here:
        if item.required and item.link_id not in said and item.link_id not in came_up:
            wrong.setdefault(item.link_id, "missing")
    answers = {name: values for name, values in said.items() if name in asked}
    return Filled(answers, {name: what for name, what in wrong.items() if name in asked}, came_up)


def initial_answers(questionnaire: Questionnaire, *, hidden_only: bool = False) -> Answers:
    """Return the answers that are there before anybody answered."""
    items = (item for item in questionnaire.walk() if item.hidden or not hidden_only)
    return {item.link_id: item.initial for item in items if item.initial}


def asked_items(questionnaire: Questionnaire, answers: Answers) -> frozenset[str]:
    """Return the ``linkId`` of each item that is asked, or only read, after these answers.

    What an item that is not asked says counts for nothing. So it is looked through again until nothing changes.
    """
    found: frozenset[str] = frozenset()
    for _ in questionnaire.walk():
        before = found
        counting = answers if not before else {name: v for name, v in answers.items() if name in before}
        found = frozenset(_asked(questionnaire.items, counting))
        if found == before:
            break
    return found


def score(questionnaire: Questionnaire, answers: Answers) -> float | None:
    """Return the sum of the points; None where the file gives none, or a question with points is open."""
    asked = asked_items(questionnaire, answers)
    items = [item for item in questionnaire.walk() if item.has_points and item.link_id in asked]
    chosen = [_options(answers.get(item.link_id, ())) for item in items]
    # Of a list to tick, nothing ticked is an answer.
    is_open = any(not options and not item.repeats for item, options in zip(items, chosen, strict=True))
    points = [option.points for options in chosen for option in options]
    if not items or is_open or None in points:
        return None
    return float(math.fsum(point for point in points if point is not None))


def _questions(questionnaire: Questionnaire) -> list[Item]:
    return [item for item in questionnaire.walk() if item.is_question and not item.hidden]


def _options(values: tuple[Value, ...]) -> list[Option]:
    return [value for value in values if isinstance(value, Option)]


def _asked(items: tuple[Item, ...], answers: Answers, after: Item | None = None) -> list[str]:
    """Return what is asked of some items: those in a question come once it is answered, texts at once."""
    found: list[str] = []
    for item in items:
        waits = after is not None and after.is_question and item.kind != "display" and after.link_id not in answers
        if not waits and _holds(item, answers):
            found += [item.link_id, *_asked(item.items, answers, item)]
    return found


def _holds(item: Item, answers: Answers) -> bool:
    if not item.conditions:
        return True
    found = (_is_met(condition, answers) for condition in item.conditions)
    return all(found) if item.needs_all else any(found)


def _is_met(condition: Condition, answers: Answers) -> bool:
    given = [_plain(value) for value in answers.get(condition.question, ())]
    if condition.operator == "exists":
        return bool(given) == condition.wanted
    return any(_compared(condition.operator, value, condition.wanted) for value in given)


def _compared(sign: str, value: Plain, wanted: Plain) -> bool:
    if isinstance(value, bool) != isinstance(wanted, bool):
        return False
    if isinstance(value, tuple) and isinstance(wanted, tuple) and not wanted[0]:
        # A coding without its system means the code alone.
        value, wanted = value[1], wanted[1]
    try:
        return COMPARED[sign](value, wanted)
    except TypeError:
        # A text and a number are in no order.
        return False


def _plain(value: Value) -> Plain:
    return value.plain if isinstance(value, Option) else value


# ---------------------------------------------------------------- what a form says
def _said(item: Item, form: Mapping[str, str]) -> tuple[Value, ...]:
    """Return the answers to an item in a form.

    Raises
    ------
    ValueError
        If one is none.
    """
    if item.repeats:
        return tuple(o for i, o in enumerate(item.options) if MANY.format(i, item.link_id) in form)
    said = form.get(ONE.format(item.link_id), "").strip()
    return (_read(item, said),) if said else ()


def _read(item: Item, said: str) -> Value:
    if item.kind == "choice":
        return item.options[_place(said, len(item.options))]
    if item.kind == "boolean":
        return (NO, YES).index(said) == 1
    if item.kind == "date":
        return date.fromisoformat(said)
    if item.kind in ("integer", "decimal"):
        return _number(item, said)
    if len(said) > item.longest:
        raise ValueError(f"{item.link_id}: expected at most {item.longest} signs, got {len(said)}")
    return said


def _place(said: str, count: int) -> int:
    if not said.isdecimal() or int(said) >= count:
        raise ValueError(f"expected a place below {count}, got {said}")
    return int(said)


def _number(item: Item, said: str) -> int | float:
    number = int(said) if item.kind == "integer" else float(said.replace(",", "."))
    low, high = item.lowest, item.highest
    if not math.isfinite(number) or (low is not None and number < low) or (high is not None and number > high):
        raise ValueError(f"{item.link_id}: expected {low} to {high}, got {number}")
    return number


def form_of(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """Return the fields of a form that says these answers."""
    form: dict[str, str] = {}
    for item in _questions(questionnaire):
        for value in answers.get(item.link_id, ()):
            if item.repeats and isinstance(value, Option):
                form[MANY.format(item.options.index(value), item.link_id)] = "on"
            else:
                form[ONE.format(item.link_id)] = _written(item, value)
    return form


def _written(item: Item, value: Value) -> str:
    if isinstance(value, Option):
        return str(item.options.index(value))
    if isinstance(value, bool):
        return YES if value else NO
    return value.isoformat() if isinstance(value, date) else str(value)
