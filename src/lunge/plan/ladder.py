"""The ladder: its rungs in order, read from ``ladder.toml``, and how targets compare.

Two neighbours differ in one variable. Where the movement changes everything else starts anew.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import resources
from operator import gt
from typing import Any, Final, get_args

from lunge.plan.records import LEGS, VARIABLES, Movement, Rung, Support, Targets, Variable
from lunge.records import Target

ORDERED: Final[dict[str, tuple[str, ...]]] = {"movement": get_args(Movement), "support": get_args(Support)}
"""The variables that are words, from the easiest to the hardest."""

COUNTED: Final[tuple[Variable, ...]] = ("repetitions", "focus_repetitions")
"""The variables that each leg may have its own number of."""


@dataclass(frozen=True, slots=True)
class Depth:
    """What a depth asks of the front thigh and of the step.

    Attributes
    ----------
    depth_deg : float
        The largest flexion of the front knee.
    thigh_low_deg, thigh_high_deg : float
        Limits of the front thigh above horizontal.
    least_step_heights : float
        In body heights.
    """

    depth_deg: float
    thigh_low_deg: float
    thigh_high_deg: float
    least_step_heights: float


@dataclass(frozen=True, slots=True)
class Ladder:
    """All that the file holds.

    Attributes
    ----------
    squat_hold_s, focus_hold_s, focus_lowering_s, back_hold_s : float
        Of the squat between lunges; of days of strength; the longest hold for backs that complain.
    depths : tuple of Depth
        Those that differ from the exercise's own limits.
    usual, knee : tuple of Rung
        From the lowest to the highest; `knee` for knees that complain.
    """

    squat_hold_s: float
    focus_hold_s: float
    focus_lowering_s: float
    back_hold_s: float
    depths: tuple[Depth, ...]
    usual: tuple[Rung, ...]
    knee: tuple[Rung, ...]


@cache
def ladder() -> Ladder:
    """Return the ladder that the program ships with."""
    data = tomllib.loads((resources.files("lunge.plan") / "ladder.toml").read_text(encoding="utf-8"))
    numbers = {f.name: data[f.name] for f in fields(Ladder) if f.name.endswith("_s")}
    depths = tuple(Depth(**row) for row in data["depths"])
    usual, knee = (_rungs([*data["first"], *data[way]]) for way in ("usual", "knee"))
    return Ladder(**numbers, depths=depths, usual=usual, knee=knee)


def _rungs(rows: list[dict[str, Any]]) -> tuple[Rung, ...]:
    out: list[Rung] = []
    for row in rows:
        values = {key: value for key, value in row.items() if key != "level"}
        targets = Targets(**values) if "movement" in values else replace(out[-1].targets, **values)
        out.append(Rung(row["level"], targets))
    return tuple(out)


def rank(targets: Targets, variable: Variable) -> float:
    """Return how hard a variable is set: more is harder."""
    value = getattr(targets, variable)
    return float(ORDERED[variable].index(value)) if variable in ORDERED else float(value)


def raised(before: Targets, after: Targets) -> tuple[Variable, ...]:
    """Return the variables that are harder afterwards, for a leg at least; the movement alone where it changes."""
    if before.movement != after.movement:
        return ("movement",) if rank(after, "movement") > rank(before, "movement") else ()
    return tuple(v for v in VARIABLES if any(map(gt, _ranks(after, v), _ranks(before, v))))


def _ranks(targets: Targets, variable: Variable) -> tuple[float, ...]:
    """Return how hard a variable is set, for each leg where they may differ."""
    if variable not in COUNTED:
        return (rank(targets, variable),)
    return tuple(targets.with_leg(leg, getattr(targets, variable)) for leg in LEGS)


def easier_of(first: Targets, second: Targets) -> Targets:
    """Return targets that are nowhere harder than either; `first` gives what is no variable."""
    easier = {v: getattr(second if rank(second, v) < rank(first, v) else first, v) for v in VARIABLES}
    left, right = _fewer(first.most_left, second.most_left), _fewer(first.most_right, second.most_right)
    return replace(first, **easier, most_left=left, most_right=right)


def _fewer(one: int | None, other: int | None) -> int | None:
    return min((most for most in (one, other) if most is not None), default=None)


def on_strength_days(targets: Targets) -> Targets:
    """Return what a day of strength asks for, from the targets of the other days."""
    return replace(
        targets,
        repetitions=targets.focus_repetitions,
        hold_s=ladder().focus_hold_s,
        lowering_s=ladder().focus_lowering_s,
    )


def target_of(targets: Targets, height_m: float | None = None) -> Target:
    """Return the targets as the judgement of a lunge takes them.

    Parameters
    ----------
    targets : Targets
    height_m : float, optional
        Body height.

    Raises
    ------
    ValueError
        If the movement is no lunge: nobody judges it.
    """
    if targets.movement != "lunge":
        raise ValueError(f"targets: expected a lunge, got {targets.movement}")
    depth = next((d for d in ladder().depths if d.depth_deg == targets.depth_deg), None)
    return Target(
        height_m=height_m,
        hold_s=targets.hold_s,
        squat_hold_s=ladder().squat_hold_s,
        stretch=targets.stretch,
        chair=targets.support != "none",
        front_thigh_limit_deg=None if depth is None else (depth.thigh_low_deg, depth.thigh_high_deg),
        least_step_heights=None if depth is None else depth.least_step_heights,
    )
