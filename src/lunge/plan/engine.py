"""The plan of a day: the whole history is gone through day by day, so the same history gives the same plan."""

from __future__ import annotations

from datetime import date

from lunge.plan.answers import History, Plan
from lunge.plan.book import book_of
from lunge.plan.constants import Rules
from lunge.plan.records import Rung
from lunge.plan.schedule import Now, day_of, status_of
from lunge.plan.standing import Known, standing_on, stop_limit, way_on
from lunge.plan.ways import cues_for, first_lunge, rungs_for


def plan(history: History, rules: Rules, today: date, known: Known | None = None) -> Plan:
    """Return what holds today, and why.

    Parameters
    ----------
    history : History
        What lies after today is left out.
    rules : Rules
        From `lunge.plan.constants.constants`.
    today : date
        The local day.
    known : Known, optional
        Of a day that is not after today, from the same history; of that one then only the end is needed
        that `lunge.plan.fold.needed_from` names.

    Raises
    ------
    ValueError
        If a session was stopped by something that is no answer of ``stops.toml``, or a screening ticks
        what is no question.
    """
    book = book_of(history, today)
    standing = standing_on(history, book, rules, today, known)
    paths = way_on(history, rules, today)[0]
    rung = _first_rung(history, rules, today) if standing is None else standing.rung
    paused_on = None if standing is None else standing.paused_on
    now = Now(history, book, rules, today, rung.targets, stop_limit(history, rules, today), paused_on)
    status, reason = status_of(now)
    day = day_of(now, status)
    return Plan(
        status=status,
        day=day,
        level=rung.level,
        stop_limit=now.stop_limit,
        reasons=(reason,) if standing is None else (reason, *standing.latest.reasons),
        cues=cues_for(paths, day.targets),
        log=() if standing is None else standing.log,
    )


def _first_rung(history: History, rules: Rules, today: date) -> Rung:
    """Return what the first set asks for."""
    rungs = rungs_for(*way_on(history, rules, today))
    return rungs[first_lunge(rungs)]
