"""What was prescribed against what was done: the report that goes back to who wrote the prescription."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Any, Final

from lunge.plan.answers import History
from lunge.plan.ladder import rank
from lunge.plan.prescription import RANGED, Prescription
from lunge.plan.records import Comfort, Count, Leg, Session

SCHEMA: Final = "lunge.prescription_report/1"


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a period.

    Attributes
    ----------
    first, last : date
        Both included.
    days_asked : int, optional
        Days of practice in the period; None where the prescription leaves them open.
    sets_asked : int, optional
        In the period; None where the prescription leaves the days, or the sets a day, open.
    days_done, sets_done : int
    repetitions_asked, repetitions_done, repetitions_judged, repetitions_in_form : int
        Of both legs.
    legs : dict
        Of each leg, by the one that steps back: what was asked, done, judged and in form.
    practised : dict
        Of a variable of `Targets`: the easiest and the hardest that a set asked for.
    effort : float, optional
        The mean, 0 to 10.
    most_before, most_after, most_next_morning : int, optional
        Back or knee, 0 (nothing felt) to 10; None where nothing was answered.
    stopped : dict
        How many sets ended early, by why.
    """

    first: date
    last: date
    days_asked: int | None
    sets_asked: int | None
    days_done: int
    sets_done: int
    repetitions_asked: int
    repetitions_done: int
    repetitions_judged: int
    repetitions_in_form: int
    legs: dict[Leg, Count]
    practised: dict[str, tuple[Any, Any]]
    effort: float | None
    most_before: int | None
    most_after: int | None
    most_next_morning: int | None
    stopped: dict[str, int]

    def as_dict(self, prescription: Prescription) -> dict[str, Any]:
        """Return it as JSON can hold it, together with what was prescribed."""
        asked, done = asdict(prescription), asdict(self)
        return {"schema": SCHEMA, "prescribed": _plain(asked), "done": _plain(done)}


def report_on(prescription: Prescription, history: History, first: date, today: date) -> Report:
    """Return what was done of a prescription.

    Parameters
    ----------
    prescription : Prescription
    history : History
    first : date
        The first day that counts.
    today : date
        The last day that counts, unless the prescription ends before.
    """
    last = today if prescription.valid_until is None else min(today, prescription.valid_until)
    sets = [one for one in history.sessions if first <= one.day <= last]
    legs: dict[Leg, Count] = {"left": _sum(one.left for one in sets), "right": _sum(one.right for one in sets)}
    both = _sum(legs.values())
    efforts = [one.effort for one in sets if one.effort is not None]
    days = _days_asked(prescription, first, last)
    a_day = prescription.sessions_a_day
    return Report(
        first=first,
        last=last,
        days_asked=days,
        sets_asked=None if days is None or a_day is None else days * a_day,
        days_done=len({one.day for one in sets}),
        sets_done=len(sets),
        repetitions_asked=both.asked,
        repetitions_done=both.done,
        repetitions_judged=both.judged,
        repetitions_in_form=both.in_form,
        legs=legs,
        practised=_practised(sets),
        effort=round(fmean(efforts), 1) if efforts else None,
        most_before=_most(one.before for one in sets),
        most_after=_most(one.after for one in sets),
        # A morning speaks of the day before.
        most_next_morning=_most(m.comfort for m in history.mornings if first < m.on <= last + timedelta(days=1)),
        stopped=dict(sorted(Counter(one.stopped for one in sets if one.stopped is not None).items())),
    )


def _sum(counts: Iterable[Count]) -> Count:
    found = [astuple(count) for count in counts]
    return Count(*map(sum, zip(*found, strict=True))) if found else Count(0, 0, 0, 0)


def _days_asked(prescription: Prescription, first: date, last: date) -> int | None:
    if prescription.weekdays is None:
        return None
    days = (first + timedelta(days=i) for i in range((last - first).days + 1))
    return sum(day.weekday() in prescription.weekdays for day in days)


def _practised(sets: list[Session]) -> dict[str, tuple[Any, Any]]:
    lunges = [one.targets for one in sets if one.targets.movement == "lunge"]
    found: dict[str, tuple[Any, Any]] = {}
    for variable in RANGED if lunges else ():
        ranked = sorted(lunges, key=lambda targets: rank(targets, variable))
        found[variable] = (getattr(ranked[0], variable), getattr(ranked[-1], variable))
    return found


def _most(felt: Iterable[Comfort]) -> int | None:
    return max((one.worst for one in felt if one.worst is not None), default=None)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value.isoformat() if isinstance(value, date) else value
