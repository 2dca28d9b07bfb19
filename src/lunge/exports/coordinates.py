"""Joint angles and the pelvis's place, named and signed as the coordinates of Rajagopal's model (2016).

The network does not see the pelvis, so `pelvis_tilt` is left out unless it was
measured. OpenSim then takes it as 0: hip flexion and lumbar extension are against
the vertical, and every segment stands as it was seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lunge.exports.constants import constants
from lunge.exports.room import Room, even_times, resampled
from lunge.geometry import signed_angle_deg
from lunge.poses import SIDES, Floats
from lunge.records import Analysis

TILT = "pelvic_tilt_deg"


def coordinates_of(analysis: Analysis, room: Room) -> tuple[Floats, dict[str, Floats]]:
    """Return even times (N,), seconds, and the coordinates (N,) by name; degrees, translations in metres.

    Parameters
    ----------
    analysis : Analysis
    room : Room
        Of the same analysis, at its own times.

    Returns
    -------
    time_s : array (N,)
    coordinates : dict of str to array (N,)
        What the view never gives is left out; NaN where it is missing for a time.
    """
    grid = even_times(room)
    series = _place(room) | _trunk(analysis) | _legs(analysis, room)
    found = {name: resampled(room.time_s, values, grid) for name, values in series.items()}
    return grid, {name: values for name, values in found.items() if np.isfinite(values).any()}


def _place(room: Room) -> dict[str, Floats]:
    c = constants().pelvis
    offset = room.height_m * np.array([c.origin_ahead_heights, c.origin_above_heights, 0.0])
    return dict(zip(("pelvis_tx", "pelvis_ty", "pelvis_tz"), (room.middle("hip") + offset).T, strict=True))


def _trunk(analysis: Analysis) -> dict[str, Floats]:
    values = analysis.signals.values
    unseen = np.full(len(analysis.signals), np.nan)
    tilt = values.get(TILT, unseen)
    level = values.get("pelvic_obliquity_deg", unseen)
    return {
        "pelvis_tilt": -tilt,
        "pelvis_list": level,
        "pelvis_rotation": values.get("pelvic_rotation_deg", unseen),
        "lumbar_extension": _or_zero(tilt) - values.get("trunk_forward_deg", unseen),
        "lumbar_bending": -values.get("trunk_side_deg", unseen) - level,
    }


def _legs(analysis: Analysis, room: Room) -> dict[str, Floats]:
    values = analysis.signals.values
    unseen = np.full(len(analysis.signals), np.nan)
    tilt = _or_zero(values.get(TILT, unseen))
    standing = np.array(analysis.step_names) == "standing"
    out: dict[str, Floats] = {}
    for side in SIDES:
        shank = values.get(f"{side}_shank_forward_deg", unseen)
        out[f"hip_flexion_{side[0]}"] = values.get(f"{side}_thigh_forward_deg", unseen) + tilt
        out[f"knee_angle_{side[0]}"] = values.get(f"{side}_knee_flexion_deg", unseen)
        out[f"ankle_angle_{side[0]}"] = shank + _foot_raised_deg(room, side, standing)
    return out


def _foot_raised_deg(room: Room, side: str, standing: NDArray[np.bool_]) -> Floats:
    """Return how far the toes point up (T,), degrees, against standing flat."""
    foot = room.point(f"{side}_foot_index") - room.point(f"{side}_heel")
    pitch = signed_angle_deg(foot[:, 1], np.hypot(foot[:, 0], foot[:, 2]))
    level = float(np.nanmedian(pitch[standing])) if standing.any() else 0.0
    return pitch - level


def _or_zero(tilt: Floats) -> Floats:
    """Return the tilt, and zero throughout where it was never measured: OpenSim takes the same."""
    return tilt if np.isfinite(tilt).any() else np.zeros_like(tilt)
