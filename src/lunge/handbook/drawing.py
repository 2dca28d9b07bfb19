"""The figure that teaches the exercise, as a plain picture in black and white."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate
from math import cos, radians, sin
from typing import Any, Final, Literal, get_args

from lunge.handbook.constants import constants

Point = tuple[float, float, float]
"""Left, up and forward of the person, metres."""

Side = Literal["left", "right"]
SIDES: Final[tuple[Side, ...]] = get_args(Side)

DARK, GREY, LIGHT = "#1a1a1a", "#9a9a9a", "#ffffff"
ACROSS: Final = 3
SIDE_DEG: Final = 90.0
MM: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the figure's performance.

    Attributes
    ----------
    phase : str
        A step in ``figure.json``, or its last one of that name.
    share : float
        How far into the phase, 0 to 1.
    back : {'right', 'left'}
        The leg that steps back; it is drawn grey.
    track : str
        How it is performed.
    azimuth_deg : float
        Where the viewer is: 0 in front, 90 on the figure's left.
    """

    phase: str
    share: float = 0.5
    back: Side = "right"
    track: str = "right_form"
    azimuth_deg: float = SIDE_DEG


def drawing(moment: Moment) -> bytes:
    """Return a moment as SVG; one unit is a metre.

    Raises
    ------
    KeyError
        If the performance has no such phase or track: a mistake of the program.
    """
    sizes = constants().figure
    limbs = sorted(_limbs(_points(moment), moment), key=lambda limb: limb.near_m)
    middle = -sizes.middle_m * sin(radians(moment.azimuth_deg))
    left, top = middle - sizes.width_m / 2, -sizes.height_m + sizes.margin_m
    floor = f'<path d="M{left:g} 0h{sizes.width_m:g}" stroke="{DARK}" stroke-width="{sizes.edge_m:g}"/>'
    box = f"{left:g} {top:g} {sizes.width_m:g} {sizes.height_m:g}"
    drawn = "".join(_drawn(limb) for limb in limbs)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="none">{floor}{drawn}</svg>'
    return svg.encode()


@cache
def _performance() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources.files("lunge") / "web" / "static" / "figure.json").read_bytes())
    return found


def _points(moment: Moment) -> dict[str, Point]:
    data = _performance()
    phase = {step["name"]: step for step in data["steps"]}[moment.phase]
    at_s = phase["start_s"] + moment.share * (phase["end_s"] - phase["start_s"])
    rows = data["tracks"][moment.track][: round(at_s * data["fps"]) + 1]
    # Each picture is coded as the difference to the one before.
    *_, row = accumulate(rows, lambda before, change: [a + b for a, b in zip(before, change, strict=True)])
    flip = 1 if moment.back == "right" else -1
    places = [(flip * MM * row[i], MM * row[i + 1], MM * row[i + 2]) for i in range(0, len(row), ACROSS)]
    names = data["points"] if moment.back == "right" else [_other(name) for name in data["points"]]
    return dict(zip(names, places, strict=True))


def _other(name: str) -> str:
    if name.startswith("left_"):
        return name.replace("left_", "right_", 1)
    return name.replace("right_", "left_", 1)


@dataclass(frozen=True, slots=True)
class _Limb:
    """A rounded line; points are (right, down) in the picture, and how near its middle is."""

    line: tuple[tuple[float, float], ...]
    near_m: float
    width_m: float
    fill: str


def _limbs(points: dict[str, Point], moment: Moment) -> list[_Limb]:
    sizes, turn = constants().figure, radians(moment.azimuth_deg)

    def limb(width_m: float, fill: str, *places: str | Point) -> _Limb:
        found = [points[place] if isinstance(place, str) else place for place in places]
        line = tuple((left * cos(turn) - forward * sin(turn), -up) for left, up, forward in found)
        near = [left * sin(turn) + forward * cos(turn) for left, _, forward in found]
        return _Limb(line, sum(near) / len(near), width_m, fill)

    def leg(side: Side) -> list[_Limb]:
        fill = GREY if side == moment.back else LIGHT
        return [
            limb(sizes.foot_m, fill, *(f"{side}_{joint}" for joint in ("heel", "ball", "toe"))),
            limb(sizes.shank_m, fill, f"{side}_knee", f"{side}_ankle"),
            limb(sizes.thigh_m, fill, f"{side}_hip", f"{side}_knee"),
        ]

    def arm(side: Side) -> _Limb:
        return limb(sizes.arm_m, LIGHT, *(f"{side}_{joint}" for joint in ("shoulder", "elbow", "wrist")))

    pelvis = _middle(points["left_hip"], points["right_hip"])
    corners = ("left_shoulder", "right_shoulder", "right_hip", "left_hip", "left_shoulder")
    return [
        limb(sizes.chest_m, DARK, *corners),
        limb(sizes.trunk_m, DARK, pelvis, *(f"spine_{at}" for at in ("low", "middle", "high"))),
        limb(sizes.neck_m, LIGHT, "neck", "head"),
        limb(sizes.head_m, LIGHT, "head", _middle(points["head"], points["crown"])),
        *(part for side in SIDES for part in (*leg(side), arm(side))),
    ]


def _middle(a: Point, b: Point) -> Point:
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2)


def _drawn(limb: _Limb) -> str:
    """Return a limb with a dark edge."""
    path = "M" + "L".join(f"{x:.3f} {y:.3f}" for x, y in limb.line)
    round_ends = 'stroke-linecap="round" stroke-linejoin="round"'
    inside = limb.width_m - 2 * constants().figure.edge_m
    strokes = ((DARK, limb.width_m), (limb.fill, inside))
    return "".join(f'<path d="{path}" stroke="{c}" stroke-width="{w:.3f}" {round_ends}/>' for c, w in strokes)
