"""Histories for the tests of the plan: made day by day, as the plan asks for it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from lunge.plan.answers import History
from lunge.plan.constants import constants
from lunge.plan.engine import plan
from lunge.plan.records import LEGS, Baseline, Comfort, Count, Habits, Morning, Screening, Session

RULES = constants()
MONDAY = date(2026, 1, 5)
DAY = timedelta(days=1)
EVERY_DAY = Habits(weekdays=(0, 1, 2, 3, 4, 5, 6))
FINE = Comfort(0, 0)


def screened(*ticked, on=MONDAY, doctor_agrees=True, age_years=40):
    return Screening(on, frozenset(ticked), doctor_agrees, age_years)


def counted(asked, share=1.0, judged_share=1.0):
    return Count(asked, asked, round(asked * judged_share), round(asked * share))


def baseline(on=MONDAY, comfort=FINE, share=1.0, effort=3, unsure=False):
    return Baseline(on, counted(3, share), counted(3, share), effort, comfort, unsure)


def fresh(**more):
    return History(**{"screenings": (screened(),), "baseline": baseline(), "habits": EVERY_DAY} | more)


def sides_of(targets, share=1.0):
    return {leg: counted(targets.with_leg(leg), share) for leg in LEGS}


def session(day, targets, hour=9, **more):
    """Return one set, in form and comfortable, unless said otherwise."""
    share = more.pop("share", 1.0)
    given = {
        "at": datetime.combine(day, time(hour), UTC),
        "targets": targets,
        "level": 1,
        **sides_of(targets, share),
        "effort": 4,
        "before": FINE,
        "after": FINE,
    }
    return Session(**given | more)


def practised(history, day, sets=2, morning=FINE, **more):
    """Return a history with the sets that the plan asks for on a day, and the next morning."""
    targets = plan(history, RULES, day).day.targets
    new = tuple(session(day, targets, 9 + i, **more) for i in range(sets))
    mornings = () if morning is None else (Morning(day + DAY, morning),)
    return replace(history, sessions=(*history.sessions, *new), mornings=(*history.mornings, *mornings))


def practised_until(history, first, days, **more):
    for i in range(days):
        history = practised(history, first + i * DAY, **more)
    return history


def planned(history, day):
    return plan(history, RULES, day)
