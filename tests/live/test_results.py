"""What is said of a repetition after it."""

import pytest

from analyses import finding, repetition
from lunge.live.results import Results

HOLD = {"check": "lunge_hold", "measure": "lunge_hold_s", "limit": (1.8, 10.5), "sd": 0.1}


def after(*rows):
    """Return the results after repetitions with these findings, (check, result) each."""
    results = Results()
    for row in rows:
        results.add(repetition(findings=tuple(finding(check=check, result=result) for check, result in row)))
    return results


def test_better_is_what_failed_before_and_passes_now():
    before = [("a", "fail"), ("b", "fail"), ("c", "pass")]
    assert after(before, [("a", "pass"), ("b", "fail"), ("c", "pass")]).better == ("a",)


@pytest.mark.parametrize("now", ["fail", "cannot_judge"])
def test_what_is_not_seen_to_pass_is_not_better(now):
    assert after([("a", "fail")], [("a", now)]).better == ()


def test_a_check_with_one_step_still_failing_is_not_better():
    assert after([("a", "fail")], [("a", "pass"), ("a", "fail")]).better == ()


def test_only_the_repetition_before_counts():
    assert after([("a", "fail")], [("a", "pass")], [("a", "pass")]).better == ()
    assert after([("a", "pass")]).better == ()


@pytest.mark.parametrize(("value", "end", "over"), [(1.5, "low", 3.0), (10.9, "high", 4.0)])
def test_a_hold_that_was_too_short_or_long_is_a_fault_afterwards(value, end, over):
    (fault,) = Results().afterwards(repetition(findings=(finding(**HOLD, value=value),)), 12.5)
    assert (fault.check, fault.measure, fault.step, fault.end) == ("lunge_hold", "lunge_hold_s", "lunge", end)
    assert fault.since_s == 12.5
    assert fault.over == pytest.approx(over)


def test_posture_that_single_frames_show_is_not_said_again():
    findings = (finding(), finding(**HOLD, value=2.0, result="pass"))
    assert Results().afterwards(repetition(findings=findings), 12.5) == ()
