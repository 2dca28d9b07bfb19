"""A set of a rendered person, first from the side, then facing the camera."""

from dataclasses import replace
from functools import cache

from lunge.live.records import Look, Wishes
from lunge.live.session import LiveSession
from packed import clip, needs_clips

pytestmark = needs_clips

PAUSE_S = 1.0
FRONT_ONLY = {"feet_width", "front_knee_in_line"}
SIDE_ONLY = {"front_thigh_depth", "rear_thigh_vertical", "front_shin", "step_length"}


@cache
def turned():
    """Return the updates and the repetitions of a set whose last two repetitions were asked for from the front."""
    session = LiveSession(Wishes(repetitions=2, order="alternate", front_repetitions=2))
    updates, now = [], 0.0
    for name in ("test02_090", "test06_000"):
        poses, start = clip(name)[0], now + PAUSE_S
        for i in range(len(poses)):
            now = float(poses.time_s[i]) + start
            updates.append(session.step(Look(replace(poses[i : i + 1], time_s=poses.time_s[i : i + 1] + start))))
    return updates, session.finish().repetitions


def judged(repetition):
    """Return the checks of a repetition that were judged."""
    return {f.check for f in repetition.findings if f.result != "cannot_judge"}


def test_the_person_is_asked_to_turn_and_the_set_goes_on_from_the_front():
    updates, _ = turned()
    asked = [u for u in updates if u.turn_to == "front"]
    assert asked
    assert all(u.mode == "setting_up" for u in asked)
    later = [u for u in updates if u.time_s > asked[-1].time_s]
    assert later[0].mode == "active"
    assert {u.view for u in later if u.view} == {"front"}


def test_each_check_has_the_answer_of_the_view_that_can_judge_it():
    _, repetitions = turned()
    by_view = {kind: [judged(r) for r in repetitions if r.view.kind == kind] for kind in ("side", "front")}
    assert len(by_view["side"]) == len(by_view["front"]) == 2
    assert not set().union(*by_view["side"]) & FRONT_ONLY
    assert not set().union(*by_view["front"]) & SIDE_ONLY
    assert set().union(*by_view["front"]) >= FRONT_ONLY
    assert set().union(*by_view["side"]) >= SIDE_ONLY
