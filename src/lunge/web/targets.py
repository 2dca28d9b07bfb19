"""From what the plan asks for to what the coach is asked, and back from the person's own choices."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lunge.exercises import exercise_with
from lunge.guide.tickets import Ticket
from lunge.live.records import Wishes
from lunge.plan.ladder import ladder, target_of
from lunge.plan.records import Targets
from lunge.web.asked import Asked

PLANNED: Final = "reverse_lunge"
"""The exercise of the plan, and its usual variant."""


def wishes_for(ticket: Ticket, wishes: Wishes) -> Wishes:
    """Return what the coach is asked: the ticket's targets take the place of what they say of a set.

    Raises
    ------
    ValueError
        If the ticket is for no lunge: nobody watches that.
    """
    if ticket.kind == "own":
        return wishes
    targets = ticket.targets
    target = target_of(targets, wishes.height_m)
    if ticket.kind == "self_test":
        # From the side, where all that is compared can be seen, and each time in the same order.
        wishes = replace(wishes, variant=Wishes().variant, order=Wishes().order, front_repetitions=0)
    return replace(
        wishes,
        variant=on_the_feet(wishes.variant),
        hold_s=target.hold_s,
        squat_hold_s=target.hold_s if target.squat_hold_s is None else target.squat_hold_s,
        repetitions=targets.repetitions,
        most_left=targets.most_left,
        most_right=targets.most_right,
        # The plan counts both sides, and knows how many each does.
        order="alternate" if wishes.order in ("left", "right") else wishes.order,
        stretch=target.stretch,
        chair=target.chair,
        front_thigh_limit_deg=target.front_thigh_limit_deg,
        least_step_heights=target.least_step_heights,
        depth_deg=targets.depth_deg,
    )


def on_the_feet(variant: str) -> str:
    """Return the variant of a set of the plan or a break, which count lunges on the feet: the one chosen, if it is."""
    return variant if exercise_with(variant).name == PLANNED else PLANNED


def own_targets(chosen: Asked) -> Targets:
    """Return a person's own choices as the plan sees them: the full lunge."""
    return Targets(
        movement="lunge",
        depth_deg=ladder().usual[-1].targets.depth_deg,
        support="both_hands" if chosen.chair else "none",
        hold_s=chosen.hold_s,
        repetitions=chosen.repetitions,
        stretch=chosen.stretch,
    )
