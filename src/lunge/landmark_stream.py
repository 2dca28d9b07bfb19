"""Landmarks as they come, from a video or a landmark file, kept on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from lunge.constants import constants
from lunge.errors import MissingFileError, NobodySeenError, PoseFileError
from lunge.home import models_folder
from lunge.messages import Sentence
from lunge.pose.networks import MODELS
from lunge.pose.reading import BLOCK_FRAMES, Tracker, pose_blocks
from lunge.pose.synthpose import NAME, PelvisTracker, SynthPose
from lunge.pose.tracker import PoseTracker
from lunge.posefile import PoseSource, load_poses
from lunge.poses import Floats, Poses
from lunge.records import Target
from lunge.spool import Column

if TYPE_CHECKING:
    from lunge.video import Video

Progress = Callable[[float, float | None], None]

POSE_FILE_ENDING: Final = ".npz"
NETWORK: Final = "blazepose-"
UNMEASURED: Final = Sentence("notes.unmeasured")


@dataclass(frozen=True, slots=True)
class Options:
    """What may be asked for; the defaults suit a phone or webcam video.

    Attributes
    ----------
    height_m : float, optional
        Body height; without it lengths are in body heights.
    exercise : str
    model : {'lite', 'full', 'heavy', 'synthpose'}
        The last one only once it was fetched.
    from_s, to_s : float, optional
        The part of the video to analyse.
    hold_s : float, optional
        How long holds shall be, 1 to 10; without it as the live session asked, else 1.
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
    refine : bool
        Judge what was recorded live with the whole recording in hand, not as it was judged live.
    lowering : bool
        Look for everyday lowerings, too.
    mass_kg : float, optional
        Body mass; without it loads are told a kilogram.
    stoop_deg : float, optional
        How far the trunk leaned in a stoop of the same person, from an earlier recording.

    Raises
    ------
    ValueError
        If the mass is nobody's.
    """

    height_m: float | None = None
    exercise: str = "reverse_lunge"
    model: str = "full"
    from_s: float | None = None
    to_s: float | None = None
    hold_s: float | None = None
    stretch: bool = False
    mirrored: bool = False
    time_scale: float = 1.0
    person: int | None = None
    threads: int = 0
    refine: bool = False
    lowering: bool = False
    mass_kg: float | None = None
    stoop_deg: float | None = None

    def __post_init__(self) -> None:
        low, high = constants().person.mass_kg_band
        if self.mass_kg is not None and not low <= self.mass_kg <= high:
            raise ValueError(f"mass_kg: expected {low:.0f} to {high:.0f}, got {self.mass_kg}")


class PoseStore:
    """Poses of one picture size as they come, kept on disk."""

    def __init__(self) -> None:
        self._columns: tuple[Column, Column, Column] | None = None
        self._times: list[Floats] = []
        self._like: Poses | None = None

    def add(self, block: Poses) -> None:
        """Keep the next poses."""
        if self._columns is None:
            points = len(block.names)
            self._columns = Column((points, 2)), Column((points, 3)), Column((points,))
        self._like = block[:0]
        self._times.append(block.time_s)
        for column, values in zip(self._columns, (block.image_px, block.world_m, block.confidence), strict=True):
            column.append(values)

    def poses(self) -> Poses | None:
        """Return all poses that have come, read from disk where they are looked at; None if there are none."""
        if self._like is None or self._columns is None:
            return None
        image, world, seen = (column.array() for column in self._columns)
        return replace(
            self._like,
            time_s=np.concatenate(self._times),
            image_px=image,
            world_m=world,
            confidence=seen,
        )


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
    asked : Target, optional
        What was asked in the live session that recorded them.
    """

    def __init__(
        self, blocks: Iterator[Poses], source: Callable[[], PoseSource], model: str, asked: Target | None = None
    ) -> None:
        self._blocks, self.source, self.model, self.asked = blocks, source, model, asked
        self._store = PoseStore()

    def blocks(self) -> Iterator[Poses]:
        """Yield the poses block by block."""
        for block in self._blocks:
            self._store.add(block)
            yield block

    def poses(self) -> Poses:
        """Return all poses that have come, read from disk where they are looked at.

        Raises
        ------
        NobodySeenError
            If there was not one picture.
        """
        poses = self._store.poses()
        if poses is None:
            raise nobody(self.source(), 0)
        return poses


def landmarks_of(path: Path, options: Options, progress: Progress | None = None) -> Landmarks:
    """Return the landmarks in a video or landmark file, as a stream.

    Raises
    ------
    LungeError
        See `lunge.analyze`.
    """
    if path.suffix == POSE_FILE_ENDING:
        poses, source = load_poses(path)
        return landmarks_from(_part_of(poses, source, options), source)
    if not path.exists():
        raise MissingFileError(path)
    # A live session, which keeps landmarks and looks at no video, does without what reads them.
    from lunge.video import Video

    seen = _Seen(Video(path, options.from_s, options.to_s), options, progress)
    return Landmarks(seen.blocks(), seen.source, base_model(options.model))


def _part_of(poses: Poses, source: PoseSource, options: Options) -> Poses:
    """Return the poses between the times that were asked for, both included, as of a video."""
    from_s = -np.inf if options.from_s is None else options.from_s
    to_s = np.inf if options.to_s is None else options.to_s
    first, end = poses.time_s.searchsorted(from_s), poses.time_s.searchsorted(to_s, side="right")
    if first >= end and len(poses):
        name, lasts_s = Path(source.path).name, round(float(poses.time_s[-1]), 1)
        raise PoseFileError("errors.video.part_beyond", name=name, path=source.path, lasts_s=lasts_s)
    return poses[int(first) : int(end)]


def base_model(model: str) -> str:
    """Return the network that comes with the package behind a model: that of the metric points, and of their errors."""
    return model if model in MODELS else MODELS[1]


def landmarks_from(poses: Poses, source: PoseSource) -> Landmarks:
    """Return landmarks that are already there as a stream."""
    starts = range(0, len(poses), BLOCK_FRAMES)
    model = source.model.removeprefix(NETWORK)
    blocks = (poses[first : first + BLOCK_FRAMES] for first in starts)
    return Landmarks(blocks, lambda: source, base_model(model), source.asked)


class _Seen:
    """A video as it is watched by the network."""

    def __init__(self, video: Video, options: Options, progress: Progress | None) -> None:
        self._video, self._options, self._progress = video, options, progress
        follower = PoseTracker(base_model(options.model), person=options.person, threads=options.threads)
        self._precision = follower.precision
        self._pelvis = options.model == NAME
        self._tracker: Tracker = follower
        if self._pelvis:
            self._tracker = PelvisTracker(follower, SynthPose(models_folder() / NAME))
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
        from lunge.video import sha256_of

        return PoseSource(
            path=str(self._video.path),
            sha256=sha256_of(self._video.path),
            model=NAME if self._pelvis else f"{NETWORK}{self._options.model}",
            precision=self._precision,
            people=self._people,
            duration_s=round(self._video.info.duration_s or self._last_s, 3),
            notes=(*self._video.notes, *([UNMEASURED] if self._pelvis else [])),
        )


def nobody(source: PoseSource, frames: int) -> NobodySeenError:
    """Return the error that nobody was seen, to be raised."""
    key = "errors.input.nobody" if source.asked is None else "errors.input.nobody_live"
    return NobodySeenError(key, name=Path(source.path).name, path=source.path, frames=frames)
