"""Measures of the front and the rear leg, once it is known which is which."""

from __future__ import annotations

from typing import Literal

import numpy as np

from lunge.kinematics.body import Body
from lunge.kinematics.constants import constants
from lunge.poses import SIDES, Floats


def role_series(series: dict[str, Floats], body: Body, front: Literal["left", "right"]) -> dict[str, Floats]:
    """Return the series that checks read, by name, for one front leg.

    Parameters
    ----------
    series : dict of str to array (T,)
        From `measure_series`.
    body : Body
        For the knees' standing offset.
    front : {'left', 'right'}

    Returns
    -------
    dict of str to array (T,)
        The given series and those of `front_`, `rear_` and both legs.
    """
    knees = [series[f"{s}_knee_flexion_deg"] - body.knee_flexion_deg[s] for s in SIDES]
    thighs = [series[f"{s}_thigh_above_horizontal_deg"] for s in SIDES]
    return (
        series
        | leg_roles(series, front)
        | {
            "thighs_above_horizontal_deg": (thighs[0] + thighs[1]) / 2,
            "greater_knee_flexion_over_standing_deg": np.fmax(*knees),
            "hands_on_hips_share": hands_on_hips(series),
        }
    )


def leg_roles(series: dict[str, Floats], front: Literal["left", "right"]) -> dict[str, Floats]:
    """Return the series (T,) of the front and rear leg, and of hips and trunk towards them, for one front leg.

    Parameters
    ----------
    series : dict of str to array (T,)
        Of both legs, of the trunk, `hips_by_hands_deg` and `pelvic_rotation_deg`.
    front : {'left', 'right'}
    """
    rear = "right" if front == "left" else "left"
    towards_front = 1.0 if front == "left" else -1.0
    return {
        "front_thigh_above_horizontal_deg": series[f"{front}_thigh_above_horizontal_deg"],
        "front_knee_flexion_deg": series[f"{front}_knee_flexion_deg"],
        "front_shank_forward_deg": series[f"{front}_shank_forward_deg"],
        "front_knee_inward_heights": series[f"{front}_knee_inward_heights"],
        "rear_thigh_from_vertical_deg": -series[f"{rear}_thigh_forward_deg"],
        "rear_knee_flexion_deg": series[f"{rear}_knee_flexion_deg"],
        "rear_knee_height_heights": series[f"{rear}_knee_height_heights"],
        "rear_hip_drop_deg": towards_front * series["hips_by_hands_deg"],
        "rear_hip_turned_back_deg": -towards_front * series["pelvic_rotation_deg"],
        "trunk_to_front_side_deg": towards_front * series["trunk_side_deg"],
    }


def hands_on_hips(series: dict[str, Floats]) -> Floats:
    """Return 1 where every wrist that is seen is at the hip, 0 where one is not, NaN where that cannot be told."""
    c = constants().roles
    away = np.array([series[f"{s}_hand_to_hip_heights"] for s in SIDES])
    above = np.array([series[f"{s}_hand_above_hip_heights"] for s in SIDES])
    bent = np.array([series[f"{s}_hand_elbow_flexion_deg"] for s in SIDES]) > c.bent_elbow_deg
    low, high = c.on_hip_heights
    seen = np.isfinite(away)
    near = (away < c.at_hip_heights) & (above < high)
    on = near & ((above > low) | (bent & (above > 0.0)))
    off = seen & ~on & ~(near & (above > c.hanging_heights))
    at_hip = np.where(off.any(0), 0.0, np.where((~seen | on).all(0), 1.0, np.nan))
    out: Floats = np.where(seen.any(0), at_hip, np.nan)
    return out
