"""A stick figure of 1.7 m for tests: landmarks of somebody who stands, or sways, seen from anywhere."""

import numpy as np

from lunge.messages import Sentence
from lunge.posefile import PoseSource
from lunge.poses import KEYPOINTS, Poses

PX_PER_M = 250.0
SIZE_PX = (480, 640)

# Forward, to the left, and up from the floor, in metres, of the left side and of the middle.
LEFT_SIDE = {
    "shoulder": (0.0, 0.18, 1.40),
    "elbow": (0.0, 0.22, 1.10),
    "wrist": (0.0, 0.22, 0.85),
    "pinky": (0.0, 0.22, 0.77),
    "index": (0.0, 0.21, 0.76),
    "thumb": (0.03, 0.20, 0.79),
    "hip": (0.0, 0.09, 0.90),
    "knee": (0.0, 0.09, 0.48),
    "ankle": (0.0, 0.09, 0.07),
    "heel": (-0.05, 0.09, 0.02),
    "foot_index": (0.15, 0.10, 0.02),
}
FACE = (0.08, 0.03, 1.59)


def points_m(azimuth_deg=90.0):
    """Return the landmarks (33, 3) of somebody standing, metres about the mid-hip, in the camera's axes."""
    turn = np.radians(azimuth_deg)
    ahead, aside = np.array([-np.sin(turn), 0, -np.cos(turn)]), np.array([np.cos(turn), 0, -np.sin(turn)])
    rows = []
    for name in KEYPOINTS:
        side = -1.0 if "right" in name else 1.0 if "left" in name else 0.0
        forward, left, up = LEFT_SIDE.get(name.removeprefix("left_").removeprefix("right_"), FACE)
        rows.append(forward * ahead + side * left * aside + np.array([0.0, 0.9 - up, 0.0]))
    return np.array(rows)


def standing(seconds, first_s=0.0, fps=30.0, azimuth_deg=90.0, moving=()):
    """Return poses of somebody who stands, but sways in the stretches of `moving`, (start, end) in seconds."""
    time = first_s + np.arange(round(seconds * fps)) / fps
    shift = np.zeros((len(time), 1, 3))
    for start, end in moving:
        inside = (time >= start) & (time < end)
        shift[inside, 0, 0] = 0.15 * np.sin(2 * np.pi * (time[inside] - start))
    world = np.tile(points_m(azimuth_deg), (len(time), 1, 1))
    image = (world + shift)[..., :2] * PX_PER_M + np.array([240.0, 330.0])
    return Poses(time, image, world, np.full((len(time), len(KEYPOINTS)), 0.99), *SIZE_PX)


def source(*notes, people=1):
    """Return where such landmarks come from; notes are sentences, or English alone as in old files."""
    notes = tuple(n if isinstance(n, Sentence) else Sentence("notes.as_written", {"text": n}) for n in notes)
    return PoseSource("clip.mp4", "0" * 64, "blazepose-full", "f32", people, 4.0, notes)
