"""What the page that teaches the exercise shows: moments of the figure's performance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

SIDE_DEG: Final = 90
FRONT_DEG: Final = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A moment of the figure's performance, and the side it is seen from.

    Attributes
    ----------
    name : str
        Of its texts in the section ``learn``.
    phase : str
        A step in ``figure.json``, or its last one of that name.
    share : float
        How far into the phase, 0 to 1.
    azimuth_deg : int
        Where the viewer is: 0 in front, 90 on the figure's left.
    leg : {'right', 'left'}
        Which steps back.
    """

    name: str
    phase: str
    share: float = 0.5
    azimuth_deg: int = SIDE_DEG
    leg: Literal["right", "left"] = "right"


STEPS: Final = (
    Picture("squat", "squat"),
    Picture("step_back", "stepping_back", 0.5),
    Picture("lunge", "lunge"),
    Picture("return", "returning", 0.55),
    Picture("squat_2", "squat_2"),
    Picture("stand", "standing"),
    Picture("repeat", "lunge", leg="left"),
)
"""S1 to S7; the figure stops at all but the last, which is the same again."""

MISTAKES: Final = (
    Picture("short_step", "lunge"),
    Picture("chest_drops", "lunge"),
    Picture("knee_in", "lunge", azimuth_deg=FRONT_DEG),
)
"""Their names are those of tracks in ``figure.json``, too."""
