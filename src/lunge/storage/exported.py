"""What an export has: each table with its records, in an order that depends on the data alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import JSON, Connection, Date, Select, Table, select

from lunge.storage import tables
from lunge.storage.constants import constants
from lunge.storage.packed_findings import kinds_in, unpacked
from lunge.storage.plain import json_text, names_of
from lunge.storage.records import (
    Break,
    Consent,
    DiaryEntry,
    Housework,
    Named,
    OutcomeScore,
    PlanDecision,
    Prescription,
    QuestionnaireAnswer,
    Screening,
)
from lunge.storage.set_rows import CHECK, KIND, NUMBERS, all_effects, all_kinds, all_repetitions, all_sets
from lunge.storage.set_tables import FINDINGS, SETS
from lunge.storage.zips import Rows

LOGS: Final[dict[str, tuple[type, Table]]] = {
    "screenings": (Screening, tables.SCREENINGS),
    "consents": (Consent, tables.CONSENTS),
    "diary": (DiaryEntry, tables.DIARY),
    "outcome_scores": (OutcomeScore, tables.OUTCOME_SCORES),
    "questionnaire_answers": (QuestionnaireAnswer, tables.QUESTIONNAIRE_ANSWERS),
    "plan_decisions": (PlanDecision, tables.PLAN_DECISIONS),
    "prescriptions": (Prescription, tables.PRESCRIPTIONS),
    "breaks": (Break, tables.BREAKS),
    "housework": (Housework, tables.HOUSEWORK),
}
"""Entries, by the name of their table."""

VALUES: Final[dict[str, Table]] = {"choices": tables.CHOICES, "settings": tables.SETTINGS}
"""Values by name, by the name of their table."""

KIND_COLUMNS: Final = ("kind", *CHECK, *KIND)
FINDING_COLUMNS: Final = ("set_id", "repetition", "kind", *NUMBERS)
"""A million findings are written one by one: a kind, and the numbers that differ."""

ODD: Final = (JSON, Date, tables.Instant)
SET_KEY: Final = itemgetter(0)
REPETITION_KEY: Final = itemgetter(0, 1)
PART_KEY: Final = itemgetter(0, 1, 2)
"""The first fields of a record tell it apart; no two databases agree on how to order texts, Python does."""

KIND_KEY: Final = itemgetter(2)
"""Of the rows of one repetition, the findings that it has."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One table.

    Attributes
    ----------
    name : str
    columns : tuple of str
    odd : tuple of int
        The columns that CSV cannot take as they are: objects, times.
    rows : callable
        Gives its rows, part by part.
    plain : bool
        Whether all but the first column, the name of a set, are numbers.
    """

    name: str
    columns: tuple[str, ...]
    odd: tuple[int, ...]
    rows: Callable[[Connection], Iterator[Rows]]
    plain: bool = False


def exported_tables() -> tuple[Exported, ...]:
    """Return every table of an export."""
    return (
        *(_whole(name, kind, table) for name, (kind, table) in LOGS.items()),
        *(_whole(name, Named, table) for name, table in VALUES.items()),
        _by_sets("sets", all_sets(), SET_KEY),
        _by_sets("repetitions", all_repetitions(), REPETITION_KEY),
        Exported("finding_kinds", KIND_COLUMNS, (), lambda connection: iter([used_kinds(connection)[0]])),
        Exported("findings", FINDING_COLUMNS, (), _findings, plain=True),
        _by_sets("effects", all_effects(), PART_KEY),
    )


def _whole(name: str, kind: type, table: Table) -> Exported:
    chosen = select(*(table.c[column] for column in names_of(kind)))
    key = itemgetter(names_of(kind).index("id" if "id" in table.c else "name"))

    def rows(connection: Connection) -> Iterator[Rows]:
        yield sorted(connection.execute(chosen).all(), key=key)

    return Exported(name, *_columns(chosen), rows)


def _columns(chosen: Select[Any]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    columns = chosen.selected_columns
    return tuple(columns.keys()), tuple(i for i, column in enumerate(columns) if isinstance(column.type, ODD))


def used_kinds(connection: Connection) -> tuple[Rows, dict[int, int]]:
    """Return what findings have in common, numbered in an order of its own, and from our numbers to those."""
    packed = _parts(connection, select(FINDINGS.c.packed).join(SETS))
    used = {kind for part in packed for (content,) in part for kind in kinds_in(content)}
    found = (row for row in connection.execute(all_kinds()) if row.id in used)
    ordered = sorted(found, key=lambda row: json_text(tuple(row[1:])))
    return [(i, *row[1:]) for i, row in enumerate(ordered, 1)], {row[0]: i for i, row in enumerate(ordered, 1)}


def _findings(connection: Connection) -> Iterator[Rows]:
    _, number_of = used_kinds(connection)
    chosen = select(SETS.c.id, FINDINGS.c.repetition, FINDINGS.c.packed).join(FINDINGS)
    for part in _parts(connection, chosen):
        rows: list[tuple[Any, ...]] = []
        for one, n, content in sorted(part, key=REPETITION_KEY):
            # Named one by one, a million rows are put together twice as fast.
            said = [(one, n, number_of[kind], value, sd, people) for kind, value, sd, people in unpacked(content)]
            rows += sorted(said, key=KIND_KEY)
        yield rows


def _by_sets(name: str, chosen: Select[Any], key: Callable[[Any], Any]) -> Exported:
    def rows(connection: Connection) -> Iterator[Rows]:
        yield from (sorted(part, key=key) for part in _parts(connection, chosen))

    return Exported(name, *_columns(chosen), rows)


def _parts(connection: Connection, chosen: Select[Any]) -> Iterator[Rows]:
    """Yield the rows of some sets after the others', so that they need little memory."""
    ids = sorted(connection.execute(select(SETS.c.id)).scalars())
    at_once = constants().archive.sets_at_once_count
    for first in range(0, len(ids), at_once):
        yield connection.execute(chosen.where(SETS.c.id.in_(ids[first : first + at_once]))).all()
