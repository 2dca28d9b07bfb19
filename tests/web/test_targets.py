"""What the plan asks for, as the coach is asked it."""

from datetime import UTC, datetime

import pytest

from lunge.guide.tickets import Ticket, ticket_from
from lunge.live.records import Wishes
from lunge.plan.ladder import ladder, target_of
from lunge.plan.records import Comfort
from lunge.web.asked import Asked
from lunge.web.target_picture import drawing_of
from lunge.web.targets import own_targets, wishes_for

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RUNGS = [*ladder().usual, *ladder().knee]
LUNGES = [rung for rung in RUNGS if rung.targets.movement == "lunge"]


def ticket(rung, kind="plan"):
    return Ticket(kind, NOON, "Europe/Berlin", rung.level, rung.targets, Comfort(1, None))


@pytest.mark.parametrize("rung", LUNGES, ids=str)
def test_the_coach_judges_by_the_targets_of_every_rung(rung):
    asked = wishes_for(ticket(rung), Wishes(height_m=1.7, order="left", chair=rung.targets.support != "none"))
    assert asked.target() == target_of(rung.targets, 1.7)
    assert (asked.repetitions, asked.order) == (rung.targets.repetitions, "alternate")


def test_an_own_set_is_asked_as_it_was_chosen():
    wishes = Wishes(hold_s=7.0, order="left")
    assert wishes_for(ticket(LUNGES[0], "own"), wishes) == wishes
    targets = own_targets(Asked(hold_s=7.0, repetitions=4, chair=True))
    assert (targets.hold_s, targets.repetitions, targets.support) == (7.0, 4, "both_hands")


@pytest.mark.parametrize("rung", RUNGS, ids=str)
def test_a_ticket_comes_back_as_it_was_kept(rung):
    assert ticket_from(ticket(rung).as_json()) == ticket(rung)


@pytest.mark.parametrize("rung", LUNGES, ids=str)
def test_a_deeper_lunge_is_drawn_lower(rung):
    heads = {r.targets.depth_deg: drawing_of(r.targets).head[1] for r in LUNGES}
    deeper = [depth for depth in heads if depth > rung.targets.depth_deg]
    assert all(heads[depth] > heads[rung.targets.depth_deg] for depth in deeper)
