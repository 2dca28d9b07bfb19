"""How wrong each measure is: its standard deviation, fitted on ground truth.

The variance of an error is a sum: of what is always there, and of what bent hips, movement, an oblique
view, a view from behind, hidden points and a small picture add. The numbers stand in ``error_model.toml`` with their
provenance; `bench/fit_error_model.py` writes them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np

from lunge.kinematics.constants import constants
from lunge.kinematics.situation import Side, Situation
from lunge.kinematics.view import view_kind
from lunge.poses import Floats

TERMS: Final = ("base", "bent", "moving", "away", "hidden", "small", "behind")
"""What adds to the variance; `features` says how each is counted."""


@dataclass(frozen=True, slots=True)
class MeasureError:
    """The error of one value of a measure.

    Attributes
    ----------
    sd : float
        Standard deviation on ground truth; decides *cannot judge*. NaN where it was never measured.
    sd_people : float
        Widened to what the literature gives for real people and clothes; what people are shown.
    """

    sd: float
    sd_people: float


UNKNOWN: Final = MeasureError(float("nan"), float("nan"))


@dataclass(frozen=True)
class Row:
    """The fitted error of one measure.

    Attributes
    ----------
    plane : {'sagittal', 'frontal', 'any'}
        In which it lies.
    variances : dict of str to array (7,)
        Per leg (`near`, `far`, or `""` for both alike), one variance for each of `TERMS`.
    """

    plane: str
    variances: dict[str, Floats]


@dataclass(frozen=True)
class Table:
    """The whole file."""

    rows: dict[str, Row]
    models: dict[str, float]
    people: dict[str, dict[str, float]]
    reference: dict[str, float]


@cache
def table() -> Table:
    """Return the fitted errors."""
    text = (resources.files("lunge.kinematics") / "error_model.toml").read_text(encoding="utf-8")
    return table_from(tomllib.loads(text))


def table_from(data: Mapping[str, Any]) -> Table:
    """Return the fitted errors in the content of an error file."""
    rows: dict[str, Row] = {}
    for raw in data["errors"]:
        variances = np.array([raw.get(term, 0.0) for term in TERMS], float)
        row = rows.setdefault(raw["measure"], Row(raw["plane"], {}))
        row.variances[raw.get("leg", "")] = variances
    return Table(rows, data["models"], data["people"], data["reference"])


def features(situation: Situation, plane: str, side: Side | None, reference: Mapping[str, float]) -> Floats:
    """Return what the variance is made of, (T, 7), in the order of `TERMS`.

    Parameters
    ----------
    situation : Situation
    plane : {'sagittal', 'frontal', 'any'}
    side : {'left', 'right'} or None
        The leg that is measured; None: the trunk, or both.
    reference : mapping
        The unit of each term, so that all are about 1 (``error_model.toml``).
    """
    drop = np.clip(_known(situation.drop_heights) / reference["drop_heights"], 0.0, 1.0)
    speed = _known(situation.speed_heights_per_s) / reference["speed_heights_per_s"]
    away = _known(situation.away_deg(plane)) / reference["away_deg"]
    hidden = 1.0 - _known(situation.part_seen(side))
    small = reference["height_px"] / max(situation.height_px, 1.0) if np.isfinite(situation.height_px) else 1.0
    half = constants().measures.least_plane_share
    behind = np.clip((-np.cos(np.radians(_known(situation.azimuth_deg))) - half) / (1 - half), 0.0, 1.0)
    always, near = np.ones_like(drop), np.full_like(drop, small**2)
    return np.stack([always, drop, np.minimum(speed, 1.0) ** 2, away**2, hidden**2, near, behind**2], 1)


def _known(series: Floats) -> Floats:
    # Not `nan_to_num`: for the single frames of a live set that is most of the work.
    return np.where(np.isnan(series), 0.0, series)


def name_and_side(measure: str, front: Side | None) -> tuple[str, Side | None]:
    """Return a measure's name in the table and the leg that it is about.

    Parameters
    ----------
    measure : str
        `left_`, `right_`: of that leg, and both legs share a row; `front_`, `rear_`: of a role.
    front : {'left', 'right'} or None
        Which leg is in front.
    """
    for side in _SIDES:
        if measure.startswith(f"{side}_"):
            return measure.removeprefix(f"{side}_"), side
    if front is None or "_hip_" in measure:
        return measure, None
    if measure.startswith("front_"):
        return measure, front
    return (measure, "right" if front == "left" else "left") if measure.startswith("rear_") else (measure, None)


_SIDES: Final[tuple[Side, Side]] = ("left", "right")


def sd_series(measure: str, situation: Situation, front: Side | None = None) -> Floats:
    """Return the standard deviation of a measure in each frame (T,); NaN when it was never measured.

    Parameters
    ----------
    measure : str
        As checks and series name it.
    situation : Situation
    front : {'left', 'right'} or None
        Which leg is in front, for the measures of a role.
    """
    name, side = name_and_side(measure, front)
    known = table()
    row = known.rows.get(name)
    if row is None:
        return np.full(len(situation.azimuth_deg), np.nan)
    parts = features(situation, row.plane, side, known.reference)
    if side is None or "" in row.variances:
        variance = parts @ next(iter(row.variances.values()))
    else:
        near = situation.is_near(side)
        variance = np.where(near, parts @ row.variances["near"], parts @ row.variances["far"])
    out: Floats = np.sqrt(variance) * known.models[situation.model]
    return out


def error_over(measure: str, situation: Situation, front: Side | None = None) -> MeasureError:
    """Return the error of a value that is taken over the frames of a situation.

    A measure errs the same way throughout a step, so that a mean over frames is no surer than one.
    """
    series = sd_series(measure, situation, front)
    if not np.isfinite(series).any():
        return UNKNOWN
    sd = float(np.sqrt(_mean(series**2)))
    kind = view_kind(_median(situation.azimuth_deg))
    return MeasureError(round(sd, 4), round(max(sd, people_sd(measure, kind)), 4))


def _mean(series: Floats) -> float:
    # For the single frames of a live set `nanmean` and `nanmedian` would be half of the work.
    return float(series[0]) if len(series) == 1 else float(np.nanmean(series))


def _median(series: Floats) -> float:
    if len(series) == 1 or not np.isfinite(series).any():
        return float(series[0])
    return float(np.nanmedian(series))


def people_sd(measure: str, kind: str | None) -> float:
    """Return what the literature gives for real people in a view, in the measure's unit; 0 where it gives nothing."""
    row = table().people.get(_unit(measure), {})
    return row.get(kind or "oblique", 0.0)


def _unit(measure: str) -> str:
    name, _, statistic = measure.partition(":")
    return statistic if statistic == "sd" else name.rpartition("_")[2]
