"""Scores of the outcome questions: kept day by day, and compared with the first that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lunge.guide.clock import Clock
from lunge.plan.outcomes import Comparison, Instrument, Pack, compared, pack_from
from lunge.storage import Store
from lunge.storage.records import Json, OutcomeScore

ACTIVITIES = "activities"
"""Among a score's items: the names of the person's own activities, each with its points."""

TICKED = "ticked"
"""Among a score's items: the places of the statements that applied, from 0."""

PACKS = "question_packs"
"""The name of the setting with the texts of the packs that the person added, by instrument."""


@dataclass(frozen=True, slots=True)
class Line:
    """A score and what changed until then.

    Attributes
    ----------
    kept : OutcomeScore
    since : date, optional
        The day of the first score that asked the same; None for that one.
    change : {'better', 'worse', 'same'}, optional
        Against it, by the least change that means something.
    """

    kept: OutcomeScore
    since: date | None
    change: Comparison | None


class Scores:
    """Reads and keeps scores.

    Parameters
    ----------
    store : Store
    clock : Clock
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def lines(self, instrument: Instrument) -> tuple[Line, ...]:
        """Return the scores of an instrument, the newest first."""
        found = sorted((s for s in self._store.scores.all() if s.instrument == instrument.key), key=lambda s: s.day)
        firsts: dict[tuple[str, ...], OutcomeScore] = {}
        lines = []
        for kept in found:
            first = firsts.setdefault(asked_in(kept), kept)
            change = None if first is kept else compared(instrument, first.score, kept.score)
            lines.append(Line(kept, None if first is kept else first.day, change))
        return tuple(reversed(lines))

    def due_from(self, instrument: Instrument) -> date | None:
        """Return the day from which it is to be answered again; None if it never was."""
        lines = self.lines(instrument)
        return lines[0].kept.day + timedelta(days=instrument.ask_every_days) if lines else None

    def keep(self, instrument: Instrument, score: float, day: date, items: Json) -> None:
        """Keep a score, in the place of one of the same day.

        Parameters
        ----------
        instrument : Instrument
        score : float
            In the instrument's own unit.
        day : date
            On which it was answered.
        items : dict
            The answers, where they may be kept.

        Raises
        ------
        ValueError
            If the day is still to come.
        """
        if day > self._clock.today():
            raise ValueError(f"day: expected today or a day before, got {day}")
        entry = OutcomeScore(
            id=f"{instrument.key}-{day.isoformat()}",
            at=self._clock.now(),
            zone=self._clock.zone(),
            day=day,
            instrument=instrument.key,
            score=score,
            items=items,
        )
        self._store.scores.put(entry)

    # ---------------------------------------------------------------- packs of statements
    def pack(self, instrument: Instrument) -> Pack | None:
        """Return the statements of an instrument; None where the person added none."""
        text = self._texts().get(instrument.key)
        return None if text is None else pack_from(text)

    def add_pack(self, text: str) -> Pack:
        """Keep a pack, in the place of one for the same instrument.

        Raises
        ------
        WrittenFileError
            If the text is none.
        """
        pack = pack_from(text)
        self._write(self._texts() | {pack.key: text})
        return pack

    def remove_pack(self, key: str) -> None:
        """Delete the statements of an instrument; its scores stay."""
        self._write({name: text for name, text in self._texts().items() if name != key})

    def _texts(self) -> dict[str, str]:
        return dict(self._store.settings.all().get(PACKS, {}))

    def _write(self, texts: dict[str, str]) -> None:
        self._store.settings.put({PACKS: texts}, self._clock.now(), self._clock.zone())


def asked_in(kept: OutcomeScore) -> tuple[str, ...]:
    """Return what a score was asked about: the person's own activities; nothing for all else."""
    return tuple(sorted(one["name"] for one in kept.items.get(ACTIVITIES, [])))
