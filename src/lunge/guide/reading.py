"""From the rows of the store to the history that the plan is asked with."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from operator import itemgetter
from typing import Any, Final

from lunge.documents import json_text
from lunge.plan.answers import History
from lunge.plan.fold import Facts
from lunge.plan.prescription import Prescription, parse
from lunge.plan.records import (
    Barrier,
    Baseline,
    Comfort,
    Count,
    Habits,
    IfThen,
    Illness,
    Morning,
    Screening,
    Session,
    Targets,
)
from lunge.plan.screening import WORST_FIRST
from lunge.storage import Store
from lunge.storage import records as rows
from lunge.storage.plan_sets import SELF_TEST, PlanSetRow

DAY_LENGTH: Final = len("2026-01-05")
HABITS, ILLNESSES, TICKET = "habits", "illnesses", "set_begun"
"""Names of values in the store."""

ONE_DAY: Final = timedelta(days=1)
AGREED_BEFORE: Final = {"ready": True, "ask": False}
"""What earlier versions kept of the questions, where it tells all; what stopped somebody is asked anew."""


def screenings_from(entries: Iterable[rows.Screening]) -> tuple[Screening, ...]:
    """Return the answers before the first set, the oldest first.

    A doctor's yes that comes later on the same day takes the place of the answers without it.
    """
    found: list[Screening] = []
    for entry in entries:
        answers = _screening(entry)
        if answers is None:
            continue
        if found and _only_agrees(found[-1], answers):
            found.pop()
        found.append(answers)
    return tuple(found)


def asks_anew(entries: tuple[rows.Screening, ...]) -> bool:
    """Return whether the questions are to be answered again: something changed since, or the answers are not known.

    Earlier versions kept no answers, only what came of them; what stopped somebody then is asked anew.
    """
    return bool(entries) and _screening(entries[-1]) is None


def _only_agrees(before: Screening, after: Screening) -> bool:
    agrees = after.doctor_agrees and not before.doctor_agrees
    return before.on == after.on and agrees and before.ticked <= after.ticked


def _screening(entry: rows.Screening) -> Screening | None:
    """Return the answers in an entry; None where it holds none."""
    if entry.outcome in AGREED_BEFORE:
        return Screening(entry.day, doctor_agrees=AGREED_BEFORE[entry.outcome])
    if entry.outcome not in WORST_FIRST:
        return None
    said = entry.answers
    return Screening(entry.day, frozenset(said["ticked"]), said["doctor_agrees"], said["age_years"])


def morning_id(day: date) -> str:
    """Return the name of the entry of the morning after a day: there is one of each."""
    return f"morning-{day.isoformat()}"


def illnesses_from(values: Iterable[dict[str, Any]]) -> tuple[Illness, ...]:
    """Return the times of illness."""
    return tuple(
        Illness(date.fromisoformat(v["first"]), date.fromisoformat(v["last"]) if v["last"] else None) for v in values
    )


def habits_from(value: dict[str, Any] | None) -> Habits:
    """Return the habits; the usual ones where none were chosen."""
    if value is None:
        return Habits()
    return Habits(
        weekdays=tuple(value["weekdays"]),
        sessions_a_day=value["sessions_a_day"],
        stop_limit=value["stop_limit"],
        if_then=tuple(IfThen(**one) for one in value["if_then"]),
        barriers=tuple(Barrier(**one) for one in value["barriers"]),
    )


def prescription_from(entries: tuple[rows.Prescription, ...]) -> Prescription | None:
    """Return the prescription that was taken over last, unless it was ended."""
    if not entries or entries[-1].ended:
        return None
    return parse(json_text(entries[-1].document), entries[-1].name)


@cache
def _targets(text: str) -> Targets:
    return Targets(**json.loads(text))


def session_from(row: PlanSetRow) -> Session:
    """Return a set of the plan as the plan sees it; its counts must be known."""
    return Session(
        at=datetime.fromisoformat(row.began),
        targets=_targets(row.targets),
        level=row.level or 0,
        left=_count(row.left_asked, row.left_done, row.left_judged, row.left_in_form),
        right=_count(row.right_asked, row.right_done, row.right_judged, row.right_in_form),
        effort=row.effort,
        before=Comfort(row.back_before, row.knee_before),
        after=Comfort(row.back_after, row.knee_after),
        stopped=row.stopped_why,
        is_test=row.kind == SELF_TEST,
    )


def _count(asked: int | None, done: int | None, judged: int | None, in_form: int | None) -> Count:
    return Count(asked or 0, done or 0, judged or 0, in_form or 0)


def baseline_from(row: PlanSetRow) -> Baseline | None:
    """Return the first set, if this is one and something was done in it."""
    if row.kind != "baseline" or not _is_done(row):
        return None
    session = session_from(row)
    felt = Comfort(_most(session, "back"), _most(session, "knee"))
    unsure = row.unsure or session.stopped == "balance"
    return Baseline(session.day, session.left, session.right, session.effort, felt, unsure)


def _is_done(row: PlanSetRow) -> bool:
    return bool(row.left_done or row.right_done)


def _most(session: Session, place: str) -> int | None:
    """Return the most that was felt in a place; None unless it was answered after the set."""
    before, after = getattr(session.before, place), getattr(session.after, place)
    return None if after is None else max(after, before or 0)


@dataclass(frozen=True)
class Read:
    """What was read for the plan.

    Attributes
    ----------
    sets : list of PlanSetRow
        Those that are sessions, the oldest first: something was done in them, or they were stopped for a reason.
    mornings : list of (date, int or None, int or None)
        The day that the morning follows, back, knee; the oldest first.
    history : History
        All else; no sessions and no mornings.
    """

    sets: list[PlanSetRow]
    mornings: list[tuple[date, int | None, int | None]]
    history: History

    def since(self, first: date | None) -> History:
        """Return the history from a day on, with the last day of practice before it; all of it for None."""
        sets, mornings = self.sets, self.mornings
        if first is not None:
            days = sorted({row.began[:DAY_LENGTH] for row in sets})
            before = bisect_left(days, first.isoformat())
            begin = days[before - 1] if before else ""
            sets = [row for row in sets if row.began[:DAY_LENGTH] >= begin]
            mornings = [one for one in mornings if one[0] + ONE_DAY >= first]
        return replace(
            self.history,
            sessions=tuple(session_from(row) for row in sets),
            mornings=tuple(Morning(day + ONE_DAY, Comfort(back, knee)) for day, back, knee in mornings),
        )

    def facts(self) -> Facts:
        """Return what all of it says, as text."""
        known = self.history
        always = repr((known.habits.stop_limit, known.prescription, known.baseline))
        answers = [((day + ONE_DAY).isoformat(), f"{back} {knee}") for day, back, knee in self.mornings]
        answers += [
            (one.on.isoformat(), json_text(asdict(one) | {"on": "", "ticked": sorted(one.ticked)}))
            for one in known.screenings
        ]
        answers += [((one.last + ONE_DAY).isoformat(), "ill") for one in known.illnesses if one.last is not None]
        sets = [(row.began[:DAY_LENGTH], repr(tuple(row))) for row in self.sets]
        return Facts(always, sorted(sets), sorted(answers, key=itemgetter(0)))


def read(store: Store, unkept: Iterable[PlanSetRow]) -> Read:
    """Return what the store has for the plan.

    Parameters
    ----------
    store : Store
    unkept : iterable of PlanSetRow
        Sets that are not in it yet.
    """
    rows = [*store.places.all(), *unkept]
    first = next((row for row in rows if baseline_from(row) is not None), None)
    settings, choices = store.settings.all(), store.choices.all()
    history = History(
        screenings=screenings_from(store.screenings.all()),
        baseline=None if first is None else baseline_from(first),
        illnesses=illnesses_from(settings.get(ILLNESSES, [])),
        habits=habits_from(choices.get(HABITS)),
        prescription=prescription_from(store.prescriptions.all()),
    )
    # The first set is told apart; it counts among the others only for what stopped it.
    sets = [row for row in rows if row.stopped_why is not None or (_is_done(row) and row is not first)]
    return Read(sets, store.places.mornings(), history)
