"""Our own truth file, ``NAME.truth.json`` beside a video or landmark file (`docs/evaluation.md` describes it)."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from lunge.errors import InputError
from lunge.evaluation.synthetic import role_values
from lunge.evaluation.truth import TrueLowering, TrueRepetition, Truth
from lunge.records import Step

SCHEMA: Final = "lunge.truth/1"
ENDING: Final = ".truth.json"


def head_as_dict(truth: Truth) -> dict[str, Any]:
    """Return everything but the series as plain data."""
    return {
        "schema": SCHEMA,
        "person": truth.person,
        "kind": truth.kind,
        "camera_azimuth_deg": truth.camera_azimuth_deg,
        "standing": [list(span) for span in truth.standing],
        "repetitions": [
            {
                "variant": r.variant,
                "stepping_leg": r.stepping_leg,
                "start_s": r.start_s,
                "end_s": r.end_s,
                "bottom_s": r.bottom_s,
                "steps": [{"name": s.name, "start_s": s.start_s, "end_s": s.end_s} for s in r.steps],
            }
            for r in truth.repetitions
        ],
        **({} if truth.lowerings is None else {"lowerings": [asdict(low) for low in truth.lowerings]}),
    }


def truth_from_head(head: dict[str, Any], name: str) -> Truth:
    """Return a truth without series from plain data.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it does not have the form of `head_as_dict`.
    """
    if head["schema"] != SCHEMA:
        raise ValueError(f"schema: expected {SCHEMA}, got {head['schema']}")
    azimuth = head.get("camera_azimuth_deg")
    return Truth(
        name=name,
        person=str(head.get("person", name)),
        kind=head.get("kind", "own"),
        repetitions=tuple(_repetition(r) for r in head["repetitions"]),
        camera_azimuth_deg=None if azimuth is None else float(azimuth),
        standing=tuple((float(a), float(b)) for a, b in head.get("standing", [])),
        lowerings=tuple(TrueLowering(**raw) for raw in head["lowerings"]) if "lowerings" in head else None,
    )


def _repetition(raw: dict[str, Any]) -> TrueRepetition:
    bottom: Any = raw.get("bottom_s")
    steps = tuple(Step(s["name"], float(s["start_s"]), float(s["end_s"])) for s in raw.get("steps", []))
    return TrueRepetition(
        variant=raw.get("variant", ""),
        stepping_leg=raw.get("stepping_leg"),
        start_s=float(raw.get("start_s", steps[0].start_s if steps else bottom)),
        end_s=float(raw.get("end_s", steps[-1].end_s if steps else bottom)),
        bottom_s=None if bottom is None else float(bottom),
        steps=steps,
    )


def read_truth_file(path: Path) -> Truth:
    """Return the truth in a file of our own format.

    Raises
    ------
    InputError
        With what is wrong.
    """
    name = path.name.removesuffix(ENDING)
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        truth = truth_from_head(raw, name)
        series = {key: np.array(column, float) for key, column in raw.get("series", {}).items()}
        points = {key: np.array(xy, float).T for key, xy in raw.get("points_px", {}).items()}
        time = series.pop("time_s", np.zeros(0))
        wrong = [key for key, column in (series | points).items() if len(column) != len(time)]
        if wrong:
            raise ValueError(f"{wrong[0]}: expected {len(time)} values as in time_s")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError("errors.truth.no_form", name=path.name, form=SCHEMA, cause=str(error)) from error
    derived = role_values(series, time, truth.repetitions) if _complete(series) else {}
    return replace(truth, time_s=time, values=derived | series, points_px=points)


def _complete(series: dict[str, Any]) -> bool:
    """Return whether both legs and the pelvis are given, so that the roles' series follow."""
    legs = ("thigh_above_horizontal_deg", "knee_flexion_deg", "shank_forward_deg", "knee_inward_heights")
    wanted = {f"{side}_{n}" for side in ("left", "right") for n in (*legs, "thigh_forward_deg", "knee_height_heights")}
    return wanted | {"pelvic_obliquity_deg", "pelvic_rotation_deg", "trunk_side_deg"} <= set(series)
