"""Where a person stands on the ladder: each morning decides from the place before and from what is known by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from lunge.plan.answers import Decision, History
from lunge.plan.book import ONE_DAY, Book
from lunge.plan.constants import Rules
from lunge.plan.ladder import raised
from lunge.plan.prescription import Prescription
from lunge.plan.records import Baseline, Path, Reason, Rung
from lunge.plan.schedule import prescription_on
from lunge.plan.screening import latest, outcome_of, paths_of
from lunge.plan.starting import start_place
from lunge.plan.verdicts import Verdict, View, absence, lowest, verdict
from lunge.plan.ways import place_of, rungs_for

Way = tuple[frozenset[Path], Prescription | None]


@dataclass(frozen=True)
class Standing:
    """Where the person stands, and what counts from when on.

    Attributes
    ----------
    way : tuple
        The ways and the prescription that held when it was decided last.
    rungs : tuple of Rung
        The person's ladder.
    place : int
        Where they stand on it.
    since : date
        From when on sets say something about this place.
    watched_from : date
        The trend of comfort counts from the day after it.
    latest : Decision
    paused_on : date, optional
    downs : tuple of date
        Steps back that make a pause when there are too many in a week.
    log : tuple of Decision
        All decisions so far, without those that changed nothing.
    """

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
        """Where they stand."""
        return self.rungs[self.place]


@dataclass(frozen=True)
class Known:
    """A standing that need not be worked out again.

    Attributes
    ----------
    until : date
        The last day of which the decision is in it.
    standing : Standing, optional
        None before the first set.
    """

    until: date
    standing: Standing | None


def standing_on(history: History, book: Book, rules: Rules, day: date, known: Known | None = None) -> Standing | None:
    """Return where the person stands once a day is decided; None before the first set.

    Parameters
    ----------
    history : History
    book : Book
        Of the history, at least up to that day.
    rules : Rules
    day : date
    known : Known, optional
        Of that day or one before, from the same history: the days up to it are not gone through again.
    """
    baseline = history.baseline
    if baseline is None or baseline.on > day:
        return None
    standing, decided = (None, baseline.on) if known is None else (known.standing, known.until)
    if standing is None:
        standing, decided = _started(baseline, history, rules), baseline.on
    for one in _decision_days(history, book, rules, day):
        if one > decided:
            standing = _after(standing, history, book, rules, one)
    return standing


def _started(baseline: Baseline, history: History, rules: Rules) -> Standing:
    way = way_on(history, rules, baseline.on)
    rungs = rungs_for(*way)
    place, reason = start_place(baseline, rungs, way[1], rules)
    start = Decision(baseline.on, "start", rungs[place], None, (reason,))
    return Standing(way, rungs, place, baseline.on, baseline.on - ONE_DAY, start, log=(start,))


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


def _after(standing: Standing, history: History, book: Book, rules: Rules, day: date) -> Standing:
    """Return where the person stands after the decision of one morning, and after answers of that day."""
    return _resumed(_after_morning(standing, history, book, rules, day), history, day)


def _after_morning(standing: Standing, history: History, book: Book, rules: Rules, day: date) -> Standing:
    adapted = _adapted(standing, way_on(history, rules, day), day)
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


def _resumed(standing: Standing, history: History, day: date) -> Standing:
    """Return the standing after a pause, once the questions were answered again and nothing speaks against it."""
    answers = latest(history.screenings, day)
    if standing.paused_on is None or answers is None or answers.on < standing.paused_on:
        return standing
    if outcome_of(answers) != "go":
        return standing
    decision = Decision(day, "resume", standing.rung, None, (Reason("plan.why.resume"),))
    return _with(replace(standing, paused_on=None, downs=(), since=day, watched_from=day), decision)


def _adapted(standing: Standing, way: Way, day: date) -> Standing:
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


def _decided(standing: Standing, found: Verdict, day: date, rules: Rules) -> Standing:
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


def _moved(standing: Standing, place: int, found: Verdict, day: date) -> Standing:
    """Return the standing on another rung; on the lowest one a step back changes nothing but the row of good sets."""
    if place == standing.place:
        reasons = (found.reason, Reason("plan.why.lowest"))
        return replace(standing, since=day, latest=Decision(day, "stay", standing.rung, None, reasons))
    lower, higher = sorted((place, standing.place))
    variable = raised(standing.rungs[lower].targets, standing.rungs[higher].targets)[0]
    what = Reason(f"plan.changed.{found.kind}.{variable}")
    moved = replace(standing, place=place, since=day)
    return _with(moved, Decision(day, found.kind, moved.rung, variable, (found.reason, what)))


def _paused(standing: Standing, day: date, reasons: tuple[Reason, ...]) -> Standing:
    return _with(replace(standing, paused_on=day), Decision(day, "pause", standing.rung, None, reasons))


def _with(standing: Standing, decision: Decision) -> Standing:
    return replace(standing, latest=decision, log=(*standing.log, decision))


def way_on(history: History, rules: Rules, day: date) -> Way:
    """Return the ways and the prescription that hold on a day."""
    answers = latest(history.screenings, day)
    return (frozenset() if answers is None else paths_of(answers, rules)), prescription_on(history, day)


def stop_limit(history: History, rules: Rules, today: date) -> int:
    """Return the comfort above which a set ends: the lowest of the usual, the person's own and the prescribed."""
    prescribed = prescription_on(history, today)
    own = (history.habits.stop_limit, prescribed.stop_limit if prescribed else None)
    lowest_wish = min((limit for limit in own if limit is not None), default=rules.comfort.stop_limit_points)
    return max(rules.comfort.lowest_limit_points, min(lowest_wish, rules.comfort.stop_limit_points))
