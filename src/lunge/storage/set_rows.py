"""Sets and their parts as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, insert, select

from lunge.storage.done import DoneEffect, DoneFinding, DoneRepetition, DoneSet
from lunge.storage.figures import check_figures, effect_figures, leg_figures
from lunge.storage.packed_findings import PackedRow, packed, unpacked
from lunge.storage.plain import names_of, row_of
from lunge.storage.plan_sets import derived, put_place
from lunge.storage.set_tables import (
    CHECK_FIGURES,
    CHECKS,
    EFFECTS,
    FINDING_KINDS,
    FINDINGS,
    LEG_FIGURES,
    REPETITIONS,
    SETS,
)

CHECK: Final = ("check", "measure", "step", "unit")
KIND: Final = ("low", "high", "result", "reason")
NUMBERS: Final = ("value", "sd", "sd_people")


class Kinds:
    """The numbers under which checks, and what findings have in common, are known.

    Parameters
    ----------
    connection : Connection
        To write to.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._checks = _known(connection, CHECKS, CHECK)
        self._kinds = _known(connection, FINDING_KINDS, ("check_id", *KIND))

    def check(self, *names: str) -> int:
        """Return the number of a check, by its name, measure, step and unit."""
        return self._number(CHECKS, self._checks, dict(zip(CHECK, names, strict=True)))

    def kind(self, finding: DoneFinding) -> int:
        """Return the number of what a finding has in common with others."""
        check = self.check(*(getattr(finding, name) for name in CHECK))
        return self._number(
            FINDING_KINDS, self._kinds, {"check_id": check, **{name: getattr(finding, name) for name in KIND}}
        )

    def _number(self, table: Table, known: dict[tuple[Any, ...], int], row: dict[str, Any]) -> int:
        key = tuple(row.values())
        if key not in known:
            made = self._connection.execute(insert(table).values(row)).inserted_primary_key
            known[key] = int(made[0]) if made else 0
        return known[key]


def _known(connection: Connection, table: Table, names: tuple[str, ...]) -> dict[tuple[Any, ...], int]:
    rows = connection.execute(select(table.c.id, *(table.c[name] for name in names)))
    return {tuple(row[1:]): row[0] for row in rows}


def insert_set(
    connection: Connection,
    kinds: Kinds,
    done: DoneSet,
    repetitions: Sequence[DoneRepetition],
    findings: Sequence[DoneFinding],
    effects: Sequence[DoneEffect],
) -> None:
    """Insert a set with all its parts, and the figures that are counted up from them."""
    values = row_of(done) | derived(done)
    number = connection.execute(insert(SETS).returning(SETS.c.number), values).scalar_one()
    put_place(connection, number, done)
    figures = check_figures(repetitions, findings) | effect_figures(repetitions, effects)
    rows = {
        REPETITIONS: [row_of(one) | {"set_number": number} for one in repetitions],
        FINDINGS: _finding_rows(findings, number, kinds),
        EFFECTS: [row_of(one) | {"set_number": number} for one in effects],
        LEG_FIGURES: [
            row_of(one) | {"set_number": number, "leg": leg} for leg, one in leg_figures(repetitions).items()
        ],
        CHECK_FIGURES: [
            row | {"set_number": number, "leg": leg, "check_id": kinds.check(*names)}
            for (leg, *names), row in figures.items()
        ],
    }
    for table, found in rows.items():
        if found:
            connection.execute(insert(table), [{k: v for k, v in row.items() if k in table.c} for row in found])


def _finding_rows(findings: Iterable[DoneFinding], number: int, kinds: Kinds) -> list[dict[str, Any]]:
    said: dict[int, list[PackedRow]] = defaultdict(list)
    for one in findings:
        said[one.repetition].append((kinds.kind(one), one.value, one.sd, one.sd_people))
    return [{"set_number": number, "repetition": n, "packed": packed(rows)} for n, rows in said.items()]


def all_sets() -> Select[Any]:
    """Return the selection of all sets, with columns as the fields of `DoneSet`."""
    return select(*(SETS.c[name] for name in names_of(DoneSet)))


def all_repetitions() -> Select[Any]:
    """Return the selection of all repetitions, with columns as the fields of `DoneRepetition`."""
    own = (REPETITIONS.c[name] for name in names_of(DoneRepetition) if name != "set_id")
    joined = REPETITIONS.join(SETS, SETS.c.number == REPETITIONS.c.set_number)
    return select(SETS.c.id.label("set_id"), *own).select_from(joined).order_by(REPETITIONS.c.number)


def all_effects() -> Select[Any]:
    """Return the selection of all effects, with columns as the fields of `DoneEffect`."""
    own = (EFFECTS.c[name] for name in names_of(DoneEffect) if name != "set_id")
    return select(SETS.c.id.label("set_id"), *own).select_from(
        EFFECTS.join(SETS, SETS.c.number == EFFECTS.c.set_number)
    )


def all_kinds() -> Select[Any]:
    """Return the selection of what findings have in common: its number, then columns as `CHECK` and `KIND`."""
    own = (*(CHECKS.c[name] for name in CHECK), *(FINDING_KINDS.c[name] for name in KIND))
    return select(FINDING_KINDS.c.id, *own).join(CHECKS, CHECKS.c.id == FINDING_KINDS.c.check_id)


def findings_of(connection: Connection, set_id: str) -> tuple[DoneFinding, ...]:
    """Return the findings of a set, in any order; none where there is no such set.

    Raises
    ------
    CorruptStoreError
        If they are damaged.
    """
    chosen = select(FINDINGS.c.repetition, FINDINGS.c.packed).join(SETS).where(SETS.c.id == set_id)
    said = [(n, *row) for n, content in connection.execute(chosen) for row in unpacked(content)]
    kinds = connection.execute(all_kinds().where(FINDING_KINDS.c.id.in_({kind for _, kind, *_ in said})))
    shared = {number: dict(zip((*CHECK, *KIND), values, strict=True)) for number, *values in kinds}
    return tuple(
        DoneFinding(set_id=set_id, repetition=n, value=value, sd=sd, sd_people=people, **shared[kind])
        for n, kind, value, sd, people in said
    )
