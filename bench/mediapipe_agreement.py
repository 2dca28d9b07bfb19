"""How far our landmarks are from MediaPipe's on the same videos, one line per video.

    uv run python bench/mediapipe_agreement.py FOLDER --reference reference.npz
    uv run python bench/mediapipe_agreement.py FOLDER --mediapipe FOLDER/bin/python

``--reference`` takes what `mediapipe_loop.py` saves; ``--mediapipe`` runs that script with the Python given.
``--like`` compares one precision of ours with another instead: ``--like f32 --precision bf16``.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lunge.pose import MODELS, PoseTracker, read_poses
from lunge.poses import Poses
from lunge.video import Video

NOBODY = -32768
EYES_OF_HEIGHT = 0.936
"""Height of the eyes of a standing person, of the whole (Winter, Biomechanics and Motor Control, fig. 4.1)."""

GOAL_PERCENT = 1.0
LOOP = Path(__file__).with_name("mediapipe_loop.py")


@dataclass(frozen=True)
class Distance:
    """Of one video: median and 95th percentile over frames and points."""

    image_percent: float
    image_percent_95: float
    image_px: float
    world_mm: float
    visibility: float
    seen_differently: int


def ours(path: Path, model: str, precision: str) -> Poses:
    """Return our landmarks in a video."""
    video = Video(path)
    tracker = PoseTracker(model, precision=precision)
    return read_poses(video.frames(), tracker, (video.info.width_px, video.info.height_px)).poses


def theirs(arrays: np.lib.npyio.NpzFile, name: str, like: Poses) -> Poses:
    """Return MediaPipe's landmarks in a video."""
    image = arrays[f"{name}_image_px10"].astype(float)
    world = arrays[f"{name}_world_mm"].astype(float)
    image[image == NOBODY] = np.nan
    world[world == NOBODY] = np.nan
    seen = arrays[f"{name}_visibility_percent"].astype(float).clip(0) / 100
    times = np.arange(len(image), dtype=float)
    return Poses(times, image / 10, world / 1000, seen, like.width_px, like.height_px)


def distance(ours: Poses, other: Poses) -> Distance:
    """Return how far two records of the same frames are apart."""
    frames = min(len(ours), len(other))
    ours, other = ours[:frames], other[:frames]
    soles = np.fmax(other.image("left_heel")[:, 1], other.image("right_heel")[:, 1])
    height = float(np.nanpercentile(soles - other.image("left_eye")[:, 1], 90)) / EYES_OF_HEIGHT
    image = np.linalg.norm(ours.image_px - other.image_px, axis=2)
    world = np.linalg.norm(ours.world_m - other.world_m, axis=2) * 1000
    return Distance(
        float(np.nanmedian(image)) / height * 100,
        float(np.nanpercentile(image, 95)) / height * 100,
        float(np.nanmedian(image)),
        float(np.nanmedian(world)),
        float(np.nanmedian(np.abs(ours.confidence - other.confidence)[ours.anybody & other.anybody])),
        int((ours.anybody != other.anybody).sum()),
    )


def reference(options: argparse.Namespace, videos: list[Path]) -> Path:
    """Return the file with MediaPipe's landmarks, made now if only its Python is given."""
    if options.reference:
        return Path(options.reference)
    made = Path(tempfile.mkdtemp()) / "mediapipe.npz"
    command = [options.mediapipe, LOOP, *videos, "--model", options.model, "--save", made]
    subprocess.run(list(map(str, command)), check=True)
    return made


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--mediapipe", type=Path, help="the python of MediaPipe's environment")
    parser.add_argument("--like", choices=("f32", "bf16"))
    parser.add_argument("--model", choices=MODELS, default="full")
    parser.add_argument("--precision", choices=("auto", "f32", "bf16"), default="auto")
    parser.add_argument("--clips", nargs="*", help="only these")
    options = parser.parse_args()
    if not (options.reference or options.mediapipe or options.like):
        parser.error("one of --reference, --mediapipe, --like is needed")
    videos = [v for v in sorted(options.folder.glob("*.mp4")) if not options.clips or v.stem in options.clips]
    arrays = None if options.like else np.load(reference(options, videos))
    rows = []
    print(f"{'clip':28s} image %  95 % of   image  world  visi-  seen by")
    print(f"{'':28s} height   points %     px     mm  bility one only")
    for video in videos:
        found = ours(video, options.model, options.precision)
        other = ours(video, options.model, options.like) if arrays is None else theirs(arrays, video.stem, found)
        row = distance(found, other)
        rows.append(row)
        print(
            f"{video.stem:28s} {row.image_percent:7.3f} {row.image_percent_95:9.2f} {row.image_px:6.2f}"
            f" {row.world_mm:6.1f} {row.visibility:7.3f} {row.seen_differently:8d}",
            flush=True,
        )
    median = float(np.median([r.image_percent for r in rows]))
    worst = max(r.image_percent for r in rows)
    print(f"median {median:.3f} %, worst {worst:.3f} % (goal {GOAL_PERCENT} %)")


if __name__ == "__main__":
    main()
