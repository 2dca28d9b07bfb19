"""Fit the error of every measure on ground truth, and write it into the package.

    uv run python bench/fit_error_model.py FOLDER [FOLDER ...] [--poses FOLDER] [--models LITE HEAVY] [--write]

Each FOLDER holds clips or landmark files with truth; never one that figures are reported on. The variance of an
error is a sum of terms that cannot be negative (`lunge.kinematics.error_model`); the sum is fitted by maximum
likelihood for normal errors. Single wild errors are limited in robust standard deviations, so that they do not stand
for the rest. The sd of a series is then widened until it holds 68 % and 95 % of the errors of bodies that its fit did
not see: bodies differ more than frames, and errors have heavier tails than a normal distribution.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import defaultdict
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from lunge.evaluation.dataset import items
from lunge.evaluation.matching import matched
from lunge.evaluation.truth import TrueRepetition, Truth, true_value, truly_in_view
from lunge.exercises import load
from lunge.judging import judged
from lunge.kinematics.error_model import TERMS, features, name_and_side
from lunge.kinematics.roles import role_series
from lunge.measuring import Measured, measured
from lunge.records import Target
from lunge.session import Options

EVERY = 3
WILD = {"frames": 4.5, "values": 3.0}
"""A wild frame is one of thousands, and many of them are the tails; a wild value is one of thirty."""

LEAST = 1e-5
ROUNDS = 500
FRONTAL = ("trunk_side", "trunk_to_front", "pelvic", "rear_hip", "feet_apart", "knee_inward")
ANYWHERE = ("hands",)
LEGS = ("thigh", "knee", "shank", "hip_flexion")
OF_VALUES = np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0])
"""The terms of a value that a check judges: its step says how bent and how fast the body is, hidden legs are not
judged, and too few findings are there for more."""
FOLDS = 4
"""Parts that the bodies are dealt into; each is left out once."""

INSIDE = ((0.68, 1.0), (0.95, 1.96))
"""The shares of a normal distribution within so many standard deviations."""

Rows = dict[tuple[str, str], list[tuple[float, np.ndarray, str]]]


def plane_of(measure: str) -> str:
    """Return the plane in which a measure lies."""
    if any(part in measure for part in FRONTAL):
        return "frontal"
    if measure.startswith(ANYWHERE):
        return "any"
    return "sagittal"


def leg_of(measure: str, near: bool) -> str:
    """Return the leg's place in the table; both legs alike outside the sagittal plane."""
    one_leg = any(part in measure for part in LEGS) and not measure.startswith(("thighs", "greater", "feet"))
    return ("near" if near else "far") if one_leg and plane_of(measure) == "sagittal" else ""


def add_series(rows: Rows, seen: Measured, truth: Truth, want: TrueRepetition, reference: dict[str, float]) -> None:
    """Add the errors of the series in one repetition, frame by frame."""
    front = "right" if want.stepping_leg == "left" else "left"
    series = seen.series | role_series(seen.series, seen.body, front)
    time = seen.poses.time_s
    frames = np.flatnonzero((time >= want.start_s) & (time <= want.end_s))[::EVERY]
    if not len(frames):
        return
    here = seen.situation.at(frames)
    for measure in sorted(set(series) & set(truth.values)):
        if measure.endswith("share"):
            continue
        name, side = name_and_side(measure, front)
        true = np.interp(time[frames], truth.time_s, truth.values[measure])
        error = series[measure][frames] - true
        known = features(here, plane_of(name), side, reference)
        near = here.is_near(side) if side else np.ones(len(frames), bool)
        for i in np.flatnonzero(np.isfinite(error)):
            rows[name, leg_of(name, bool(near[i]))].append((float(error[i]), known[i], truth.person))


def add_findings(rows: Rows, seen: Measured, truth: Truth, reference: dict[str, float]) -> None:
    """Add the errors of the values that checks judge: means, peaks, scatters, durations."""
    exercise = load("reverse_lunge")
    found = [r for r in judged(seen, exercise, Target()).repetitions if r.complete]
    for index, got in matched(found, truth.repetitions).items():
        want = truth.repetitions[index]
        checks = {(c.check, c.measure, s): c for c in exercise.checks for s in c.steps if want.variant in c.variants}
        for finding in got.findings:
            check = checks.get((finding.check, finding.measure, finding.step))
            if check is None or finding.value is None:
                continue
            value, span = true_value(truth, want, check, finding.step), want.span(finding.step)
            if value is None or span is None or not truly_in_view(truth, want, check):
                continue
            name, side = name_and_side(check.measure, "right" if want.stepping_leg == "left" else "left")
            time = seen.poses.time_s
            frames = np.flatnonzero((time >= span[0]) & (time <= span[1]))
            if not len(frames):
                continue
            here = seen.situation.at(frames)
            leg = leg_of(name, bool(np.median(here.is_near(side)))) if side else ""
            known = features(here, plane_of(name), side, reference).mean(0) * OF_VALUES
            rows[f"{name}:{check.statistic}", leg].append((finding.value - value, known, truth.person))


def limited(errors: np.ndarray, wild: float) -> np.ndarray:
    """Return the squares of errors, none larger than so many robust standard deviations allow."""
    robust = 1.4826 * np.median(np.abs(errors)) or np.sqrt(np.mean(errors**2))
    return np.minimum(errors**2, (wild * max(robust, 1e-9)) ** 2)


def fitted(errors: np.ndarray, known: np.ndarray, wild: float) -> np.ndarray:
    """Return the variances (7,) of the terms: maximum likelihood by steps that keep them positive."""
    squares = limited(errors, wild)
    used = known.any(0)
    weights = np.where(used, squares.mean() / known.sum(1).mean(), 0.0)
    for _ in range(ROUNDS):
        variance = known @ weights
        up, down = known.T @ (squares / variance**2), known.T @ (1 / variance)
        weights[used] *= up[used] / down[used]
    return weights


def widening(errors: np.ndarray, known: np.ndarray, people: np.ndarray, wild: float) -> float:
    """Return by how much the sd must grow to hold what it says of bodies that its fit did not see; at least 1."""
    names = sorted(set(people))
    away = np.full(len(errors), np.nan)
    for fold in range(min(FOLDS, len(names))):
        out = np.isin(people, names[fold::FOLDS])
        if out.all():
            return 1.0
        away[out] = np.abs(errors[out]) / np.sqrt(known[out] @ fitted(errors[~out], known[~out], wild))
    wanted = [np.quantile(away[np.isfinite(away)], share) / sds for share, sds in INSIDE]
    return max(1.0, *wanted)


def collected(folders: list[Path], poses: Path | None, reference: dict[str, float]) -> tuple[Rows, int]:
    """Return the errors by measure and leg, and from how many clips."""
    rows: Rows = defaultdict(list)
    clips = 0
    for item in (i for folder in folders for i in items(folder, poses)):
        truth = item.truth()
        landmarks = item.landmarks(Options())
        list(landmarks.blocks())
        seen = measured(landmarks.poses())
        if not truth.repetitions or seen.body.baseline != "standing":
            continue
        clips += 1
        for want in truth.repetitions:
            add_series(rows, seen, truth, want, reference)
        add_findings(rows, seen, truth, reference)
    return rows, clips


def told_apart(near: np.ndarray, far: np.ndarray, wild: float) -> bool:
    """Return whether the errors of near and far legs differ in size by more than chance (5 %)."""
    squares = [limited(errors, wild) for errors in (near, far)]
    chance = 1.96 * np.sqrt(2 / len(near) + 2 / len(far))
    return bool(abs(np.log(squares[0].mean() / squares[1].mean())) > chance)


def with_legs_joined(rows: Rows) -> Rows:
    """Return the rows with near and far legs in one where they are not told apart: values are too few to split."""
    out = dict(rows)
    for name in sorted({name for name, leg in rows if ":" in name and leg}):
        pair = [rows.get((name, leg), []) for leg in ("near", "far")]
        errors = [np.array([e for e, _, _ in found]) for found in pair]
        if all(len(e) for e in errors) and not told_apart(*errors, WILD["values"]):
            out[name, ""] = out.pop((name, "near")) + out.pop((name, "far"))
    return out


def written(rows: Rows, data: dict[str, Any], about: str) -> str:
    """Return the content of the error file."""
    out = [f"# {line}".rstrip() for line in about.splitlines()]
    for table in ("reference", "models"):
        out += ["", f"[{table}]", *(f"{k} = {v}" for k, v in data[table].items())]
    for unit, views in data["people"].items():
        out += ["", f"[people.{unit}]", *(f"{k} = {v}" for k, v in views.items())]
    for (name, leg), found in sorted(with_legs_joined(rows).items()):
        errors, known = np.array([e for e, _, _ in found]), np.stack([k for _, k, _ in found])
        kind = "values" if ":" in name else "frames"
        weights = fitted(errors, known, WILD[kind])
        if kind == "frames":
            weights *= widening(errors, known, np.array([p for _, _, p in found]), WILD[kind]) ** 2
        out += ["", "[[errors]]", f'measure = "{name}"', f'plane = "{plane_of(name)}"']
        out += [f'leg = "{leg}"'] if leg else []
        out += [f"n = {len(found)}"]
        out += [f"{t} = {w:.4g}" for t, w in zip(TERMS, weights, strict=True) if w > LEAST * weights.sum()]
    fitted_names = {name for name, _ in rows}
    for row in (r for r in data["errors"] if r["measure"] not in fitted_names):
        out += ["", "[[errors]]", *(f"{k} = {json.dumps(v)}" for k, v in row.items())]
    return "\n".join(out) + "\n"


def main() -> None:
    """Fit, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--poses", type=Path)
    parser.add_argument("--write", action="store_true", help="into the package; else only printed")
    given = parser.parse_args()
    path = Path(str(resources.files("lunge.kinematics") / "error_model.toml"))
    text = path.read_text(encoding="utf-8")
    data = tomllib.loads(text)
    about = "\n".join(line[2:] for line in text.partition("\n\n")[0].splitlines())
    rows, clips = collected(given.folders, given.poses, data["reference"])
    made = written(rows, data, about)
    print(f"{clips} clips, {len(rows)} rows")
    if given.write:
        path.write_text(made, encoding="utf-8")
    else:
        print(made)


if __name__ == "__main__":
    main()
