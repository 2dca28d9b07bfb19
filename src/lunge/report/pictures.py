"""Key pictures of a repetition: cropped around the person, with the skeleton drawn on."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from lunge.exercises.records import LUNGES
from lunge.poses import Floats, Poses
from lunge.records import Repetition
from lunge.report.constants import constants
from lunge.report.footage import Stills, draw_pose, far_side, frame_near, steady_poses
from lunge.report.skeleton import Picture
from lunge.report.words import number, raised, word

HEIGHT_PX: Final = 460
SHAPE: Final = 3 / 4
"""Width by height of a picture of the strip."""

MARGIN_SHARE: Final = 0.12
"""Room around the person, as a share of the greatest extent; hair and hands lie outside the points."""

JPEG_QUALITY: Final = 80

PAPER: Final = (226, 230, 235)


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """One picture of the strip: what it shows, when, and the picture as a data address."""

    caption: str
    time: str
    legs: str
    alt: str
    source: str
    width: int
    height: int


def key_times(repetition: Repetition) -> list[tuple[str, float]]:
    """Return what the strip shows and when, seconds: standing, squat, lunge, return, standing.

    From standing there is no squat; the step back stands in its place. On a seat the person sits before and after.
    """
    on_seat = repetition.step("seated_lunge") is not None
    first = "squat" if repetition.step("squat") else "stepping_back"
    back = "rising" if repetition.step("rising") and first != "squat" else "returning"
    standing_s = constants().pictures.standing_s
    out = [("sitting" if on_seat else "standing", repetition.start_s - standing_s)]
    for name in (first, *LUNGES, back):
        step = repetition.step(name)
        if step is not None:
            out.append((name, repetition.bottom_s if name in LUNGES else (step.start_s + step.end_s) / 2))
    if repetition.complete:
        out.append(("sitting_again" if on_seat else "end", repetition.end_s + standing_s))
    return out


def strip(repetition: Repetition, poses: Poses, footage: Stills | None) -> list[KeyFrame]:
    """Return the pictures of one repetition; drawn on a plain ground where there is no video.

    Parameters
    ----------
    repetition : Repetition
    poses : Poses
        Of the whole analysis.
    footage : Stills, optional
    """
    plan = key_times(repetition)
    poses = steady_poses(poses, plan[0][1], plan[-1][1])
    frames = [frame_near(poses, t) for _, t in plan]
    times = [float(poses.time_s[f]) for f in frames]
    grounds = footage.at(times) if footage is not None else [plain_ground(poses) for _ in frames]
    box, far = crop_box(poses, frames), far_side(repetition.view.azimuth_deg)
    out = []
    for (name, _), frame, ground in zip(plan, frames, grounds, strict=True):
        draw_pose(ground, poses, frame, far)
        moment = _Moment(name, float(poses.time_s[frame]), repetition, footage is None)
        out.append(_key_frame(moment, cropped(ground, poses, box)))
    return out


def plain_ground(poses: Poses) -> Picture:
    """Return an empty picture of the size that the poses were seen in."""
    return np.full((poses.height_px, poses.width_px, 3), PAPER, np.uint8)


def crop_box(poses: Poses, frames: list[int]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom (px) of one box around the person in all these frames.

    One box for a repetition, so that its pictures can be compared.
    """
    points = poses.image_px[frames]
    seen = np.isfinite(points).all(axis=2)
    if not seen.any():
        return 0.0, 0.0, float(poses.width_px), float(poses.height_px)
    low, high = points[seen].min(0), points[seen].max(0)
    margin = MARGIN_SHARE * float((high - low).max())
    low, high = low - margin, high + margin
    return _in_shape(low, high, poses)


def _in_shape(low: Floats, high: Floats, poses: Poses) -> tuple[float, float, float, float]:
    size, middle = high - low, (low + high) / 2
    height = min(max(size[1], size[0] / SHAPE), float(poses.height_px))
    width = min(max(size[0], height * SHAPE), float(poses.width_px))
    left = float(np.clip(middle[0] - width / 2, 0, poses.width_px - width))
    top = float(np.clip(middle[1] - height / 2, 0, poses.height_px - height))
    return left, top, left + width, top + height


def cropped(picture: Picture, poses: Poses, box: tuple[float, float, float, float]) -> Picture:
    """Return the part of a picture inside a box given in the poses' pixels, `HEIGHT_PX` high at most."""
    scale = picture.shape[1] / poses.width_px
    left, top, right, bottom = (max(0, round(edge * scale)) for edge in box)
    part = picture[top:bottom, left:right]
    shrink = min(1.0, HEIGHT_PX / max(1, part.shape[0]))
    size = max(1, round(part.shape[1] * shrink)), max(1, round(part.shape[0] * shrink))
    out: Picture = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    return out


def jpeg_address(picture: Picture) -> str:
    """Return a picture (red, green, blue) as a ``data:`` address, JPEG inside."""
    _, data = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return f"data:image/jpeg;base64,{base64.b64encode(data.tobytes()).decode('ascii')}"


@dataclass(frozen=True, slots=True)
class _Moment:
    name: str
    time_s: float
    repetition: Repetition
    plain: bool


def _key_frame(moment: _Moment, picture: Picture) -> KeyFrame:
    time, rear = number(moment.time_s, 1), moment.repetition.stepping_leg
    legs = ""
    if rear is not None and moment.name in LUNGES:
        front = "right" if rear == "left" else "left"
        legs = word("frames", "legs", front=raised(word("sides", front)), rear=word("sides", rear))
    caption = word("frames", moment.name)
    return KeyFrame(
        caption=caption,
        time=word("frames", "at", time=time),
        legs=legs,
        alt=word("frames", "alt_plain" if moment.plain else "alt", what=caption, time=time),
        source=jpeg_address(picture),
        width=picture.shape[1],
        height=picture.shape[0],
    )
