"""Guides a person through the weeks: reads what is kept, asks the plan, and writes down what was answered."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from lunge.errors import LungeError
from lunge.guide.journal import Journal
from lunge.guide.kept import PLAN, Kind, counts_of, plan_note
from lunge.plan.answers import Plan
from lunge.plan.constants import constants
from lunge.plan.engine import plan
from lunge.plan.ladder import ladder
from lunge.plan.records import Comfort, Count, Habits, Outcome, Screening, Targets
from lunge.plan.screening import Start, Today, asked_today, outcome_of
from lunge.plan.stops import WhatToDo, action_of, what_to_do
from lunge.storage import Store
from lunge.storage.done import DoneSet
from lunge.storage.instants import local_day, zone_here

MAY_START: Final = ("go", "baseline")
FIRST_SET: Final = "both_hands"
"""The first set is done with both hands on a chair."""


class NotNowError(LungeError):
    """There is no set now; its text says why in the plan's words, by their key."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered before a set: on which day, and how back and knee felt."""

    day: date
    comfort: Comfort


class Guide:
    """Answers what today asks for, and keeps what the person says of it.

    Parameters
    ----------
    store : Store
    clock : callable
        Returns the instant, with a zone.
    zone : callable
        Returns the name of the zone in which the person is.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        zone: Callable[[], str] = zone_here,
    ) -> None:
        self._store, self._journal = store, Journal(store, clock, zone)
        self._before: Before | None = None

    # ---- today
    @property
    def day(self) -> date:
        """The day where the person is."""
        return self._journal.day

    def today(self) -> Plan:
        """Return what holds today, and why."""
        return plan(self._journal.history(), constants(), self.day)

    def targets(self, today: Plan) -> Targets:
        """Return what the next set asks for: the plan's targets, or those of the first set."""
        if today.status != "baseline":
            return today.day.targets
        rungs = ladder().usual
        first = next(rung for rung in rungs if rung.targets.movement == "lunge")
        return replace(
            first.targets, repetitions=constants().screening.baseline_repetitions, support=FIRST_SET, stretch=False
        )

    @property
    def felt_before(self) -> Comfort | None:
        """How it felt before the next set; None while today's question was not answered since the last one."""
        return self._before.comfort if self._before is not None and self._before.day == self.day else None

    def require(self) -> Plan:
        """Return today's plan if a set may start now.

        Raises
        ------
        NotNowError
            If none may.
        """
        today = self.today()
        if today.status not in MAY_START:
            raise NotNowError(today.reasons[0].key)
        if self.felt_before is None:
            raise NotNowError("guide.ask_first")
        return today

    def require_free(self) -> None:
        """Do nothing if a set by one's own choices may start now: also on days of rest, and when all is done.

        Raises
        ------
        NotNowError
            If none may.
        """
        today = self.today()
        if today.status not in (*MAY_START, "rest", "done"):
            raise NotNowError(today.reasons[0].key)

    # ---- before the first set
    def answer(self, ticked: Set[str], doctor_agrees: bool, statement: str, age_years: int | None = None) -> Outcome:
        """Keep the answers before the first set, with the statement on the doctor's consent as it was shown.

        Raises
        ------
        ValueError
            If a key is no question.
        """
        screening = Screening(self.day, frozenset(ticked), doctor_agrees, age_years)
        outcome = outcome_of(screening)
        self._journal.screened(screening, outcome, statement)
        self._journal.recover()
        return outcome

    def screening(self) -> Screening | None:
        """Return the latest answers; None where there are none that count."""
        return self._journal.screening()

    def forget_answers(self) -> None:
        """Delete all answers before the first set, and the statements on consent."""
        self._journal.forget_answers()

    # ---- before each set
    def begin(self, said: Today, comfort: Comfort) -> Start:
        """Take the one question before a set, and how back and knee feel.

        What has to be looked at again ends the answers' validity, and an illness begins today.
        """
        today = self.today()
        start = asked_today(said, comfort, today.stop_limit, constants())
        self._journal.note(self.day, "before", comfort)
        if start.is_ill:
            self._journal.fall_ill()
        elif start.may_start:
            self._before = Before(self.day, comfort)
        if start.asks_anew:
            self.forget_answers()
        return start

    def recovered(self) -> None:
        """Note that an illness is over: yesterday was its last day."""
        self._journal.recover()

    def morning_is_open(self) -> bool:
        """Return whether there was a set yesterday and nobody said how this morning feels."""
        history, yesterday = self._journal.history(), self.day - date.resolution
        practised = any(session.day == yesterday for session in history.sessions) or (
            history.baseline is not None and history.baseline.on == yesterday
        )
        return practised and not any(morning.on == self.day for morning in history.mornings)

    def morning(self, comfort: Comfort) -> None:
        """Keep how this morning feels."""
        self._journal.note(self.day - date.resolution, "next_morning", comfort)

    # ---- after each set
    def keep_plan(self, set_id: str, today: Plan, stopped: str | None = None) -> None:
        """Write into a set that was kept what the plan asked, what came of it, and how it felt before.

        Raises
        ------
        MissingFileError
            If there is no such set.
        ValueError
            If `stopped` is no answer to the question why.
        """
        if stopped is not None:
            action_of(stopped)
        done, targets = self._store.sets.get(set_id), self.targets(today)
        sets = self._store.sets
        counts = counts_of(sets.repetitions(set_id), sets.findings(set_id), targets.repetitions)
        kind: Kind = "baseline" if today.status == "baseline" else "session"
        self._store.sets.amend(self._felt(done, today, plan_note(kind, targets, counts), stopped))
        self._before = None

    def keep_said(self, today: Plan, repetitions: int, duration_s: float, stopped: str | None = None) -> str:
        """Keep a set that nobody saw, as the person said it was, and return its name."""
        at, targets = self._journal.clock(), self.targets(today)
        sides = 2 if targets.movement == "lunge" else 1
        counts = {"left": Count(targets.repetitions, repetitions, 0, 0), "right": Count(0, 0, 0, 0)}
        if sides == 2:
            counts["right"] = counts["left"]
        done = DoneSet(
            id=f"{at:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}",
            at=at,
            zone=self._journal.zone(),
            origin="said",
            exercise=targets.movement,
            mode="said",
            duration_s=duration_s,
        )
        kind: Kind = "baseline" if today.status == "baseline" else "session"
        note = plan_note(kind, targets, {"left": counts["left"], "right": counts["right"]})
        self._store.sets.take_up(self._felt(done, today, note, stopped), {"repetitions": []})
        self._before = None
        return done.id

    def felt(self, set_id: str, effort: int | None, comfort: Comfort, *, unsure: bool = False, note: str = "") -> None:
        """Keep how hard a set was, and how back and knee feel after it.

        Raises
        ------
        MissingFileError
            If there is no such set.
        """
        done = self._store.sets.get(set_id)
        wishes = dict(done.wishes)
        if PLAN in wishes:
            wishes[PLAN] = wishes[PLAN] | {"unsure": unsure}
        self._store.sets.amend(
            replace(done, wishes=wishes, effort=effort, back_after=comfort.back, knee_after=comfort.knee)
        )
        self._journal.note(local_day(done.at, done.zone), "after", comfort, effort, note, set_id)
        self._journal.decided(self.today().log)

    def stop(self, why: str) -> WhatToDo:
        """Return what follows from an answer to *why did you stop?*.

        Raises
        ------
        ValueError
            If it is no answer.
        """
        comfort = self.felt_before or Comfort()
        return what_to_do((why,), comfort, comfort, self.today().stop_limit)

    # ---- habits
    def habits(self) -> Habits:
        """Return how the person wants to practise."""
        return self._journal.habits()

    def choose_habits(self, habits: Habits) -> None:
        """Keep how the person wants to practise."""
        self._journal.choose_habits(habits)

    # ---- behind the doors
    def _felt(self, done: DoneSet, today: Plan, note: dict[str, object], stopped: str | None) -> DoneSet:
        before = self.felt_before or Comfort()
        return replace(
            done,
            wishes=done.wishes | {PLAN: note},
            level=today.level,
            back_before=before.back,
            knee_before=before.knee,
            stopped_why=stopped,
        )
