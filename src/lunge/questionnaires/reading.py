"""Read a Questionnaire of FHIR R4, and say which item of it cannot be asked."""

from __future__ import annotations

import json
import re
from typing import Any, Final, get_args
from urllib.parse import quote

from lunge.questionnaires.constants import constants
from lunge.questionnaires.fields import BASE, extension_of, flag_in, number_of, rows_in, text_in, typed_value
from lunge.questionnaires.options import options_of
from lunge.questionnaires.records import Condition, Item, Json, Kind, Option, Plain, Questionnaire, Value
from lunge.written import Problem, WrongValueError, read_text, refused

KINDS: Final = get_args(Kind)
OPERATORS: Final = ("exists", "=", "!=", ">", "<", ">=", "<=")
HIDING: Final = (
    f"{BASE}/questionnaire-hidden",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
)
"""Extensions of items that nobody is asked: for other eyes, or worked out by a program."""

LONGEST_GOT: Final = 60
"""Of what is shown of a value that does not fit, in signs."""


def parse(text: str, file: str) -> Questionnaire:
    """Return the questionnaire of a file.

    Parameters
    ----------
    text : str
        JSON.
    file : str
        Name of the file, without its ending.

    Raises
    ------
    WrittenFileError
        If it is none, or an item of it cannot be asked; its ``problems`` say all of it, by line and item.
    """
    data = read_text(text, file) if text.lstrip().startswith("{") else {}
    if data.get("resourceType") != "Questionnaire":
        raise refused(file, (Problem(1, "written.fhir_resource", {"got": str(data.get("resourceType", "–"))}),))
    if _has_no_text(data):
        raise refused(file, (Problem(1, "written.no_utf8"),))
    reader = _Reader(data, text)
    found = reader.questionnaire(file)
    if found is None or reader.problems:
        raise refused(file, tuple(reader.problems))
    return found


class _Reader:
    """Reads a file item by item, and keeps what is wrong with them."""

    def __init__(self, data: Json, text: str) -> None:
        self._data, self._text = data, text
        self._seen: set[str] = set()
        self._value_sets: dict[str, Json] = {}
        self.problems: list[Problem] = []

    def questionnaire(self, file: str) -> Questionnaire | None:
        """Return what the file says; None where that is noted as a problem."""
        try:
            return self._whole(file)
        except WrongValueError as error:
            self._note("", error)
            return None

    def _whole(self, file: str) -> Questionnaire:
        data = self._data
        self._value_sets = {
            text_in(one, "id"): one for one in rows_in(data, "contained") if one.get("resourceType") == "ValueSet"
        }
        items = self._items(data, 1, hidden=False)
        found = Questionnaire(
            file=file,
            canonical=text_in(data, "url") or f"urn:lunge:questionnaire:{quote(file)}",
            version=text_in(data, "version"),
            title=text_in(data, "title") or text_in(data, "name") or file,
            about=text_in(data, "description"),
            notice=text_in(data, "copyright"),
            language=text_in(data, "language"),
            items=items,
        )
        self._check_conditions(found)
        asked = [item for item in found.walk() if item.is_question and not item.hidden]
        if not self.problems and not asked:
            raise WrongValueError("fhir_nothing")
        if len(self._seen) > constants().files.most_items_count:
            raise WrongValueError("too_much")
        return found

    def _check_conditions(self, found: Questionnaire) -> None:
        for item in found.walk():
            strange = [one.question for one in item.conditions if one.question not in self._seen]
            if strange:
                self._note(item.link_id, WrongValueError("fhir_condition", got=", ".join(strange)))

    def _items(self, row: Json, depth: int, *, hidden: bool) -> tuple[Item, ...]:
        if depth > constants().files.deepest_count:
            raise WrongValueError("too_much")
        found = (self._item(one, depth, hidden=hidden) for one in rows_in(row, "item"))
        return tuple(item for item in found if item is not None)

    def _item(self, row: Json, depth: int, *, hidden: bool) -> Item | None:
        """Return an item; None where it is noted as a problem, or not to be asked and of a kind of its own."""
        label = ""
        try:
            label = text_in(row, "linkId")
            if not label or label in self._seen:
                raise WrongValueError("fhir_twice" if label else "fhir_unnamed", got=text_in(row, "text"))
            self._seen.add(label)
            hidden = hidden or flag_in(row, "readOnly") or any(extension_of(row, url) for url in HIDING)
            kind = text_in(row, "type")
            if kind not in KINDS:
                if hidden:
                    return None
                raise WrongValueError("fhir_kind", got=kind, expected=", ".join(KINDS))
            return self._known(row, kind, hidden, self._items(row, depth + 1, hidden=hidden))
        except WrongValueError as error:
            self._note(label, error)
            return None

    def _known(self, row: Json, kind: Any, hidden: bool, items: tuple[Item, ...]) -> Item:
        repeats = flag_in(row, "repeats") and kind not in ("group", "display")
        if repeats and kind != "choice":
            raise WrongValueError("fhir_repeats", got=kind)
        options = options_of(row, self._value_sets) if kind == "choice" and not hidden else ()
        longest = constants().answers.longest_text_count
        lowest, highest = (extension_of(row, f"{BASE}/{name}Value") for name in ("min", "max"))
        return Item(
            link_id=text_in(row, "linkId"),
            kind=kind,
            text=text_in(row, "text"),
            prefix=text_in(row, "prefix"),
            required=flag_in(row, "required"),
            repeats=repeats,
            hidden=hidden,
            options=options,
            conditions=tuple(_condition(one) for one in rows_in(row, "enableWhen")),
            needs_all=text_in(row, "enableBehavior") == "all",
            initial=_initial(row, kind, options),
            longest=int(min(longest, number_of(row.get("maxLength", longest), "maxLength"))),
            lowest=_bound(lowest, kind),
            highest=_bound(highest, kind),
            items=items,
        )

    def _note(self, label: str, error: WrongValueError) -> None:
        found = error.at(_line_of(self._text, label))
        got = found.fill.get("got", "")[:LONGEST_GOT]
        self.problems.append(Problem(found.line, found.key, {"item": label or "–"} | found.fill | {"got": got}))


def _bound(value: Any, kind: str) -> float | None:
    """Return the least or greatest number that fits; of days nothing is bounded."""
    return number_of(value, "minValue, maxValue") if value is not None and kind in ("integer", "decimal") else None


def _condition(row: Json) -> Condition:
    operator = text_in(row, "operator")
    if operator not in OPERATORS:
        raise WrongValueError("fhir_operator", got=operator, expected=" ".join(OPERATORS))
    _, wanted = typed_value(row, "answer")
    if operator == "exists" and not isinstance(wanted, bool):
        raise WrongValueError("fhir_field", name="answerBoolean", got=wanted)
    return Condition(text_in(row, "question"), operator, wanted)


def _initial(row: Json, kind: str, options: tuple[Option, ...]) -> tuple[Value, ...]:
    """Return the answers that are there from the start."""
    plains = [typed_value(one, "value")[1] for one in rows_in(row, "initial")]
    if kind == "choice":
        return tuple(option for option in options if option.chosen or option.plain in plains)
    return tuple(_fitting(plain, kind) for plain in plains[:1])


def _fitting(plain: Plain, kind: str) -> Value:
    expected = {"boolean": bool, "integer": int, "decimal": int | float, "string": str, "text": str}
    wanted = expected.get(kind, object)
    if isinstance(plain, tuple) or not isinstance(plain, wanted) or isinstance(plain, bool) != (kind == "boolean"):
        raise WrongValueError("fhir_field", name="initial", got=plain)
    return plain


def _has_no_text(data: Json) -> bool:
    """Return whether there are signs in it that no page or database can hold: JSON can write halves of some."""
    try:
        return b"\0" in json.dumps(data, ensure_ascii=False).replace("\\u0000", "\0").encode()
    except UnicodeEncodeError:
        return True


def _line_of(text: str, label: str) -> int:
    """Return the last line in which an item names itself so; 1 where none does."""
    written = "|".join(re.escape(json.dumps(label, ensure_ascii=plain)) for plain in (True, False))
    found = list(re.finditer(rf'"linkId"\s*:\s*(?:{written})', text)) if label else []
    return text.count("\n", 0, found[-1].start()) + 1 if found else 1
