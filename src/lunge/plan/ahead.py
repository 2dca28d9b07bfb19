"""The days to come, as they are as long as practice goes on and nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from lunge.plan.answers import Day, History, Plan
from lunge.plan.book import book_of
from lunge.plan.constants import Rules
from lunge.plan.ladder import on_strength_days
from lunge.plan.records import Targets
from lunge.plan.schedule import Now, is_strength_day, sessions_on, weekdays_on


def days_ahead(history: History, found: Plan, rules: Rules, days: int) -> tuple[Day, ...]:
    """Return today and the days after it, each as if all before it were practised as planned.

    Targets stay as they are today: what the next ones are is decided by how the sets go.

    Parameters
    ----------
    history : History
    found : Plan
        Of today.
    rules : Rules
    days : int
        How many, today included.
    """
    targets = rung_targets(found)
    book = book_of(history, found.day.on)
    is_first = history.baseline is None
    out: list[Day] = []
    for on in (found.day.on + timedelta(days=i) for i in range(days)):
        now = Now(history, book, rules, on, targets, found.stop_limit, None)
        rests = on.weekday() not in weekdays_on(now) or (on == found.day.on and found.status == "rest")
        sessions = 0 if rests else sessions_on(now)
        if sessions and is_first:
            sessions, is_first = 1, False
        if sessions:
            book = replace(book, days=tuple(sorted({*book.days, on})))
        strength = sessions > 0 and is_strength_day(now)
        asked = on_strength_days(targets) if strength else targets
        out.append(Day(on, asked, sessions, sessions, strength))
    return tuple(out)


def rung_targets(found: Plan) -> Targets:
    """Return what the person's place on the ladder asks for, whatever kind of day today is."""
    return found.log[-1].rung.targets if found.log else found.day.targets
