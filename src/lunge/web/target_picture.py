"""The posture that the day asks for, as lines of a plain drawing seen from the side."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, sqrt

from lunge.plan.records import Targets

SHIN, THIGH, TRUNK, HEAD, ARM = 46.0, 44.0, 52.0, 10.0, 40.0
"""Sizes of the drawn body, in units of the drawing."""

FLOOR, FRONT = 170.0, 150.0
"""Where the floor is, and where the front foot stands."""

SEAT, CHAIR_BACK = 46.0, 88.0
TOE = 16.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines of a drawing: each is a list of points, as SVG writes them.

    Attributes
    ----------
    front, rear, trunk, arm, chair : str
    head : (x, y, radius)
    floor : float
    """

    front: str
    rear: str
    trunk: str
    arm: str
    chair: str
    head: tuple[float, float, float]
    floor: float


def drawing_of(targets: Targets) -> Drawing:
    """Return the lowest posture of a set: the lunge, or sitting before standing up."""
    return _lunge(targets) if targets.movement == "lunge" else _sitting()


def _lunge(targets: Targets) -> Drawing:
    bent = radians(targets.depth_deg)
    knee = (FRONT, FLOOR - SHIN)
    hip = (FRONT - THIGH * sin(bent), knee[1] - THIGH * cos(bent))
    rear_knee = (hip[0], hip[1] + THIGH)
    drop = FLOOR - rear_knee[1]
    reach = sqrt(max(0.0, SHIN**2 - drop**2))
    rear_foot = (rear_knee[0] - reach, FLOOR)
    shoulder = (hip[0], hip[1] - TRUNK)
    held = targets.support != "none"
    hand = (FRONT + TOE, FLOOR - CHAIR_BACK) if held else (hip[0] + 4, hip[1] - 4)
    elbow = ((shoulder[0] + hand[0]) / 2, (shoulder[1] + hand[1]) / 2 + 6) if held else (hip[0] - 18, hip[1] - 24)
    return Drawing(
        front=_line(hip, knee, (FRONT, FLOOR), (FRONT + TOE, FLOOR)),
        rear=_line(hip, rear_knee, rear_foot),
        trunk=_line(hip, shoulder),
        arm=_line(shoulder, elbow, hand),
        chair=_chair(FRONT + TOE) if held else "",
        head=(shoulder[0], shoulder[1] - HEAD - 4, HEAD),
        floor=FLOOR,
    )


def _sitting() -> Drawing:
    knee, hip = (FRONT, FLOOR - SHIN), (FRONT - THIGH, FLOOR - SHIN)
    shoulder = (hip[0] + 8, hip[1] - TRUNK)
    return Drawing(
        front=_line(hip, knee, (FRONT, FLOOR), (FRONT + TOE, FLOOR)),
        rear="",
        trunk=_line(hip, shoulder),
        arm=_line(shoulder, (hip[0] + 16, hip[1] - 24), (hip[0] + ARM - 4, hip[1] - 6)),
        chair=_chair(hip[0] - 16),
        head=(shoulder[0] + 2, shoulder[1] - HEAD - 4, HEAD),
        floor=FLOOR,
    )


def _chair(back: float) -> str:
    seat = back + SEAT
    points = ((back, FLOOR - CHAIR_BACK), (back, FLOOR), (back, FLOOR - SEAT), (seat, FLOOR - SEAT), (seat, FLOOR))
    return _line(*points)


def _line(*points: tuple[float, float]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
