"""Where somebody begins: from the first set, how it felt, and what was prescribed."""

from __future__ import annotations

from lunge.plan.constants import Rules
from lunge.plan.prescription import Prescription
from lunge.plan.records import Baseline, Reason, Rung
from lunge.plan.ways import first_lunge, prescribed_start


def start_place(
    baseline: Baseline, rungs: tuple[Rung, ...], prescription: Prescription | None, rules: Rules
) -> tuple[int, Reason]:
    """Return the index of the first rung, and why it is that one.

    Level 1, or what was prescribed; level 0 where back or knee felt something, where the person was
    unsure, where it was hard, or where too few repetitions were in form. The chair that age or
    balance asks for is in the rungs already.
    """
    worst = baseline.comfort.worst
    if worst is None or worst >= rules.comfort.amber_points:
        return 0, Reason("plan.why.start_comfort")
    if baseline.unsure or (baseline.effort is not None and baseline.effort > rules.up.effort_points):
        return 0, Reason("plan.why.start_unsure")
    judged = baseline.left.judged + baseline.right.judged
    if judged and (baseline.left.in_form + baseline.right.in_form) / judged < rules.down.form_share:
        return 0, Reason("plan.why.start_form")
    if prescription is not None:
        return prescribed_start(rungs, prescription), Reason("plan.why.start_prescribed", {"by": prescription.by})
    return first_lunge(rungs), Reason("plan.why.start_usual")
