"""The self-test: what it asks for, always the same, and who may do it."""

from __future__ import annotations

from datetime import date, timedelta

from lunge.plan.constants import Rules
from lunge.plan.ladder import raised
from lunge.plan.records import Targets


def protocol(rules: Rules) -> Targets:
    """Return what a self-test asks for: half-way down, with a hand on a chair, as on the second level."""
    asked = rules.self_test
    return Targets("lunge", asked.depth_deg, "one_hand", asked.hold_s, asked.repetitions_count)


def may_test(rung: Targets, rules: Rules) -> bool:
    """Return whether a self-test asks for nothing harder than the person's place on the ladder does."""
    return not raised(rung, protocol(rules))


def due_from(last: date | None, rules: Rules) -> date | None:
    """Return the day from which the next self-test is due, by the day of the last one; None if there was none."""
    return None if last is None else last + timedelta(days=rules.self_test.every_days)
