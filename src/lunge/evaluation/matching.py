"""Which repetition found is which true one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lunge.evaluation.truth import TrueRepetition
from lunge.records import Repetition

TOLERANCE_S: Final = 0.5
"""How far outside a true repetition a found bottom may lie and still be meant by it; where only the bottom
is labelled, how far from it. Twice the tolerance of the hand labels (0.25 s)."""


def matched(found: Sequence[Repetition], true: Sequence[TrueRepetition]) -> dict[int, Repetition]:
    """Return, by index of the true repetition, the one found for it; each is used once, nearest bottoms first."""
    near = []
    for index, want in enumerate(true):
        for number, got in enumerate(found):
            if want.start_s - TOLERANCE_S <= got.bottom_s <= want.end_s + TOLERANCE_S:
                middle = want.bottom_s if want.bottom_s is not None else (want.start_s + want.end_s) / 2
                near.append((abs(got.bottom_s - middle), index, number))
    out: dict[int, Repetition] = {}
    used: set[int] = set()
    for _, index, number in sorted(near):
        if index not in out and number not in used:
            out[index] = found[number]
            used.add(number)
    return out
