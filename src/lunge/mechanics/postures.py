"""A posture of the lunge, seen from the side: the one record that lengths, loads and effects read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lunge.mechanics.constants import constants
from lunge.mechanics.muscles import LegAngles

Floats = NDArray[np.float64]

UPRIGHT_THIGH_DEG: Final = 90.0


@dataclass(frozen=True, slots=True)
class Posture:
    """A split stance from the side, or the standard deviations of one, in degrees.

    Arrays (...,) or numbers; NaN = not seen.

    Attributes
    ----------
    trunk_forward_deg : array
        Lean of the line from the hips to the shoulders.
    front_thigh_above_horizontal_deg : array
    front_shank_forward_deg : array
        From the vertical; the knee ahead of the ankle is positive.
    rear_thigh_back_deg : array
        From the vertical; the knee behind the hip is positive.
    rear_knee_flexion_deg : array
    rear_ankle_dorsiflexion_deg : array or None
        None, as no series gives it: as it usually is on the ball of the foot.
    pelvis_forward_deg : array
        Of the pelvis beyond what the trunk's lean makes of it; 0 where no network sees it.
    """

    trunk_forward_deg: ArrayLike
    front_thigh_above_horizontal_deg: ArrayLike
    front_shank_forward_deg: ArrayLike
    rear_thigh_back_deg: ArrayLike
    rear_knee_flexion_deg: ArrayLike
    rear_ankle_dorsiflexion_deg: ArrayLike | None = None
    pelvis_forward_deg: ArrayLike = 0.0

    def rear_ankle_deg(self) -> Floats:
        """Return the rear ankle's dorsiflexion (...,), the usual one where it is not known."""
        known = self.rear_ankle_dorsiflexion_deg
        return np.asarray(constants().ground.rear_ankle_deg if known is None else known, float)

    def pelvis_deg(self, lean_share: float) -> Floats:
        """Return how far the pelvis leans forwards (...,), where it makes this share of the trunk's lean."""
        out: Floats = lean_share * np.asarray(self.trunk_forward_deg, float) + np.asarray(self.pelvis_forward_deg)
        return out


def standing_posture() -> Posture:
    """Return the model's own standing: everything straight."""
    return Posture(0.0, UPRIGHT_THIGH_DEG, 0.0, 0.0, 0.0, 0.0)


def rear_leg(posture: Posture, lean_share: float) -> LegAngles:
    """Return the angles of the rear leg."""
    hip = posture.pelvis_deg(lean_share) - np.asarray(posture.rear_thigh_back_deg, float)
    return LegAngles(hip, posture.rear_knee_flexion_deg, posture.rear_ankle_deg())


def front_leg(posture: Posture, lean_share: float) -> LegAngles:
    """Return the angles of the front leg, whose foot is flat."""
    thigh = UPRIGHT_THIGH_DEG - np.asarray(posture.front_thigh_above_horizontal_deg, float)
    shank = np.asarray(posture.front_shank_forward_deg, float)
    return LegAngles(posture.pelvis_deg(lean_share) + thigh, thigh + shank, shank)
