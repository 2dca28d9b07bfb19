"""Hold the network's points, with and without the hips moved, against points clicked by hand on real pictures.

    uv run python bench/hand_points.py ../shared/data/clips POSES

POSES is a folder of landmark files of these clips, ``NAME.npz``; missing ones are made. Angles are those of
the picture, in degrees; the clicked ones are good to about 5 (hip, knee, ankle) degrees.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from lunge.geometry import flexion, signed_angle_deg
from lunge.kinematics.hips import hips_shift
from lunge.kinematics.measures import frame_of, readable
from lunge.kinematics.view import azimuth_deg
from lunge.measuring import prepared
from lunge.posefile import load_poses, save_poses
from lunge.poses import Poses
from lunge.session import Options, landmarks_of


def poses_of(video: Path, folder: Path) -> Poses:
    """Return the landmarks of a video, saved in a folder."""
    kept = folder / f"{video.stem}.npz"
    if not kept.exists():
        landmarks = landmarks_of(video, Options())
        list(landmarks.blocks())
        save_poses(kept, landmarks.poses(), landmarks.source())
    return load_poses(kept)[0]


def angles(points: dict[str, np.ndarray]) -> dict[str, float]:
    """Return the front leg's and the trunk's angles in the picture, whichever way the person faces."""
    thigh, trunk = points["front_knee"] - points["hip"], points["shoulder"] - points["hip"]
    return {
        "front thigh above horizontal": float(signed_angle_deg(thigh[1], abs(thigh[0]))),
        "front knee flexion": float(flexion(points["hip"], points["front_knee"], points["front_ankle"])),
        "trunk length over thigh length": float(np.hypot(*trunk) / np.hypot(*thigh)),
    }


def seen(poses: Poses, frame: int, front: str) -> dict[str, np.ndarray]:
    """Return the network's points that the hand clicked: the middle of hips and shoulders, the front leg."""

    def middle(part: str) -> np.ndarray:
        return (poses.image(f"left_{part}")[frame] + poses.image(f"right_{part}")[frame]) / 2

    return {
        "hip": poses.image(f"{front}_hip")[frame],
        "shoulder": middle("shoulder"),
        "front_knee": poses.image(f"{front}_knee")[frame],
        "front_ankle": poses.image(f"{front}_ankle")[frame],
    }


def moved(poses: Poses) -> Poses:
    """Return the poses with the hips moved to where the trunk's length says, in the picture."""
    ready = prepared(poses)
    axes = frame_of(ready.flat, ready.flat_body, azimuth_deg(ready.flat))
    share = readable(axes.forward_px)
    shift = hips_shift(ready.flat, ready.flat_body, share, axes.heights_per_px)
    image = ready.seen.image_px.copy()
    for side in ("left", "right"):
        at = poses.names.index(f"{side}_hip")
        image[:, at] += np.nan_to_num(np.stack([shift[:, 0] * share, shift[:, 1]], axis=1))
    return replace(ready.seen, image_px=image)


def main() -> None:
    """Print a row for each clicked picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", type=Path)
    parser.add_argument("poses", type=Path)
    given = parser.parse_args()
    labels = json.loads((given.clips / "labels.json").read_text(encoding="utf-8"))["clips"]
    for name, label in labels.items():
        if "hand_keypoints" not in label:
            continue
        poses = poses_of(given.clips / name, given.poses)
        calm, better = prepared(poses).seen, moved(poses)
        for picture in label["hand_keypoints"]:
            hand = {k: np.array(v, float) for k, v in picture["points_px"].items()}
            frame = picture["frame"]
            knees = {s: np.hypot(*(calm.image(f"{s}_knee")[frame] - hand["front_knee"])) for s in ("left", "right")}
            front = min(knees, key=knees.__getitem__)
            truth, raw, now = angles(hand), angles(seen(calm, frame, front)), angles(seen(better, frame, front))
            for key, value in truth.items():
                row = f"hand {value:7.2f}  network {raw[key]:7.2f}  moved {now[key]:7.2f}"
                print(f"{name:28} {frame:4d} {key:32} {row}")


if __name__ == "__main__":
    main()
