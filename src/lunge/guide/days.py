"""The guide: what holds today, and what the person says of it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import asdict, replace
from datetime import date
from typing import Final

from lunge.errors import LungeError
from lunge.guide.begun import BegunSet
from lunge.guide.clock import Clock
from lunge.guide.planning import Planning
from lunge.guide.reading import (
    HABITS,
    ILLNESSES,
    ONE_DAY,
    asks_anew,
    habits_from,
    illnesses_from,
    morning_id,
    screenings_from,
)
from lunge.guide.tickets import SetKind, Ticket
from lunge.plan.ahead import rung_targets
from lunge.plan.answers import History, Plan
from lunge.plan.constants import constants as rules
from lunge.plan.records import Comfort, Consent, Habits, Illness, Reason, Screening, Status, Targets
from lunge.plan.screening import Start, Today, asked_today, latest, outcome_of
from lunge.plan.selftest import may_test, protocol
from lunge.storage import Store
from lunge.storage import records as rows
from lunge.storage.done import DoneSet
from lunge.storage.instants import local_day
from lunge.storage.plan_sets import PLAN

HINDERED: Final[frozenset[Status]] = frozenset({"screen", "stop", "ask_first", "paused", "ill"})
CHANGED: Final = "changed"
"""In the place of an outcome: something is new, so the questions are to be answered again."""

DOCTOR: Final = "doctor"
"""What a consent is about."""


class NoSetNowError(LungeError):
    """No set may begin now; the sentence says why."""


class Guide:
    """Joins store, plan and clock.

    Parameters
    ----------
    store : Store
    clock : Clock

    Attributes
    ----------
    begun : BegunSet
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self.begun = BegunSet(store, clock)
        self._store, self._clock = store, clock
        self._planning = Planning(store, clock, self.begun)

    @property
    def today(self) -> date:
        """The local day."""
        return self._clock.today()

    # ---------------------------------------------------------------- what holds
    def history(self) -> History:
        """Return everything that happened so far."""
        return self._planning.read().since(None)

    def lately(self) -> History:
        """Return the history without the sets and mornings that say nothing of today any more."""
        return self._planning.lately(self.today)

    def habits(self) -> Habits:
        """Return how the person wants to practise."""
        return habits_from(self._store.choices.all().get(HABITS))

    def plan(self) -> Plan:
        """Return what holds today, and why; decisions that are new are written down."""
        found = self._planning.plan(self.today)
        if not asks_anew(self._store.screenings.all()):
            return found
        day = replace(found.day, sessions=0, sessions_left=0)
        return replace(found, status="screen", day=day, reasons=(Reason("plan.today.screen"), *found.reasons[1:]))

    # ---------------------------------------------------------------- the questions before the first set
    def screening(self) -> Screening | None:
        """Return the answers that count today, or None."""
        return latest(screenings_from(self._store.screenings.all()), self.today)

    def screen(self, ticked: Set[str], *, doctor_agrees: bool, age_years: int | None, statement: str) -> Screening:
        """Keep the answers before the first set, and the doctor's consent as a dated statement.

        Parameters
        ----------
        ticked : set of str
            Keys of `lunge.plan.screening.questions`.
        doctor_agrees : bool
        age_years : int, optional
        statement : str
            What was agreed to, in the words of the page.

        Raises
        ------
        ValueError
            If a key is no question.
        """
        answers = Screening(self.today, frozenset(ticked), doctor_agrees, age_years)
        said = {"ticked": sorted(ticked), "doctor_agrees": doctor_agrees, "age_years": age_years}
        at, zone = self._clock.now(), self._clock.zone()
        if doctor_agrees:
            self._store.consents.put(
                rows.Consent(at=at, zone=zone, about=DOCTOR, day=answers.on, agreed=True, statement=statement)
            )
        self._store.screenings.put(
            rows.Screening(at=at, zone=zone, day=answers.on, outcome=outcome_of(answers), answers=said)
        )
        return answers

    def consent(self) -> Consent | None:
        """Return the doctor's consent that was stated last, or None."""
        found = [entry for entry in self._store.consents.all() if entry.about == DOCTOR and entry.agreed]
        return Consent(found[-1].day, found[-1].statement) if found else None

    def forget_screening(self) -> None:
        """Delete the answers before the first set, and the consent with them."""
        self._store.screenings.clear()
        for entry in self._store.consents.all():
            if entry.about == DOCTOR:
                self._store.consents.remove(entry.id)

    # ---------------------------------------------------------------- before, and after, a set
    def kinds(self, found: Plan) -> tuple[SetKind, ...]:
        """Return what sets may begin now; none where something keeps from exercising, or today hurt too much."""
        if found.status in HINDERED or found.reasons[0].key == "plan.today.sore":
            return ()
        planned: dict[str, SetKind] = {"go": "plan", "baseline": "baseline"}
        tested: tuple[SetKind, ...] = ("self_test",) if may_test(rung_targets(found), rules()) else ()
        return (*((planned[found.status],) if found.status in planned else ()), "own", *tested)

    def begin(self, new: Today, felt: Comfort, kind: SetKind, own: Targets) -> Start:
        """Take the answer to *is anything new?*; let the set begin, or note what speaks against it.

        Parameters
        ----------
        new : {'nothing', 'ill', 'list'}
        felt : Comfort
            Now.
        kind : SetKind
        own : Targets
            What the person chose, for a set of their own.

        Raises
        ------
        NoSetNowError
            If no such set may begin today, whatever is answered.
        """
        found = self.plan()
        if kind not in self.kinds(found):
            raise NoSetNowError(found.reasons[0].key, **found.reasons[0].fill)
        start = asked_today(new, felt, found.stop_limit, rules())
        if start.is_ill:
            self.fall_ill()
        elif start.asks_anew:
            at, zone = self._clock.now(), self._clock.zone()
            self._store.screenings.put(rows.Screening(at=at, zone=zone, day=self.today, outcome=CHANGED))
        elif start.may_start:
            fixed = {"own": own, "self_test": protocol(rules())}
            targets = fixed.get(kind, found.day.targets)
            self.begun.begin(Ticket(kind, self._clock.now(), self._clock.zone(), found.level, targets, felt))
        return start

    def admit(self) -> Ticket:
        """Return the ticket of the set that may begin now.

        Raises
        ------
        NoSetNowError
            If none may: something keeps from exercising, or the question before a set was not answered.
        """
        found, ticket = self.plan(), self.begun.ticket()
        if found.status in HINDERED:
            raise NoSetNowError(found.reasons[0].key, **found.reasons[0].fill)
        if ticket is None:
            raise NoSetNowError("day.begin_first")
        return ticket

    def unanswered(self) -> DoneSet | None:
        """Return the newest set, if it is of today and nobody said yet how it felt."""
        newest = next((done for done in self._store.sets.all(1) if PLAN in done.wishes), None)
        if newest is None or newest.effort is not None or newest.stopped_why is not None:
            return None
        return newest if local_day(newest.at, newest.zone) >= self.today - ONE_DAY else None

    # ---------------------------------------------------------------- the next morning, illness, habits
    def asks_morning(self, history: History) -> bool:
        """Return whether the morning after a set is still to be told today."""
        yesterday = self.today - ONE_DAY
        practised = any(session.day == yesterday for session in history.sessions)
        practised |= history.baseline is not None and history.baseline.on == yesterday
        return practised and all(morning.on != self.today for morning in history.mornings)

    def morning(self, felt: Comfort) -> None:
        """Keep how back and knee feel in the morning after a set."""
        yesterday = self.today - ONE_DAY
        entry = rows.DiaryEntry(
            id=morning_id(yesterday),
            at=self._clock.now(),
            zone=self._clock.zone(),
            day=yesterday,
            moment="next_morning",
            back=felt.back,
            knee=felt.knee,
        )
        self._store.diary.put(entry)

    def fall_ill(self) -> None:
        """Note that a time of illness begins today; one that lasts goes on."""
        spells = self._illnesses()
        if all(spell.last is not None for spell in spells):
            self._write_illnesses((*spells, Illness(self.today)))

    def get_well(self) -> None:
        """Note that the illness ended yesterday, so that today is a day of practice again."""
        last = self.today - ONE_DAY
        spells = [replace(spell, last=spell.last or last) for spell in self._illnesses()]
        # Whoever is well again on the same day was not ill for a day.
        self._write_illnesses(tuple(spell for spell in spells if spell.last is None or spell.first <= spell.last))

    def choose_habits(self, habits: Habits) -> None:
        """Keep how the person wants to practise."""
        self._store.choices.put({HABITS: asdict(habits)}, self._clock.now(), self._clock.zone())

    def _illnesses(self) -> tuple[Illness, ...]:
        return illnesses_from(self._store.settings.all().get(ILLNESSES, []))

    def _write_illnesses(self, spells: tuple[Illness, ...]) -> None:
        values = [{"first": s.first.isoformat(), "last": s.last.isoformat() if s.last else None} for s in spells]
        self._store.settings.put({ILLNESSES: values}, self._clock.now(), self._clock.zone())
