"""What a page on progress draws, as short rows: of ten years of sets only the columns that are needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, func, select

from lunge.storage.database import Database
from lunge.storage.done import Leg
from lunge.storage.instants import local_day
from lunge.storage.set_tables import CHECK_FIGURES, CHECKS, LEG_FIGURES, SETS
from lunge.storage.tables import DIARY, OUTCOME_SCORES

ZONES_REACH: Final = timedelta(days=1)
"""A local day begins at most this long before or after that of UTC."""

SELF_TEST: Final = "self_test"
"""Among the wishes of a set: that it was done at the fixed protocol."""


class LegRow(NamedTuple):
    """One leg in one set; the hold is the one in form."""

    day: date
    set_number: int
    leg: Leg
    repetitions: int
    in_form: int
    hold_s: float | None


class CheckRow(NamedTuple):
    """What one measure of a check was for one leg in one set: a mean of so many, and the uncertainty of one."""

    day: date
    set_number: int
    leg: Leg
    measure: str
    judged: int
    mean: float
    sd: float | None


class ComfortRow(NamedTuple):
    """The highest answers of one day."""

    day: date
    back: int | None
    knee: int | None


class ScoreRow(NamedTuple):
    """A score that was entered or worked out."""

    day: date
    instrument: str
    score: float


class Samples:
    """Reads short rows; `first` is the first local day, None for all there are.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def days(self, first: date | None = None) -> dict[int, date]:
        """Return the local day of each set by its number, the oldest first."""
        return dict(self._days(select(SETS.c.number, SETS.c.at, SETS.c.zone), first))

    def self_tests(self) -> dict[int, date]:
        """Return the local days of the sets at the fixed protocol by their numbers, the oldest first."""
        marked = SETS.c.wishes[SELF_TEST].as_boolean()
        return dict(self._days(select(SETS.c.number, SETS.c.at, SETS.c.zone).where(marked), None))

    def legs(self, days: dict[int, date]) -> list[LegRow]:
        """Return the legs of the sets with these numbers."""
        names = ("set_number", "leg", "repetitions", "in_form", "hold_in_form_s")
        return [
            LegRow(days[row[0]], *row)
            for row in self._of_sets(select(*(LEG_FIGURES.c[n] for n in names)), LEG_FIGURES, days)
        ]

    def checks(self, days: dict[int, date], measures: Collection[tuple[str, str]]) -> list[CheckRow]:
        """Return what these checks and measures said of the sets with these numbers."""
        known = select(CHECKS.c.id, CHECKS.c.check, CHECKS.c.measure)
        with self._database.reading() as connection:
            found = connection.execute(known).all()
        measure_of = {i: measure for i, check, measure in found if (check, measure) in measures}
        names = ("set_number", "check_id", "leg", "judged", "mean", "sd")
        chosen = select(*(CHECK_FIGURES.c[n] for n in names)).where(CHECK_FIGURES.c.check_id.in_(measure_of))
        rows = self._of_sets(chosen, CHECK_FIGURES, days)
        return [CheckRow(days[number], number, leg, measure_of[i], *rest) for number, i, leg, *rest in rows]

    def comfort(self, first: date | None = None) -> list[ComfortRow]:
        """Return the highest answers of each day in the diary that has any."""
        chosen = select(DIARY.c.day, func.max(DIARY.c.back), func.max(DIARY.c.knee)).group_by(DIARY.c.day)
        chosen = chosen if first is None else chosen.where(DIARY.c.day >= first)
        with self._database.reading() as connection:
            return [ComfortRow(*row) for row in connection.execute(chosen.order_by(DIARY.c.day))]

    def scores(self, first: date | None = None) -> list[ScoreRow]:
        """Return the scores, the oldest first."""
        chosen = select(OUTCOME_SCORES.c.day, OUTCOME_SCORES.c.instrument, OUTCOME_SCORES.c.score).order_by(
            OUTCOME_SCORES.c.day, OUTCOME_SCORES.c.at
        )
        chosen = chosen if first is None else chosen.where(OUTCOME_SCORES.c.day >= first)
        with self._database.reading() as connection:
            return [ScoreRow(*row) for row in connection.execute(chosen)]

    def _days(self, chosen: Select[Any], first: date | None) -> Iterator[tuple[int, date]]:
        if first is not None:
            since = datetime.combine(first, time(), UTC) - ZONES_REACH
            chosen = chosen.where(SETS.c.at >= since)
        with self._database.reading() as connection:
            rows = connection.execute(chosen.order_by(SETS.c.at, SETS.c.id)).all()
        for number, at, zone in rows:
            day = local_day(at, zone)
            if first is None or day >= first:
                yield number, day

    def _of_sets(self, chosen: Select[Any], table: Any, days: dict[int, date]) -> Iterator[Any]:
        """Yield rows of these sets; their numbers rise with time, so that the lowest one bounds them."""
        if not days:
            return
        with self._database.reading() as connection:
            rows = connection.execute(chosen.where(table.c.set_number >= min(days))).all()
        yield from (row for row in rows if row[0] in days)
