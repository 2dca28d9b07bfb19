"""Find what can be scored in a folder: clips or landmark files with truth beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from lunge.errors import InputError, MissingFileError
from lunge.evaluation import labels, synthetic, truth_file
from lunge.evaluation.packed import is_packed, load_packed
from lunge.evaluation.truth import Truth
from lunge.posefile import load_poses
from lunge.session import POSE_FILE_ENDING, Landmarks, Options, landmarks_from, landmarks_of
from lunge.video import ENDINGS


@dataclass(frozen=True)
class Item:
    """One clip to score.

    Attributes
    ----------
    path : Path
        Of the video or landmark file.
    truth : callable
        Gives what is true of it; can be handed to another process.
    """

    path: Path
    truth: Callable[[], Truth]

    def landmarks(self, options: Options) -> Landmarks:
        """Return the landmarks: of a file as saved, of a video as the network sees them now."""
        if self.path.suffix != POSE_FILE_ENDING:
            return landmarks_of(self.path, options)
        if is_packed(self.path):
            poses, source, _ = load_packed(self.path)
            return landmarks_from(poses, source)
        return landmarks_from(*load_poses(self.path))


def items(folder: Path, poses: Path | None = None) -> list[Item]:
    """Return what can be scored in a folder, by name.

    Parameters
    ----------
    folder : Path
        Holds videos with a truth file beside each, ``labels.json`` with videos, landmark files
        with ``NAME.truth.json``, or files of landmarks with truth; its folders are looked into too.
    poses : Path, optional
        A folder of landmark files saved from these videos, ``NAME.npz``: they stand in for them.

    Raises
    ------
    MissingFileError
        If there is no such folder.
    InputError
        If there is nothing to score in it.
    """
    if not folder.exists():
        raise MissingFileError(folder)
    found = _in(folder)
    if folder.is_dir():
        for inner in sorted(p for p in folder.iterdir() if p.is_dir()):
            found += _in(inner)
    if not found:
        raise InputError("errors.truth.nothing", path=str(folder))
    return [_with_saved_poses(item, poses) for item in found]


def _with_saved_poses(item: Item, poses: Path | None) -> Item:
    saved = None if poses is None else poses / f"{item.path.stem}{POSE_FILE_ENDING}"
    return item if saved is None or not saved.is_file() else Item(saved, item.truth)


def _in(folder: Path) -> list[Item]:
    if folder.is_file():
        return [i for i in _in(folder.parent) if i.path == folder]
    listed = folder / labels.FILE
    if listed.is_file():
        truths = [t for t in labels.truths_from_labels(listed) if (folder / t.name).is_file()]
        return [Item(folder / t.name, partial(replace, t)) for t in truths]
    made = (_item(path) for path in sorted(folder.iterdir()) if path.is_file() and path.name[0] != ".")
    return [item for item in made if item is not None]


def _item(path: Path) -> Item | None:
    """Return what a file is, if it can be scored."""
    if path.suffix.lower() not in {*ENDINGS, POSE_FILE_ENDING}:
        return None
    own = path.with_name(path.stem + truth_file.ENDING)
    if own.is_file():
        return Item(path, partial(truth_file.read_truth_file, own))
    if path.suffix == POSE_FILE_ENDING:
        return Item(path, partial(_packed_truth, path)) if is_packed(path) else None
    rendered = synthetic.sidecar(path)
    if rendered is None:
        return None
    return Item(path, partial(_rendered_truth, rendered, path.stem))


def _packed_truth(path: Path) -> Truth:
    return load_packed(path)[2]


def _rendered_truth(sidecar: Path, name: str) -> Truth:
    return synthetic.truth_from_record(synthetic.read_record(sidecar), name)
