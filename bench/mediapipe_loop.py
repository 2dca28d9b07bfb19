"""What the MediaPipe Python package sees in videos, and how fast; for its own environment, without lunge.

    python -m venv FOLDER && FOLDER/bin/pip install mediapipe==0.10.21 "numpy<2"
    FOLDER/bin/python bench/mediapipe_loop.py clip.mp4 [...] [--model full] [--save out.npz]

Prints one line of JSON per video: name, frames and seconds, decoding included. Saved are the arrays
``NAME_time_s (T,)``, ``NAME_image_px10 (T, 33, 2)`` in tenths of a pixel, ``NAME_world_mm (T, 33, 3)`` and
``NAME_visibility_percent (T, 33)``; -32768 = nobody found.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import mediapipe as mp
import numpy as np

COMPLEXITY = {"lite": 0, "full": 1, "heavy": 2}
NOBODY = -32768


def pictures(path: Path) -> Iterator[tuple[float, np.ndarray]]:
    """Yield time (s) and picture, red, green, blue."""
    capture = cv2.VideoCapture(str(path))
    while True:
        good, picture = capture.read()
        if not good:
            return
        yield capture.get(cv2.CAP_PROP_POS_MSEC) / 1000, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)


def seen(path: Path, model: str) -> dict[str, np.ndarray]:
    """Return the arrays of one video; video mode, smoothing off."""
    times, image, world, visibility = [], [], [], []
    options = {"static_image_mode": False, "model_complexity": COMPLEXITY[model], "smooth_landmarks": False}
    with mp.solutions.pose.Pose(**options) as pose:
        for time_s, picture in pictures(path):
            height, width = picture.shape[:2]
            found = pose.process(picture)
            times.append(time_s)
            if found.pose_landmarks is None:
                image.append(np.full((33, 2), NOBODY))
                world.append(np.full((33, 3), NOBODY))
                visibility.append(np.full(33, NOBODY))
                continue
            points = found.pose_landmarks.landmark
            image.append([(p.x * width * 10, p.y * height * 10) for p in points])
            world.append([(p.x * 1000, p.y * 1000, p.z * 1000) for p in found.pose_world_landmarks.landmark])
            visibility.append([p.visibility * 100 for p in points])
    return {
        "time_s": np.array(times),
        "image_px10": np.rint(image).astype(np.int16),
        "world_mm": np.rint(world).astype(np.int16),
        "visibility_percent": np.rint(visibility).astype(np.int16),
    }


def main() -> None:
    """Run over the videos."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", nargs="+", type=Path)
    parser.add_argument("--model", choices=COMPLEXITY, default="full")
    parser.add_argument("--save", type=Path)
    options = parser.parse_args()
    arrays: dict[str, np.ndarray] = {}
    for path in options.videos:
        start = time.perf_counter()
        found = seen(path, options.model)
        took = time.perf_counter() - start
        print(json.dumps({"name": path.stem, "frames": len(found["time_s"]), "seconds": took}), flush=True)
        arrays |= {f"{path.stem}_{name}": values for name, values in found.items()}
    if options.save:
        np.savez_compressed(options.save, **arrays)


if __name__ == "__main__":
    main()
