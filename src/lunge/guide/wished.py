"""What the day's target changes in the wishes for a set."""

from __future__ import annotations

from dataclasses import replace

from lunge.live.records import Wishes
from lunge.plan.ladder import target_of
from lunge.plan.records import Targets


def planned(wishes: Wishes, targets: Targets) -> Wishes:
    """Return the wishes for a set of the plan; what the plan does not speak of stays as it was chosen.

    Raises
    ------
    ValueError
        If the targets are no lunge's.
    """
    target = target_of(targets)
    return replace(
        wishes,
        hold_s=target.hold_s,
        squat_hold_s=target.squat_hold_s or target.hold_s,
        repetitions=targets.repetitions,
        order="alternate" if wishes.order in ("left", "right") else wishes.order,
        stretch=target.stretch,
        chair=target.chair,
        front_repetitions=min(wishes.front_repetitions, targets.repetitions),
        front_thigh_limit_deg=target.front_thigh_limit_deg,
        least_step_heights=target.least_step_heights,
    )
