"""The figures of an evaluation as text, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from lunge.evaluation.lowered_figures import confusion
from lunge.evaluation.ratios import Figure
from lunge.evaluation.scoring import ClipScore
from lunge.files import made_folder, write_text

SCHEMA: Final = "lunge.evaluation/1"

MAIN_ANGLES: Final = (
    "knee_flexion_deg",
    "thigh_above_horizontal_deg",
    "trunk_forward_deg",
    "trunk_side_deg",
    "shank_forward_deg",
    "front_thigh_above_horizontal_deg",
    "rear_thigh_from_vertical_deg",
    "step_length_heights",
)
"""What the table for people shows of the angles; the files hold all."""


def is_main(figure: Figure) -> bool:
    """Return whether a figure belongs into the table for people."""
    if figure.group == "angles":
        return figure.step == "" and figure.name in MAIN_ANGLES and figure.statistic in ("MAE", "RMSE", "bias")
    if figure.group == "calibration":
        return figure.name == "all measures"
    return figure.group != "times" or figure.statistic == "MAE"


def percent(figure: Figure) -> bool:
    """Return whether a figure is a share."""
    return not figure.unit and figure.statistic not in ("mean absolute error", "AUC", "false")


def shown(figure: Figure) -> tuple[str, str]:
    """Return a figure's value and interval as text."""
    if percent(figure):
        value, ends = f"{100 * figure.value:.1f} %", f"{100 * figure.low:.1f} to {100 * figure.high:.1f} %"
    else:
        digits = 1 if figure.unit == "deg" else 3
        value = f"{figure.value:.{digits}f}{' ' + figure.unit if figure.unit else ''}"
        ends = f"{figure.low:.{digits}f} to {figure.high:.{digits}f}"
    return value, "" if math.isnan(figure.low) else ends


def as_document(scores: Sequence[ClipScore], figures: Sequence[Figure], about: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON document of an evaluation."""
    return {
        "schema": SCHEMA,
        **about,
        "clips": len(scores),
        "persons": len({s.person for s in scores}),
        "lowerings": {kind: dict(called) for kind, called in confusion(scores)},
        "figures": [_plain(asdict(f)) for f in figures],
        "not_analysed": [{"name": s.name, "message": s.error} for s in scores if s.error],
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {k: None if isinstance(v, float) and math.isnan(v) else v for k, v in row.items()}


def write_evaluation_tables(document: dict[str, Any], scores: Sequence[ClipScore], out: Path) -> None:
    """Write ``evaluation.json``, ``figures.csv``, ``checks.csv``, ``angles.csv`` and ``lowerings.csv`` into a folder.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    made_folder(out)
    write_text(out / "evaluation.json", json.dumps(document, indent=1))
    write_text(out / "figures.csv", _csv([f.name for f in fields(Figure)], document["figures"]))
    for name in ("checks", "angles", "lowerings"):
        rows = [{"clip": s.name, "person": s.person} | asdict(r) for s in scores for r in getattr(s, name) or ()]
        if rows:
            write_text(out / f"{name}.csv", _csv(list(rows[0]), rows))


def _csv(header: list[str], rows: Sequence[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
