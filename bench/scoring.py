"""Score judged repetitions against the truth of rendered clips, by the rules of the contract."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from lunge.exercises import load
from lunge.exercises.records import Check
from lunge.geometry import angle_between_deg
from lunge.records import Analysis, Repetition

BARELY_SEEN = ("hips_level", "hips_forward", "back_straight", "rear_knee_clearance")


@dataclass
class Score:
    """Counts and errors over clips."""

    checks: dict[str, Counter[str]] = field(default_factory=dict)
    boundaries_s: list[float] = field(default_factory=list)
    holds_s: list[float] = field(default_factory=list)
    bottoms_s: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)


def truth_of(video: Path) -> dict[str, Any]:
    """Return the truth beside a rendered clip."""
    packed = video.with_suffix(".json.gz")
    if packed.exists():
        return dict(json.loads(gzip.decompress(packed.read_bytes())))
    return dict(json.loads(video.with_suffix(".json").read_text(encoding="utf-8")))


def reverse_lunges(truth: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the repetitions of truth that are to be counted."""
    return [r for r in truth["repetitions"] if r["movement"].startswith("reverse_lunge")]


def add_clip(score: Score, analysis: Analysis, truth: dict[str, Any], name: str) -> str:
    """Add a clip to a score; return a cell that says whether count, legs and variants are exact."""
    wanted = reverse_lunges(truth)
    got = [r for r in analysis.repetitions if r.complete]
    if len(got) != len(wanted):
        return f"COUNT {len(got)} of {len(wanted)}"
    bad = [
        f"{i + 1}: {r.variant} {r.stepping_leg}"
        for i, (r, w) in enumerate(zip(got, wanted, strict=True))
        if (r.variant, r.stepping_leg) != (w["movement"], w["stepping_leg"])
    ]
    for repetition, want in zip(got, wanted, strict=True):
        _add_times(score, repetition, want)
        _add_checks(score, repetition, want, truth, name)
    return "exact" if not bad else "LEGS/VARIANT " + "; ".join(bad)


def _add_times(score: Score, repetition: Repetition, want: dict[str, Any]) -> None:
    phases = [p for p in want["phases"] if p["name"] != "standing"]
    if [s.name for s in repetition.steps] != [p["name"] for p in phases]:
        return
    for step, phase in zip(repetition.steps, phases, strict=True):
        score.boundaries_s.append(step.start_s - phase["start_s"])
    score.boundaries_s.append(repetition.end_s - phases[-1]["end_s"])
    for key, value in repetition.holds_s.items():
        if key in want:
            score.holds_s.append(value - want[key])


def _add_checks(score: Score, repetition: Repetition, want: dict[str, Any], truth: dict[str, Any], name: str) -> None:
    exercise = load("reverse_lunge")
    by_key = {(c.check, c.measure, s): c for c in exercise.checks for s in c.steps if want["movement"] in c.variants}
    for finding in repetition.findings:
        check = by_key.get((finding.check, finding.measure, finding.step))
        if check is None or check.statistic == "unseen":
            continue
        value = true_value(truth, want, check, finding.step)
        kind = clear_kind(value, check)
        if kind is None or not truly_in_view(truth, want, check):
            continue
        row = score.checks.setdefault(finding.check, Counter())
        row[f"{kind}_{finding.result}"] += 1
        wrong = finding.result == "fail" if kind == "clean" else finding.result != "fail"
        if wrong or finding.result == "cannot_judge":
            read = "none" if finding.value is None else f"{finding.value:.3g}"
            score.misses.append(
                f"{name} rep {repetition.index} {finding.check} {finding.step}: {kind}, truth {value:.3g}, read {read},"
                f" {finding.result} {finding.reason or ''}"
            )


def truly_in_view(truth: dict[str, Any], want: dict[str, Any], check: Check) -> bool:
    """Return whether the true view lies in the check's views."""
    if not check.azimuths_deg:
        return True
    heading = np.array(truth["frames"]["measures"]["heading_deg"], float)
    time = np.array(truth["frames"]["time_s"])
    inside = (time >= want["start_s"]) & (time <= want["end_s"])
    camera = truth["case"]["camera"].get("azimuth_deg", 90.0)
    azimuth = camera - float(np.median(heading[inside]))
    return bool(min(angle_between_deg(azimuth, a) for a in check.azimuths_deg) <= check.span_deg)


def clear_kind(value: float, check: Check) -> str | None:
    """Return 'fault' beyond the limit by the margin, 'clean' inside by it, None between."""
    low = -np.inf if check.limit[0] is None else check.limit[0]
    high = np.inf if check.limit[1] is None else check.limit[1]
    if value < low - check.margin or value > high + check.margin:
        return "fault"
    if low + check.margin <= value <= high - check.margin:
        return "clean"
    return None


def true_value(truth: dict[str, Any], want: dict[str, Any], check: Check, step: str) -> float:
    """Return truth's own measure over a step, by the check's statistic."""
    phases = {p["name"]: p for p in want["phases"]}
    first, _, last = step.partition(" to ")
    start, end = phases[first]["start_s"], phases[last or first]["end_s"]
    if check.statistic == "duration":
        return float(end - start)
    if check.statistic == "end":
        start = end - 0.15
    time = np.array(truth["frames"]["time_s"])
    frames = (time >= start) & (time <= end)
    series = true_series(truth, want, check.measure)[frames]
    if check.statistic == "max":
        return float(np.nanmax(series))
    return float(np.nanstd(series) if check.statistic == "sd" else np.nanmean(series))


def true_series(truth: dict[str, Any], want: dict[str, Any], measure: str) -> np.ndarray:
    """Return truth's series of a measure, in the units and signs of the checks."""
    columns = truth["frames"]["measures"]
    height, shoulders = truth["body"]["height_m"], truth["body"]["widths_m"]["shoulders"]
    front = want["front_leg"]
    sign = 1.0 if front == "left" else -1.0

    def column(name: str) -> np.ndarray:
        return np.array(columns[name], float)

    made = {
        "thighs_above_horizontal_deg": lambda: (
            (column("left_thigh_above_horizontal_deg") + column("right_thigh_above_horizontal_deg")) / 2
        ),
        "feet_apart_shoulder_widths": lambda: column("feet_apart_m") / shoulders,
        "rear_knee_height_heights": lambda: column("rear_knee_height_m") / height,
        "step_length_heights": lambda: column("step_length_m") / height,
        "rear_hip_drop_deg": lambda: sign * column("pelvic_obliquity_deg"),
        "rear_hip_turned_back_deg": lambda: -sign * column("pelvic_rotation_deg"),
        "trunk_to_front_side_deg": lambda: sign * column("trunk_side_deg"),
        "front_knee_inward_heights": lambda: column(f"{front}_knee_inward_m") / height,
        "front_thigh_above_horizontal_deg": lambda: column(f"{front}_thigh_above_horizontal_deg"),
        "greater_knee_flexion_over_standing_deg": lambda: _over_standing(truth, column),
        "hands_on_hips_share": lambda: _hands(truth),
    }
    return made[measure]() if measure in made else column(measure)


def _over_standing(truth: dict[str, Any], column: Any) -> np.ndarray:
    time = np.array(truth["frames"]["time_s"])
    standing = np.zeros(len(time), bool)
    for phase in truth["phases"]:
        if phase["name"] == "standing":
            standing |= (time >= phase["start_s"]) & (time < phase["end_s"])
    sides = [column(f"{s}_knee_flexion_deg") for s in ("left", "right")]
    return np.fmax(*(k - np.median(k[standing]) for k in sides))


def _hands(truth: dict[str, Any]) -> np.ndarray:
    hands = truth["frames"]["hand_on_hip"]
    return np.array([a == "1" and b == "1" for a, b in zip(hands["left"], hands["right"], strict=True)], float)


def table(score: Score) -> list[str]:
    """Return the rows of a score for people."""
    rows = [
        f"step boundaries: median {np.median(np.abs(score.boundaries_s)):.3f} s,"
        f" mean absolute {np.mean(np.abs(score.boundaries_s)):.3f} s, n {len(score.boundaries_s)}",
        f"holds: median {np.median(np.abs(score.holds_s)):.3f} s,"
        f" mean absolute {np.mean(np.abs(score.holds_s)):.3f} s, n {len(score.holds_s)}",
        f"{'check':22} {'faults failed':>16} {'clean failed':>16} {'clean not judged':>18}",
    ]
    for group in (False, True):
        total: Counter[str] = Counter()
        for name, counts in score.checks.items():
            if (name in BARELY_SEEN) == group:
                rows.append(_row(name, counts))
                total += counts
        rows.append(_row("BARELY SEEN" if group else "ALL", total))
    return rows


def _row(name: str, c: Counter[str]) -> str:
    faults = c["fault_fail"] + c["fault_pass"] + c["fault_cannot_judge"]
    clean = c["clean_fail"] + c["clean_pass"] + c["clean_cannot_judge"]
    cells = ((c["fault_fail"], faults), (c["clean_fail"], clean), (c["clean_cannot_judge"], clean))
    texts = [f"{a}/{b}" + (f" {100 * a / b:.0f} %" if b else "") for a, b in cells]
    return f"{name:22} {texts[0]:>16} {texts[1]:>16} {texts[2]:>18}"
