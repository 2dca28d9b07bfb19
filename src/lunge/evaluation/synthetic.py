"""Truth files of rendered clips (`lunge-synth-1`)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any, Final

import numpy as np

from lunge.errors import InputError
from lunge.evaluation.constants import constants
from lunge.evaluation.lowered_truth import true_lowerings
from lunge.evaluation.truth import (
    LEG_POINTS,
    Side,
    TrueRepetition,
    Truth,
    over_standing_deg,
    thighs_above_horizontal_deg,
)
from lunge.kinematics.roles import leg_roles
from lunge.poses import SIDES, Floats
from lunge.records import Step

SCHEMA: Final = "lunge-synth-1"

SEATED: Final = "seated_lunge"
EXERCISES: Final = ("reverse_lunge", "reverse_lunge_from_standing", SEATED)

_LENGTHS: Final = ("knee_height_m", "knee_inward_m")
_PLAIN: Final = ("trunk_forward_deg", "trunk_side_deg", "pelvic_obliquity_deg", "pelvic_rotation_deg", "heading_deg")
_LEG_ANGLES: Final = (
    "knee_flexion_deg",
    "hip_flexion_3pt_deg",
    "thigh_above_horizontal_deg",
    "thigh_forward_deg",
    "shank_forward_deg",
)


def sidecar(video: Path) -> Path | None:
    """Return the truth file beside a video, or None."""
    beside = (video.with_suffix(ending) for ending in (".json", ".json.gz"))
    return next((path for path in beside if path.is_file()), None)


def read_record(path: Path) -> dict[str, Any]:
    """Return the JSON of a truth file, packed or not.

    Raises
    ------
    InputError
        If it is none.
    """
    try:
        raw = path.read_bytes()
        record = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    except (OSError, ValueError, EOFError) as error:
        raise InputError("errors.truth.unreadable", name=path.name, path=str(path)) from error
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise InputError("errors.truth.no_truth", name=path.name, form=SCHEMA, path=str(path))
    return record


def truth_from_record(record: dict[str, Any], name: str) -> Truth:
    """Return the truth of a rendered clip.

    Parameters
    ----------
    record : dict
        From `read_record`.
    name : str
        Of the clip.
    """
    time = np.array(record["frames"]["time_s"], float)
    repetitions = tuple(_repetition(record, r, time) for r in record["repetitions"] if r["movement"] in EXERCISES)
    standing = tuple((p["start_s"], p["end_s"]) for p in record["phases"] if p["name"] == "standing")
    return Truth(
        name=name,
        person=person_of(record),
        kind="rendered",
        repetitions=repetitions,
        camera_azimuth_deg=float(record["case"]["camera"].get("azimuth_deg", 90.0)),
        time_s=time,
        values=_values(record, time, standing, repetitions),
        points_px=_points(record),
        standing=standing,
        lowerings=true_lowerings(record),
    )


def person_of(record: dict[str, Any]) -> str:
    """Return a name for the body: equal bodies are one person."""
    body = record["case"]["body"]
    return body if isinstance(body, str) else json.dumps(body.get("shape", body), sort_keys=True)


def _repetition(record: dict[str, Any], raw: dict[str, Any], time: Floats) -> TrueRepetition:
    steps = tuple(
        Step(p["name"], p["start_s"], p["end_s"]) for p in raw["phases"] if p["name"] not in ("standing", "sitting")
    )
    return TrueRepetition(
        variant=raw["movement"],
        stepping_leg=raw["stepping_leg"],
        start_s=steps[0].start_s,
        end_s=steps[-1].end_s,
        bottom_s=_bottom_s(record, steps, time),
        steps=steps,
    )


def _bottom_s(record: dict[str, Any], steps: tuple[Step, ...], time: Floats) -> float | None:
    held = next((s for s in steps if s.name in ("lunge", SEATED)), None)
    if held is None:
        return None
    joints = record["frames"]["joints_3d_m"]
    height = (np.array(joints["left_hip"][1], float) + np.array(joints["right_hip"][1], float)) / 2
    frames = np.flatnonzero((time >= held.start_s) & (time <= held.end_s))
    if not len(frames):
        return (held.start_s + held.end_s) / 2
    low = frames[int(np.argmin(height[frames]))]
    near = height[frames] <= height[low] + constants().synthetic.bottom_heights * record["body"]["height_m"]
    return float((time[frames[near][0]] + time[frames[near][-1]]) / 2)


def _values(
    record: dict[str, Any], time: Floats, standing: tuple[tuple[float, float], ...], reps: tuple[TrueRepetition, ...]
) -> dict[str, Floats]:
    columns, tall = record["frames"]["measures"], record["body"]["height_m"]

    def column(name: str, over: float = 1.0) -> Floats:
        return np.array(columns[name], float) / over

    out = {name: column(name) for name in _PLAIN}
    for side in SIDES:
        out |= {f"{side}_{name}": column(f"{side}_{name}") for name in _LEG_ANGLES}
        out |= {f"{side}_{n.removesuffix('_m')}_heights": column(f"{side}_{n}", tall) for n in _LENGTHS}
    out["step_length_heights"] = column("step_length_m", tall)
    out["feet_apart_heights"] = column("feet_apart_m", tall)
    out["feet_apart_shoulder_widths"] = column("feet_apart_m", record["body"]["widths_m"]["shoulders"])
    quiet = np.zeros(len(time), bool)
    for start, end in standing:
        quiet |= (time >= start) & (time < end)
    out["thighs_above_horizontal_deg"] = thighs_above_horizontal_deg(out)
    out["greater_knee_flexion_over_standing_deg"] = over_standing_deg(out, quiet)
    hands = record["frames"]["hand_on_hip"]
    on = [a == "1" and b == "1" for a, b in zip(hands["left"], hands["right"], strict=True)]
    out["hands_on_hips_share"] = np.array(on, float)
    return out | role_values(out, time, reps)


def role_values(values: dict[str, Floats], time: Floats, reps: tuple[TrueRepetition, ...]) -> dict[str, Floats]:
    """Return the roles' series (T,), each repetition with its own front leg, NaN outside repetitions."""
    out: dict[str, Floats] = {}
    known = values | {"hips_by_hands_deg": values["pelvic_obliquity_deg"]}
    for repetition in reps:
        front: Side = "right" if repetition.stepping_leg == "left" else "left"
        inside = (time >= repetition.start_s) & (time <= repetition.end_s)
        for name, series in leg_roles(known, front).items():
            out.setdefault(name, np.full(len(time), np.nan))[inside] = series[inside]
    return out


def _points(record: dict[str, Any]) -> dict[str, Floats]:
    table, inside = record["frames"]["joints_2d_px"], record["frames"]["in_frame"]
    out = {}
    for side in SIDES:
        for part in LEG_POINTS:
            name = f"{side}_{part}"
            seen = np.array([c == "1" for c in inside[name]])
            out[name] = np.where(seen[:, None], np.array(table[name], float).T, np.nan)
    return out
