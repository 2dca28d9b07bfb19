"""The plan of a day: the whole history is gone through day by day, so the same history gives the same plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from lunge.plan.answers import Decision, History, Plan
from lunge.plan.book import ONE_DAY, Book, book_of
from lunge.plan.constants import Rules
from lunge.plan.ladder import raised
from lunge.plan.prescription import Prescription
from lunge.plan.records import Path, Reason, Rung
from lunge.plan.schedule import Now, day_of, prescription_on, status_of
from lunge.plan.screening import latest, outcome_of, paths_of
from lunge.plan.starting import start_place
from lunge.plan.verdicts import Verdict, View, absence, lowest, verdict
from lunge.plan.ways import cues_for, first_lunge, place_of, rungs_for

Way = tuple[frozenset[Path], Prescription | None]


@dataclass(frozen=True)
class _Standing:
    """Where the person stands, and what counts from when on."""

    way: Way
    rungs: tuple[Rung, ...]
    place: int
    since: date
    watched_from: date
    latest: Decision
    paused_on: date | None = None
    downs: tuple[date, ...] = ()
    log: tuple[Decision, ...] = field(default=(), repr=False)

    @property
    def rung(self) -> Rung:
        return self.rungs[self.place]


def plan(history: History, rules: Rules, today: date) -> Plan:
    """Return what holds today, and why.

    Parameters
    ----------
    history : History
        What lies after today is left out.
    rules : Rules
        From `lunge.plan.constants.constants`.
    today : date
        The local day.

    Raises
    ------
    ValueError
        If a session was stopped by something that is no answer of ``stops.toml``, or a screening ticks
        what is no question.
    """
    book = book_of(history, today)
    standing = _standing(history, book, rules, today)
    paths = _way_on(history, rules, today)[0]
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


def stop_limit(history: History, rules: Rules, today: date) -> int:
    """Return the comfort above which a set ends: the lowest of the usual, the person's own and the prescribed."""
    prescribed = prescription_on(history, today)
    own = (history.habits.stop_limit, prescribed.stop_limit if prescribed else None)
    lowest_wish = min((limit for limit in own if limit is not None), default=rules.comfort.stop_limit_points)
    return max(rules.comfort.lowest_limit_points, min(lowest_wish, rules.comfort.stop_limit_points))


# ---------------------------------------------------------------- day by day
def _standing(history: History, book: Book, rules: Rules, today: date) -> _Standing | None:
    """Return where the person stands today; None before the first set."""
    baseline = history.baseline
    if baseline is None or baseline.on > today:
        return None
    way = _way_on(history, rules, baseline.on)
    rungs = rungs_for(*way)
    place, reason = start_place(baseline, rungs, way[1], rules)
    start = Decision(baseline.on, "start", rungs[place], None, (reason,))
    standing = _Standing(way, rungs, place, baseline.on, baseline.on - ONE_DAY, start, log=(start,))
    for day in _decision_days(history, book, rules, today):
        if day > baseline.on:
            standing = _after(standing, history, book, rules, day)
    return standing


def _decision_days(history: History, book: Book, rules: Rules, today: date) -> list[date]:
    """Return the days, up to today, on which something may change."""
    days = {day + ONE_DAY for day in book.days} | {s.on for s in history.screenings}
    days |= {i.last + ONE_DAY for i in history.illnesses if i.last is not None} | set(_ends(history.prescription))
    days |= set(_absent_days(book, rules, today)) | {m.on for m in history.mornings}
    return sorted(day for day in days if day <= today)


def _ends(prescription: Prescription | None) -> Iterator[date]:
    if prescription is not None:
        yield prescription.issued
        if prescription.valid_until is not None:
            yield prescription.valid_until + ONE_DAY


def _absent_days(book: Book, rules: Rules, today: date) -> Iterator[date]:
    """Yield the days on which an absence takes a step back."""
    step = timedelta(days=rules.absence.after_days)
    for day, following in pairwise((*book.days, today)):
        back = day + step + ONE_DAY
        while back <= following:
            yield back
            back += step


def _after(standing: _Standing, history: History, book: Book, rules: Rules, day: date) -> _Standing:
    """Return where the person stands after the decision of one morning, and after answers of that day."""
    return _resumed(_after_morning(standing, history, book, rules, day), history, day)


def _after_morning(standing: _Standing, history: History, book: Book, rules: Rules, day: date) -> _Standing:
    adapted = _adapted(standing, _way_on(history, rules, day), day)
    view = View(
        book=book,
        day=day,
        rungs=adapted.rungs,
        place=adapted.place,
        since=adapted.since,
        watched_from=adapted.watched_from,
        was_ill=any(illness.last == day - ONE_DAY for illness in history.illnesses),
        stop_limit=stop_limit(history, rules, day),
        rules=rules,
    )
    if standing.paused_on is not None:
        away = absence(view)
        return adapted if away is None else _decided(adapted, away, day, rules)
    found = verdict(view)
    if adapted.rung.targets != standing.rung.targets and found.kind in ("up", "stay"):
        return adapted
    return _decided(adapted, found, day, rules)


def _resumed(standing: _Standing, history: History, day: date) -> _Standing:
    """Return the standing after a pause, once the questions were answered again and nothing speaks against it."""
    answers = latest(history.screenings, day)
    if standing.paused_on is None or answers is None or answers.on < standing.paused_on:
        return standing
    if outcome_of(answers) != "go":
        return standing
    decision = Decision(day, "resume", standing.rung, None, (Reason("plan.why.resume"),))
    return _with(replace(standing, paused_on=None, downs=(), since=day, watched_from=day), decision)


def _adapted(standing: _Standing, way: Way, day: date) -> _Standing:
    """Return the standing on the ladder that holds now: nowhere harder than before."""
    if way == standing.way:
        return standing
    rungs = rungs_for(*way)
    place = place_of(standing.rung.targets, rungs)
    moved = replace(standing, way=way, rungs=rungs, place=place)
    if moved.rung.targets == standing.rung.targets:
        return moved
    decision = Decision(day, "adapt", moved.rung, None, (Reason("plan.why.adapt"),))
    return _with(replace(moved, since=day), decision)


def _decided(standing: _Standing, found: Verdict, day: date, rules: Rules) -> _Standing:
    """Return the standing after a verdict."""
    if found.kind == "pause":
        return _paused(standing, day, (found.reason,))
    if found.kind == "up":
        return _moved(standing, standing.place + 1, found, day)
    if found.kind == "stay":
        return replace(standing, latest=Decision(day, "stay", standing.rung, None, (found.reason,)))
    place = max(standing.place - 1, min(standing.place, lowest(standing.rungs, found.floor)))
    moved = _moved(standing, place, found, day)
    if not found.counts:
        return moved
    within = day - timedelta(days=rules.pause.within_days)
    moved = replace(moved, downs=(*(down for down in moved.downs if down > within), day))
    if len(moved.downs) < rules.pause.downs_count:
        return moved
    return _paused(moved, day, (Reason("plan.why.downs"), found.reason))


def _moved(standing: _Standing, place: int, found: Verdict, day: date) -> _Standing:
    """Return the standing on another rung; on the lowest one a step back changes nothing but the row of good sets."""
    if place == standing.place:
        reasons = (found.reason, Reason("plan.why.lowest"))
        return replace(standing, since=day, latest=Decision(day, "stay", standing.rung, None, reasons))
    lower, higher = sorted((place, standing.place))
    variable = raised(standing.rungs[lower].targets, standing.rungs[higher].targets)[0]
    what = Reason(f"plan.changed.{found.kind}.{variable}")
    moved = replace(standing, place=place, since=day)
    return _with(moved, Decision(day, found.kind, moved.rung, variable, (found.reason, what)))


def _paused(standing: _Standing, day: date, reasons: tuple[Reason, ...]) -> _Standing:
    return _with(replace(standing, paused_on=day), Decision(day, "pause", standing.rung, None, reasons))


def _with(standing: _Standing, decision: Decision) -> _Standing:
    return replace(standing, latest=decision, log=(*standing.log, decision))


# ---------------------------------------------------------------- which ladder
def _way_on(history: History, rules: Rules, day: date) -> Way:
    """Return the ways and the prescription that hold on a day."""
    answers = latest(history.screenings, day)
    return (frozenset() if answers is None else paths_of(answers, rules)), prescription_on(history, day)


def _first_rung(history: History, rules: Rules, today: date) -> Rung:
    """Return what the first set asks for."""
    rungs = rungs_for(*_way_on(history, rules, today))
    return rungs[first_lunge(rungs)]
