"""A history by day: what was practised, how it felt, and what one set says about the next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Final, Literal

from lunge.plan.answers import History
from lunge.plan.constants import Rules
from lunge.plan.records import Comfort, Session
from lunge.plan.stops import PAUSING, action_of

Place = Literal["back", "knee"]
PLACES: Final[tuple[Place, ...]] = ("back", "knee")
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Book:
    """Sessions and mornings by local day.

    Attributes
    ----------
    days : tuple of date
        With a session, in order.
    sessions : dict of date to tuple of Session
        In order.
    mornings : dict of date to Comfort
    worst : dict of date to int
        The most that was felt before or after a set, on days on which anything was answered.
    felt : dict of place to dict of date to int
        The most that was felt there before any practice of a day: in the morning, or before the first set.
    """

    days: tuple[date, ...]
    sessions: dict[date, tuple[Session, ...]]
    mornings: dict[date, Comfort]
    worst: dict[date, int]
    felt: dict[Place, dict[date, int]]

    def before(self, day: date) -> Comfort:
        """Return how it felt before the first set of a day; nothing known without one."""
        sets = self.sessions.get(day, ())
        return sets[0].before if sets else Comfort()

    def rise_after(self, day: date, known_on: date) -> int | None:
        """Return how much more was felt on the day after than before a day's first set; None when unknown.

        The next morning tells it, or where nobody answered then the comfort before the next day's
        first set, which is known from the day after that on.
        """
        after = day + ONE_DAY
        felt = self.mornings.get(after)
        if felt is None and after < known_on:
            felt = self.before(after)
        return None if felt is None else felt.rise_from(self.before(day))


def book_of(history: History, today: date) -> Book:
    """Return a history by day, without what comes after today."""
    sets: dict[date, list[Session]] = defaultdict(list)
    for session in sorted(history.sessions, key=lambda s: s.at):
        if session.day <= today:
            sets[session.day].append(session)
    mornings = {m.on: m.comfort for m in history.mornings if m.on <= today}
    worst = {day: [w for s in found if (w := worst_of(s)) is not None] for day, found in sets.items()}
    return Book(
        days=tuple(sorted(sets)),
        sessions={day: tuple(found) for day, found in sets.items()},
        mornings=mornings,
        worst={day: max(found) for day, found in worst.items() if found},
        felt={place: _felt(sets, mornings, place) for place in PLACES},
    )


def _felt(sets: dict[date, list[Session]], mornings: dict[date, Comfort], place: Place) -> dict[date, int]:
    answers = chain(mornings.items(), ((day, found[0].before) for day, found in sets.items()))
    out: dict[date, int] = {}
    for day, comfort in answers:
        value = getattr(comfort, place)
        if value is not None:
            out[day] = max(value, out.get(day, value))
    return out


def worst_of(session: Session) -> int | None:
    """Return the most that was felt before or after a set; None when nothing was answered."""
    return max((c.worst for c in (session.before, session.after) if c.worst is not None), default=None)


def is_red(session: Session, stop_limit: int) -> bool:
    """Return whether a set hurt more than the limit, or ended with something sharp."""
    worst = worst_of(session)
    ended = session.stopped is not None and action_of(session.stopped) == "session"
    return ended or (worst is not None and worst > stop_limit)


def is_pausing(session: Session) -> bool:
    """Return whether a set was stopped by something that has to be looked at."""
    return session.stopped is not None and action_of(session.stopped) in PAUSING


def form_share(session: Session) -> float | None:
    """Return which share of the repetitions asked for was done in form; None when nothing was asked.

    Nobody judges a movement that is no lunge: there, what was done counts.
    """
    asked = session.left.asked + session.right.asked
    if not asked:
        return None
    if session.targets.movement != "lunge":
        return (session.left.done + session.right.done) / asked
    # More with one leg does not make up for the other.
    return sum(min(count.in_form, count.asked) for count in (session.left, session.right)) / asked


def form_share_of_judged(session: Session) -> float | None:
    """Return which share of the repetitions that could be judged was in form; None when none could."""
    judged = session.left.judged + session.right.judged
    return (session.left.in_form + session.right.in_form) / judged if judged else None


def lack_of(session: Session, rules: Rules) -> str | None:
    """Return why a comfortable set is not good enough for more; None when it is: what is not known is not good."""
    share = form_share(session)
    if session.before.worst is None or session.after.worst is None:
        return "comfort_unknown"
    if share is None or share < rules.up.form_share:
        return "form"
    if session.effort is None:
        return "effort_unknown"
    return "effort" if session.effort > rules.up.effort_points else None
