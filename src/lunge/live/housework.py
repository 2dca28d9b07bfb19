"""Housework before the camera: every lowering is counted quietly, for an hour or longer, and nothing is judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from lunge.landmark_stream import Options, PoseStore, landmarks_from
from lunge.live.constants import constants
from lunge.live.picture import Points, points_of
from lunge.live.recording import recorded
from lunge.live.records import Look
from lunge.live.setting_up import light
from lunge.lowering import LoweringCounter
from lunge.posefile import PoseSource, save_poses
from lunge.poses import Poses, joined
from lunge.records import Analysis, Lowering
from lunge.session import analysis_of

HOUSEWORK_PROTOCOL: Final = "lunge.housework/1"

RECORDED_AS: Final = "housework"

PRAISED: Final = "lunge"
"""The way down after which a friendly word may come; nothing is said about the others."""

BLOCK_FRAMES: Final = 32
"""How many frames are put aside together: a second or two."""


@dataclass(frozen=True, slots=True)
class HouseworkUpdate:
    """What is new after one frame.

    Attributes
    ----------
    time_s : float
        Capture time.
    mode : {'watching', 'paused'}
    missing : tuple of str
        Keys of the section ``setup`` in the catalogues.
    points : tuple of (x, y, confidence)
        The 33 points, as shares of the picture's width and height; empty when nobody is seen.
    counts : dict of str to int
        Lowerings so far, by their kind.
    watched_s : float
        How long somebody was seen.
    lowerings : tuple of Lowering
        Those that turned out to be over.
    word : bool
        Whether a friendly word may be spoken now: seldom.
    """

    time_s: float
    mode: str
    missing: tuple[str, ...]
    points: Points
    counts: dict[str, int]
    watched_s: float
    lowerings: tuple[Lowering, ...]
    word: bool

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return asdict(self)


class HouseworkSession:
    """Counts lowerings from frames as they come.

    Parameters
    ----------
    model : {'lite', 'full', 'heavy'}
    keep_landmarks : bool
        Whether the landmarks are put aside, so that `analysis` and `save` have something to work with.
    """

    def __init__(self, model: str, keep_landmarks: bool) -> None:
        self._model = model
        self._counter = LoweringCounter(model)
        self._store = PoseStore() if keep_landmarks else None
        self._pending: list[Poses] = []
        self._first: Poses | None = None
        self._last: Poses | None = None
        self._people = 0
        self._time_s = self._word_s = -np.inf
        self._paused = False
        self.counts: Counter[str] = Counter()
        self.watched_s = 0.0

    def step(self, look: Look) -> HouseworkUpdate:
        """Return what is new after the next frame; its time must be later than the one before.

        Raises
        ------
        ValueError
            If it is not.
        """
        now = float(look.poses.time_s[0])
        if now <= self._time_s:
            raise ValueError(f"time_s: expected more than {self._time_s}, got {now}")
        found = () if self._paused else self._looked(look, now)
        self._time_s = now
        return HouseworkUpdate(
            time_s=now,
            mode="paused" if self._paused else "watching",
            missing=tuple(_missing(look)),
            points=points_of(look.poses),
            counts=dict(self.counts),
            watched_s=round(self.watched_s, 1),
            lowerings=found,
            word=self._may_speak(found, now),
        )

    def pause(self, paused: bool) -> tuple[Lowering, ...]:
        """Stop watching, or go on; what was not yet over is counted."""
        self._paused = paused
        return self.finish() if paused else ()

    def finish(self) -> tuple[Lowering, ...]:
        """Return the lowerings that were not yet over, and begin anew."""
        found = self._counted(self._counter.finish())
        self._counter = LoweringCounter(self._model)
        return found

    def analysis(self) -> Analysis | None:
        """Return the analysis of the landmarks that were put aside; None where there are none.

        Raises
        ------
        NobodySeenError
            If nobody was ever seen.
        """
        poses = self._kept()
        if poses is None:
            return None
        return analysis_of(
            landmarks_from(poses, self._source(poses)),
            Options(model=self._model, lowering=True),
        )

    def save(self, path: Path) -> Path:
        """Write the landmarks that were put aside; no picture is in them.

        Raises
        ------
        ValueError
            If there are none.
        OutputError
            If they cannot be written.
        """
        poses = self._kept()
        if poses is None:
            raise ValueError("keep_landmarks: expected landmarks that were kept, got none")
        return save_poses(path, poses, self._source(poses))

    # ---- what is done with a frame
    def _looked(self, look: Look, now: float) -> tuple[Lowering, ...]:
        # A camera that was turned gives another picture: what came before is a part of its own.
        found = self.finish() if self._is_turned(look.poses) else ()
        self._last = look.poses
        self._people = max(self._people, look.people)
        if bool(look.poses.anybody[0]) and self._time_s > -np.inf:
            self.watched_s += min(now - self._time_s, constants().housework.longest_gap_s)
        self._keep(look.poses)
        return found + self._counted(self._counter.add(look.poses))

    def _is_turned(self, poses: Poses) -> bool:
        return self._last is not None and _size(self._last) != _size(poses)

    def _counted(self, found: tuple[Lowering, ...]) -> tuple[Lowering, ...]:
        self.counts.update(low.kind for low in found)
        return found

    def _may_speak(self, found: tuple[Lowering, ...], now: float) -> bool:
        if not any(low.kind == PRAISED for low in found) or now - self._word_s < constants().housework.word_every_s:
            return False
        self._word_s = now
        return True

    # ---- what was put aside
    def _keep(self, poses: Poses) -> None:
        """Put landmarks aside; a file holds one size of picture, so that of the first."""
        if self._store is None:
            return
        self._first = poses if self._first is None else self._first
        if _size(self._first) != _size(poses):
            return
        self._pending.append(poses)
        if len(self._pending) == BLOCK_FRAMES:
            self._flush()

    def _flush(self) -> None:
        if self._store is not None and self._pending:
            self._store.add(joined(self._pending))
            self._pending = []

    def _kept(self) -> Poses | None:
        self._flush()
        return None if self._store is None else self._store.poses()

    def _source(self, poses: Poses) -> PoseSource:
        return recorded(RECORDED_AS, self._model, self._people, float(poses.time_s[-1]))


def _size(poses: Poses) -> tuple[int, int]:
    return poses.width_px, poses.height_px


def _missing(look: Look) -> list[str]:
    dark = light(look.brightness)
    if not bool(look.poses.anybody[0]):
        return [*dark, "nobody"]
    return [*dark, *(["two_people"] if look.people > 1 else [])]
