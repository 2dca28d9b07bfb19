"""The plan of today: read from the store, and kept from one visit to the next as far as nothing changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from lunge.guide.begun import BegunSet
from lunge.guide.clock import Clock
from lunge.guide.constants import constants
from lunge.guide.reading import ONE_DAY, Read, read
from lunge.plan.answers import Decision, History, Plan
from lunge.plan.constants import constants as rules
from lunge.plan.engine import plan
from lunge.plan.fold import Facts, Kept, document_of, folded, holding, kept_from, needed_from
from lunge.plan.schedule import WEEK
from lunge.storage import Store
from lunge.storage import records as rows
from lunge.storage.plan_sets import row_from

BROKEN = (KeyError, TypeError, ValueError, IndexError)


class Planning:
    """Asks the plan.

    Parameters
    ----------
    store : Store
    clock : Clock
    begun : BegunSet
        Counts a set, and knows the one of which nothing was kept.
    """

    def __init__(self, store: Store, clock: Clock, begun: BegunSet) -> None:
        self._store, self._clock, self._begun = store, clock, begun
        self._read: tuple[str, Read] | None = None
        self._kept: tuple[Kept, ...] | None = None
        self._planned: tuple[Read, date, Plan] | None = None

    def read(self) -> Read:
        """Return everything that happened so far; it is read again only after a change."""
        version = self._store.database.version()
        if self._read is None or self._read[0] != version:
            for set_id in self._store.places.uncounted():
                self._begun.counted(self._store.sets.get(set_id))
            found = read(self._store, (row_from(done) for done in self._begun.unkept()))
            # What was written meanwhile, by this program or another, is read the next time.
            self._read = version, found
        return self._read[1]

    def lately(self, today: date) -> History:
        """Return the end of the history that the plan of today needs, and all but sets and mornings whole."""
        return self.read().since(needed_from(today - ONE_DAY, rules()))

    def plan(self, today: date) -> Plan:
        """Return what holds on a day, and why; decisions that are new are written down."""
        found = self.read()
        before = self._planned
        if before is not None and before[0] is found and before[1] == today:
            return before[2]
        facts = found.facts()
        kept = self._known(found, facts, today)
        history = found.since(needed_from(kept[-1].known.until, rules()) if kept else None)
        added = folded(history, rules(), _days(kept, today), facts, kept[-1].known if kept else None)
        made = plan(history, rules(), today, (added or kept)[-1].known)
        self._note(made.log, kept)
        self._keep((*kept, *added), bool(added), today)
        self._planned = found, today, made
        return made

    def _known(self, found: Read, facts: Facts, today: date) -> tuple[Kept, ...]:
        """Return what is kept and still holds."""
        if self._kept is None:
            self._kept = self._stored(found.history)
        return holding((one for one in self._kept if one.known.until < today), facts, rules())

    def _stored(self, history: History) -> tuple[Kept, ...]:
        document = self._store.kept_plan.read()
        try:
            return () if document is None else kept_from(document, history, rules())
        except BROKEN:
            # Another version wrote it; it is worked out again.
            return ()

    def _keep(self, kept: Sequence[Kept], is_new: bool, today: date) -> None:
        yesterday = today - ONE_DAY
        self._kept = tuple(one for one in kept if _is_kept(one.known.until, yesterday))
        if is_new:
            self._store.kept_plan.write(document_of(self._kept))

    def _note(self, log: Sequence[Decision], kept: Sequence[Kept]) -> None:
        """Write down the decisions that were not known before."""
        standing = kept[-1].known.standing if kept else None
        new = log[0 if standing is None else len(standing.log) :]
        known = self._store.decisions.named([_name(decision) for decision in new])
        entries = [(self._entry(decision, known.get(_name(decision))), known.get(_name(decision))) for decision in new]
        self._store.decisions.put(*(entry for entry, before in entries if entry != before))

    def _entry(self, decision: Decision, before: rows.PlanDecision | None) -> rows.PlanDecision:
        return rows.PlanDecision(
            id=_name(decision),
            at=self._clock.now() if before is None else before.at,
            zone=self._clock.zone() if before is None else before.zone,
            day=decision.on,
            what=decision.kind,
            level=decision.rung.level,
            target=asdict(decision.rung.targets),
            reasons=[asdict(reason) for reason in decision.reasons],
        )


def _days(kept: Sequence[Kept], today: date) -> list[date]:
    """Return the days whose standings are to be kept and are not: yesterday, and days one and more weeks before."""
    yesterday = today - ONE_DAY
    back = constants().keeping.weeks_count * WEEK
    last = kept[-1].known.until if kept else date.min
    return [
        day for n in reversed(range(back + 1)) if _is_kept(day := yesterday - n * ONE_DAY, yesterday) and day > last
    ]


def _is_kept(day: date, yesterday: date) -> bool:
    recent = (yesterday - day).days <= constants().keeping.weeks_count * WEEK
    return day == yesterday or (recent and day.weekday() == WEEK - 1)


def _name(decision: Decision) -> str:
    return f"{decision.on.isoformat()}-{decision.kind}"
