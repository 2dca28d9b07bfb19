"""What changed, and what is only noise: every measure against its minimum detectable change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean
from typing import Final, Literal

from lunge.plan.constants import Rules
from lunge.plan.records import Habits, Reason
from lunge.plan.schedule import WEEK

Direction = Literal["more", "less", "same", "unknown"]

Subject = Literal["depth_deg", "step_heights", "hold_s", "steadiness_deg", "form", "comfort_back", "comfort_knee"]
"""What is followed: the front thigh above horizontal, the step in body heights, the hold in form, the sway of the
trunk in a hold, the share of repetitions in form, and the answers on comfort."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a measure, of one set.

    Attributes
    ----------
    on : date
    value : float
        In the measure's unit.
    sd_people : float
        Its standard deviation for real people and clothes, as in a finding.
    """

    on: date
    value: float
    sd_people: float


@dataclass(frozen=True, slots=True)
class Change:
    """Two times, or two sides, against what could be noise.

    Attributes
    ----------
    before, after : float, optional
        Means; None without enough values.
    least : float, optional
        The minimum detectable change between them: a smaller difference is called ``same``.
    direction : {'more', 'less', 'same', 'unknown'}
        From `before` to `after`; it says nothing of better or worse.
    """

    before: float | None
    after: float | None
    least: float | None
    direction: Direction


UNKNOWN: Final = Change(None, None, None, "unknown")


@dataclass(frozen=True, slots=True)
class Band:
    """Where single values lie that do not differ from the first ones, in the measure's unit."""

    low: float
    high: float


def least_change(before: Sequence[Value], after: Sequence[Value], rules: Rules) -> float:
    """Return the minimum detectable change between two means, with 95 % certainty.

    ``1.96 * sqrt(2) * sd`` between two single values. Of a mean of many only a part of the variance
    goes away, since the same clothes and the same camera err alike: `rules` say which part stays.

    Raises
    ------
    ValueError
        If either has no values.
    """
    return rules.progress.certainty_factor * sqrt(_variance(before, rules) + _variance(after, rules))


def _variance(values: Sequence[Value], rules: Rules) -> float:
    if not values:
        raise ValueError("values: expected at least one, got none")
    lasting = rules.progress.lasting_share
    return fmean(v.sd_people**2 for v in values) * (lasting + (1.0 - lasting) / len(values))


def change_between(before: Sequence[Value], after: Sequence[Value], rules: Rules) -> Change:
    """Return how one group of values differs from another; ``unknown`` with too few of either.

    It serves two months, and also the left and the right side.
    """
    if min(len(before), len(after)) < rules.progress.least_values_count:
        return UNKNOWN
    then, now = fmean(v.value for v in before), fmean(v.value for v in after)
    least = least_change(before, after, rules)
    return Change(then, now, least, _direction(now - then, least))


def value_change(before: Value, after: Value, rules: Rules) -> Change:
    """Return how one value differs from another, such as those of two self-tests."""
    least = least_change([before], [after], rules)
    return Change(before.value, after.value, least, _direction(after.value - before.value, least))


def _direction(difference: float, least: float) -> Direction:
    if abs(difference) < least or difference == 0.0:
        return "same"
    return "more" if difference > 0 else "less"


def band_of(first: Sequence[Value], rules: Rules) -> Band:
    """Return the band around the first values outside of which a single value is more than noise.

    Raises
    ------
    ValueError
        If there are no values.
    """
    of_one = _variance([max(first, key=lambda v: v.sd_people)] if first else [], rules)
    least = rules.progress.certainty_factor * sqrt(_variance(first, rules) + of_one)
    middle = fmean(v.value for v in first)
    return Band(middle - least, middle + least)


def comfort_change(before: Sequence[int], after: Sequence[int], rules: Rules) -> Change:
    """Return how the answers on comfort (0 to 10, more is worse) changed: 2 points and 30 % are needed."""
    if min(len(before), len(after)) < rules.progress.least_values_count:
        return UNKNOWN
    then, now = fmean(before), fmean(after)
    least = _least_comfort(then, rules)
    return Change(then, now, least, _direction(now - then, least))


def comfort_band(first: Sequence[int], rules: Rules) -> Band:
    """Return the band around the first answers on comfort outside of which an answer means something.

    Raises
    ------
    ValueError
        If there are no answers.
    """
    if not first:
        raise ValueError("first: expected at least one answer, got none")
    middle = fmean(first)
    least = _least_comfort(middle, rules)
    return Band(middle - least, middle + least)


def _least_comfort(before: float, rules: Rules) -> float:
    return max(float(rules.progress.comfort_points), rules.progress.comfort_share * before)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the repetitions that could be judged were in form."""

    judged: int
    in_form: int


def form_change(before: Sequence[Tally], after: Sequence[Tally], rules: Rules) -> Change:
    """Return how the share of repetitions in form changed; counted, so its noise is that of counting.

    Parameters
    ----------
    before, after : sequence of Tally
        One of each set.
    rules : Rules
    """
    then, now = _together(before), _together(after)
    if min(len(before), len(after)) < rules.progress.least_values_count or not then.judged or not now.judged:
        return UNKNOWN
    least = _least_share(then, now, rules)
    old, new = then.in_form / then.judged, now.in_form / now.judged
    return Change(old, new, least, _direction(new - old, least))


def form_band(first: Sequence[Tally], later: Tally, rules: Rules) -> Band:
    """Return the band around the first share in form in which the share of later repetitions is chance.

    Parameters
    ----------
    first : sequence of Tally
    later : Tally
        As many repetitions as one later share is made of.
    rules : Rules

    Raises
    ------
    ValueError
        If either has no repetitions that could be judged.
    """
    of_first = _together(first)
    if not of_first.judged or not later.judged:
        raise ValueError("expected repetitions that could be judged, got none")
    middle = of_first.in_form / of_first.judged
    alike = Tally(later.judged, round(middle * later.judged))
    least = _least_share(of_first, alike, rules)
    return Band(max(0.0, middle - least), min(1.0, middle + least))


def _least_share(then: Tally, now: Tally, rules: Rules) -> float:
    together = (then.in_form + now.in_form) / (then.judged + now.judged)
    spread = sqrt(together * (1.0 - together) * (1.0 / then.judged + 1.0 / now.judged))
    return rules.progress.certainty_factor * spread


def _together(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(sum(t.judged for t in found), sum(t.in_form for t in found))


def months_of(values: Sequence[Value], today: date, rules: Rules) -> tuple[list[Value], list[Value]]:
    """Return the values of the month before the last one, and those of the last one."""
    month = timedelta(days=rules.progress.month_days)
    before = [v for v in values if today - 2 * month < v.on <= today - month]
    return before, [v for v in values if today - month < v.on <= today]


# ---------------------------------------------------------------- in words
def since_last_month(changes: dict[Subject, Change]) -> Reason:
    """Return one sentence on the clearest change; that nothing changed, or that it is too early to say.

    Parameters
    ----------
    changes : dict of Subject to Change
    """
    known = {name: c for name, c in changes.items() if c.direction != "unknown"}
    if not known:
        return Reason("progress.too_early")
    changed = {name: _clearness(c) for name, c in known.items() if c.direction != "same"}
    if not changed:
        return Reason("progress.same")
    name = max(sorted(changed), key=lambda n: changed[n])
    return Reason(f"progress.changed.{name}.{known[name].direction}")


def _clearness(change: Change) -> float:
    """Return how many times the minimum detectable change a change is."""
    if change.before is None or change.after is None or not change.least:
        return 0.0
    return abs(change.after - change.before) / change.least


def left_against_right(name: str, change: Change) -> Reason:
    """Return one sentence on a measure of the left side against the right; the leg is the one that steps back.

    Parameters
    ----------
    name : str
        Of the measure, a `Subject`.
    change : Change
        From the left side to the right.
    """
    if change.direction == "unknown":
        return Reason("progress.sides.early")
    if change.direction == "same":
        return Reason("progress.sides.same")
    return Reason(f"progress.sides.{name}.{change.direction}")


@dataclass(frozen=True, slots=True)
class Week:
    """What was done of a week's goal; days beyond the goal count as any other."""

    days: int
    goal_days: int
    sets: int

    @property
    def reason(self) -> Reason:
        """The sentence of it."""
        key = "reached" if self.days >= self.goal_days else "under_way"
        return Reason(f"progress.week.{key}", {"days": str(self.days), "goal": str(self.goal_days)})


def week_of(days: Iterable[date], habits: Habits, today: date) -> Week:
    """Return how far the week from Monday to today is.

    Parameters
    ----------
    days : iterable of date
        One for each set.
    habits : Habits
    today : date
    """
    monday = today - timedelta(days=today.weekday())
    done = [day for day in days if monday <= day <= today]
    return Week(len(set(done)), min(len(habits.weekdays), WEEK), len(done))
