"""What a posture in the lunge does inside, with intervals: estimates of a model, for one person over time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from lunge.mechanics.cases import Case, Own, Seen, drawn_case, usual_case
from lunge.mechanics.constants import constants
from lunge.mechanics.figures import Figure, figure_of
from lunge.mechanics.intervals import whole_interval
from lunge.mechanics.measures import ROWS, Name, Role, Row, measures_of, model_sd_share
from lunge.mechanics.postures import Posture
from lunge.mechanics.statics import loads

__all__ = [
    "LEVELS",
    "Answer",
    "Effect",
    "Level",
    "Name",
    "Own",
    "Posture",
    "Reason",
    "Seen",
    "answer_of",
    "effects_of",
    "levels_of",
]

Answer = Literal["more", "less", "unsure", "cannot_judge"]
Reason = Literal["view", "not_still", "noisy", "no_stoop", "no_load"]
Level = Literal["low", "middle", "high"]
Against = Literal["own_standing", "modelled_standing", "own_squat", "modelled_squat", "own_stoop", "modelled_stoop"]

HALF: Final = 0.5
SHARED: Final = "front_hip_share"
LOAD: Final = "front_demand"
"""What `SHARED` is a share of."""

REFERENCE: Final[dict[str, float]] = {
    SHARED: HALF,
    "lower_back": HALF,
    "front_gluteus_effort": 1.0,
    "front_thigh_effort": 1.0,
    "rear_thigh_effort": 1.0,
}
LEVELS: Final[tuple[Level, ...]] = ("low", "middle", "high")


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect of one repetition.

    Attributes
    ----------
    name : str
    role : {'front', 'rear', 'both'}
        Of the leg that it belongs to.
    answer : {'more', 'less', 'unsure', 'cannot_judge'}
        Against standing, of shares against a half, of efforts against the squat: whether the whole interval says so.
    value, low, high : float or None
        With the ends of a 95 % interval. None where it is not judged.
    unit : str
        ``percent`` of the length in standing beyond it, ``Nm/kg``, or ``share``.
    reason : str or None
        Why it is not judged.
    levels : tuple of {'low', 'middle', 'high'}
        The classes in which the interval lies, of what is told by class; of those, one alone is sure.
    against : str or None
        What it is compared with: the person's own, or what stands in for it where that was not seen.
    figure : Figure or None
        The same in millimetres or newton metres, for professionals.
    """

    name: Name
    role: Role
    answer: Answer
    value: float | None
    low: float | None
    high: float | None
    unit: str
    reason: Reason | None
    levels: tuple[Level, ...] = ()
    against: Against | None = None
    figure: Figure | None = None


def effects_of(posture: Posture, sd: Posture, still: bool, own: Own | None = None, noisy: bool = False) -> list[Effect]:
    """Return the effects of a held lunge.

    Parameters
    ----------
    posture, sd : Posture
        Means, and their standard deviations.
    still : bool
        Whether the body rests: loads are given only then.
    own : Own, optional
        What is known of the person; the model stands in for the rest.
    noisy : bool
        Whether the picture is too shaky to tell if the body rests.

    Returns
    -------
    list of Effect
        One of each name, in their order. Nothing is said of legs on which nobody can stand: they were not well seen.
    """
    own = own or Own()
    seen = Seen(_that_stands(posture), sd)
    usual, drawn = usual_case(seen, own), drawn_case(seen, own)
    moving: Reason | None = None if still else "noisy" if noisy else "not_still"
    return [
        # The pelvis' error is wider than any tilt that an exercise changes: nothing can be said of it yet.
        Effect("pelvis", "both", "unsure", None, None, None, "deg", "view"),
        *(_effect(row, usual, drawn, own, moving) for row in ROWS),
    ]


def answer_of(name: Name, low: float, high: float) -> Answer:
    """Return what a 95 % interval says: against standing, of shares against a half, of efforts against the squat."""
    against = REFERENCE.get(name, 0.0)
    return "more" if low > against else "less" if high < against else "unsure"


def levels_of(name: Name, low: float, high: float) -> tuple[Level, ...]:
    """Return the classes in which an interval lies; none for what is not told by class."""
    c = constants()
    if name == "lower_back":
        ends = (c.effects.back_low_share, c.effects.back_middle_share)
    elif name.endswith("_effort"):
        ends = (c.effort.low_share, c.effort.middle_share)
    else:
        return ()
    first, last = (sum(value > end for end in ends) for value in (low, high))
    return LEVELS[first : last + 1]


def _effect(row: Row, usual: Case, drawn: Case, own: Own, moving: Reason | None) -> Effect:
    if row.at_rest and moving is not None:
        return _silent(row, moving)
    if row.name == "lower_back" and usual.stoop_is_shallow():
        return _silent(row, "no_stoop")
    if row.name == SHARED and not _carries(drawn):
        return _silent(row, "no_load")
    measures = measures_of(row)
    value = float(measures[0](usual))
    draws = np.stack([measure(drawn) for measure in measures])
    ends = whole_interval(drawn.with_model_error(model_sd_share(row), draws))
    if not np.isfinite(value) or ends is None:
        return _silent(row, "view")
    return Effect(
        row.name,
        row.role,
        answer_of(row.name, *ends),
        value,
        *ends,
        row.unit,
        None,
        levels_of(row.name, *ends),
        _against(row, usual),
        figure_of(row, (value, *ends), usual, own),
    )


def _carries(drawn: Case) -> bool:
    """Return whether there is surely something to share; True where the legs are not known."""
    (demand,) = (row for row in ROWS if row.name == LOAD)
    draws = np.stack([measure(drawn) for measure in measures_of(demand)])
    carrying = np.where(np.isnan(draws), True, draws > 0.0)
    return bool(carrying.mean(axis=1).min() >= constants().effects.inside_share)


def _against(row: Row, case: Case) -> Against | None:
    if row.unit == "percent":
        return "own_standing" if case.own_standing else "modelled_standing"
    if row.name == "lower_back":
        return "own_stoop" if case.own_stoop else "modelled_stoop"
    if row.name.endswith("_effort"):
        return "own_squat" if case.own_squat else "modelled_squat"
    return None


def _silent(row: Row, reason: Reason) -> Effect:
    return Effect(row.name, row.role, "cannot_judge", None, None, None, row.unit, reason)


def _that_stands(posture: Posture) -> Posture:
    """Return the posture, without its legs where its mass is not over its feet: then an angle of them is wrong."""
    share = float(loads(posture).front_share)
    if not (share < 0.0 or share > 1.0):
        return posture
    return replace(posture, front_thigh_above_horizontal_deg=np.nan, rear_thigh_back_deg=np.nan)
