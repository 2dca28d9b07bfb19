"""A set that may last only so long, such as a break: by the times of its frames, no clock runs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.test_session import FPS, WISHES, play, standing
from lunge.live.constants import constants
from lunge.live.limit import Limit
from lunging import Figure

OVER_S = constants().set.over_s
BEGUN_S = constants().setting_up.quiet_s
"""When a set begins after quiet standing."""

LONGEST_S = 7.0


def cues(found):
    return [cue.key for update in found.updates for cue in update.cues if cue.spoken]


def lasting(poses, commands=(), **wishes):
    return play(poses, replace(WISHES, repetitions=3, longest_s=LONGEST_S, **wishes), commands)


def test_it_ends_between_two_repetitions_when_the_time_is_over_and_says_so():
    found = lasting(standing(12.0))
    assert found.when("finished") == pytest.approx(BEGUN_S + LONGEST_S, abs=0.15)
    assert cues(found)[-1] == "coach.time_over"
    assert "coach.set_done" not in cues(found)
    assert found.sounds.count("set_done") == 1


def test_a_repetition_that_is_on_is_finished_and_counted():
    poses = Figure(16.0, fps=FPS).from_standing(BEGUN_S + LONGEST_S - 2.0, "left").poses(90.0)
    found = lasting(poses)
    assert found.when("finished") > BEGUN_S + LONGEST_S + 2.0
    assert found.updates[-1].left.done == 1


def test_whoever_stays_in_the_lunge_is_let_go_all_the_same():
    poses = Figure(40.0, fps=FPS).from_standing(BEGUN_S + LONGEST_S - 3.0, "left", hold=30.0).poses(90.0)
    assert lasting(poses).when("finished") == pytest.approx(BEGUN_S + LONGEST_S + OVER_S, abs=0.3)


def test_all_done_in_time_is_a_set_that_is_done():
    poses = Figure(12.0, fps=FPS).from_standing(BEGUN_S + 0.6, "left").poses(90.0)
    found = play(poses, replace(WISHES, longest_s=LONGEST_S))
    assert "coach.set_done" in cues(found)
    assert "coach.time_over" not in cues(found)


def test_a_pause_takes_nothing_of_the_time():
    found = lasting(standing(20.0), commands=((4.0, "pause"), (9.0, "resume")))
    again_s = constants().setting_up.again_quiet_s
    assert found.when("finished") == pytest.approx(BEGUN_S + LONGEST_S + 5.0 + again_s, abs=0.6)


def test_a_set_without_a_limit_goes_on():
    assert play(standing(12.0), replace(WISHES, repetitions=3)).updates[-1].mode == "active"


@given(st.lists(st.tuples(st.floats(0.01, 5.0), st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_it_is_never_over_before_that_much_was_coached_and_never_much_later(frames):
    limit, time_s, coached_s, was_on = Limit(20.0), 0.0, 0.0, False
    for step_s, is_on, rests in frames:
        time_s += step_s
        coached_s += step_s if is_on and was_on else 0.0
        over = limit.step(time_s, is_on=is_on, rests=rests)
        if is_on and abs(coached_s - 20.0) > 1e-6 and abs(coached_s - 20.0 - OVER_S) > 1e-6:
            assert over == (coached_s > 20.0 + (0.0 if rests else OVER_S))
        was_on = is_on
