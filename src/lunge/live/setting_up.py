"""What keeps a set from starting: where the person, the camera and the light are."""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

from lunge.kinematics.body import eye_to_ankle_px, middle, upright_frames
from lunge.kinematics.constants import constants as kinematics
from lunge.kinematics.view import azimuth_of_turn_deg, feet_together, turn_rad, view_kind
from lunge.live.constants import constants
from lunge.live.records import Look, TurnTo
from lunge.poses import Floats, Poses

FEET: Final = ("left_ankle", "right_ankle", "left_foot_index", "right_foot_index")
HEAD: Final = ("nose", "left_eye", "right_eye")
HANDS: Final = ("left_wrist", "right_wrist")

ADVICE: Final = frozenset({"slow_frames", "camera_tilted"})
"""What is said, but keeps no set from starting."""


class SettingUp:
    """Watches somebody get into place and stand quietly.

    Parameters
    ----------
    quiet_s : float
        How long they shall stand.
    """

    def __init__(self, quiet_s: float) -> None:
        self.quiet_needed_s = quiet_s
        self._since_s: float | None = None
        self._trunk = _Drift()
        self._rate = _Rate()
        self._turn = _Turn()

    @property
    def azimuth_deg(self) -> float:
        """Where the camera stands, degrees; NaN before anybody was seen."""
        return self._turn.azimuth_deg

    def step(self, look: Look, turn_to: TurnTo | None) -> tuple[tuple[str, ...], float]:
        """Return what is missing, the most important first, and how long the person has stood quietly, seconds.

        Parameters
        ----------
        look : Look
        turn_to : {'side', 'front'} or None
            The view that the next repetitions are asked for in.
        """
        now = float(look.poses.time_s[0])
        missing = tuple(self._missing(look, turn_to, now))
        if set(missing) - ADVICE:
            self._since_s = None
            return missing, 0.0
        self._since_s = now if self._since_s is None else self._since_s
        return missing, now - self._since_s

    def _missing(self, look: Look, turn_to: TurnTo | None, now: float) -> list[str]:
        slow = ["slow_frames"] if self._rate.is_slow(now) else []
        out = light(look.brightness)
        if not bool(look.poses.anybody[0]):
            self._trunk.forget()
            return [*out, "nobody", *slow]
        out += ["two_people"] if look.people > 1 else []
        out += in_the_picture(look.poses)
        self._turn.add(look.poses)
        if turn_to is not None and not self._faces(turn_to):
            out.append("turn_sideways" if turn_to == "side" else "turn_to_front")
        if not bool(upright_frames(look.poses)[0]):
            out.append("stand_straight" if bool(feet_together(look.poses)[0]) else "feet_together")
        elif is_tilted(look.poses):
            out.append("camera_tilted")
        if self._trunk.moves(look.poses, now):
            out.append("stand_still")
        return [*out, *slow]

    def _faces(self, turn_to: TurnTo) -> bool:
        kind = view_kind(self._turn.azimuth_deg)
        return kind == "side" if turn_to == "side" else kind == "front"


def light(brightness: float | None) -> list[str]:
    """Return what is wrong with the light, from the mean brightness of a picture, 0 to 1."""
    if brightness is None or brightness >= constants().setting_up.dark_share:
        return []
    return ["lens_covered" if brightness < constants().setting_up.covered_share else "too_dark"]


def in_the_picture(poses: Poses) -> list[str]:
    """Return which parts of a person are outside one picture, and whether they are too near or too far."""
    c = constants().setting_up
    share = float(eye_to_ankle_px(poses)[0]) / kinematics().body.eye_to_ankle_heights / poses.height_px
    out = [key for key, names in (("feet_out", FEET), ("head_out", HEAD)) if _outside(poses, names)]
    if len(out) > 1 or share > c.near_share:
        return ["too_near"]
    out += ["hands_out"] if _outside(poses, HANDS) else []
    return [*out, "too_far"] if share < c.far_share else out


def _outside(poses: Poses, names: tuple[str, ...]) -> bool:
    size = np.array([poses.width_px, poses.height_px])
    points = np.stack([poses.image(n)[0] for n in names]) / size
    edge = constants().setting_up.edge_share
    return bool(((points < edge) | (points > 1 - edge)).any())


def is_tilted(poses: Poses) -> bool:
    """Return whether somebody who stands leans in the picture: then it is the camera.

    Shoulders stand over the ankles from every side; the eyes are ahead of them.
    """
    up = middle(poses, "shoulder")[0] - middle(poses, "ankle")[0]
    tilt = abs(float(np.degrees(np.arctan2(up[0], -up[1]))))
    return tilt > constants().setting_up.tilted_deg


class _Drift:
    """How fast the trunk moves, over a short while; the means of its ends, as single frames jitter."""

    def __init__(self) -> None:
        self._places: deque[tuple[float, Floats]] = deque()

    def forget(self) -> None:
        self._places.clear()

    def moves(self, poses: Poses, now: float) -> bool:
        c = constants().setting_up
        tall = float(eye_to_ankle_px(poses)[0]) / kinematics().body.eye_to_ankle_heights
        self._places.append((now, (middle(poses, "hip")[0] + middle(poses, "shoulder")[0]) / 2))
        while now - self._places[0][0] > c.still_window_s:
            self._places.popleft()
        third = max(1, len(self._places) // 3)
        places = np.array([place for _, place in self._places])
        times = np.array([at for at, _ in self._places])
        passed_s = float(times[-third:].mean() - times[:third].mean())
        moved = float(np.linalg.norm(places[-third:].mean(0) - places[:third].mean(0))) / max(tall, 1.0)
        return not moved <= c.still_heights_per_s * max(passed_s, c.still_window_s / 2)


class _Rate:
    """How many pictures come a second."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def is_slow(self, now: float) -> bool:
        c = constants().setting_up
        self._times.append(now)
        while now - self._times[0] > c.rate_window_s:
            self._times.popleft()
        span = now - self._times[0]
        return span > c.rate_window_s / 2 and (len(self._times) - 1) / span < c.slow_hz


class _Turn:
    """Where the camera stands, over the last moments."""

    def __init__(self) -> None:
        self._turns: deque[tuple[float, float, float]] = deque()
        self.azimuth_deg = float("nan")

    def add(self, poses: Poses) -> None:
        turn, now = float(turn_rad(poses)[0]), float(poses.time_s[0])
        if not np.isfinite(turn):
            return
        self._turns.append((now, float(np.cos(turn)), float(np.sin(turn))))
        while now - self._turns[0][0] > kinematics().view.turn_window_s:
            self._turns.popleft()
        cosine, sine = np.median([row[1:] for row in self._turns], axis=0)
        self.azimuth_deg = float(azimuth_of_turn_deg(sine, cosine))
