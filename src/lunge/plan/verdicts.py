"""Up, stay, down or pause: one rule a function, and the first that applies decides the day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from statistics import fmean
from typing import Literal

from lunge.plan.book import (
    ONE_DAY,
    PLACES,
    Book,
    Place,
    form_share_of_judged,
    is_pausing,
    is_red,
    lack_of,
)
from lunge.plan.constants import Rules
from lunge.plan.ladder import on_strength_days
from lunge.plan.records import Kind, Reason, Rung, Session, Targets
from lunge.plan.ways import first_lunge


@dataclass(frozen=True)
class View:
    """What a day is decided from.

    Attributes
    ----------
    book : Book
    day : date
        Decided in its morning: what was practised on it does not count yet.
    rungs : tuple of Rung
        The person's ladder.
    place : int
        Where they stand on it.
    since : date
        From when on sets say something about this place.
    watched_from : date
        The trend of comfort counts from the day after it.
    was_ill : bool
        Whether an illness ended yesterday.
    stop_limit : int
    rules : Rules
    """

    book: Book
    day: date
    rungs: tuple[Rung, ...]
    place: int
    since: date
    watched_from: date
    was_ill: bool
    stop_limit: int
    rules: Rules

    @property
    def yesterday(self) -> tuple[Session, ...]:
        """The sets of the day before."""
        return self.book.sessions.get(self.day - ONE_DAY, ())

    def is_amber(self, day: date) -> bool:
        """Return whether so much was felt on a day that nothing may get harder."""
        return self.book.worst.get(day, 0) >= self.rules.comfort.amber_points

    @property
    def asked(self) -> Targets:
        """What a set must have asked for to say something about the next rung."""
        targets = self.rungs[self.place].targets
        return on_strength_days(targets) if targets.focus_repetitions else targets


@dataclass(frozen=True)
class Verdict:
    """What a day brings: `counts` for steps back that make a pause when there are two in a week."""

    kind: Kind
    reason: Reason
    counts: bool = False
    floor: Literal["bottom", "first_lunge"] = "bottom"


def verdict(view: View) -> Verdict:
    """Return what the first rule that applies says; safety comes first."""
    for rule in (_flag, _trend, _red, _morning, _form, _ill, absence, _amber):
        found = rule(view)
        if found is not None:
            return found
    return _up_or_stay(view)


def _why(key: str, **fill: object) -> Reason:
    return Reason(f"plan.why.{key}", {name: str(value) for name, value in fill.items()})


# ---------------------------------------------------------------- pause
def _flag(view: View) -> Verdict | None:
    return Verdict("pause", _why("flag")) if any(map(is_pausing, view.yesterday)) else None


def _trend(view: View) -> Verdict | None:
    rules = view.rules.trend
    week = timedelta(days=rules.week_days)
    for place in PLACES:
        last = _mean_felt(view, place, view.day - week, view.day)
        if last is None or last <= rules.above_points:
            continue
        before = _mean_felt(view, place, view.day - 2 * week, view.day - week)
        if before is not None and last - before >= rules.rise_points:
            return Verdict("pause", _why(f"trend_{place}"))
    return None


def _mean_felt(view: View, place: Place, after: date, until: date) -> float | None:
    """Return the mean over the days in (after, until] of the most felt there; None with too few answers.

    Today counts with its morning only: a set of today changes nothing today.
    """
    felt, first = view.book.felt[place], max(after, view.watched_from) + ONE_DAY
    found = [felt.get(first + i * ONE_DAY) for i in range((min(until, view.day - ONE_DAY) - first).days + 1)]
    if until == view.day and view.day in view.book.mornings:
        found.append(getattr(view.book.mornings[view.day], place))
    known = [value for value in found if value is not None]
    return fmean(known) if len(known) >= view.rules.trend.least_answers_count else None


# ---------------------------------------------------------------- down
def _red(view: View) -> Verdict | None:
    if any(is_red(session, view.stop_limit) for session in view.yesterday):
        return Verdict("down", _why("red", limit=view.stop_limit), counts=True)
    return None


def _morning(view: View) -> Verdict | None:
    """Look at the morning after yesterday, or at the day before where yesterday's first set told its next day."""
    days = [view.day - ONE_DAY]
    if days[0] not in view.book.mornings:
        days.append(days[0] - ONE_DAY)
    rises = [view.book.rise_after(day, view.day) for day in days if day >= view.since]
    worst = max((rise for rise in rises if rise is not None), default=0)
    if worst >= view.rules.comfort.morning_down_points:
        return Verdict("down", _why("morning", points=worst), counts=True)
    return None


def _form(view: View) -> Verdict | None:
    """Look at the last sets of this rung that could be judged, when the very last one is new and low."""
    needed, least = view.rules.down.form_sessions, view.rules.down.form_share
    if not any(_is_low(session, view.asked, least) for session in view.yesterday):
        return None
    shares = (form_share_of_judged(session) for session in _back_from(view) if _tells(session, view.asked))
    found = list(islice((share for share in shares if share is not None), needed))
    if len(found) == needed and max(found) < least:
        return Verdict("down", _why("form_low"), counts=True)
    return None


def _is_low(session: Session, asked: Targets, least: float) -> bool:
    share = form_share_of_judged(session)
    return _tells(session, asked) and share is not None and share < least


def _tells(session: Session, asked: Targets) -> bool:
    """Return whether a set tells how somebody gets on with a rung: it asked for just that, and for the plan's sake."""
    return session.targets == asked and not session.is_test


def _ill(view: View) -> Verdict | None:
    return Verdict("down", _why("after_ill"), floor="first_lunge") if view.was_ill else None


def absence(view: View) -> Verdict | None:
    """Return a step back where the last practice is too long ago, and again each time it is as long again."""
    after = view.rules.absence.after_days
    practised = bisect_left(view.book.days, view.day)
    days = (view.day - view.book.days[practised - 1]).days if practised else 0
    if days > after and days % after == 1:
        return Verdict("down", _why("absence", days=days), floor="first_lunge")
    return None


# ---------------------------------------------------------------- stay and up
def _amber(view: View) -> Verdict | None:
    if view.is_amber(view.day - ONE_DAY):
        return Verdict("stay", _why("amber", points=view.rules.comfort.amber_points))
    return None


def _up_or_stay(view: View) -> Verdict:
    if view.place + 1 >= len(view.rungs):
        return Verdict("stay", _why("top"))
    run, lack = _good_run(view)
    rules, days = view.rules, {session.day for session in run}
    if len(run) < rules.up.least_sessions or len(days) < rules.up.least_days:
        return Verdict("stay", lack or _why("more_sets", sets=rules.up.least_sessions, days=rules.up.least_days))
    rises = [rise for day in days if (rise := view.book.rise_after(day, view.day)) is not None]
    if not rises:
        return Verdict("stay", _why("morning_unknown"))
    if max(rises) > rules.comfort.morning_up_points:
        return Verdict("stay", _why("morning_stay"))
    return Verdict("up", _why("up", sets=len(run), days=len(days)))


def _good_run(view: View) -> tuple[list[Session], Reason | None]:
    """Return the latest good sets of this rung in a row, no more than needed, and what broke the row at its start."""
    run: list[Session] = []
    asked, rules = view.asked, view.rules
    for session in _back_from(view):
        if view.is_amber(session.day):
            return run, None
        if not _tells(session, asked):
            continue
        lack = lack_of(session, rules)
        if lack is not None:
            return run, None if run else _why(lack)
        run.append(session)
        if len(run) >= rules.up.least_sessions and len({s.day for s in run}) >= rules.up.least_days:
            break
    return run, None


def _back_from(view: View) -> Iterator[Session]:
    """Yield the sets of this rung's time, the latest first, as far back as they say something of today."""
    day = view.day - ONE_DAY
    while day >= max(view.since, view.day - timedelta(days=view.rules.up.within_days)):
        yield from reversed(view.book.sessions.get(day, ()))
        day -= ONE_DAY


def lowest(rungs: tuple[Rung, ...], floor: str) -> int:
    """Return the lowest place that a step back may lead to."""
    return first_lunge(rungs) if floor == "first_lunge" else 0
