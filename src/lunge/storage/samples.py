"""What a page on progress draws, as short rows: of ten years of sets only the columns that are needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Double, Integer, Select, case, cast, extract, func, select

from lunge.storage.database import Database
from lunge.storage.done import Leg
from lunge.storage.set_tables import CHECK_FIGURES, CHECKS, LEG_FIGURES, SETS
from lunge.storage.tables import DIARY, OUTCOME_SCORES

Grain = Literal["set", "day", "month"]
"""What one row stands for: the database adds up the sets of a day or a month."""


class SetsRow(NamedTuple):
    """How many sets there were; the day of a month is its first."""

    day: date
    sets: int


class LegRow(NamedTuple):
    """One leg: repetitions, those in form, the mean hold in form, and of how many repetitions it is."""

    day: date
    set_number: int | None
    leg: Leg
    repetitions: int
    in_form: int
    hold_s: float | None
    held: int


class CheckRow(NamedTuple):
    """What one measure of a check was for one leg: a mean of so many, and of a single set the uncertainty of one."""

    day: date
    set_number: int | None
    leg: Leg
    measure: str
    judged: int
    mean: float
    sd: float | None


class ComfortRow(NamedTuple):
    """The highest answers of one day, or their means over a month, and of how many days with an answer they are."""

    day: date
    back: float | None
    knee: float | None
    backs: int
    knees: int


class ScoreRow(NamedTuple):
    """A score that was entered or worked out."""

    day: date
    instrument: str
    score: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sets, and how far they are added up.

    Attributes
    ----------
    first, last : date, optional
        Local days, both included; None for all there are.
    grain : {'set', 'day', 'month'}
    tests : bool
        The self-tests alone; otherwise all sets but these.
    """

    first: date | None = None
    last: date | None = None
    grain: Grain = "set"
    tests: bool = False


class Samples:
    """Reads short rows, in the order of their days.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def sets(self, wanted: Wanted) -> list[SetsRow]:
        """Return how many sets there were."""
        chosen = select(*_when(wanted), func.count()).select_from(SETS)
        return [SetsRow(day, row[0]) for day, _, row in self._rows(_those(chosen, wanted), wanted)]

    def legs(self, wanted: Wanted) -> list[LegRow]:
        """Return what the legs did."""
        own = LEG_FIGURES.c
        held = case((own.hold_in_form_s.is_not(None), own.repetitions), else_=0)
        sums = (own.repetitions, own.in_form, own.hold_in_form_s * own.repetitions, held)
        chosen: Select[Any] = select(*_when(wanted), own.leg, *map(_sum, sums)).join(
            SETS, SETS.c.number == own.set_number
        )
        chosen = _those(chosen, wanted, own.leg)
        return [
            LegRow(day, number, leg, done, form, total / count if count else None, count)
            for day, number, (leg, done, form, total, count) in self._rows(chosen, wanted)
        ]

    def checks(self, wanted: Wanted, measures: Collection[tuple[str, str]]) -> list[CheckRow]:
        """Return what these checks and measures said."""
        measure_of = self._measures(measures)
        figures = CHECK_FIGURES.c
        sums = (cast(func.sum(figures.judged), Integer), func.sum(figures.mean * figures.judged), func.avg(figures.sd))
        chosen: Select[Any] = select(*_when(wanted), figures.leg, figures.check_id, *sums)
        chosen = chosen.join(SETS, SETS.c.number == figures.set_number).where(figures.check_id.in_(measure_of))
        chosen = _those(chosen, wanted, figures.leg, figures.check_id)
        return [
            CheckRow(day, number, leg, measure_of[check], judged, total / judged, sd)
            for day, number, (leg, check, judged, total, sd) in self._rows(chosen, wanted)
        ]

    def comfort(self, wanted: Wanted) -> list[ComfortRow]:
        """Return the highest answers of each day in the diary, or what they are in the mean of a month."""
        answers = [DIARY.c[place] for place in ("back", "knee")]
        days = _between(select(DIARY.c.day, *map(func.max, answers)), wanted, DIARY.c.day).group_by(DIARY.c.day)
        day, back, knee = days.subquery("days").c
        if wanted.grain != "month":
            own = select(day, back, knee, _known(back), _known(knee)).order_by(day)
            return [ComfortRow(*row) for row in self._all(own)]
        month = _month_of(day)
        means = (cast(func.avg(back), Double), cast(func.avg(knee), Double), func.count(back), func.count(knee))
        chosen = select(*month).add_columns(*means).group_by(*month).order_by(*month)
        return [ComfortRow(date(year, month, 1), *rest) for year, month, *rest in self._all(chosen)]

    def scores(self, first: date | None = None) -> list[ScoreRow]:
        """Return the scores, the oldest first."""
        own = OUTCOME_SCORES.c
        chosen = select(own.day, own.instrument, own.score).order_by(own.day, own.at)
        chosen = chosen if first is None else chosen.where(own.day >= first)
        return [ScoreRow(*row) for row in self._all(chosen)]

    def _measures(self, measures: Collection[tuple[str, str]]) -> dict[int, str]:
        found = self._all(select(CHECKS.c.id, CHECKS.c.check, CHECKS.c.measure))
        return {number: measure for number, check, measure in found if (check, measure) in measures}

    def _all(self, chosen: Select[Any]) -> list[Any]:
        with self._database.reading() as connection:
            return list(connection.execute(chosen))

    def _rows(self, chosen: Select[Any], wanted: Wanted) -> Iterator[tuple[date, int | None, tuple[Any, ...]]]:
        """Yield the day, the number of the set where a row is one, and the rest of each row."""
        rows = self._all(chosen)
        if wanted.grain == "month":
            yield from ((date(year, month, 1), None, tuple(rest)) for year, month, *rest in rows)
        elif wanted.grain == "day":
            yield from ((day, None, tuple(rest)) for day, *rest in rows)
        else:
            yield from ((day, number, tuple(rest)) for day, number, *rest in rows)


def _sum(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.sum(column), Integer) if isinstance(column.type, Integer) else func.sum(column)


def _when(wanted: Wanted) -> tuple[ColumnElement[Any], ...]:
    """Return the columns that tell one row's time from another's."""
    if wanted.grain == "month":
        return _month_of(SETS.c.day)
    return (SETS.c.day,) if wanted.grain == "day" else (SETS.c.day, SETS.c.number)


def _month_of(day: ColumnElement[Any]) -> tuple[ColumnElement[int], ...]:
    return tuple(cast(extract(part, day), Integer) for part in ("year", "month"))


def _known(column: ColumnElement[Any]) -> ColumnElement[int]:
    return case((column.is_not(None), 1), else_=0)


def _between(chosen: Select[Any], wanted: Wanted, day: ColumnElement[Any]) -> Select[Any]:
    chosen = chosen if wanted.first is None else chosen.where(day >= wanted.first)
    return chosen if wanted.last is None else chosen.where(day <= wanted.last)


def _those(chosen: Select[Any], wanted: Wanted, *keys: ColumnElement[Any]) -> Select[Any]:
    """Return a selection of the wanted sets, added up."""
    chosen, when = _between(chosen.where(SETS.c.self_test.is_(wanted.tests)), wanted, SETS.c.day), _when(wanted)
    return chosen.group_by(*when, *keys).order_by(*when, *keys)
