"""The figure that teaches the exercise, as a plain picture in black and white, seen from its left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any, Final, Literal

from lunge.handbook.constants import constants

Point = tuple[float, float, float]
"""Left, up and forward of the person, metres."""

Side = Literal["left", "right"]

DARK, GREY, LIGHT = "#1a1a1a", "#9a9a9a", "#ffffff"
ACROSS: Final = 3
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
    """

    phase: str
    share: float = 0.5
    back: Side = "right"
    track: str = "right_form"


def drawing(moment: Moment) -> bytes:
    """Return a moment as SVG; one unit is a metre.

    Raises
    ------
    KeyError
        If the performance has no such phase or track: a mistake of the program.
    """
    sizes, points = constants().figure, _points(moment)
    left, top = -sizes.middle_m - sizes.width_m / 2, -sizes.height_m + sizes.margin_m
    floor = f'<path d="M{left:g} 0h{sizes.width_m:g}" stroke="{DARK}" stroke-width="{sizes.edge_m:g}"/>'
    box = f"{left:g} {top:g} {sizes.width_m:g} {sizes.height_m:g}"
    parts = "".join(_parts(points, moment.back))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="none">{floor}{parts}</svg>'
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


def _parts(points: dict[str, Point], back: Side) -> list[str]:
    """Return what is drawn, the farthest first."""
    sizes = constants().figure

    def limb(width_m: float, fill: str, *names: str) -> str:
        return _limb([points[name] for name in names], width_m, fill)

    def leg(side: Side) -> list[str]:
        fill = GREY if side == back else LIGHT
        foot = limb(sizes.foot_m, fill, *(f"{side}_{joint}" for joint in ("heel", "ball", "toe")))
        shank = limb(sizes.shank_m, fill, f"{side}_knee", f"{side}_ankle")
        return [foot, shank, limb(sizes.thigh_m, fill, f"{side}_hip", f"{side}_knee")]

    def arm(side: Side) -> str:
        return limb(sizes.arm_m, LIGHT, *(f"{side}_{joint}" for joint in ("shoulder", "elbow", "wrist")))

    pelvis = _middle(points["left_hip"], points["right_hip"])
    trunk = _limb([pelvis, *(points[f"spine_{at}"] for at in ("low", "middle", "high"))], sizes.trunk_m, DARK)
    neck = limb(sizes.neck_m, LIGHT, "neck", "head")
    head = _limb([points["head"], _middle(points["head"], points["crown"])], sizes.head_m, LIGHT)
    return [arm("right"), *leg("right"), neck, head, trunk, *leg("left"), arm("left")]


def _middle(a: Point, b: Point) -> Point:
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2)


def _limb(points: list[Point], width_m: float, fill: str) -> str:
    """Return a rounded line with a dark edge."""
    path = "M" + "L".join(f"{-forward:.3f} {-up:.3f}" for _, up, forward in points)
    round_ends = 'stroke-linecap="round" stroke-linejoin="round"'
    inside = width_m - 2 * constants().figure.edge_m
    strokes = ((DARK, width_m), (fill, inside))
    return "".join(f'<path d="{path}" stroke="{c}" stroke-width="{w:.3f}" {round_ends}/>' for c, w in strokes)
