"""What the plan's records look like in the store, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, Final, Literal

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
from lunge.plan.screening import questions
from lunge.storage import records as stored
from lunge.storage.done import DoneFinding, DoneRepetition, DoneSet, Leg
from lunge.storage.instants import local

PLAN: Final = "plan"
"""Under this name in a set's wishes stands what the plan asked, and what came of it."""

Kind = Literal["baseline", "session"]
JUDGED: Final = ("pass", "fail")
TIMED: Final = "lunge_hold"
"""A hold is timed in every view; whether a repetition was seen well enough, the other checks tell."""


def screening_of(row: stored.Screening) -> Screening | None:
    """Return the answers in a row; None where only their outcome was kept, and it was none to go on with.

    Earlier versions kept the outcome alone: who might start, or was to ask a doctor first, had
    ticked nothing that stops. Of the others nobody knows what was ticked, so they are asked anew.
    """
    known = {question.key for question in questions()}
    if "ticked" not in row.answers:
        return Screening(row.day, frozenset(), row.outcome == "ready") if row.outcome in ("ready", "ask") else None
    ticked = frozenset(row.answers["ticked"]) & known
    return Screening(row.day, ticked, bool(row.answers["doctor_agrees"]), row.answers.get("age_years"))


def answers_of(screening: Screening) -> dict[str, Any]:
    """Return answers as a row keeps them."""
    return {
        "ticked": sorted(screening.ticked),
        "doctor_agrees": screening.doctor_agrees,
        "age_years": screening.age_years,
    }


def counts_of(repetitions: Iterable[DoneRepetition], findings: Iterable[DoneFinding], asked: int) -> dict[Leg, Count]:
    """Return what was done of what was asked of each leg.

    A repetition was judged when it is complete and anything but its length of time was judged in the lunge.
    """
    seen = {f.repetition for f in findings if f.step == "lunge" and f.check != TIMED and f.result in JUDGED}
    done = [r for r in repetitions if r.complete]
    out: dict[Leg, Count] = {}
    legs: tuple[Leg, ...] = ("left", "right")
    for leg in legs:
        own = [r for r in done if r.leg == leg]
        judged = [r for r in own if r.number in seen]
        out[leg] = Count(asked, len(own), len(judged), sum(r.in_form for r in judged))
    return out


def plan_note(kind: Kind, targets: Targets, counts: Mapping[Leg, Count], *, unsure: bool = False) -> dict[str, Any]:
    """Return what a set's wishes keep of the plan."""
    return {
        "kind": kind,
        "targets": asdict(targets),
        "left": asdict(counts["left"]),
        "right": asdict(counts["right"]),
        "unsure": unsure,
    }


def baseline_of(done: DoneSet) -> Baseline | None:
    """Return the first set in a row, if it is that, and it was said how it felt."""
    note = done.wishes.get(PLAN)
    if note is None or note["kind"] != "baseline" or done.effort is None:
        return None
    day = local(done.at, done.zone).date()
    left, right = Count(**note["left"]), Count(**note["right"])
    return Baseline(day, left, right, done.effort, _worse(_before(done), _after(done)), bool(note["unsure"]))


def session_of(done: DoneSet) -> Session | None:
    """Return the set of the plan in a row, if it is one."""
    note = done.wishes.get(PLAN)
    if note is None or note["kind"] != "session":
        return None
    return Session(
        at=local(done.at, done.zone),
        targets=_targets(note["targets"]),
        level=done.level or 0,
        left=Count(**note["left"]),
        right=Count(**note["right"]),
        effort=done.effort,
        before=_before(done),
        after=_after(done),
        stopped=done.stopped_why,
    )


def morning_of(entry: stored.DiaryEntry) -> Morning | None:
    """Return the morning that an entry speaks of, if it is one: an entry names the day before."""
    if entry.moment != "next_morning":
        return None
    return Morning(entry.day + date.resolution, Comfort(entry.back, entry.knee))


def habits_of(document: Mapping[str, Any] | None) -> Habits:
    """Return habits from what is kept of them; the usual ones where nothing is."""
    if not document:
        return Habits()
    return Habits(
        weekdays=tuple(document["weekdays"]),
        sessions_a_day=document["sessions_a_day"],
        stop_limit=document["stop_limit"],
        if_then=tuple(IfThen(**row) for row in document["if_then"]),
        barriers=tuple(Barrier(**row) for row in document["barriers"]),
    )


def illnesses_of(rows: Iterable[tuple[str, str | None]]) -> tuple[Illness, ...]:
    """Return times of illness from what is kept of them."""
    return tuple(Illness(date.fromisoformat(a), None if b is None else date.fromisoformat(b)) for a, b in rows)


def illness_rows(illnesses: Iterable[Illness]) -> list[tuple[str, str | None]]:
    """Return times of illness as they are kept."""
    return [(i.first.isoformat(), None if i.last is None else i.last.isoformat()) for i in illnesses]


def _targets(row: Mapping[str, Any]) -> Targets:
    return Targets(**{f.name: row[f.name] for f in fields(Targets) if f.name in row})


def _before(done: DoneSet) -> Comfort:
    return Comfort(done.back_before, done.knee_before)


def _after(done: DoneSet) -> Comfort:
    return Comfort(done.back_after, done.knee_after)


def _worse(first: Comfort, second: Comfort) -> Comfort:
    return Comfort(_more(first.back, second.back), _more(first.knee, second.knee))


def _more(first: int | None, second: int | None) -> int | None:
    return max((value for value in (first, second) if value is not None), default=None)
