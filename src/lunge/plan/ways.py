"""Which rungs one person's ladder has: the way of their knees, back and balance, and what was prescribed."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from lunge.plan.ladder import easier_of, ladder, raised
from lunge.plan.prescription import Prescription
from lunge.plan.records import LEGS, Path, Reason, Rung, Targets


def rungs_for(paths: Set[Path], prescription: Prescription | None) -> tuple[Rung, ...]:
    """Return the rungs of one person's ladder, lowest first; neighbours differ in one variable."""
    whole = ladder().knee if "knee" in paths else ladder().usual
    cap = cap_for(paths, prescription)
    out: list[Rung] = []
    for rung in whole:
        targets = _capped(rung.targets, cap)
        if not out or targets != out[-1].targets:
            out.append(Rung(rung.level, targets))
    return tuple(out)


def cap_for(paths: Set[Path], prescription: Prescription | None) -> Targets:
    """Return the most that may be asked of a person in each variable.

    Backs that complain keep a hand on the chair and hold for a short time only; so does balance, but for the holds.
    Neither takes the longer step. A prescription can only take away from that.
    """
    top = ladder().usual[-1].targets
    cap = top
    if paths & {"back", "balance"}:
        cap = replace(cap, support="one_hand", stretch=False, focus_repetitions=0)
    if "back" in paths:
        cap = replace(cap, hold_s=ladder().back_hold_s)
    if prescription is None:
        return cap
    left, right = prescription.sides.get("left"), prescription.sides.get("right")
    return easier_of(cap, replace(top, **prescription.most, most_left=left, most_right=right))


def _capped(targets: Targets, cap: Targets) -> Targets:
    """Return targets within a cap; before the first lunge only their number is capped."""
    if targets.movement != "lunge":
        return replace(targets, repetitions=min(targets.repetitions, _on_either_leg(cap, cap.repetitions)))
    within = easier_of(targets, cap)
    # What neither leg does is not asked for: it would be a rung that changes nothing.
    return replace(
        within,
        repetitions=_on_either_leg(within, within.repetitions),
        focus_repetitions=_on_either_leg(within, within.focus_repetitions),
    )


def _on_either_leg(targets: Targets, repetitions: int) -> int:
    return max(targets.with_leg(leg, repetitions) for leg in LEGS)


def place_of(targets: Targets, rungs: tuple[Rung, ...]) -> int:
    """Return the index of the highest rung that is nowhere harder than the targets; 0 if there is none."""
    return max((i for i, rung in enumerate(rungs) if not raised(targets, rung.targets)), default=0)


def first_lunge(rungs: tuple[Rung, ...]) -> int:
    """Return the index of the first rung with a lunge."""
    return next(i for i, rung in enumerate(rungs) if rung.targets.movement == "lunge")


def prescribed_start(rungs: tuple[Rung, ...], prescription: Prescription) -> int:
    """Return the index of the rung where a prescription begins: its lower ends, and the first lunge's elsewhere."""
    start = first_lunge(rungs)
    return place_of(replace(rungs[start].targets, **prescription.least), rungs)


def cues_for(paths: Set[Path], targets: Targets) -> tuple[Reason, ...]:
    """Return what to look after on a person's way, for a set with these targets."""
    cues = [Reason(f"plan.cue.{path}") for path in ("knee", "back", "balance") if path in paths]
    if targets.movement != "lunge":
        return (Reason("plan.cue.sit_to_stand"), *cues)
    if targets.stretch:
        cues.append(Reason("plan.cue.stretch"))
    return (*cues, Reason("plan.cue.breathe"))
