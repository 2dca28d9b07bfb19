"""How often: sets a day, days of rest and of strength, and whether there is a set today."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Final

from lunge.plan.answers import Day, History
from lunge.plan.book import Book, is_pausing, is_red
from lunge.plan.constants import Rules
from lunge.plan.ladder import on_strength_days
from lunge.plan.prescription import WEEKDAYS, Prescription
from lunge.plan.records import Reason, Status, Targets
from lunge.plan.screening import latest, outcome_of, valid_until

WEEK: Final = len(WEEKDAYS)


@dataclass(frozen=True)
class Now:
    """What a day's schedule follows from.

    Attributes
    ----------
    history : History
    book : Book
    rules : Rules
    today : date
    targets : Targets
        Of the rung where the person stands.
    stop_limit : int
    paused_on : date, optional
    """

    history: History
    book: Book
    rules: Rules
    today: date
    targets: Targets
    stop_limit: int
    paused_on: date | None


def prescription_on(history: History, day: date) -> Prescription | None:
    """Return the prescription that holds on a day, or None."""
    found = history.prescription
    return found if found is not None and found.holds_on(day) else None


def status_of(now: Now) -> tuple[Status, Reason]:
    """Return whether there is a set today, and why; what keeps from exercising comes first."""
    found = _hindered(now) or _resting(now)
    if found is not None:
        return found
    asked = sessions_on(now)
    if _done(now) >= asked:
        return "done", Reason("plan.today.done")
    return "go", Reason("plan.today.strength" if is_strength_day(now) else "plan.today.go", {"sets": str(asked)})


def day_of(now: Now, status: Status) -> Day:
    """Return what today asks for."""
    done = _done(now)
    strength = is_strength_day(now)
    asked = {"go": sessions_on(now), "done": done, "baseline": 1}.get(status, 0)
    targets = on_strength_days(now.targets) if strength else now.targets
    return Day(now.today, targets, asked, max(0, asked - done), strength)


def _done(now: Now) -> int:
    """Return how many of today's sets are done; a self-test is none of them."""
    return sum(not session.is_test for session in now.book.sessions.get(now.today, ()))


def _hindered(now: Now) -> tuple[Status, Reason] | None:
    """Return what keeps from exercising at all, or None."""
    answers = latest(now.history.screenings, now.today)
    if answers is None or now.today > valid_until(answers, now.rules):
        return "screen", Reason("plan.today.screen")
    outcome = outcome_of(answers)
    if outcome != "go":
        return outcome, Reason(f"plan.today.{outcome}")
    if now.paused_on is not None or any(map(is_pausing, now.book.sessions.get(now.today, ()))):
        return "paused", Reason("plan.today.paused")
    if any(i.first <= now.today and (i.last is None or now.today <= i.last) for i in now.history.illnesses):
        return "ill", Reason("plan.today.ill")
    return None


def _resting(now: Now) -> tuple[Status, Reason] | None:
    """Return the first set that is still to be done, or why today is a day of rest; None on other days."""
    baseline = now.history.baseline
    if baseline is None or baseline.on > now.today:
        if not now.targets.is_even:
            return "baseline", Reason("plan.today.baseline_uneven")
        return "baseline", Reason("plan.today.baseline", {"count": str(now.rules.screening.baseline_repetitions)})
    if any(is_red(session, now.stop_limit) for session in now.book.sessions.get(now.today, ())):
        return "rest", Reason("plan.today.sore")
    if now.today.weekday() not in weekdays_on(now):
        return "rest", Reason("plan.today.rest")
    return None


def sessions_on(now: Now) -> int:
    """Return how many sets a day of practice has: few at first and after an absence, then more each week."""
    rules, prescribed = now.rules.schedule, prescription_on(now.history, now.today)
    if is_strength_day(now):
        return rules.focus_sessions
    weeks = _weeks_in_a_row(now)
    asked = min(rules.first_week_sessions + weeks * rules.more_a_week_sessions, rules.most_sessions)
    wishes = (now.history.habits.sessions_a_day, prescribed.sessions_a_day if prescribed else None)
    return min(asked, *(wish for wish in wishes if wish is not None), rules.most_sessions)


def _weeks_in_a_row(now: Now) -> int:
    """Return how many weeks ago practice began, or began again after an absence."""
    days = now.book.days[: bisect_right(now.book.days, now.today)]
    began = now.today
    for day in reversed(days):
        if (began - day).days > now.rules.absence.after_days:
            break
        began = day
        if (now.today - began).days >= WEEK * now.rules.schedule.most_sessions:
            break
    return (now.today - began).days // WEEK


def weekdays_on(now: Now) -> tuple[int, ...]:
    """Return the days of practice, 0 for Monday: those prescribed, or else those that the person chose."""
    prescribed = prescription_on(now.history, now.today)
    if prescribed is not None and prescribed.weekdays is not None:
        return prescribed.weekdays
    return now.history.habits.weekdays


def is_strength_day(now: Now) -> bool:
    """Return whether today is a day of strength: some days of practice, never two in a row."""
    if not now.targets.focus_repetitions:
        return False
    chosen: list[int] = []
    for weekday in sorted(weekdays_on(now)):
        gaps = [min((weekday - day) % WEEK, (day - weekday) % WEEK) for day in chosen]
        if len(chosen) < now.rules.schedule.focus_days and all(g >= now.rules.schedule.focus_gap_days for g in gaps):
            chosen.append(weekday)
    return now.today.weekday() in chosen
