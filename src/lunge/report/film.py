"""The annotated video: skeleton, step, clock of the hold, and what the checks say."""

from __future__ import annotations

from itertools import chain, pairwise
from pathlib import Path
from typing import Final

import cv2

from lunge.exercises.records import HOLDS
from lunge.files import made_folder
from lunge.records import Analysis, Finding, Repetition
from lunge.report.constants import constants
from lunge.report.faces import faceless
from lunge.report.footage import Footage, draw_pose, far_side, frame_near
from lunge.report.skeleton import Colour, Picture
from lunge.report.words import title_of, word
from lunge.video import VideoWriter

FONT: Final = cv2.FONT_HERSHEY_SIMPLEX
TEXT_SHARE: Final = 1 / 640
"""Size of letters (OpenCV's unit, 1 = about 22 px high) per pixel of the picture's shorter side."""

WHITE: Final[Colour] = (255, 255, 255)
GOOD: Final[Colour] = (120, 220, 170)
WORK: Final[Colour] = (255, 190, 90)
SHADE: Final = 0.35
"""What is left of the picture's light behind letters, so that they can be read on any ground."""


def write_film(analysis: Analysis, footage: Footage, path: Path, anonymous: bool = False) -> Path:
    """Write the video with skeleton, step names, hold clock and results; return its path.

    Frames are streamed, never all in memory. `anonymous` leaves only the body below the head sharp.

    Raises
    ------
    OutputError
        If it cannot be written; nothing is left behind.
    VideoError
        If the video cannot be read any more.
    """
    made_folder(path.parent)
    poses = analysis.poses
    far = far_side(analysis.view.azimuth_deg)
    frames = footage.frames()
    first = next(frames)
    size = (first[1].shape[1], first[1].shape[0])
    with VideoWriter(path, size, analysis.input.fps_median or constants().film.assumed_fps) as writer:
        for time_s, seen in chain([first], frames):
            picture = faceless(seen, poses, time_s) if anonymous else seen
            draw_pose(picture, poses, frame_near(poses, time_s), far)
            draw_words(picture, analysis, time_s)
            writer.write(time_s, picture)
    return path


def draw_words(picture: Picture, analysis: Analysis, time_s: float) -> None:
    """Write into the picture which step it is, how long it is held, and what was found so far."""
    shown_s = constants().film.shown_s
    repetition = next((r for r in analysis.repetitions if r.start_s <= time_s < r.end_s + shown_s), None)
    if repetition is None:
        return
    size = min(picture.shape[:2]) * TEXT_SHARE
    row = round(34 * size)
    top = heading(repetition, time_s)
    _shade(picture, 0, row * 2)
    _text(picture, top[0], (row // 2, round(row * 0.85)), size, WHITE)
    _text(picture, top[1], (row // 2, round(row * 1.7)), size * 0.8, WHITE)
    found = results_at(repetition, time_s)
    height = picture.shape[0]
    if found:
        _shade(picture, height - row * (len(found)) - row // 2, height)
    for i, finding in enumerate(found):
        line = height - row * (len(found) - 1 - i) - row // 2
        _result(picture, finding, (row // 2, line), size * 0.8)


def heading(repetition: Repetition, time_s: float) -> tuple[str, str]:
    """Return the two lines at the top: repetition and leg; step, and seconds held."""
    first = f"{word('film', 'repetition', n=repetition.index)}, {word('stepping', repetition.stepping_leg)}"
    step = next((s for s in repetition.steps if s.start_s <= time_s < s.end_s), None)
    if step is None:
        return first, word("steps", "standing")
    name = word("steps", step.name)
    if step.name not in HOLDS:
        return first, name
    return first, f"{name}, {word('film', 'hold', n=f'{time_s - step.start_s:.1f}')}"


def results_at(repetition: Repetition, time_s: float) -> list[Finding]:
    """Return the findings of the step that has just ended, what failed first."""
    shown_s = constants().film.shown_s
    ended = [s for s in repetition.steps if s.end_s <= time_s < s.end_s + shown_s]
    if not ended:
        return []
    name = ended[-1].name
    judged = [f for f in repetition.findings if f.step == name and f.result != "cannot_judge"]
    return sorted(judged, key=lambda f: f.result != "fail")[: constants().film.most_results]


def _result(picture: Picture, finding: Finding, place: tuple[int, int], size: float) -> None:
    good = finding.result == "pass"
    colour = GOOD if good else WORK
    x, y = place
    unit = max(6, round(22 * size))
    if good:
        corners = [(x, y - unit // 2), (x + unit // 3, y - unit // 8), (x + unit, y - unit)]
        for start, end in pairwise(corners):
            cv2.line(picture, start, end, colour, max(2, unit // 6), cv2.LINE_AA)
    else:
        middle = x + unit // 2
        cv2.line(picture, (middle, y - unit), (middle, y - unit // 3), colour, max(2, unit // 5), cv2.LINE_AA)
        cv2.circle(picture, (middle, y - unit // 12), max(1, unit // 9), colour, -1, cv2.LINE_AA)
    said = f"{title_of(finding.check, finding.measure)}: {word('film', 'good' if good else 'work')}"
    _text(picture, said, (x + round(unit * 1.5), y), size, colour)


def _shade(picture: Picture, top: int, bottom: int) -> None:
    picture[max(0, top) : bottom] = (picture[max(0, top) : bottom] * SHADE).astype(picture.dtype)


def _text(picture: Picture, text: str, place: tuple[int, int], size: float, colour: Colour) -> None:
    cv2.putText(picture, text, place, FONT, size, colour, max(1, round(2 * size)), cv2.LINE_AA)
