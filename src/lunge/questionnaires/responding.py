"""Answers as a QuestionnaireResponse of FHIR R4. The words of the questions stay in their file."""

from __future__ import annotations

from datetime import date
from typing import Final

from lunge.questionnaires.answering import asked_items
from lunge.questionnaires.records import Answers, Item, Json, Option, Questionnaire, Value

NAMES: Final = {"boolean": "Boolean", "integer": "Integer", "decimal": "Decimal", "date": "Date"}


def response_to(questionnaire: Questionnaire, answers: Answers) -> Json:
    """Return a completed response, without who answered and when.

    Parameters
    ----------
    questionnaire : Questionnaire
    answers : dict
    """
    version = f"|{questionnaire.version}" if questionnaire.version else ""
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{questionnaire.canonical}{version}",
        "status": "completed",
        "item": _items(questionnaire.items, answers, asked_items(questionnaire, answers)),
    }


def _items(items: tuple[Item, ...], answers: Answers, asked: frozenset[str]) -> list[Json]:
    """Return the items that say something."""
    found = (_item(item, answers, asked) for item in items if item.link_id in asked)
    return [one for one in found if len(one) > 1]


def _item(item: Item, answers: Answers, asked: frozenset[str]) -> Json:
    inner = _items(item.items, answers, asked)
    said = [_value(value, item) for value in answers.get(item.link_id, ())]
    if not item.is_question:
        return {"linkId": item.link_id, **({"item": inner} if inner else {})}
    if said and inner:
        said[0] = said[0] | {"item": inner}
    return {"linkId": item.link_id, **({"answer": said} if said else {})}


def _value(value: Value, item: Item) -> Json:
    if isinstance(value, Option):
        return value.value
    plain = value.isoformat() if isinstance(value, date) else value
    return {f"value{NAMES.get(item.kind, 'String')}": plain}
