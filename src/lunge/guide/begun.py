"""The one set that may begin or is under way: its ticket, its stop, and what a kept set says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from lunge.guide.clock import Clock
from lunge.guide.constants import constants
from lunge.guide.counting import counts_of, counts_without_sides
from lunge.guide.reading import TICKET
from lunge.guide.tickets import Ticket, ticket_from
from lunge.plan.records import Comfort, Targets
from lunge.plan.stops import ACTIONS, WhatToDo, action_of, stops, what_to_do
from lunge.storage import Store
from lunge.storage.done import DoneSet
from lunge.storage.plan_sets import COUNTS, PLAN
from lunge.storage.records import DiaryEntry, DiaryMoment, Json

ENDING: Final = frozenset(ACTIONS[: ACTIONS.index("chair")])
"""What ends a set, in place of a rest or a chair."""

NAMES: Final = 16**4
"""As many different ends may the name of a set have."""

NO_DOCUMENT: Final[Json] = {"repetitions": []}
"""In the place of an analysis, for a set that no camera saw."""


class BegunSet:
    """The set that may begin or is under way.

    Parameters
    ----------
    store : Store
    clock : Clock
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def begin(self, ticket: Ticket) -> None:
        """Let a set begin, in place of any before; the comfort before it goes into the diary."""
        self.keep_stopped()
        self._write(ticket)
        felt = ticket.before
        if felt.worst is not None:
            self._diary("before", felt, None)

    def ticket(self) -> Ticket | None:
        """Return the ticket, or None where there is none, or it is too old to begin with."""
        found = self._read()
        if found is None or found.stopped in _ending_stops():
            return None
        age = self._clock.now() - found.at
        return found if age <= timedelta(seconds=constants().begin.valid_s) else None

    def stop(self, answers: tuple[str, ...], now: Comfort, stop_limit: int) -> WhatToDo:
        """Take the answers to *why did you stop?*, and return what to do; what ends the set is kept with it.

        Raises
        ------
        ValueError
            If an answer is none of the plan's.
        """
        ticket = self._read()
        before = Comfort() if ticket is None else ticket.before
        found = what_to_do(answers, before, now, stop_limit)
        if ticket is not None and found.action != "go_on":
            keys = answers or ("sore",)
            strongest = min(keys, key=lambda key: ACTIONS.index(action_of(key)))
            self._write(replace(ticket, stopped=strongest))
        return found

    def entered(self, repetitions: int | None = None) -> dict[str, Any]:
        """Return what a set that is kept now says of the plan, as fields of `DoneSet`; nothing without a ticket.

        Parameters
        ----------
        repetitions : int, optional
            How many were asked for on each side, where that was not what the ticket says: in a break they are fewer.
        """
        ticket = self._read()
        if ticket is None:
            return {}
        asked = ticket.targets.repetitions if repetitions is None else repetitions
        return _fields(replace(ticket, targets=replace(ticket.targets, repetitions=asked)))

    def use(self) -> None:
        """Take the ticket away: its set is kept."""
        self._store.settings.put({TICKET: None}, self._clock.now(), self._clock.zone())

    def unkept(self) -> tuple[DoneSet, ...]:
        """Return the set that was stopped and of which nothing was kept, if there is one."""
        ticket = self._read()
        return () if ticket is None or ticket.stopped is None else (_stopped_set(ticket),)

    def keep_uncounted(self, done: int) -> DoneSet:
        """Keep a set that nobody watched, as the person tells it, and use the ticket.

        Parameters
        ----------
        done : int
            How often it was done.

        Raises
        ------
        ValueError
            If no set was begun.
        """
        ticket = self._read()
        if ticket is None:
            raise ValueError("ticket: expected a set that was begun, got none")
        now = self._clock.now()
        fields = _fields(ticket)
        fields["wishes"][PLAN][COUNTS] = counts_without_sides(ticket.targets.repetitions, done)
        kept = DoneSet(
            id=_name(now),
            at=now,
            zone=self._clock.zone(),
            origin="live",
            exercise=ticket.targets.movement,
            other=done,
            **fields,
        )
        self._store.sets.take_up(kept, NO_DOCUMENT)
        self.use()
        return kept

    def after(self, done: DoneSet, effort: int | None, felt: Comfort, *, unsure: bool) -> None:
        """Keep how a set felt: with the set, and in the diary."""
        plan = done.wishes.get(PLAN, {})
        wishes = {**done.wishes, PLAN: {**plan, "unsure": unsure}} if plan else done.wishes
        self._store.sets.amend(replace(done, effort=effort, back_after=felt.back, knee_after=felt.knee, wishes=wishes))
        self._diary("after", felt, done.id, effort)

    def counted(self, done: DoneSet) -> DoneSet:
        """Return a set of the plan with its counts; they are counted once, and kept."""
        if COUNTS in done.wishes[PLAN]:
            return done
        targets = Targets(**done.wishes[PLAN]["targets"])
        counts = counts_of(targets, self._store.sets.repetitions(done.id), self._store.sets.findings(done.id))
        with_counts = replace(done, wishes={**done.wishes, PLAN: {**done.wishes[PLAN], COUNTS: counts}})
        self._store.sets.amend(with_counts)
        return with_counts

    def _diary(self, moment: DiaryMoment, felt: Comfort, set_id: str | None, effort: int | None = None) -> None:
        entry = DiaryEntry(
            at=self._clock.now(),
            zone=self._clock.zone(),
            day=self._clock.today(),
            moment=moment,
            back=felt.back,
            knee=felt.knee,
            effort=effort,
            set_id=set_id,
            **({} if set_id is None else {"id": f"{moment}-{set_id}"}),
        )
        self._store.diary.put(entry)

    def keep_stopped(self) -> None:
        """Keep what stopped a set of which nothing else was kept, and use its ticket."""
        for done in self.unkept():
            self._store.sets.take_up(done, NO_DOCUMENT)
            self.use()

    def _read(self) -> Ticket | None:
        found = self._store.settings.all().get(TICKET)
        return None if found is None else ticket_from(found)

    def _write(self, ticket: Ticket) -> None:
        self._store.settings.put({TICKET: ticket.as_json()}, self._clock.now(), self._clock.zone())


def _ending_stops() -> frozenset[str]:
    return frozenset(stop.key for stop in stops() if stop.action in ENDING)


def _fields(ticket: Ticket) -> dict[str, Any]:
    return {
        "wishes": {PLAN: ticket.wishes()},
        "level": ticket.level,
        "back_before": ticket.before.back,
        "knee_before": ticket.before.knee,
        "stopped_why": ticket.stopped,
    }


def _name(at: datetime) -> str:
    """Return the name of a set that began then: the same for the same moment."""
    return f"{at:%Y%m%d-%H%M%S}-{at.microsecond % NAMES:04x}"


def _stopped_set(ticket: Ticket) -> DoneSet:
    fields = _fields(ticket)
    fields["wishes"][PLAN][COUNTS] = counts_without_sides(0, 0)
    return DoneSet(id=_name(ticket.at), at=ticket.at, zone=ticket.zone, origin="live", **fields)
