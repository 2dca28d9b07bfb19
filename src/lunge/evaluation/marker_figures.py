"""Figures of marker trials: split squats seen by virtual cameras, counted and told apart."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from lunge.evaluation.camera import Viewpoint
from lunge.evaluation.ratios import Figure
from lunge.evaluation.separation import answers, auc, auc_interval, failed_share
from lunge.evaluation.trials import NAME, Trial, poses_of, trials
from lunge.exercises import load
from lunge.judging import judged
from lunge.measuring import measured
from lunge.records import Repetition, Target

SIDE_AND_FRONT_DEG: Final = (90.0, 0.0)
"""The two views that the checks' table names."""

NOISE: Final = 1
"""Seed of the landmark noise; each trial and view draws its own."""


def is_marker_file(path: Path) -> bool:
    """Return whether a file holds marker trials."""
    if path.suffix != ".npz":
        return False
    try:
        with np.load(path, allow_pickle=False) as data:
            return any(NAME.fullmatch(name) for name in data.files)
    except (OSError, ValueError):
        return False


def marker_figures(path: Path) -> list[Figure]:
    """Return the figures of a marker file.

    Parameters
    ----------
    path : Path
        As `trials` reads it.

    Returns
    -------
    list of Figure
        In group `markers`: trials with exactly one split squat, trials taken for a reverse lunge, and the
        area under the curve of the share of failed checks, incorrect against correct trials, with its
        interval over persons.
    """
    everything = list(trials(path))
    seen = [[_repetitions(t, azimuth, i) for azimuth in SIDE_AND_FRONT_DEG] for i, t in enumerate(everything)]
    counts = [len(view) for views in seen for view, _ in views]
    wrong = [len(view) for views in seen for _, view in views]
    shares = np.array([failed_share(answers(split for split, _ in views).values()) for views in seen])
    faulty = np.array([not t.correct for t in everything])
    low, high = auc_interval(shares, faulty.astype(float), [t.subject for t in everything])
    area = auc(shares[faulty], shares[~faulty])
    single, nothing = float(np.mean(np.equal(counts, 1))), (float("nan"), float("nan"))
    return [
        Figure("markers", "split squats", "", "", "exactly one", "", single, *nothing, len(counts)),
        Figure("markers", "reverse lunges", "", "", "false", "", float(np.sum(wrong)), *nothing, len(wrong)),
        Figure("markers", "incorrect trials", "", "", "AUC", "", area, low, high, len(everything)),
    ]


def _repetitions(
    trial: Trial, azimuth_deg: float, number: int
) -> tuple[tuple[Repetition, ...], tuple[Repetition, ...]]:
    """Return the split squats and the reverse lunges that a view shows."""
    seed = 1_000_000 * NOISE + 1000 * number + int(azimuth_deg)
    seen = measured(poses_of(trial, Viewpoint(azimuth_deg), seed))
    split, reverse = (judged(seen, load(name), Target()).repetitions for name in ("split_squat", "reverse_lunge"))
    return split, reverse
