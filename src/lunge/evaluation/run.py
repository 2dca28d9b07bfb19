"""Score a whole data set, on all cores."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from lunge.errors import LungeError
from lunge.evaluation.dataset import Item, items
from lunge.evaluation.scoring import ClipScore, scored
from lunge.evaluation.truth import Truth
from lunge.exercises import Exercise, load
from lunge.session import Options, analysis_of

Told = Callable[[str, int, int], None]
"""Called with the name of a clip that is done, how many are done, and of how many."""


def score_dataset(
    folder: Path, options: Options, poses: Path | None = None, told: Told | None = None
) -> list[ClipScore]:
    """Return the scores of every clip in a data set, in its order.

    Parameters
    ----------
    folder : Path
    options : Options
        Without a height: lengths are compared in body heights.
    poses : Path, optional
        Landmark files that stand in for the videos.
    told : callable, optional

    Raises
    ------
    LungeError
        If there is nothing to score. A clip that cannot be analysed is a score with its error.
    """
    found = items(folder, poses)
    out = []
    for done, score in enumerate(_scores(found, options), 1):
        out.append(score)
        if told is not None:
            told(score.name, done, len(found))
    return out


def _scores(all_items: Sequence[Item], options: Options) -> Iterator[ClipScore]:
    workers = min(len(all_items), os.cpu_count() or 1)
    if workers < 2:
        yield from (score_one(item, options) for item in all_items)
        return
    single = replace(options, threads=1)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(partial(score_one, options=single), all_items)


def score_one(item: Item, options: Options) -> ClipScore:
    """Return the score of one clip of a data set."""
    truth, exercise = item.truth(), load(options.exercise)
    truth = of_exercise(truth, exercise)
    options = replace(options, lowering=truth.lowerings is not None)
    try:
        analysis = analysis_of(item.landmarks(options), options)
    except LungeError as error:
        return ClipScore(truth.name, truth.person, truth.kind, len(truth.repetitions), 0, (), (), (), error.message)
    return scored(analysis, truth, exercise)


def of_exercise(truth: Truth, exercise: Exercise) -> Truth:
    """Return what is true of an exercise: its own repetitions, and those that do not say what they are."""
    names = {"", *(variant.name for variant in exercise.variants)}
    return replace(truth, repetitions=tuple(r for r in truth.repetitions if r.variant in names))
