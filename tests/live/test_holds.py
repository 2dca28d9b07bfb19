"""The clock of a hold."""

import pytest

from lunge.causal.phases import Phase
from lunge.coaching.records import Fault
from lunge.live.holds import HoldClock
from lunge.live.records import Wishes

FRAME_S = 0.1
FAULT = Fault("trunk_upright", "trunk_forward_deg", "lunge", "high", 1.0, 0.5)
WISHES = Wishes(hold_s=3.0, squat_hold_s=2.0)


def holds(*rows):
    """Return the hold in each frame of rows of (step, frames), with "faulty" or "moving" behind them."""
    clock, out, now, since, before = HoldClock(WISHES), [], 0.0, 0.0, ""
    for step, count, *faulty in rows:
        since = now if step != before else since
        before = step
        for _ in range(count):
            phase = Phase(step, since, still="moving" not in faulty)
            out.append(clock.step(phase, (FAULT,) if "faulty" in faulty else (), now))
            now += FRAME_S
    return out


def test_a_hold_is_timed_from_its_first_frame():
    last = holds(("stepping_back", 3), ("lunge", 11))[-1]
    assert (last.step, last.target_s, last.running, last.stopped_by) == ("lunge", 3.0, True, None)
    assert last.done_s == pytest.approx(1.0)


def test_the_squat_after_it_has_its_own_length():
    last = holds(("lunge", 11), ("returning", 5), ("squat_2", 6))[-1]
    assert (last.step, last.target_s) == ("squat_2", 2.0)
    assert last.done_s == pytest.approx(0.5)


@pytest.mark.parametrize("step", ["standing", "lowering", "squat", "stepping_back", "returning", "rising"])
def test_other_steps_are_no_hold(step):
    assert holds((step, 3)) == [None] * 3


def test_the_clock_stops_with_a_fault_and_goes_on_without_it():
    found = holds(("lunge", 11), ("lunge", 5, "faulty"), ("lunge", 10))
    assert found[15].done_s == found[10].done_s == pytest.approx(1.0)
    assert (found[15].running, found[15].stopped_by) == (False, FAULT)
    assert (found[-1].running, found[-1].stopped_by) == (True, None)
    assert found[-1].done_s == pytest.approx(2.0)


def test_the_clock_counts_stillness():
    found = holds(("lunge", 11), ("lunge", 5, "moving"), ("lunge", 10))
    assert found[15].done_s == found[10].done_s == pytest.approx(1.0)
    assert found[15].stopped_by is None
    assert found[-1].done_s == pytest.approx(2.0)


def test_a_hold_that_begins_faulty_has_held_nothing():
    assert holds(("lunge", 6, "faulty"))[-1].done_s == 0.0


@pytest.mark.parametrize("wobble", ["returning", "rising"])
def test_a_wobble_that_is_forgiven_neither_counts_nor_sets_back(wobble):
    found = holds(("lunge", 11), (wobble, 5), ("lunge", 11))
    assert found[12] is None
    assert found[16].done_s == pytest.approx(1.0)
    assert found[-1].done_s == pytest.approx(2.0)


@pytest.mark.parametrize("way", [("standing",), ("rising", "standing", "stepping_back"), ("returning", "squat_2")])
def test_the_next_hold_begins_at_nothing(way):
    found = holds(("lunge", 11), *((step, 3) for step in way), ("lunge", 6))
    assert found[-1].done_s == pytest.approx(0.5)


def test_time_before_the_frame_in_which_it_shows_is_not_lost():
    """A hold is sure only after a moment; the phases say since when it was on."""
    clock = HoldClock(WISHES)
    assert clock.step(Phase("lunge", 2.0), (), 2.3).done_s == pytest.approx(0.3)
