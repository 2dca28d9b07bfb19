"""The posture to reach, in a person's own proportions, for the outline in the live picture."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Final

import numpy as np

from lunge.coaching.records import Side
from lunge.constants import read
from lunge.poses import KEYPOINTS, SIDES, Floats

Vector = tuple[float, float, float]

LENGTHS: Final = ("hips", "shoulders", "trunk", "thigh", "shank", "foot", "upper_arm", "forearm")
"""What is asked of a person: widths between the joints, and lengths; the foot from the ankle to the ball."""

_CHAIN: Final = (
    ("hip", "thigh", "knee"),
    ("knee", "shank", "ankle"),
    ("ankle", "foot", "foot_index"),
    ("shoulder", "upper_arm", "elbow"),
    ("elbow", "forearm", "wrist"),
)
_FORWARD, _LEFT, _UP = range(3)
_MIRRORED: Final = (1.0, -1.0, 1.0)


@dataclass(frozen=True, slots=True)
class FaceConstants:
    """How the points of the face and the heel lie to those that are modelled."""

    heel_foot_share: float
    eye_trunks: Vector
    eye_half_trunks: float
    ear_trunks: Vector
    mouth_trunks: Vector


@dataclass(frozen=True, slots=True)
class Directions:
    """Which way each segment points, as unit vectors (forward, left, up) of the person."""

    nose_trunks: Vector
    hips_direction: Vector
    shoulders_direction: Vector
    trunk_direction: Vector
    left_thigh_direction: Vector
    left_shank_direction: Vector
    left_foot_direction: Vector
    left_heel_direction: Vector
    left_upper_arm_direction: Vector
    left_forearm_direction: Vector
    right_thigh_direction: Vector
    right_shank_direction: Vector
    right_foot_direction: Vector
    right_heel_direction: Vector
    right_upper_arm_direction: Vector
    right_forearm_direction: Vector


@dataclass(frozen=True, slots=True)
class PostureConstants:
    """All of the file."""

    face: FaceConstants
    squat: Directions
    lunge: Directions


@dataclass(frozen=True, slots=True)
class Posture:
    """A posture to reach.

    Attributes
    ----------
    directions : Directions
    planted : tuple of {'left', 'right'}
        The feet that stay where they stand: both in the squat, the front one in the lunge.
    """

    directions: Directions
    planted: tuple[Side, ...]


@cache
def constants() -> PostureConstants:
    """Return the directions of the squat, and of the lunge with the right leg back."""
    return read(PostureConstants, "lunge.live", "postures.toml")


@cache
def squat() -> Posture:
    """Return the squat."""
    return Posture(constants().squat, ("left", "right"))


@cache
def lunge(rear: Side) -> Posture:
    """Return the lunge with one leg back."""
    found = constants().lunge
    return Posture(found, ("left",)) if rear == "right" else Posture(_mirrored(found), ("right",))


def target_points(posture: Posture, lengths_px: dict[str, float], azimuth_deg: float, planted_px: Floats) -> Floats:
    """Return where a person's points would be in the picture, were they in a posture.

    Parameters
    ----------
    posture : Posture
    lengths_px : dict of str to float
        `LENGTHS` of the person, in pixels at their distance from the camera.
    azimuth_deg : float
        Where the camera stands: 0 in front, 90 on the person's left.
    planted_px : array, shape (2,)
        Where the ankle of the planted foot is, or the middle of both; x right, y down.

    Returns
    -------
    array, shape (33, 2)
        Pixels, in the order of `KEYPOINTS`; NaN for the fingers. The camera is level and far
        away, so nothing grows towards it.

    Raises
    ------
    ValueError
        If a length is missing or not above 0.
    """
    wrong = [name for name in LENGTHS if not lengths_px.get(name, 0.0) > 0]
    if wrong:
        raise ValueError(f"lengths: expected {', '.join(LENGTHS)} above 0, got none for {', '.join(wrong)}")
    points = joints(posture.directions, lengths_px)
    points |= _face(points, posture.directions, lengths_px["trunk"])
    body = np.array([points.get(name, np.full(3, np.nan)) for name in KEYPOINTS])
    turn = np.radians(azimuth_deg)
    picture = np.stack([body[:, _LEFT] * np.cos(turn) - body[:, _FORWARD] * np.sin(turn), -body[:, _UP]], axis=1)
    ankles = picture[[KEYPOINTS.index(f"{side}_ankle") for side in posture.planted]]
    out: Floats = picture + (np.asarray(planted_px, float) - ankles.mean(axis=0))
    return out


def joints(directions: Directions, lengths_px: dict[str, float]) -> dict[str, Floats]:
    """Return the joints and the ends of the feet about the middle of the hips, pixels (forward, left, up)."""

    def along(segment: str, length: float) -> Floats:
        return length * np.array(getattr(directions, f"{segment}_direction"))

    middles = {"hip": np.zeros(3), "shoulder": along("trunk", lengths_px["trunk"])}
    points: dict[str, Floats] = {}
    for joint, middle in middles.items():
        half = along(f"{joint}s", lengths_px[f"{joint}s"] / 2)
        points |= {f"left_{joint}": middle + half, f"right_{joint}": middle - half}
    for side in SIDES:
        for start, segment, end in _CHAIN:
            points[f"{side}_{end}"] = points[f"{side}_{start}"] + along(f"{side}_{segment}", lengths_px[segment])
        heel = along(f"{side}_heel", lengths_px["foot"] * constants().face.heel_foot_share)
        points[f"{side}_heel"] = points[f"{side}_ankle"] + heel
    return points


def _face(points: dict[str, Floats], directions: Directions, trunk_px: float) -> dict[str, Floats]:
    """Return the points of the face, pixels (forward, left, up)."""
    shape = constants().face
    middle = (points["left_shoulder"] + points["right_shoulder"]) / 2
    nose: Floats = middle + trunk_px * np.array(directions.nose_trunks)
    out = {"nose": nose}
    for side, flip in zip(SIDES, (np.ones(3), np.array(_MIRRORED)), strict=True):
        places = {"eye": shape.eye_trunks, "ear": shape.ear_trunks, "mouth": shape.mouth_trunks}
        eye, ear, mouth = (nose + trunk_px * flip * np.array(place) for place in places.values())
        corner = trunk_px * flip * np.array([0.0, shape.eye_half_trunks, 0.0])
        out |= {f"{side}_eye": eye, f"{side}_eye_inner": eye - corner, f"{side}_eye_outer": eye + corner}
        out |= {f"{side}_ear": ear, f"mouth_{side}": mouth}
    return out


def _mirrored(directions: Directions) -> Directions:
    """Return the directions with left and right exchanged."""

    def other(name: str) -> str:
        if name.startswith("left_"):
            return name.replace("left_", "right_", 1)
        return name.replace("right_", "left_", 1)

    def flipped(name: str) -> Vector:
        forward, left, up = getattr(directions, other(name))
        # What leads from the right side to the left does so in the mirror too, but the other way round.
        across = -1.0 if name in {"hips_direction", "shoulders_direction"} else 1.0
        return (across * forward, -across * left, across * up)

    return Directions(**{field.name: flipped(field.name) for field in fields(directions)})
