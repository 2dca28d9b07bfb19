"""Made-up readings for tests: what a frame shows, without landmarks behind it."""

import numpy as np

import people
from lunge.causal.reading import Reading
from lunge.kinematics.situation import PARTS, Situation

FRAME = people.standing(0.05)[0:1]


def reading(time_s, drop=0.0, left_ahead=0.0, speed=0.0, **changes):
    """Return what a frame shows; lengths in body heights."""
    azimuth = changes.pop("azimuth_deg", 90.0)
    series = changes.pop("series", {})
    situation = Situation(
        np.array([azimuth]), np.array([drop]), np.array([speed]), 425.0, dict.fromkeys(PARTS, np.ones(1))
    )
    known = {
        "poses": FRAME,
        "azimuth_deg": azimuth,
        "measure": lambda: series,
        "situate": lambda: situation,
    }
    return Reading(
        time_s=time_s,
        drop_heights=drop,
        left_ahead_heights=left_ahead,
        speed_heights_per_s=speed,
        fastest_heights_per_s=changes.pop("fastest", speed),
        **known | changes,
    )
