"""When the body rests: how fast its centre of mass changes its speed.

Loads are those of a body at rest. They hold while the acceleration is small beside gravity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.kinematics.body import Body, middle
from lunge.mechanics.constants import constants
from lunge.poses import SIDES, Floats, Poses
from lunge.smoothing import rate, smooth

Mask = NDArray[np.bool_]

ON_FOOT_SHARE: Final = 0.5
"""Between ankle and toes, as the network marks them; a foot weighs so little that its place hardly counts."""


@dataclass(frozen=True)
class Rest:
    """How fast the body's mass changes its speed.

    Attributes
    ----------
    time_s : array (T,)
    acceleration_g : array (T,)
        In shares of gravity, as far as the picture shows it.
    noise_g : float
        What 95 of 100 frames of quiet standing stay below: the noise of the landmarks, and swaying.
    is_limited : bool
        Whether that noise made it necessary to look at slow changes alone.
    """

    time_s: Floats
    acceleration_g: Floats
    noise_g: float
    is_limited: bool

    @property
    def is_noisy(self) -> bool:
        """Whether the noise alone is more than what is asked for, so that nobody can tell if the body rests."""
        return not self.noise_g <= constants().rest.slow_g_share

    def slow_at(self, time_s: Floats) -> Mask:
        """Return at which times (T,) the body rests: those of the frames."""
        slow = np.isfinite(self.acceleration_g) & (self.acceleration_g <= constants().rest.slow_g_share)
        out: Mask = slow[np.searchsorted(self.time_s, time_s).clip(max=len(slow) - 1)]
        return out

    def slow_s(self, start_s: float, end_s: float) -> float:
        """Return how long the body rests between two times, seconds."""
        inside = (self.time_s >= start_s) & (self.time_s <= end_s)
        lasts = np.gradient(self.time_s) if len(self.time_s) > 1 else np.zeros(len(self.time_s))
        return float(lasts[inside & self.slow_at(self.time_s)].sum())


def rest_of(poses: Poses, body: Body, standing: Mask, height_m: float | None) -> Rest:
    """Return when the body rests.

    Parameters
    ----------
    poses : Poses
        As the network gave them.
    body : Body
        For the size in the picture.
    standing : array of bool (T,)
        The frames of quiet standing: they tell the noise.
    height_m : float, optional
        The model's if left out.

    Returns
    -------
    Rest
        The acceleration after a short smoothing, which follows every movement; where its noise is more than what is
        asked for, after a longer one, which follows slow ones alone.
    """
    c = constants()
    tall_m = c.geometry.model_height_m if height_m is None else height_m
    metres = mass_centre_px(poses) * (tall_m / body.height_px)
    direct = _rest(poses.time_s, metres, standing, c.rest.smoothing_s)
    if not direct.is_noisy:
        return direct
    limited = _rest(poses.time_s, metres, standing, c.rest.limited_smoothing_s)
    return Rest(limited.time_s, limited.acceleration_g, limited.noise_g, is_limited=True)


def _rest(time_s: Floats, metres: Floats, standing: Mask, smoothing_s: float) -> Rest:
    c = constants()
    speed = rate(time_s, smooth(time_s, metres, smoothing_s))
    found = np.linalg.norm(rate(time_s, speed), axis=1) / c.ground.gravity_m_per_s2
    quiet = found[standing & np.isfinite(found)]
    noise = float(np.quantile(quiet, c.effects.inside_share)) if len(quiet) else float("nan")
    return Rest(time_s, found, noise, is_limited=False)


def mass_centre_px(poses: Poses) -> Floats:
    """Return where the body's centre of mass is in the picture (T, 2), px, by the shares of the model."""
    g, s = constants().geometry, constants().segments
    hip, shoulder = middle(poses, "hip"), middle(poses, "shoulder")
    trunk_up = (g.l5s1_m[1] - g.hip_m[1] + g.trunk_com_m[1]) / g.hip_to_shoulder_m
    pelvis_up = (g.pelvis_com_m[1] - g.hip_m[1]) / g.hip_to_shoulder_m
    out: Floats = s.trunk_share * _between(hip, shoulder, trunk_up) + s.pelvis_share * _between(
        hip, shoulder, pelvis_up
    )
    for side in SIDES:
        joints = [poses.image(f"{side}_{name}") for name in ("hip", "knee", "ankle", "foot_index")]
        shares = (s.thigh_share, s.shank_share, s.foot_share)
        along = (g.thigh_com_m / g.femur_m, g.shank_com_m / g.tibia_m, ON_FOOT_SHARE)
        for first, last, share, part in zip(joints, joints[1:], shares, along, strict=False):
            out = out + share * _between(first, last, part)
    return out


def _between(first: Floats, last: Floats, share: float) -> Floats:
    out: Floats = first + share * (last - first)
    return out
