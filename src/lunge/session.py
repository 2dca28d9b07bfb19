"""Analyse one file: where landmarks come from, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import numpy as np

from lunge.errors import MissingFileError, NobodySeenError
from lunge.exercises import load
from lunge.judging import Judgement, Target, anybody_seen, body_info, judged
from lunge.mirroring import mirrored
from lunge.pose.reading import read_poses
from lunge.pose.tracker import PoseTracker
from lunge.posefile import PoseSource, load_poses
from lunge.poses import Poses
from lunge.records import Analysis, EngineInfo, InputInfo
from lunge.video import Video, sha256_of

Progress = Callable[[float, float | None], None]

POSE_FILE_ENDING: Final = ".npz"

UNEVEN_SHARE: Final = 1.5
"""A frame that lasts this many median frames is a late one; one in twenty makes a rate variable."""

UNEVEN_FRAMES: Final = 0.05


@dataclass(frozen=True, slots=True)
class Options:
    """What may be asked for; the defaults suit a phone or webcam video.

    Attributes
    ----------
    height_m : float, optional
        Body height; without it lengths are in body heights.
    exercise : str
    model : {'lite', 'full', 'heavy'}
    from_s, to_s : float, optional
        The part of the video to analyse.
    hold_s : float
        How long holds shall be, 1 to 10.
    stretch : bool
        Whether the longer step was asked for.
    mirrored : bool
        Whether the picture is mirrored, as selfies often are.
    time_scale : float
        Real seconds per second of video: 0.25 for four times slow motion.
    person : int, optional
        Which one of several people, from the left, 1 the leftmost.
    """

    height_m: float | None = None
    exercise: str = "reverse_lunge"
    model: str = "full"
    from_s: float | None = None
    to_s: float | None = None
    hold_s: float = 1.0
    stretch: bool = False
    mirrored: bool = False
    time_scale: float = 1.0
    person: int | None = None


def analyze(path: str | Path, options: Options | None = None, progress: Progress | None = None) -> Analysis:
    """Return what a video, or a landmark file saved earlier, shows.

    Parameters
    ----------
    path : str or Path
        Any video that FFmpeg reads, or a ``.npz`` landmark file.
    options : Options, optional
    progress : callable, optional
        Told how many seconds of the video are done, and of how many (None: unknown).

    Returns
    -------
    Analysis

    Raises
    ------
    LungeError
        `MissingFileError`, `VideoError`, `PoseFileError`, `NobodySeenError` or
        `ModelError`: each says in one sentence what is wrong and what to do.
    """
    options = options or Options()
    poses, source = landmarks_of(Path(path), options, progress)
    return analysis_of(poses, source, options)


def landmarks_of(path: Path, options: Options, progress: Progress | None = None) -> tuple[Poses, PoseSource]:
    """Return the landmarks in a video or landmark file, and where they come from.

    Raises
    ------
    LungeError
        See `analyze`.
    """
    if path.suffix == POSE_FILE_ENDING:
        return load_poses(path)
    if not path.exists():
        raise MissingFileError(path)
    video = Video(path, options.from_s, options.to_s)
    tracker = PoseTracker(options.model, person=options.person)
    total = options.to_s if options.to_s is not None else video.info.duration_s
    told = None if progress is None else (lambda done: progress(done, total))
    run = read_poses(video.frames(), tracker, (video.info.width_px, video.info.height_px), told)
    source = PoseSource(
        path=str(path),
        sha256=sha256_of(path),
        model=f"blazepose-{options.model}",
        precision=tracker.precision,
        people=run.people,
        duration_s=round(video.info.duration_s or float(run.poses.time_s[-1]), 3),
        notes=tuple(video.notes),
    )
    return run.poses, source


def analysis_of(poses: Poses, source: PoseSource, options: Options) -> Analysis:
    """Return the analysis of landmarks that are already there.

    Raises
    ------
    NobodySeenError
        If there is no person in any frame.
    """
    if not anybody_seen(poses):
        raise NobodySeenError(
            f"Nobody was seen in {Path(source.path).name}. Film from the side with the whole body in the picture.",
            path=source.path,
            frames=len(poses),
        )
    exercise = load(options.exercise)
    asked = _as_asked(poses, options)
    found = judged(asked, exercise, Target(options.height_m, options.hold_s, options.stretch))
    notes = (*source.notes, *_picture_notes(asked, source), *found.notes, *_empty_note(found))
    return Analysis(
        input=_input_info(poses, source),
        engine=EngineInfo(_version(), source.model, source.precision, exercise.name, "refined"),
        view=found.view,
        body=body_info(found.body, options.height_m),
        repetitions=found.repetitions,
        other_movements=found.other_movements,
        people=source.people,
        notes=notes,
        poses=found.poses,
        signals=found.signals,
        step_names=found.step_names,
    )


def _as_asked(poses: Poses, options: Options) -> Poses:
    if options.mirrored:
        poses = mirrored(poses)
    if options.time_scale != 1.0:
        poses = replace(poses, time_s=poses.time_s * options.time_scale)
    return poses


def _input_info(poses: Poses, source: PoseSource) -> InputInfo:
    steps = np.diff(poses.time_s)
    rate = round(1.0 / float(np.median(steps)), 3) if len(steps) else None
    return InputInfo(
        path=source.path,
        sha256=source.sha256,
        duration_s=source.duration_s,
        frames=len(poses),
        width=poses.width_px,
        height=poses.height_px,
        fps_median=rate,
    )


def _picture_notes(poses: Poses, source: PoseSource) -> list[str]:
    notes: list[str] = []
    steps = np.diff(poses.time_s)
    if len(poses) == 1:
        notes.append("This is a single picture: there is no movement to judge.")
    elif float((steps > UNEVEN_SHARE * np.median(steps)).mean()) > UNEVEN_FRAMES:
        notes.append("The frame rate varies; the video's own time stamps were used.")
    if source.people > 1:
        notes.append(f"{source.people} people are in the picture; the one who exercises was followed.")
    share = float(poses.anybody.mean())
    if share < 1.0:
        notes.append(f"The person is in the picture {100 * share:.0f} % of the time.")
    return notes + _cut_off_note(poses)


def _cut_off_note(poses: Poses) -> list[str]:
    """Return a note when feet or head are out of the picture most of the time."""
    names = {"The feet are": ("left_ankle", "right_ankle"), "The head is": ("nose",)}
    size = np.array([poses.width_px, poses.height_px])
    out = []
    for part, points in names.items():
        where = np.stack([poses.image(p) for p in points])
        beyond = np.asarray(((where < 0) | (where > size)).any(axis=(0, 2)), bool)
        if beyond[poses.anybody].mean() > 1 / 3:
            out.append(f"{part} out of the picture much of the time; move the camera back.")
    return out


def _empty_note(found: Judgement) -> list[str]:
    if found.repetitions:
        return []
    seen = sorted({m.kind.replace("_", " ") for m in found.other_movements})
    if seen:
        return [f"No reverse lunge was seen, but: {', '.join(seen)}."]
    return ["No reverse lunge was seen."]


def _version() -> str:
    try:
        return version("lunge")
    except PackageNotFoundError:
        return "not installed"
