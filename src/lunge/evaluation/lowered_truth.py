"""The lowerings of rendered clips: truth's `lowered` repetitions, and sitting down."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from lunge.evaluation.truth import TrueLowering
from lunge.poses import Floats

DOWN_ON_A_SEAT: Final = ("sitting_down", "standing_up")
"""The phases with which sitting begins and ends."""


def true_lowerings(record: dict[str, Any]) -> tuple[TrueLowering, ...] | None:
    """Return the lowerings of a truth file in time order; None where it has no picking up.

    Parameters
    ----------
    record : dict
        From `lunge.evaluation.synthetic.read_record`.
    """
    picked = [r for r in record["repetitions"] if "lowered" in r]
    if not picked:
        return None
    hips = _hip_heights(record)
    out = [_picked_up(record, raw, hips) for raw in picked] + _seated(record, hips)
    return tuple(sorted(out, key=lambda low: low.start_s))


def _hip_heights(record: dict[str, Any]) -> Floats:
    """Return how far the mid-hip is under its standing height (T,), body heights."""
    joints = record["frames"]["joints_3d_m"]
    height = (np.array(joints["left_hip"][1], float) + np.array(joints["right_hip"][1], float)) / 2
    out: Floats = (height.max() - height) / record["body"]["height_m"]
    return out


def _picked_up(record: dict[str, Any], raw: dict[str, Any], drop: Floats) -> TrueLowering:
    moving = [p for p in raw["phases"] if p["name"] != "standing"]
    low = next(p for p in moving if p["name"] == "reaching")
    time = np.array(record["frames"]["time_s"], float)
    there = (time >= low["start_s"]) & (time <= low["end_s"])
    lean = np.array(record["frames"]["measures"]["trunk_from_vertical_deg"], float)
    return TrueLowering(
        kind=raw["lowered"]["how"],
        lead_leg=raw["front_leg"],
        start_s=moving[0]["start_s"],
        bottom_s=(low["start_s"] + low["end_s"]) / 2,
        end_s=moving[-1]["end_s"],
        drop_heights=float(drop[there].max()),
        trunk_lean_deg=float(lean[there].mean()),
    )


def _seated(record: dict[str, Any], drop: Floats) -> list[TrueLowering]:
    down, up = DOWN_ON_A_SEAT
    time = np.array(record["frames"]["time_s"], float)
    starts = [p["start_s"] for p in record["phases"] if p["name"] == down]
    ends = [p["end_s"] for p in record["phases"] if p["name"] == up]
    out = []
    for start in starts:
        end = next((e for e in ends if e > start), float(time[-1]))
        there = (time >= start) & (time <= end)
        out.append(TrueLowering("sit", None, start, (start + end) / 2, end, float(drop[there].max()), None))
    return out
