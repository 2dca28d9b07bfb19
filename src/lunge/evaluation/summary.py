"""From rows to figures: each with an interval from a bootstrap over persons, never over frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import numpy as np

from lunge.evaluation.lowered_figures import lowering_figures
from lunge.evaluation.ratios import VIEWS, Figure, Rate, figure_of
from lunge.evaluation.scoring import AngleRow, CheckRow, ClipScore, RepetitionRow
from lunge.exercises.records import HOLDS

Row = TypeVar("Row")


def figures(scores: Sequence[ClipScore]) -> list[Figure]:
    """Return every figure of a data set."""
    people = sorted({s.person for s in scores})
    out = lowering_figures(scores, people)
    out += _repetition_figures(scores, people) + _time_figures(scores, people) + _leg_figures(scores, people)
    return out + _angle_figures(scores, people) + _calibration_figures(scores, people) + _check_figures(scores, people)


# ---------------------------------------------------------------- repetitions, times, legs
def _repetition_figures(scores: Sequence[ClipScore], people: list[str]) -> list[Figure]:
    per_clip = [(s.person, s.truth_count, s.found_count, sum(r.found for r in s.repetitions)) for s in scores]

    def figure(statistic: str, rows: list[tuple[str, Rate]]) -> Figure:
        return figure_of(("repetitions", "count", "", "", statistic, ""), rows, people)

    return [
        figure("mean absolute error", [(p, (abs(f - t), 1)) for p, t, f, _ in per_clip]),
        figure("exact", [(p, (f == t, 1)) for p, t, f, _ in per_clip]),
        figure("off by one at most", [(p, (abs(f - t) <= 1, 1)) for p, t, f, _ in per_clip]),
        figure("precision", [(p, (m, f)) for p, _, f, m in per_clip]),
        figure("recall", [(p, (m, t)) for p, t, _, m in per_clip]),
        figure("F1", [(p, (2 * m, t + f)) for p, t, f, m in per_clip]),
    ]


def _repetitions(scores: Sequence[ClipScore]) -> list[tuple[str, RepetitionRow]]:
    return [(s.person, r) for s in scores for r in s.repetitions]


def _time_figures(scores: Sequence[ClipScore], people: list[str]) -> list[Figure]:
    rows = _repetitions(scores)
    parts: dict[str, Callable[[RepetitionRow], Sequence[float]]] = {
        "bottom": lambda r: [] if r.bottom_s is None else [r.bottom_s],
        "step boundaries": lambda r: r.boundaries_s,
        "holds": lambda r: r.holds_s,
    }
    out = []
    for name, errors in parts.items():
        for view in ("", *VIEWS):
            chosen = [(p, e) for p, r in rows if view in ("", r.view) for e in errors(r)]
            if chosen:
                label = ("times", name, view, "", "MAE", "s")
                out.append(figure_of(label, [(p, (abs(e), 1.0)) for p, e in chosen], people))
                out.append(figure_of((*label[:4], "bias", "s"), [(p, (e, 1.0)) for p, e in chosen], people))
    return out


def _leg_figures(scores: Sequence[ClipScore], people: list[str]) -> list[Figure]:
    rows = _repetitions(scores)
    out = []
    for view in ("", *VIEWS):
        chosen = [(p, r) for p, r in rows if view in ("", r.view)]
        legs = [(p, (float(r.leg_right), 1.0)) for p, r in chosen if r.leg_right is not None]
        variants = [(p, (float(r.variant_right), 1.0)) for p, r in chosen if r.variant_right is not None]
        swaps = [(p, r.swaps) for p, r in chosen if r.swaps is not None and r.swaps.frames]
        label = ("legs", "stepping leg", view, "", "right", "")
        out += [figure_of(label, legs, people)] if legs else []
        out += [figure_of(("legs", "variant", view, "", "right", ""), variants, people)] if variants else []
        for which in ("raw", "settled") if swaps else ():
            frames = [(p, (float(getattr(s, which)), float(s.frames))) for p, s in swaps]
            whole = [(p, (float(getattr(s, which) * 2 > s.frames), 1.0)) for p, s in swaps]
            out.append(figure_of(("legs", f"swapped, {which}", view, "", "share of frames", ""), frames, people))
            out.append(figure_of(("legs", f"swapped, {which}", view, "", "share of repetitions", ""), whole, people))
    return out


# ---------------------------------------------------------------- angles and calibration
def unit_of(measure: str) -> str:
    """Return the unit that ends a measure's name."""
    return measure.partition(":")[0].rpartition("_")[2]


def _angles(scores: Sequence[ClipScore]) -> list[tuple[str, AngleRow]]:
    return [(s.person, r) for s in scores for r in s.angles]


def _by(
    rows: list[tuple[str, Row]], key: Callable[[Row], tuple[str, ...]]
) -> dict[tuple[str, ...], list[tuple[str, Row]]]:
    out: dict[tuple[str, ...], list[tuple[str, Row]]] = {}
    for person, row in rows:
        out.setdefault(key(row), []).append((person, row))
    return dict(sorted(out.items()))


def _angle_figures(scores: Sequence[ClipScore], people: list[str]) -> list[Figure]:
    rows = _angles(scores)
    groups = _by(rows, lambda r: (sideless(r.measure), r.view, ""))
    groups |= _by(rows, lambda r: (sideless(r.measure), r.view, "holds") if r.step in HOLDS else ("", "", ""))
    groups |= _by(rows, lambda r: (sideless(r.measure), r.view, r.step))
    out = []
    for (name, view, step), chosen in groups.items():
        frames = sum(r.frames for _, r in chosen)
        if not name or not frames:
            continue
        label = ("angles", name, view, step)
        sums = {"MAE": "sum_absolute", "RMSE": "sum_square", "bias": "sum_error"}
        for statistic, field in sums.items():
            part = [(p, (float(getattr(r, field)), float(r.frames))) for p, r in chosen]
            out.append(figure_of((*label, statistic, unit_of(name)), part, people, frames))
    return out


def sideless(measure: str) -> str:
    """Return a leg measure's name without its side."""
    return measure.removeprefix("left_").removeprefix("right_")


def _calibration_figures(scores: Sequence[ClipScore], people: list[str]) -> list[Figure]:
    rows = [(p, r) for p, r in _angles(scores) if r.frames and np.isfinite(r.sd)]
    groups = _by(rows, lambda r: ("all measures", r.view)) | _by(rows, lambda r: (sideless(r.measure), r.view))
    out = []
    for (name, view), chosen in groups.items():
        for statistic, field in (("inside 1 sd", "inside_1"), ("inside 1.96 sd", "inside_2")):
            part = [(p, (float(getattr(r, field)), float(r.frames))) for p, r in chosen]
            out.append(figure_of(("calibration", name, view, "", statistic, ""), part, people))
    return out


# ---------------------------------------------------------------- checks
def _check_figures(scores: Sequence[ClipScore], people: list[str]) -> list[Figure]:
    rows = [(s.person, r) for s in scores for r in s.checks if r.in_view]
    groups = _by(rows, lambda r: ("all judged checks",) if r.check not in BARELY_SEEN else ("barely seen checks",))
    out = []
    for (name,), chosen in (groups | _by(rows, lambda r: (r.check,))).items():
        for statistic, kind, result in CHECK_STATISTICS:
            part = [(p, (float(_is(r, result)), 1.0)) for p, r in chosen if r.kind == kind]
            if part:
                out.append(figure_of(("checks", name, "", "", statistic, ""), part, people))
    return out


CHECK_STATISTICS: Final = (
    ("sensitivity", "fault", "fail"),
    ("faults not judged", "fault", "cannot_judge"),
    ("false alarms", "clean", "fail"),
    ("specificity", "clean", "not fail"),
    ("clean not judged", "clean", "cannot_judge"),
)
BARELY_SEEN: Final = ("hips_level", "hips_forward", "back_straight", "rear_knee_clearance")
"""Told apart, because the pose network hardly sees what they are about (`docs/accuracy.md`)."""


def _is(row: CheckRow, result: str) -> bool:
    return row.result != "fail" if result == "not fail" else row.result == result
