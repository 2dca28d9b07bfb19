"""From the rows of the store to the history that the plan is asked with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from lunge.documents import json_text
from lunge.plan.answers import History
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
from lunge.storage.done import DoneSet
from lunge.storage.instants import local

PLAN: Final = "plan"
"""Among a set's wishes: its place in the plan; a set without it is none of the plan's."""

COUNTS: Final = "counts"
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


def mornings_from(entries: Iterable[rows.DiaryEntry]) -> tuple[Morning, ...]:
    """Return the mornings in a diary; an entry speaks of the day before."""
    return tuple(
        Morning(entry.day + ONE_DAY, Comfort(entry.back, entry.knee))
        for entry in entries
        if entry.moment == "next_morning"
    )


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


def session_from(done: DoneSet) -> Session:
    """Return a set of the plan as the plan sees it; its counts must be in its wishes."""
    plan = done.wishes[PLAN]
    counts = plan[COUNTS]
    return Session(
        at=local(datetime.fromisoformat(plan["began"]), done.zone),
        targets=Targets(**plan["targets"]),
        level=done.level or 0,
        left=Count(**counts["left"]),
        right=Count(**counts["right"]),
        effort=done.effort,
        before=Comfort(done.back_before, done.knee_before),
        after=Comfort(done.back_after, done.knee_after),
        stopped=done.stopped_why,
    )


def is_something(session: Session) -> bool:
    """Return whether a set was more than looked at: something was done in it, or it was stopped for a reason."""
    return session.left.done + session.right.done > 0 or session.stopped is not None


def baseline_from(done: DoneSet) -> Baseline | None:
    """Return the first set, if this is one and something was done in it."""
    session = session_from(done)
    if done.wishes[PLAN]["kind"] != "baseline" or session.left.done + session.right.done == 0:
        return None
    felt = Comfort(_most(session, "back"), _most(session, "knee"))
    unsure = bool(done.wishes[PLAN].get("unsure")) or session.stopped == "balance"
    return Baseline(session.day, session.left, session.right, session.effort, felt, unsure)


def _most(session: Session, place: str) -> int | None:
    """Return the most that was felt in a place; None unless it was answered after the set."""
    before, after = getattr(session.before, place), getattr(session.after, place)
    return None if after is None else max(after, before or 0)


def history_from(store: Store, sets: Iterable[DoneSet]) -> History:
    """Return the whole history.

    Parameters
    ----------
    store : Store
    sets : iterable of DoneSet
        Those of the plan, with their counts.
    """
    done = sorted(sets, key=lambda one: one.at)
    firsts = {one.id: found for one in done if (found := baseline_from(one)) is not None}
    first = next(iter(firsts), None)
    sessions = [(one.id, session_from(one)) for one in done]
    settings, choices = store.settings.all(), store.choices.all()
    return History(
        screenings=screenings_from(store.screenings.all()),
        baseline=firsts.get(first) if first is not None else None,
        # The first set is told apart; it counts among the others only for what stopped it.
        sessions=tuple(s for name, s in sessions if is_something(s) and (name != first or s.stopped is not None)),
        mornings=mornings_from(store.diary.all()),
        illnesses=illnesses_from(settings.get(ILLNESSES, [])),
        habits=habits_from(choices.get(HABITS)),
        prescription=prescription_from(store.prescriptions.all()),
    )
