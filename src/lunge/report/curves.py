"""What the charts of a repetition show: series, steps and limits out of an analysis."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from statistics import median
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lunge.exercises.records import HOLDS
from lunge.poses import Floats
from lunge.records import Analysis, Finding, Repetition
from lunge.report.charts import Aim, Curve, Panel, Stretch
from lunge.report.constants import constants
from lunge.report.words import number, raised, word, words

NOT_A_POSTURE: Final = ("steadiness",)
"""Checks whose limits are of another kind than the series they read (a scatter, not an angle)."""


def panels(analysis: Analysis, repetition: Repetition) -> list[Panel]:
    """Return the charts of a repetition, those with data only."""
    time, around_s = analysis.signals.time_s, constants().curves.around_s
    shown = (time >= repetition.start_s - around_s) & (time <= repetition.end_s + around_s)
    if shown.sum() < 2:
        return []
    found = (_panel(analysis, repetition, shown, wanted) for wanted in _wanted())
    return [p for p in found if p is not None]


@cache
def _wanted() -> list[dict[str, Any]]:
    """Return the charts that a repetition can have, as ``panels.toml`` lists them."""
    text = (resources.files("lunge.report") / "panels.toml").read_text(encoding="utf-8")
    wanted: list[dict[str, Any]] = tomllib.loads(text)["panels"]
    return wanted


def _panel(
    analysis: Analysis, repetition: Repetition, shown: NDArray[np.bool_], wanted: dict[str, Any]
) -> Panel | None:
    curves = [_curve(analysis, repetition, shown, name) for name in wanted["series"]]
    there = tuple(c for c in curves if c is not None)
    if not there:
        return None
    time = analysis.signals.time_s[shown]
    texts = words()["curves"][wanted["name"]]
    return Panel(
        title=texts["title"],
        hint=texts["hint"],
        alt=_alt(texts["title"], there, time, repetition),
        time_s=time,
        curves=there,
        steps=stretches(repetition),
        aims=_aims(repetition, wanted["bands"]),
    )


def stretches(repetition: Repetition) -> tuple[Stretch, ...]:
    """Return the steps of a repetition as charts show them."""
    return tuple(Stretch(word("steps", s.name), s.start_s, s.end_s, s.name in HOLDS) for s in repetition.steps)


def _curve(analysis: Analysis, repetition: Repetition, shown: NDArray[np.bool_], template: str) -> Curve | None:
    role, name = _series_name(template, repetition)
    if name not in analysis.signals.values:
        return None
    y = analysis.signals.values[name][shown]
    if np.isfinite(y).mean() < constants().curves.least_share:
        return None
    label, kind = _label(role, repetition)
    return Curve(label, kind, y, _spread(analysis, repetition, shown, name))


def _series_name(template: str, repetition: Repetition) -> tuple[str, str]:
    """Return whose curve it is (front, rear or trunk) and the name of its series."""
    rear = repetition.stepping_leg or "right"
    front = "left" if rear == "right" else "right"
    role = next((r for r in ("front", "rear") if template.startswith((r, f"{{{r}}}"))), "trunk")
    return role, template.format(front=front, rear=rear)


def _label(role: str, repetition: Repetition) -> tuple[str, str]:
    rear = repetition.stepping_leg or "right"
    sides = {"front": "left" if rear == "right" else "right", "rear": rear}
    labels = words()["curves"]["labels"]
    if role not in sides:
        return labels["trunk"], "trunk"
    return raised(labels[role].format(side=word("sides", sides[role]))), sides[role]


def _spread(analysis: Analysis, repetition: Repetition, shown: NDArray[np.bool_], name: str) -> Floats:
    """Return the spread for people: this measure's, else that of the view's other angles, else the series' own."""
    known = {f.measure: f.sd_people for f in repetition.findings if _is_angle(f) and f.sd_people is not None}
    own = analysis.signals.sds[name][shown]
    if not known:
        return own
    return np.full(len(own), known.get(name, median(known.values())))


def _is_angle(finding: Finding) -> bool:
    return finding.unit == "deg" and finding.check not in NOT_A_POSTURE


def _aims(repetition: Repetition, measures: list[str]) -> tuple[Aim, ...]:
    out = []
    for finding in repetition.findings:
        step = repetition.step(finding.step)
        asked = finding.reason != "not_asked" and finding.measure in measures
        if asked and step is not None and _is_angle(finding):
            out.append(Aim(step.start_s, step.end_s, *finding.limit))
    return tuple(out)


def _alt(title: str, curves: tuple[Curve, ...], time_s: Floats, repetition: Repetition) -> str:
    """Return the chart in words, for those who do not see it."""
    labels = words()["curves"]["labels"]
    bottom = int(np.argmin(np.abs(time_s - repetition.bottom_s)))
    said = [
        labels["alt_series"].format(
            label=c.label,
            low=f"{number(float(np.nanmin(c.y)))}°",
            high=f"{number(float(np.nanmax(c.y)))}°",
            mid=f"{number(float(c.y[bottom]))}°" if np.isfinite(c.y[bottom]) else word("values", "unknown"),
        )
        for c in curves
    ]
    return str(labels["alt"].format(title=title, series=" ".join(said)))
