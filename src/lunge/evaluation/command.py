"""`lunge evaluate` from end to end: score, sum up, write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lunge.evaluation.marker_figures import is_marker_file, marker_figures
from lunge.evaluation.page import write_page
from lunge.evaluation.ratios import Figure
from lunge.evaluation.run import Told, score_dataset
from lunge.evaluation.scoring import ClipScore
from lunge.evaluation.summary import figures
from lunge.evaluation.tables import as_document, write_evaluation_tables
from lunge.session import Options


@dataclass(frozen=True)
class Evaluation:
    """What a data set gave.

    Attributes
    ----------
    scores : tuple of ClipScore
        Clip by clip; empty for markers.
    figures : tuple of Figure
    document : dict
        The JSON document, `lunge.evaluation/1`.
    """

    scores: tuple[ClipScore, ...]
    figures: tuple[Figure, ...]
    document: dict[str, Any]


def evaluate(dataset: Path, options: Options, poses: Path | None = None, told: Told | None = None) -> Evaluation:
    """Return the figures of a data set.

    Parameters
    ----------
    dataset : Path
        A folder of clips or landmark files with truth, or a file of marker trials.
    options : Options
    poses : Path, optional
        Landmark files that stand in for the videos.
    told : callable, optional
        Hears which clip is done.

    Raises
    ------
    LungeError
        If there is nothing to score.
    """
    about = {"dataset": dataset.name, "model": options.model, "exercise": options.exercise}
    if dataset.is_file() and is_marker_file(dataset):
        found = marker_figures(dataset)
        return Evaluation((), tuple(found), as_document([], found, about))
    scores = score_dataset(dataset, options, poses, told)
    summed = figures(scores)
    return Evaluation(tuple(scores), tuple(summed), as_document(scores, summed, about))


def write_evaluation(evaluation: Evaluation, dataset: Path, out: Path) -> Path:
    """Write tables and the page into a folder, and return where the page is.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    write_evaluation_tables(evaluation.document, evaluation.scores, out)
    videos = dataset if dataset.is_dir() else dataset.parent
    return write_page(dataset.name, evaluation.scores, evaluation.figures, videos, out)
