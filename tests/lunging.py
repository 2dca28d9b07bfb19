"""The stick figure of `people` in motion: squats, reverse lunges and a raised hand, of which every time is known."""

import numpy as np

from lunge.poses import KEYPOINTS, SIDES, Poses
from people import PX_PER_M, SIZE_PX
from test_phases import eased

FLOOR_PX = 555.0
HIP_M, ANKLE_M, THIGH_M, SHANK_M, TRUNK_M = 0.90, 0.07, 0.42, 0.41, 0.50
STEP_M, DROP_M, LUNGE_BACK_M, SQUAT_BACK_M = 0.83, 0.35, 0.40, 0.25
SEAT_BACK_M, SEAT_STEP_M = 0.45, 0.86
"""On a seat: how far the hips go back, and a foot until its thigh points straight down."""

FACE = ("nose", "eye", "ear", "mouth")

HANGING = {"elbow": (0.0, 0.22, -0.30), "wrist": (0.0, 0.22, -0.55)}
"""Forward, left and up from the middle of the shoulders, of the left side."""
RAISED = {"elbow": (0.0, 0.24, 0.28), "wrist": (0.0, 0.20, 0.53)}
ON_HIP = {"elbow": (0.0, 0.36, 0.26), "wrist": (0.0, 0.16, 0.13)}
"""From the middle of the hips."""


class Figure:
    """Somebody of 1.7 m, standing until told otherwise; lengths in metres, times in seconds."""

    def __init__(self, duration_s, fps=20.0, first_s=0.0):
        self.time = np.arange(round(duration_s * fps)) / fps
        self._first_s = first_s
        self._series = {
            name: np.zeros_like(self.time)
            for name in ("drop", "back", "left", "right", "lean_deg", "raised", "hands_off", "aside")
        }

    def move(self, name, start, end, by):
        """Change one of the series by so much between two times."""
        self._series[name] = self._series[name] + by * eased(self.time, start, end)
        return self

    def squat(self, start, end):
        """Sit down, and stay."""
        for name, by in (("drop", DROP_M), ("back", SQUAT_BACK_M), ("lean_deg", 30.0)):
            self.move(name, start, end, by)
        return self

    def rise(self, start, end):
        """Stand up out of a squat."""
        for name, by in (("drop", DROP_M), ("back", SQUAT_BACK_M), ("lean_deg", 30.0)):
            self.move(name, start, end, -by)
        return self

    def raise_hand(self, start, end):
        """Hold the right hand up between two times."""
        return self.move("raised", start - 0.2, start, 1.0).move("raised", end, end + 0.2, -1.0)

    def from_standing(self, start, leg="left", hold=1.2, lean_deg=0.0):
        """Do one repetition from standing; it ends `hold` + 3.6 s later."""
        up = start + 1.8 + hold
        self.move(leg, start, start + 1.0, -STEP_M).move(leg, up + 0.8, up + 1.8, STEP_M)
        for name, by in (("drop", DROP_M), ("back", LUNGE_BACK_M), ("lean_deg", lean_deg)):
            self.move(name, start + 0.4, start + 1.8, by).move(name, up, up + 1.4, -by)
        return self

    def seven_steps(self, start, leg="left", hold=1.2):
        """Do one repetition from the squat; it ends `hold` + 6.6 s later."""
        back = start + 3.2 + hold
        self.squat(start, start + 1.2).rise(back + 2.4, back + 3.4)
        self.move(leg, start + 1.8, start + 2.8, -STEP_M).move(leg, back + 0.4, back + 1.4, STEP_M)
        for name, by in (("back", LUNGE_BACK_M - SQUAT_BACK_M), ("lean_deg", -30.0)):
            self.move(name, start + 1.8, start + 3.2, by).move(name, back, back + 1.4, -by)
        return self

    def sit_down(self, start):
        """Sit on a seat in 1.5 s, bending forward on the way and straightening up on it."""
        self.move("lean_deg", start, start + 0.8, 35.0).move("lean_deg", start + 0.9, start + 1.5, -33.0)
        return self.move("drop", start, start + 1.5, DROP_M).move("back", start, start + 1.5, SEAT_BACK_M)

    def seated_lunge(self, start, leg="left", hold=2.0, lean_deg=0.0):
        """Do one repetition on a seat; it ends `hold` + 3.6 s later."""
        back = start + 1.6 + hold
        self.move(leg, start, start + 1.6, -SEAT_STEP_M).move(leg, back, back + 2.0, SEAT_STEP_M)
        return self.move("lean_deg", start, start + 1.6, lean_deg).move("lean_deg", back, back + 2.0, -lean_deg)

    def poses(self, azimuth_deg=90.0):
        """Return the landmarks as a camera far away sees them."""
        forward, left, up = self._points()
        turn = np.radians(azimuth_deg)
        room = np.stack(
            [-np.sin(turn) * forward + np.cos(turn) * left, -up, -np.cos(turn) * forward - np.sin(turn) * left], axis=2
        )
        middle = room[:, [KEYPOINTS.index(f"{s}_hip") for s in SIDES]].mean(1, keepdims=True)
        image = room[..., :2] * PX_PER_M + np.array([SIZE_PX[0] / 2, FLOOR_PX])
        image[..., 0] += self._series["aside"][:, None] * PX_PER_M
        seen = np.full(image.shape[:2], 0.99)
        return Poses(self._first_s + self.time, image, room - middle, seen, *SIZE_PX)

    def _points(self):
        """Return how far forward, left and up each point is (3 of (T, K))."""
        out = np.zeros((3, len(self.time), len(KEYPOINTS)))
        for i, name in enumerate(KEYPOINTS):
            side = next((s for s in SIDES if s in name), None)
            part = name.removeprefix("left_").removeprefix("right_")
            forward, left, up = self._of(part, side)
            out[0, :, i], out[1, :, i], out[2, :, i] = forward, left if side != "right" else -left, up
        return out

    def _of(self, part, side):
        if part.split("_")[0] in FACE:
            return self._on_trunk(0.19 + TRUNK_M, 0.08, 0.03 if side else 0.0)
        if part == "shoulder":
            return self._on_trunk(TRUNK_M, 0.0, 0.18)
        if part in ("hip", "knee", "ankle", "heel", "foot_index"):
            return self._leg(part, side)
        return self._arm("elbow" if part == "elbow" else "wrist", side)

    def _hip(self):
        return -self._series["back"], HIP_M - self._series["drop"]

    def _on_trunk(self, along, ahead, aside):
        lean = np.radians(self._series["lean_deg"])
        forward, up = self._hip()
        return (
            forward + along * np.sin(lean) + ahead * np.cos(lean),
            aside,
            up + along * np.cos(lean) - ahead * np.sin(lean),
        )

    def _arm(self, part, side):
        """Return a point of an arm: on the hip, hanging while the hands are off, or raised."""
        on_hip = self._on_trunk(ON_HIP[part][2], 0.0, ON_HIP[part][1])
        hanging = self._on_trunk(TRUNK_M + HANGING[part][2], 0.0, HANGING[part][1])
        raised = self._on_trunk(TRUNK_M + RAISED[part][2], 0.0, RAISED[part][1])
        off, high = self._series["hands_off"], self._series["raised"] * (side == "right")
        low = [(1 - off) * a + off * b for a, b in zip(on_hip, hanging, strict=True)]
        return [(1 - high) * a + high * b for a, b in zip(low, raised, strict=True)]

    def _leg(self, part, side):
        foot = self._series[side]
        heel_up = 0.1 * np.clip(-foot / STEP_M, 0.0, 1.0)
        places = {
            "hip": self._hip(),
            "ankle": (foot, ANKLE_M + 0.6 * heel_up),
            "heel": (foot - 0.05, 0.02 + heel_up),
            "foot_index": (foot + 0.15, 0.02),
        }
        forward, up = _knee(places["hip"], places["ankle"]) if part == "knee" else places[part]
        return forward, 0.09, up


def _knee(hip, ankle):
    """Return the knee between a hip and an ankle, bent forward."""
    way = np.array([ankle[0] - hip[0], ankle[1] - hip[1]])
    far = np.sqrt((way**2).sum(0))
    along = (THIGH_M**2 - SHANK_M**2 + far**2) / (2 * far)
    aside = np.sqrt(np.clip(THIGH_M**2 - along**2, 0.0, None))
    return hip[0] + (along * way[0] - aside * way[1]) / far, hip[1] + (along * way[1] + aside * way[0]) / far
