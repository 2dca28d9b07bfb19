"""From the markers of motion capture to the points that a pose network would name.

Conventional gait model set of 39 markers, metres, z up. Hips by Harrington's regression,
knees and ankles half a joint's width inwards of their lateral markers, shoulders below
the acromion by Rab's share. Nothing here is exact: hip centres are known to about 2 cm, and a
pose network was taught by people who clicked on pictures.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from lunge.evaluation.constants import constants
from lunge.poses import KEYPOINTS, SIDES, Floats

MARKERS: Final = (
    *("LFHD", "RFHD", "LBHD", "RBHD", "C7", "T10", "CLAV", "STRN", "RBAK"),
    *("LSHO", "LUPA", "LELB", "LFRM", "LWRA", "LWRB", "LFIN", "RSHO", "RUPA", "RELB", "RFRM", "RWRA", "RWRB", "RFIN"),
    *("LASI", "RASI", "LPSI", "RPSI"),
    *("LTHI", "LKNE", "LTIB", "LANK", "LHEE", "LTOE", "RTHI", "RKNE", "RTIB", "RANK", "RHEE", "RTOE"),
)
"""The markers of the set, in the order of the UI-PRMD files (Vakanski 2018)."""

FACE_M: Final = {
    "nose": (0.05, 0.0, -0.09),
    "eye_inner": (0.02, -0.045, -0.05),
    "eye": (0.015, -0.035, -0.05),
    "eye_outer": (0.01, -0.025, -0.05),
    "ear": (-0.09, 0.0, -0.06),
    "mouth": (0.03, -0.045, -0.12),
}
"""Where the face is from the front head markers (ahead, outwards, up), metres: those are stuck on the
forehead over the temples. To 2 cm, enough for the body's height, which is all that is read from it."""

Points = dict[str, Floats]


def markers_by_name(markers_mm: Floats) -> Points:
    """Return the markers (T, 39, 3), millimetres, by name in metres (T, 3); a marker at zero is missing, NaN."""
    if markers_mm.ndim != 3 or markers_mm.shape[1:] != (len(MARKERS), 3):
        raise ValueError(f"expected markers of shape (T, {len(MARKERS)}, 3), got {markers_mm.shape}")
    seen = np.where((markers_mm == 0).all(axis=-1, keepdims=True), np.nan, markers_mm) / 1000.0
    return {name: seen[:, i] for i, name in enumerate(MARKERS)}


def keypoints_m(markers: Points) -> Floats:
    """Return the points of `KEYPOINTS` in the room (T, 33, 3), metres; NaN where markers are missing.

    Parameters
    ----------
    markers : dict of str to array (T, 3)
        From `markers_by_name`.
    """
    points = _pelvis(markers) | _shoulders(markers) | _face(markers)
    for side in SIDES:
        points |= _leg(markers, side, points[f"{side}_hip"]) | _arm(markers, side)
    return np.stack([points[name] for name in KEYPOINTS], axis=1)


def heading_of(points_m: Floats) -> Floats:
    """Return where somebody in a split stance faces (2,), along the floor: the line of the feet.

    Parameters
    ----------
    points_m : array (T, 33, 3)
        From `keypoints_m`. Which end of the line is ahead, the hips tell.
    """
    at = {name: np.nanmedian(points_m[:, KEYPOINTS.index(name)], axis=0)[:2] for name in KEYPOINTS[23:29]}
    line, across = at["left_ankle"] - at["right_ankle"], at["left_hip"] - at["right_hip"]
    facing = np.array([across[1], -across[0]])
    out: Floats = line / np.linalg.norm(line) * (1.0 if line @ facing >= 0 else -1.0)
    return out


def _unit(vectors: Floats) -> Floats:
    out: Floats = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return out


def _letter(side: str) -> str:
    return side[0].upper()


def _outwards(side: str) -> float:
    return 1.0 if side == "left" else -1.0


def _frame(ahead: Floats, left: Floats) -> tuple[Floats, Floats, Floats]:
    """Return unit axes ahead, left and up (T, 3) of a body part; `left` stays, `ahead` is made square to it."""
    left = _unit(left)
    up = _unit(np.cross(ahead, left))
    return np.cross(left, up), left, up


def _pelvis(markers: Points) -> Points:
    front, back = (markers[f"L{m}"] / 2 + markers[f"R{m}"] / 2 for m in ("ASI", "PSI"))
    across = markers["LASI"] - markers["RASI"]
    width, depth = (np.linalg.norm(v, axis=1, keepdims=True) for v in (across, front - back))
    ahead, left, up = _frame(front - back, across)
    own = constants().markers
    radius = own.marker_radius_m
    middle = front - radius * ahead + (own.hip_ahead_share * (depth - 2 * radius) + own.hip_ahead_m) * ahead
    middle = middle + (own.hip_up_share * width + own.hip_up_m) * up
    aside = (own.hip_aside_share * width + own.hip_aside_m) * left
    return {f"{side}_hip": middle + _outwards(side) * aside for side in SIDES}


def _shoulders(markers: Points) -> Points:
    across = markers["LSHO"] - markers["RSHO"]
    hips = (markers["LASI"] + markers["RASI"] + markers["LPSI"] + markers["RPSI"]) / 4
    down = _unit(hips - (markers["LSHO"] + markers["RSHO"]) / 2)
    drop = constants().markers.shoulder_down_share * np.linalg.norm(across, axis=1, keepdims=True) * down
    return {f"{side}_shoulder": markers[f"{_letter(side)}SHO"] + drop for side in SIDES}


def _leg(markers: Points, side: str, hip: Floats) -> Points:
    """Return knee, ankle, heel and ball; the joints' axis is square to the foot and to the shank (or thigh)."""
    knee, ankle, heel, ball = (markers[f"{_letter(side)}{m}"] for m in ("KNE", "ANK", "HEE", "TOE"))
    own = constants().markers
    foot = np.where(np.isfinite(ball), ball, ankle) - heel
    inwards = -_outwards(side) * _unit(np.cross(foot, ankle - knee))
    return {
        f"{side}_knee": knee + (own.half_knee_m + own.marker_radius_m) * inwards,
        f"{side}_ankle": ankle + (own.half_ankle_m + own.marker_radius_m) * inwards,
        f"{side}_heel": heel,
        f"{side}_foot_index": ball,
    }


def _arm(markers: Points, side: str) -> Points:
    letter = _letter(side)
    hand = markers[f"{letter}FIN"]
    return {
        f"{side}_elbow": markers[f"{letter}ELB"],
        f"{side}_wrist": (markers[f"{letter}WRA"] + markers[f"{letter}WRB"]) / 2,
        **{f"{side}_{finger}": hand for finger in ("pinky", "index", "thumb")},
    }


def _face(markers: Points) -> Points:
    front = (markers["LFHD"] + markers["RFHD"]) / 2
    back = np.where(np.isfinite(markers["LBHD"]), markers["LBHD"], markers["RBHD"])
    back = np.where(np.isfinite(markers["RBHD"]), (back + markers["RBHD"]) / 2, back)
    ahead, left, up = _frame(front - back, markers["LFHD"] - markers["RFHD"])
    at_nose = front + FACE_M["nose"][0] * ahead + FACE_M["nose"][2] * up
    out = {"nose": at_nose}
    for part in ("eye_inner", "eye", "eye_outer", "ear", "mouth"):
        forward, aside, above = FACE_M[part]
        for side in SIDES:
            name = f"mouth_{side}" if part == "mouth" else f"{side}_{part}"
            out[name] = markers[f"{_letter(side)}FHD"] + forward * ahead + _outwards(side) * aside * left + above * up
    return out
