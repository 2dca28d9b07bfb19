"""How well judgements tell two groups of trials apart: shares of failed checks, and the area under the ROC curve."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lunge.poses import Floats
from lunge.records import Finding, Repetition, Result

Key = tuple[str, str, str]
"""Check, measure and step."""


def answers(views: Iterable[Iterable[Repetition]]) -> dict[Key, Result]:
    """Return what the views of one trial say together: each check keeps the answer of a view that can judge it.

    Parameters
    ----------
    views : iterable of repetitions
        The repetitions of the same trial as each camera saw them. Where several views judge the
        same check, the one whose error is smallest counts; where a view saw several repetitions, a
        fail in one is a fail.
    """
    best: dict[Key, Finding] = {}
    for finding in (f for view in views for repetition in view for f in repetition.findings):
        key = (finding.check, finding.measure, finding.step)
        if finding.result != "cannot_judge" and (key not in best or _rank(finding) < _rank(best[key])):
            best[key] = finding
    return {key: finding.result for key, finding in best.items()}


def _rank(finding: Finding) -> tuple[float, bool]:
    return (np.inf if finding.sd is None else finding.sd, finding.result != "fail")


def failed_share(results: Iterable[Result]) -> float:
    """Return the share of judged checks that failed; NaN when none was judged."""
    judged = [r for r in results if r != "cannot_judge"]
    return sum(r == "fail" for r in judged) / len(judged) if judged else float("nan")


def auc(faulty: Floats, sound: Floats) -> float:
    """Return the area under the ROC curve: how often a faulty one scores higher than a sound one, ties half.

    Parameters
    ----------
    faulty, sound : array (N,), (M,)
        Scores, any unit; NaN is left out. NaN is returned when nothing is left of one.
    """
    faulty, sound = faulty[np.isfinite(faulty)], sound[np.isfinite(sound)]
    if not len(faulty) or not len(sound):
        return float("nan")
    pairs = np.sign(faulty[:, None] - sound[None, :])
    return float((pairs.mean() + 1) / 2)


def auc_interval(
    scores: Floats, faulty: Floats, groups: list[str], draws: int = 2000, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % interval of `auc` when whole groups (people) are drawn anew with replacement.

    Parameters
    ----------
    scores, faulty : array (N,)
        A score, and whether it is a faulty one's.
    groups : list of str, length N
        Who each is from.
    draws, seed : int
    """
    rng = np.random.default_rng(seed)
    members = [np.flatnonzero(np.array(groups) == g) for g in sorted(set(groups))]
    bad = faulty.astype(bool)
    areas = []
    for _ in range(draws):
        rows = np.concatenate([members[i] for i in rng.integers(len(members), size=len(members))])
        areas.append(auc(scores[rows][bad[rows]], scores[rows][~bad[rows]]))
    low, high = np.nanpercentile(areas, [2.5, 97.5])
    return float(low), float(high)
