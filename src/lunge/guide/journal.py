"""Reads the history of a person from the store, and writes what they say into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Final

from lunge.guide.kept import (
    answers_of,
    baseline_of,
    habits_of,
    illness_rows,
    illnesses_of,
    morning_of,
    screening_of,
    session_of,
)
from lunge.plan.answers import Decision, History
from lunge.plan.prescription import parse
from lunge.plan.records import Comfort, Habits, Illness, Outcome, Screening
from lunge.storage import Store
from lunge.storage import records as stored
from lunge.storage.instants import local_day

HABITS: Final = "habits"
ILLNESSES: Final = "illnesses"


class Journal:
    """What is kept of a person, as the plan takes it.

    Parameters
    ----------
    store : Store
    clock : callable
        Returns the instant, with a zone.
    zone : callable
        Returns the name of the zone in which the person is.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime], zone: Callable[[], str]) -> None:
        self._store, self.clock, self.zone = store, clock, zone

    @property
    def day(self) -> date:
        """The day where the person is."""
        return local_day(self.clock(), self.zone())

    def history(self) -> History:
        """Return everything that happened so far."""
        store = self._store
        sets = store.sets.all()
        prescribed = next((row for row in reversed(store.prescriptions.all()) if not row.ended), None)
        settings = store.settings.all()
        return History(
            screenings=tuple(s for row in store.screenings.all() if (s := screening_of(row))),
            baseline=min((b for done in sets if (b := baseline_of(done))), key=lambda b: b.on, default=None),
            sessions=tuple(found for done in sets if (found := session_of(done))),
            mornings=tuple(m for entry in store.diary.all() if (m := morning_of(entry))),
            illnesses=illnesses_of(settings.get(ILLNESSES, ())),
            habits=habits_of(settings.get(HABITS)),
            prescription=None if prescribed is None else parse(prescribed.document["text"], prescribed.name),
        )

    def screened(self, screening: Screening, outcome: Outcome, statement: str) -> None:
        """Keep the answers before the first set, and the statement on the doctor's consent where it was given."""
        at, zone = self.clock(), self.zone()
        self._store.screenings.put(
            stored.Screening(at=at, zone=zone, day=screening.on, outcome=outcome, answers=answers_of(screening))
        )
        if screening.doctor_agrees:
            self._store.consents.put(
                stored.Consent(at=at, zone=zone, about="doctor", day=screening.on, agreed=True, statement=statement)
            )

    def screening(self) -> Screening | None:
        """Return the latest answers; None where there are none that count."""
        rows = self._store.screenings.all()
        return screening_of(rows[-1]) if rows else None

    def forget_answers(self) -> None:
        """Delete all answers before the first set, and the statements on consent."""
        self._store.screenings.clear()
        self._store.consents.clear()

    def fall_ill(self) -> None:
        """Note that an illness begins today, unless one lasts."""
        illnesses = self.history().illnesses
        if all(i.last is not None for i in illnesses):
            self._put(ILLNESSES, illness_rows((*illnesses, Illness(self.day))))

    def recover(self) -> None:
        """Note that an illness is over: yesterday was its last day."""
        yesterday, illnesses = self.day - date.resolution, self.history().illnesses
        ended = tuple(i if i.last else replace(i, last=max(yesterday, i.first)) for i in illnesses)
        if ended != illnesses:
            self._put(ILLNESSES, illness_rows(ended))

    def habits(self) -> Habits:
        """Return how the person wants to practise."""
        return habits_of(self._store.settings.all().get(HABITS))

    def choose_habits(self, habits: Habits) -> None:
        """Keep how the person wants to practise."""
        self._put(HABITS, asdict(habits))

    def note(
        self,
        day: date,
        moment: stored.DiaryMoment,
        comfort: Comfort,
        effort: int | None = None,
        text: str = "",
        set_id: str | None = None,
    ) -> None:
        """Write a line of the diary."""
        self._store.diary.put(
            stored.DiaryEntry(
                at=self.clock(),
                zone=self.zone(),
                day=day,
                moment=moment,
                back=comfort.back,
                knee=comfort.knee,
                effort=effort,
                note=text,
                set_id=set_id,
            )
        )

    def decided(self, decisions: Iterable[Decision]) -> None:
        """Keep the plan's decisions that are not kept yet: a record of why, beside what the rules replay."""
        known = {(row.day, row.what) for row in self._store.decisions.all()}
        for decision in decisions:
            if (decision.on, decision.kind) in known:
                continue
            self._store.decisions.put(
                stored.PlanDecision(
                    at=self.clock(),
                    zone=self.zone(),
                    day=decision.on,
                    what=decision.kind,
                    level=decision.rung.level,
                    target=asdict(decision.rung.targets),
                    reasons=[asdict(reason) for reason in decision.reasons],
                )
            )

    def _put(self, name: str, value: object) -> None:
        self._store.settings.put({name: value}, self.clock(), self.zone())
