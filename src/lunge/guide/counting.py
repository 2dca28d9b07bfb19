"""How many repetitions of a kept set were done, judged and in form, for the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from lunge.guide.constants import constants
from lunge.plan.records import LEGS, Count, Targets
from lunge.storage.done import DoneFinding, DoneRepetition

UNJUDGED = "cannot_judge"


def counts_of(
    targets: Targets, repetitions: Iterable[DoneRepetition], findings: Iterable[DoneFinding]
) -> dict[str, Any]:
    """Return the counts of both sides as plain data.

    Parameters
    ----------
    targets : Targets
        What the set asked for.
    repetitions : iterable of DoneRepetition
        One that is not complete counts nothing.
    findings : iterable of DoneFinding
        A repetition counts as judged once enough of its checks had an answer.
    """
    answered = Counter(finding.repetition for finding in findings if finding.result != UNJUDGED)
    least = constants().counts.least_findings_count
    complete = [repetition for repetition in repetitions if repetition.complete]
    return {
        leg: asdict(_side(targets.with_leg(leg), [r for r in complete if r.leg == leg], answered, least))
        for leg in LEGS
    }


def _side(asked: int, done: list[DoneRepetition], answered: Counter[int], least: int) -> Count:
    judged = [repetition for repetition in done if answered[repetition.number] >= least]
    return Count(asked, len(done), len(judged), sum(repetition.in_form for repetition in judged))


def counts_without_sides(asked: int, done: int) -> dict[str, Any]:
    """Return the counts of a movement that has no sides and that nobody judges, as plain data."""
    return {"left": asdict(Count(asked, done, 0, 0)), "right": asdict(Count(0, 0, 0, 0))}
