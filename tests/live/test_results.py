"""What is said of a repetition after it."""

import pytest

from analyses import finding, repetition
from lunge.live.results import Results


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
