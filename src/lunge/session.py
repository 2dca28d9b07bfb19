"""Analyse one file: where landmarks come from, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import numpy as np

from lunge.errors import MissingFileError, NobodySeenError
from lunge.exercises import load
from lunge.exercises.records import Exercise
from lunge.judging import Target, body_info
from lunge.mirroring import mirrored
from lunge.pictures import PictureTally
from lunge.pose.networks import MODELS
from lunge.pose.reading import BLOCK_FRAMES, pose_blocks
from lunge.pose.tracker import PoseTracker
from lunge.posefile import PoseSource, load_poses
from lunge.poses import KEYPOINTS, Floats, Poses
from lunge.records import Analysis, BodyInfo, EngineInfo, InputInfo
from lunge.spool import Column
from lunge.video import Video, sha256_of
from lunge.watching import Watched, Watcher

Progress = Callable[[float, float | None], None]

POSE_FILE_ENDING: Final = ".npz"
NETWORK: Final = "blazepose-"


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
    threads : int
        For the networks; 0 takes all cores.
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
    threads: int = 0


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
    return analysis_of(landmarks_of(Path(path), options, progress), options)


class Landmarks:
    """Landmarks as they come, kept on disk, and where they come from.

    Parameters
    ----------
    blocks : iterator of Poses
        Read once.
    source : callable
        Gives the `PoseSource`, asked when the blocks have run out.
    model : {'lite', 'full', 'heavy'}
        The network that sees, or saw, them.
    """

    def __init__(self, blocks: Iterator[Poses], source: Callable[[], PoseSource], model: str) -> None:
        self._blocks, self.source, self.model = blocks, source, model
        points = len(KEYPOINTS)
        self._image, self._world, self._seen = Column((points, 2)), Column((points, 3)), Column((points,))
        self._times: list[Floats] = []
        self._like: Poses | None = None

    def blocks(self) -> Iterator[Poses]:
        """Yield the poses block by block."""
        for block in self._blocks:
            self._like = block[:0]
            self._times.append(block.time_s)
            self._image.append(block.image_px)
            self._world.append(block.world_m)
            self._seen.append(block.confidence)
            yield block

    def poses(self) -> Poses:
        """Return all poses that have come, read from disk where they are looked at.

        Raises
        ------
        NobodySeenError
            If there was not one picture.
        """
        if self._like is None:
            raise _nobody(self.source(), 0)
        return replace(
            self._like,
            time_s=np.concatenate(self._times),
            image_px=self._image.array(),
            world_m=self._world.array(),
            confidence=self._seen.array(),
        )


def landmarks_of(path: Path, options: Options, progress: Progress | None = None) -> Landmarks:
    """Return the landmarks in a video or landmark file, as a stream.

    Raises
    ------
    LungeError
        See `analyze`.
    """
    if path.suffix == POSE_FILE_ENDING:
        return landmarks_from(*load_poses(path))
    if not path.exists():
        raise MissingFileError(path)
    seen = _Seen(path, options, progress)
    return Landmarks(seen.blocks(), seen.source, options.model)


def landmarks_from(poses: Poses, source: PoseSource) -> Landmarks:
    """Return landmarks that are already there as a stream."""
    starts = range(0, len(poses), BLOCK_FRAMES)
    model = source.model.removeprefix(NETWORK)
    blocks = (poses[first : first + BLOCK_FRAMES] for first in starts)
    return Landmarks(blocks, lambda: source, model if model in MODELS else MODELS[1])


class _Seen:
    """A video as it is watched by the network."""

    def __init__(self, path: Path, options: Options, progress: Progress | None) -> None:
        self._path, self._options, self._progress = path, options, progress
        self._video = Video(path, options.from_s, options.to_s)
        self._tracker = PoseTracker(options.model, person=options.person, threads=options.threads)
        self._people = 0
        self._last_s = 0.0

    def blocks(self) -> Iterator[Poses]:
        info = self._video.info
        total = self._options.to_s if self._options.to_s is not None else info.duration_s
        progress = self._progress
        told = None if progress is None else (lambda done: progress(done, total))
        for run in pose_blocks(self._video.frames(), self._tracker, (info.width_px, info.height_px), told):
            self._people = max(self._people, run.people)
            self._last_s = float(run.poses.time_s[-1])
            yield run.poses

    def source(self) -> PoseSource:
        return PoseSource(
            path=str(self._path),
            sha256=sha256_of(self._path),
            model=f"{NETWORK}{self._options.model}",
            precision=self._tracker.precision,
            people=self._people,
            duration_s=round(self._video.info.duration_s or self._last_s, 3),
            notes=tuple(self._video.notes),
        )


def analysis_of(landmarks: Landmarks, options: Options) -> Analysis:
    """Return the analysis of landmarks as they come.

    Raises
    ------
    NobodySeenError
        If there is no person in any frame.
    """
    exercise = load(options.exercise)
    watcher = Watcher(exercise, Target(options.height_m, options.hold_s, options.stretch), landmarks.model)
    tally = PictureTally()
    for block in landmarks.blocks():
        asked = _as_asked(block, options)
        tally.add(asked)
        watcher.add(asked)
    source = landmarks.source()
    if not tally.anybody:
        raise _nobody(source, tally.frames)
    poses, found = _as_asked(landmarks.poses(), options), watcher.finish()
    seen = (*_unanswered(source.notes, options), *tally.notes(source.people))
    notes = (*seen, *found.notes, *_empty_note(found, exercise))
    return Analysis(
        input=_input_info(poses, source),
        engine=EngineInfo(_version(), source.model, source.precision, exercise.name, "refined"),
        view=found.view,
        body=_body_info(found, options.height_m),
        repetitions=found.repetitions,
        other_movements=found.other_movements,
        people=source.people,
        notes=notes,
        poses=poses,
        signals=found.signals,
        step_names=found.step_names,
    )


def _unanswered(notes: tuple[str, ...], options: Options) -> tuple[str, ...]:
    """Return what is said of the file, less advice to use an option that was used."""
    used = {"--mirrored": options.mirrored, "--time-scale": options.time_scale != 1.0}
    return tuple(n for n in notes if not any(is_used and option in n for option, is_used in used.items()))


def _nobody(source: PoseSource, frames: int) -> NobodySeenError:
    return NobodySeenError(
        f"Nobody was seen in {Path(source.path).name}. Film from the side with the whole body in the picture.",
        path=source.path,
        frames=frames,
    )


def _body_info(found: Watched, height_m: float | None) -> BodyInfo:
    if found.first is None:
        return BodyInfo(height_m, "fallback")
    return body_info(found.first.flat_body, height_m)


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


def _empty_note(found: Watched, exercise: Exercise) -> list[str]:
    if found.repetitions:
        return []
    seen = sorted({m.kind.replace("_", " ") for m in found.other_movements})
    if seen:
        return [f"No {exercise.title.lower()} was seen, but: {', '.join(seen)}."]
    return [f"No {exercise.title.lower()} was seen."]


def _version() -> str:
    try:
        return version("lunge")
    except PackageNotFoundError:
        return "not installed"
