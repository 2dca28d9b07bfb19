"""The diary: how back and knee were, day by day, and what is added or corrected later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Final, get_args

from lunge.errors import MissingFileError
from lunge.guide.clock import Clock
from lunge.guide.reading import ONE_DAY, morning_id
from lunge.storage import Store
from lunge.storage.records import DiaryEntry, DiaryMoment

MOMENTS: Final[tuple[DiaryMoment, ...]] = get_args(DiaryMoment)


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered at a moment, each from 0 to 10; None where nothing was."""

    back: int | None = None
    knee: int | None = None
    effort: int | None = None


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """A day in the diary.

    Attributes
    ----------
    day : date
    told : dict of str to Told
        By moment; the morning is the one after the day.
    note : str
    set_id : str, optional
        The set of which the answers after it speak.
    """

    day: date
    told: dict[DiaryMoment, Told]
    note: str
    set_id: str | None


class Diary:
    """Reads the diary, and writes in it.

    Parameters
    ----------
    store : Store
    clock : Clock
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def days(self, first: date, last: date) -> tuple[DiaryDay, ...]:
        """Return all days from the first to the last; of a day and a moment the newest entry counts."""
        entries = self._entries(first)
        return tuple(_day(entries, day) for day in (first + n * ONE_DAY for n in range((last - first).days + 1)))

    def tell(self, day: date, moment: DiaryMoment, told: Told) -> None:
        """Keep what is told of a moment, in the place of its newest entry; the set that it speaks of follows.

        Parameters
        ----------
        day : date
            For the next morning the day before it.
        moment : {'before', 'after', 'next_morning'}
        told : Told

        Raises
        ------
        ValueError
            If an answer is not on the scale, or the moment is still to come.
        """
        if is_to_come(day, moment, self._clock.today()):
            raise ValueError(f"day: expected one that began, got {moment} of {day}")
        before = _newest(self._entries(day), day, moment) or self._new(day, moment)
        after = replace(before, back=told.back, knee=told.knee, effort=told.effort)
        self._store.diary.put(after)
        if after.set_id is not None and moment == "after":
            self._amend_set(after.set_id, told)

    def note(self, day: date, text: str) -> None:
        """Keep the note of a day, in the place of the one before; an empty one deletes it."""
        noted = _noted(self._entries(day), day)
        if noted is not None and (text or not _is_note_alone(noted)):
            self._store.diary.put(replace(noted, note=text))
        elif noted is not None:
            self._store.diary.remove(noted.id)
        elif text:
            # Of its own, so that answering for a set once more leaves the note as it is.
            self._store.diary.put(replace(self._new(day, "after"), id=f"note-{day.isoformat()}", note=text))

    def _entries(self, first: date) -> tuple[DiaryEntry, ...]:
        """Return the entries of a day and later ones; none is written before its day began somewhere."""
        since = datetime.combine(first - ONE_DAY, time(), UTC)
        return self._store.diary.all(since)

    def _new(self, day: date, moment: DiaryMoment) -> DiaryEntry:
        name = morning_id(day) if moment == "next_morning" else f"{moment}-{day.isoformat()}"
        return DiaryEntry(id=name, at=self._clock.now(), zone=self._clock.zone(), day=day, moment=moment)

    def _amend_set(self, set_id: str, told: Told) -> None:
        try:
            done = self._store.sets.get(set_id)
        except MissingFileError:
            return
        self._store.sets.amend(replace(done, effort=told.effort, back_after=told.back, knee_after=told.knee))


def is_to_come(day: date, moment: DiaryMoment, today: date) -> bool:
    """Return whether a moment of a day lies after today."""
    return day > today or (moment == "next_morning" and day == today)


def _day(entries: tuple[DiaryEntry, ...], day: date) -> DiaryDay:
    newest = {moment: _newest(entries, day, moment) for moment in MOMENTS}
    told = {m: Told() if found is None else Told(found.back, found.knee, found.effort) for m, found in newest.items()}
    noted, after = _noted(entries, day), newest["after"]
    return DiaryDay(day, told, "" if noted is None else noted.note, None if after is None else after.set_id)


def _newest(entries: tuple[DiaryEntry, ...], day: date, moment: DiaryMoment) -> DiaryEntry | None:
    found = [one for one in entries if one.day == day and one.moment == moment and not _is_note_alone(one)]
    return found[-1] if found else None


def _noted(entries: tuple[DiaryEntry, ...], day: date) -> DiaryEntry | None:
    found = [one for one in entries if one.day == day and one.note]
    return found[-1] if found else None


def _is_note_alone(entry: DiaryEntry) -> bool:
    return bool(entry.note) and entry.back is entry.knee is entry.effort is None
