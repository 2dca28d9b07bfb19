"""The postures to reach as deep as the day asks for, and with the hands on a chair where one lends support.

The full postures are bent back as far as the depth needs: what stands on the floor stays on it, segments keep to the
planes that they move in, and the back thigh stays upright.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import acos, asin, atan2, cos, degrees, hypot, radians, sin

import numpy as np

from lunge.coaching.records import Side
from lunge.constants import read
from lunge.live.postures import Directions, Posture, Vector, joints, lunge, squat
from lunge.poses import SIDES, Floats

_UPRIGHT_DEG = 90.0
_FORWARD, _, _UP = range(3)


@dataclass(frozen=True, slots=True)
class ChairConstants:
    """Where the hands are on a chair."""

    back_height_share: float
    beyond_ball_feet: float


@dataclass(frozen=True, slots=True)
class LoweredConstants:
    """All of the file."""

    chair: ChairConstants


@cache
def constants() -> LoweredConstants:
    """Return the numbers of ``lowered.toml``."""
    return read(LoweredConstants, "lunge.live", "lowered.toml")


def squat_for(depth_deg: float | None) -> Posture:
    """Return the squat whose thighs are as high as the front one of a lunge of that depth.

    Parameters
    ----------
    depth_deg : float or None
        How far the front knee bends over an upright shin; None for the full squat.
    """
    full = squat()
    if depth_deg is None:
        return full
    body, deepest = full.directions, _pitch_deg(full.directions.left_thigh_direction)
    thigh = min(deepest, depth_deg - _UPRIGHT_DEG)
    back = 1.0 - (thigh + _UPRIGHT_DEG) / (deepest + _UPRIGHT_DEG)
    shin = back * (-_UPRIGHT_DEG - _pitch_deg(body.left_shank_direction))
    trunk = back * (_UPRIGHT_DEG - _pitch_deg(body.trunk_direction))
    turns = {"trunk_direction": trunk, "nose_trunks": trunk}
    for side in SIDES:
        turns |= {f"{side}_thigh_direction": thigh - deepest, f"{side}_shank_direction": shin}
        turns |= {f"{side}_{arm}_direction": trunk for arm in ("upper_arm", "forearm")}
    return replace(full, directions=_turned(body, turns))


def lunge_for(rear: Side, depth_deg: float | None, lengths_px: dict[str, float]) -> Posture:
    """Return the lunge of a depth: less deep, its step is shorter by as much as the floor asks.

    Parameters
    ----------
    rear : {'left', 'right'}
        The leg that is back.
    depth_deg : float or None
        How far the front knee bends over its shin; None for the full lunge.
    lengths_px : dict of str to float
        Of the person, as `target_points` takes them.
    """
    full = lunge(rear)
    if depth_deg is None:
        return full
    (front,) = full.planted
    thigh = min(0.0, depth_deg - _UPRIGHT_DEG - _pitch_deg(getattr(full.directions, f"{front}_thigh_direction")))
    less = _turned(full.directions, {f"{front}_thigh_direction": thigh})
    knee = joints(less, lengths_px)[f"{rear}_knee"]
    below = joints(full.directions, lengths_px)
    lower_leg = below[f"{rear}_foot_index"] - below[f"{rear}_knee"]
    turn = _turn_to_height_deg(lower_leg, float(_floor(less, lengths_px, full.planted) - knee[_UP]))
    parts = ("shank", "foot", "heel")
    return replace(full, directions=_turned(less, {f"{rear}_{part}_direction": turn for part in parts}))


def with_chair(posture: Posture, lengths_px: dict[str, float]) -> Posture:
    """Return a posture with both hands on the back of a chair that stands before the feet."""
    chair, body = constants().chair, posture.directions
    points = joints(body, lengths_px)
    balls = [points[f"{side}_foot_index"][_FORWARD] for side in posture.planted]
    tall = sum(lengths_px[part] for part in ("trunk", "thigh", "shank"))
    up = _floor(body, lengths_px, posture.planted) + chair.back_height_share * tall
    forward = max(balls) + chair.beyond_ball_feet * lengths_px["foot"]
    arms: dict[str, Vector] = {}
    for side in SIDES:
        shoulder = points[f"{side}_shoulder"]
        way = forward - shoulder[_FORWARD], up - shoulder[_UP]
        upper, fore = _reaching_deg(*way, lengths_px["upper_arm"], lengths_px["forearm"])
        arms |= {f"{side}_upper_arm_direction": _at_deg(upper), f"{side}_forearm_direction": _at_deg(fore)}
    return replace(posture, directions=replace(body, **arms))


def _floor(body: Directions, lengths_px: dict[str, float], planted: tuple[Side, ...]) -> float:
    """Return where the floor is under the planted feet, up from the hips."""
    points = joints(body, lengths_px)
    return float(np.mean([points[f"{side}_foot_index"][_UP] for side in planted]))


def _reaching_deg(forward: float, up: float, upper: float, fore: float) -> tuple[float, float]:
    """Return how upper arm and forearm point for the hand to be there, elbow down; straight if it is too far."""
    far, way = hypot(forward, up), degrees(atan2(up, forward))
    near = max(abs(upper - fore), min(far, upper + fore))
    bend = degrees(acos(_within((upper**2 + near**2 - fore**2) / (2 * upper * near))))
    elbow = upper * cos(radians(way - bend)), upper * sin(radians(way - bend))
    hand = near * cos(radians(way)), near * sin(radians(way))
    return way - bend, degrees(atan2(hand[1] - elbow[1], hand[0] - elbow[0]))


def _turn_to_height_deg(vector: Floats, height: float) -> float:
    """Return by how much a vector that points backwards is turned until it ends so high above its beginning."""
    length = hypot(vector[_FORWARD], vector[_UP])
    wanted = 180.0 - degrees(asin(_within(height / length)))
    return (wanted - degrees(atan2(vector[_UP], vector[_FORWARD])) + 180.0) % 360.0 - 180.0


def _within(share: float) -> float:
    return max(-1.0, min(1.0, share))


def _pitch_deg(vector: Vector) -> float:
    """Return how far a direction points up from straight ahead, seen from the side."""
    return degrees(atan2(vector[_UP], vector[_FORWARD]))


def _at_deg(pitch: float) -> Vector:
    return cos(radians(pitch)), 0.0, sin(radians(pitch))


def _turned(body: Directions, turns_deg: dict[str, float]) -> Directions:
    """Return the directions with some of them turned upwards, seen from the side."""
    turned: dict[str, Vector] = {}
    for name, turn in turns_deg.items():
        forward, left, up = getattr(body, name)
        cosine, sine = cos(radians(turn)), sin(radians(turn))
        turned[name] = forward * cosine - up * sine, left, forward * sine + up * cosine
    return replace(body, **turned)
