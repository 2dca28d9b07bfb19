"""What the plan asks of each of its sets, in columns: years of them are read without opening their wishes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from lunge.storage.database import Database
from lunge.storage.done import DoneSet
from lunge.storage.instants import local, local_day
from lunge.storage.plain import json_text
from lunge.storage.records import Json
from lunge.storage.set_tables import PLAN_SETS, SETS
from lunge.storage.tables import DIARY

PLAN: Final = "plan"
"""Among a set's wishes: its place in the plan; a set without it is none of the plan's."""

COUNTS: Final = "counts"
"""In that place: what was done, counted from the findings."""

SELF_TEST: Final = "self_test"
"""The kind of a set that was done at the fixed protocol."""

SIDES: Final = ("left", "right")
COUNTED: Final = ("asked", "done", "judged", "in_form")


class PlanSetRow(NamedTuple):
    """One set as the plan needs it.

    `began` is when it began, with the offset of its place, as text; `targets` is what was asked for, as JSON. The
    counts are None until they were counted. Comfort and effort are as in `lunge.storage.records`.
    """

    id: str
    began: str
    kind: str
    unsure: bool
    targets: str
    level: int | None
    effort: int | None
    back_before: int | None
    knee_before: int | None
    back_after: int | None
    knee_after: int | None
    stopped_why: str | None
    left_asked: int | None
    left_done: int | None
    left_judged: int | None
    left_in_form: int | None
    right_asked: int | None
    right_done: int | None
    right_judged: int | None
    right_in_form: int | None


class PlanPlaces:
    """Reads them.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[PlanSetRow]:
        """Return the sets of the plan, the oldest first."""
        columns = [(PLAN_SETS if name in PLAN_SETS.c else SETS).c[name] for name in PlanSetRow._fields]
        chosen = select(*columns).join(SETS, SETS.c.number == PLAN_SETS.c.set_number).order_by(SETS.c.at, SETS.c.id)
        with self._database.reading() as connection:
            return [PlanSetRow(*row) for row in connection.execute(chosen)]

    def mornings(self) -> list[tuple[date, int | None, int | None]]:
        """Return the day before, back and knee of each morning in the diary, the oldest entry first."""
        chosen = select(DIARY.c.day, DIARY.c.back, DIARY.c.knee).where(DIARY.c.moment == "next_morning")
        with self._database.reading() as connection:
            return [
                (day, back, knee) for day, back, knee in connection.execute(chosen.order_by(DIARY.c.at, DIARY.c.id))
            ]

    def uncounted(self) -> list[str]:
        """Return the names of those whose counts are still missing."""
        missing = select(SETS.c.id).join(PLAN_SETS, SETS.c.number == PLAN_SETS.c.set_number)
        with self._database.reading() as connection:
            return list(connection.execute(missing.where(PLAN_SETS.c.left_asked.is_(None))).scalars())


def row_from(done: DoneSet) -> PlanSetRow:
    """Return a set of the plan as the plan needs it, kept or not."""
    place = _place(done.wishes[PLAN], done.zone)
    return PlanSetRow(**{n: place[n] if n in place else getattr(done, n) for n in PlanSetRow._fields})


def derived(done: DoneSet) -> Json:
    """Return the columns of a set that follow from others: its local day, and whether it was a self-test."""
    return {"day": local_day(done.at, done.zone), "self_test": done.wishes.get(PLAN, {}).get("kind") == SELF_TEST}


def put_place(connection: Connection, number: int, done: DoneSet) -> None:
    """Write a set's place in the plan anew; nothing for a set that has none."""
    connection.execute(delete(PLAN_SETS).where(PLAN_SETS.c.set_number == number))
    if PLAN in done.wishes:
        connection.execute(insert(PLAN_SETS).values(set_number=number, **_place(done.wishes[PLAN], done.zone)))


def _place(plan: Json, zone: str) -> dict[str, Any]:
    counts = plan.get(COUNTS, {})
    return {
        "began": local(datetime.fromisoformat(plan["began"]), zone).isoformat(),
        "kind": plan["kind"],
        "unsure": bool(plan.get("unsure")),
        "targets": json_text(plan["targets"]),
        **{f"{side}_{name}": counts.get(side, {}).get(name) for side in SIDES for name in COUNTED},
    }
