"""Which repetition found is which true one."""

from __future__ import annotations

from collections.abc import Sequence

from lunge.evaluation.constants import constants
from lunge.evaluation.truth import TrueRepetition
from lunge.records import Repetition


def matched(found: Sequence[Repetition], true: Sequence[TrueRepetition]) -> dict[int, Repetition]:
    """Return, by index of the true repetition, the one found for it; each is used once, nearest bottoms first."""
    near, tolerance_s = [], constants().matching.tolerance_s
    for index, want in enumerate(true):
        for number, got in enumerate(found):
            if want.start_s - tolerance_s <= got.bottom_s <= want.end_s + tolerance_s:
                middle = want.bottom_s if want.bottom_s is not None else (want.start_s + want.end_s) / 2
                near.append((abs(got.bottom_s - middle), index, number))
    out: dict[int, Repetition] = {}
    used: set[int] = set()
    for _, index, number in sorted(near):
        if index not in out and number not in used:
            out[index] = found[number]
            used.add(number)
    return out
