"""How often a glance is right: people in clips cut out as a camera at a desk sees them, and rooms without them.

uv run python bench/desk_views.py CLIP... [--frames N]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lunge.breaks.constants import constants
from lunge.pose.detector import Detection, detect
from lunge.pose.networks import Network
from lunge.pose.presence import looks
from lunge.video import Video

SHAPES = (4 / 3, 16 / 9)
HEADS = (2.0, 2.7, 4.1)
"""Heights of the view in heads, at 0.6, 0.8 and 1.2 m from a camera that sees 43° from top to bottom."""
HEADS_PER_BOX = 3.0
EYES_SHARE = 0.45
EYES_ABOVE_MIDDLE_BOXES = 0.12
UPRIGHT_RAD = 0.4
LEAST_PX = 64
SURE = 0.8
LEAST = (0.4, 0.5, 0.55, 0.6, 0.7)


def views(picture: np.ndarray, person: Detection) -> Iterator[np.ndarray]:
    """Yield the person's head and shoulders as they fill a camera's picture at a desk."""
    x0, y0, x1, y1 = person.box_px
    eyes = (y0 + y1) / 2 - EYES_ABOVE_MIDDLE_BOXES * (y1 - y0)
    for heads in HEADS:
        height = (y1 - y0) * heads / HEADS_PER_BOX
        for width in (height * shape for shape in SHAPES):
            yield cut(picture, (x0 + x1 - width) / 2, eyes - EYES_SHARE * height, width, height)


def rooms(picture: np.ndarray, person: Detection) -> Iterator[np.ndarray]:
    """Yield what lies left and right of a person, as a camera sees an empty room."""
    region, width_px = person.region, picture.shape[1]
    reach = region.size_px / 3
    for left, right in ((0, region.x_px - reach), (region.x_px + reach, width_px)):
        width = right - left
        yield cut(picture, left, region.y_px - width * 3 / 8, width, width * 3 / 4)


def cut(picture: np.ndarray, x: float, y: float, width: float, height: float) -> np.ndarray:
    rows, columns = (slice(max(0, round(a)), max(0, round(a + n))) for a, n in ((y, height), (x, width)))
    return np.ascontiguousarray(picture[rows, columns])


def pictures(path: Path, count: int) -> Iterator[np.ndarray]:
    video = Video(path)
    step_s = (video.info.duration_s or 1.0) / (count + 1)
    due_s, given = step_s, 0
    for time_s, picture in video.frames():
        if time_s >= due_s and given < count:
            given, due_s = given + 1, due_s + step_s
            yield picture


def scored(network: Network, clips: list[Path], frames: int) -> Iterator[tuple[str, float, float, str]]:
    """Yield what is cut out, its score, the score of the first look alone, and the clip."""
    looking = constants().glance
    for path, picture in ((clip, picture) for clip in clips for picture in pictures(clip, frames)):
        people = detect(network, picture)
        if len(people) != 1 or people[0].score < SURE or abs(people[0].region.turn_rad) > UPRIGHT_RAD:
            continue
        cuts = [("somebody", view) for view in views(picture, people[0])]
        for name, view in cuts + [("nobody", room) for room in rooms(picture, people[0])]:
            if min(view.shape[:2]) >= LEAST_PX:
                scores = list(looks(network, view, looking.close_share, looking.lit_share))
                yield name, max(scores), scores[0], path.name


def main() -> None:
    """Print the shares, and the worst pictures by clip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", nargs="+", type=Path)
    parser.add_argument("--frames", type=int, default=3)
    asked = parser.parse_args()
    found = list(scored(Network("pose_detection", threads=1), asked.clips, asked.frames))
    for name, order in (("somebody", 1), ("nobody", -1)):
        rows = [row for row in found if row[0] == name]
        scores = np.array([row[1:3] for row in rows])
        for least in LEAST:
            both, once = (scores >= least).mean(0)
            print(f"{name}, {len(rows)} pictures: seen at {least} in {both:.3f}, with one look in {once:.3f}")
        worst = sorted(rows, key=lambda row, order=order: order * row[1])[:8]
        print(name, [(round(score, 2), clip) for _, score, _, clip in worst])


if __name__ == "__main__":
    main()
