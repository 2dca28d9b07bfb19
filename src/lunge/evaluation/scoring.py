"""Hold one analysis against truth: rows that can be added up over clips and persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from lunge.evaluation.lowered import LoweringRow, lowering_rows
from lunge.evaluation.matching import matched
from lunge.evaluation.swaps import Swaps, swaps_of
from lunge.evaluation.truth import TrueRepetition, Truth, clear_kind, true_value, truly_in_view
from lunge.exercises.records import HOLDS, Exercise
from lunge.kinematics.sides import with_sides_settled
from lunge.kinematics.view import view_kind
from lunge.poses import Floats
from lunge.records import Analysis, Repetition


@dataclass(frozen=True, slots=True)
class AngleRow:
    """Errors of one measure in one step of one repetition, frame by frame, added up.

    Attributes
    ----------
    frames : int
        In which both truth and estimate are there.
    missing : int
        In which there is truth alone.
    sum_error, sum_absolute, sum_square : float
        Of estimate less truth, in the measure's unit.
    inside_1, inside_2 : int
        Frames with truth within 1 and 1.96 sd of the estimate.
    estimate, truth, sd : float
        Means over the step.
    worst_s : float
        When the error is greatest.
    worst : float
        How great.
    """

    measure: str
    step: str
    view: str
    azimuth_deg: float
    frames: int
    missing: int
    sum_error: float = 0.0
    sum_absolute: float = 0.0
    sum_square: float = 0.0
    inside_1: int = 0
    inside_2: int = 0
    estimate: float = float("nan")
    truth: float = float("nan")
    sd: float = float("nan")
    worst_s: float = float("nan")
    worst: float = 0.0


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One finding beside truth."""

    check: str
    measure: str
    step: str
    view: str
    in_view: bool
    kind: Literal["fault", "clean", "between"]
    result: str
    reason: str | None
    value: float | None
    sd: float | None
    truth: float
    repetition: int


@dataclass(frozen=True, slots=True)
class RepetitionRow:
    """One true repetition and what was made of it; errors are estimate less truth, seconds."""

    view: str
    found: bool
    leg_right: bool | None
    variant_right: bool | None
    bottom_s: float | None
    boundaries_s: tuple[float, ...]
    holds_s: tuple[float, ...]
    swaps: Swaps | None


@dataclass(frozen=True, slots=True)
class ClipScore:
    """Everything that a clip adds to the figures."""

    name: str
    person: str
    kind: str
    truth_count: int
    found_count: int
    repetitions: tuple[RepetitionRow, ...]
    angles: tuple[AngleRow, ...]
    checks: tuple[CheckRow, ...]
    error: str = ""
    lowerings: tuple[LoweringRow, ...] | None = None


def scored(analysis: Analysis, truth: Truth, exercise: Exercise) -> ClipScore:
    """Return the rows of one clip.

    Parameters
    ----------
    analysis : Analysis
        Lengths in body heights (no height given).
    truth : Truth
    exercise : Exercise
        Whose checks and limits hold.
    """
    found = [r for r in analysis.repetitions if r.complete]
    pairs = matched(found, truth.repetitions)
    settled, _ = with_sides_settled(analysis.poses)
    angles: list[AngleRow] = []
    checks: list[CheckRow] = []
    rows = []
    for index, want in enumerate(truth.repetitions):
        got = pairs.get(index)
        swaps = swaps_of(analysis.poses, settled, truth, want)
        rows.append(_repetition_row(truth, want, got, swaps))
        angles += _angle_rows(analysis, truth, want)
        if got is not None:
            checks += _check_rows(got, truth, want, exercise, index)
    return ClipScore(
        truth.name,
        truth.person,
        truth.kind,
        len(truth.repetitions),
        len(found),
        tuple(rows),
        tuple(angles),
        tuple(checks),
        lowerings=None if truth.lowerings is None else lowering_rows(analysis.lowerings or (), truth),
    )


def view_name(truth: Truth, repetition: TrueRepetition) -> str:
    """Return the true view of a repetition: side, front, back, oblique, or unknown."""
    azimuth = truth.azimuth_deg(repetition)
    return "unknown" if azimuth is None else view_kind(azimuth) or "unknown"


def _repetition_row(truth: Truth, want: TrueRepetition, got: Repetition | None, swaps: Swaps | None) -> RepetitionRow:
    view = view_name(truth, want)
    if got is None:
        return RepetitionRow(view, False, None, None, None, (), (), swaps)
    boundaries, holds = _times(want, got)
    return RepetitionRow(
        view=view,
        found=True,
        leg_right=None if want.stepping_leg is None else got.stepping_leg == want.stepping_leg,
        variant_right=got.variant == want.variant if want.variant else None,
        bottom_s=None if want.bottom_s is None else got.bottom_s - want.bottom_s,
        boundaries_s=boundaries,
        holds_s=holds,
        swaps=swaps,
    )


def _times(want: TrueRepetition, got: Repetition) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the errors of the steps' boundaries and of the holds, where the steps are the same, seconds."""
    if not want.steps or [s.name for s in want.steps] != [s.name for s in got.steps]:
        return (), ()
    starts = [g.start_s - w.start_s for g, w in zip(got.steps, want.steps, strict=True)]
    holds = [g.duration_s - w.duration_s for g, w in zip(got.steps, want.steps, strict=True) if g.name in HOLDS]
    return (*starts, got.end_s - want.end_s), tuple(holds)


def _check_rows(got: Repetition, truth: Truth, want: TrueRepetition, exercise: Exercise, index: int) -> list[CheckRow]:
    by_key = {(c.check, c.measure, s): c for c in exercise.checks for s in c.steps if want.variant in c.variants}
    out = []
    for finding in got.findings:
        check = by_key.get((finding.check, finding.measure, finding.step))
        value = None if check is None else true_value(truth, want, check, finding.step)
        if check is None or value is None:
            continue
        out.append(
            CheckRow(
                check=finding.check,
                measure=f"{finding.measure}:{check.statistic}",
                step=finding.step,
                view=view_name(truth, want),
                in_view=truly_in_view(truth, want, check),
                kind=clear_kind(value, check),
                result=finding.result,
                reason=finding.reason,
                value=finding.value,
                sd=finding.sd,
                truth=value,
                repetition=index,
            )
        )
    return out


def _angle_rows(analysis: Analysis, truth: Truth, want: TrueRepetition) -> list[AngleRow]:
    """Return the errors of every measure that truth and estimate both have, by step of truth."""
    time = analysis.signals.time_s
    names = sorted(set(truth.values) & set(analysis.signals.values))
    view, azimuth = view_name(truth, want), truth.azimuth_deg(want)
    out = []
    for step in want.steps:
        frames = (time >= step.start_s) & (time <= step.end_s)
        for name in names:
            true = np.interp(time[frames], truth.time_s, truth.values[name], left=np.nan, right=np.nan)
            series = analysis.signals.values[name][frames], analysis.signals.sds[name][frames]
            row = _angle_row((name, step.name, view, azimuth or float("nan")), time[frames], true, *series)
            if row is not None:
                out.append(row)
    return out


def _angle_row(
    key: tuple[str, str, str, float], time: Floats, true: Floats, estimate: Floats, sd: Floats
) -> AngleRow | None:
    known = np.isfinite(true)
    both = known & np.isfinite(estimate)
    if not known.any():
        return None
    if not both.any():
        return AngleRow(*key, frames=0, missing=int(known.sum()))
    error = (estimate - true)[both]
    away = np.abs(error)
    worst = int(away.argmax())
    return AngleRow(
        *key,
        frames=int(both.sum()),
        missing=int(known.sum() - both.sum()),
        sum_error=float(error.sum()),
        sum_absolute=float(away.sum()),
        sum_square=float((error**2).sum()),
        inside_1=int((away <= sd[both]).sum()),
        inside_2=int((away <= TWO_SIDED_95 * sd[both]).sum()),
        estimate=float(estimate[both].mean()),
        truth=float(true[both].mean()),
        sd=float(np.nanmean(sd[both])) if np.isfinite(sd[both]).any() else float("nan"),
        worst_s=float(time[both][worst]),
        worst=float(error[worst]),
    )


TWO_SIDED_95: Final = 1.96
"""A normal distribution has 95 % within this many standard deviations."""
