"""How often left and right legs are exchanged: by the network, and after lunge has settled them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunge.evaluation.constants import constants
from lunge.evaluation.truth import LEG_POINTS, TrueRepetition, Truth
from lunge.poses import Floats, Poses


@dataclass(frozen=True, slots=True)
class Swaps:
    """Frames of one repetition.

    Attributes
    ----------
    frames : int
        With both legs in the picture and far enough apart in it to tell.
    raw, settled : int
        In which left and right are exchanged, as the network says and as lunge settles it.
    """

    frames: int
    raw: int
    settled: int


def swaps_of(poses: Poses, settled: Poses, truth: Truth, repetition: TrueRepetition) -> Swaps | None:
    """Return the swapped frames of a repetition; None where truth has no points.

    Parameters
    ----------
    poses : Poses
        Raw landmarks of the whole clip.
    settled : Poses
        The same with the legs settled (`with_sides_settled`).
    truth : Truth
    repetition : TrueRepetition
    """
    if not truth.points_px or not len(poses):
        return None
    inside = (poses.time_s >= repetition.start_s) & (poses.time_s <= repetition.end_s)
    true = {name: _at(poses.time_s, truth.time_s, points) for name, points in truth.points_px.items()}
    raw_bad, tellable = _exchanged(poses, true)
    settled_bad, _ = _exchanged(settled, true)
    use = inside & tellable
    return Swaps(int(use.sum()), int((raw_bad & use).sum()), int((settled_bad & use).sum()))


def _at(time: Floats, known: Floats, points: Floats) -> Floats:
    return np.stack([np.interp(time, known, points[:, i]) for i in range(2)], axis=1)


def _exchanged(poses: Poses, true: dict[str, Floats]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the frames (T,) in which the exchanged legs fit truth better, and those in which it can be told."""
    own, other, apart = (np.zeros(len(poses)) for _ in range(3))
    for part in LEG_POINTS:
        sides = [poses.image(f"{s}_{part}") for s in ("left", "right")]
        wanted = [true[f"{s}_{part}"] for s in ("left", "right")]
        own += sum(np.linalg.norm(a - b, axis=1) for a, b in zip(sides, wanted, strict=True))
        other += sum(np.linalg.norm(a - b, axis=1) for a, b in zip(sides[::-1], wanted, strict=True))
        apart = np.fmax(apart, np.linalg.norm(wanted[0] - wanted[1], axis=1))
    shins = np.linalg.norm(true["left_knee"] - true["left_ankle"], axis=1)
    shin = np.nanmedian(shins) if np.isfinite(shins).any() else np.nan
    known = np.isfinite(own) & np.isfinite(other) & (apart > constants().swaps.apart_share * shin)
    return known & (other < own), known
