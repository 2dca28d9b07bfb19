"""A set on a seat, from the quiet standing to the kept findings: made-up motions, and a clip with planted faults."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from live.test_session import FPS, play, same_as_file
from lunge.evaluation.packed import load_packed
from lunge.live.meters import ON_SEAT
from lunge.live.records import Wishes
from lunge.poses import joined
from lunging import Figure
from packed import CLIPS, needs_clips

WISHES = Wishes(
    variant="seated_lunge", hold_s=2.0, repetitions=1, order="left_first", front_repetitions=2, outline=True
)
SIT_S, FIRST_S, SECOND_S = 3.0, 5.5, 12.0
"""When the person below sits down, and begins to step back."""

LEAN = "coach.trunk_upright.trunk_forward_deg.high"


def cued(found, kind="form"):
    return [(update.time_s, c.key) for update in found.updates for c in update.cues if c.kind == kind and c.spoken]


@cache
def one_set(lean_deg=0.0):
    """Return a set of one repetition of each leg, seen half from the front; the trunk leans in the second one."""
    figure = Figure(20.0, fps=FPS).sit_down(SIT_S).seated_lunge(FIRST_S, "left", hold=2.4)
    return play(figure.seated_lunge(SECOND_S, "right", hold=2.4, lean_deg=lean_deg).poses(70.0), WISHES)


def test_each_leg_is_counted_and_its_hold_timed_and_nothing_is_cued_on_clean_ones(tmp_path):
    found = one_set()
    assert found.modes[-1][0] == "finished"
    kept = same_as_file(found.session, tmp_path, "seated_lunge").repetitions
    assert [(r.variant, r.stepping_leg, r.complete) for r in kept] == [
        ("seated_lunge", "left", True),
        ("seated_lunge", "right", True),
    ]
    assert [r.holds_s["seated_lunge_hold_s"] for r in kept] == pytest.approx([2.4, 2.4], abs=0.5)
    assert cued(found) == []
    assert found.sounds.count("hold_done") == 2


def test_a_trunk_that_leans_is_cued_in_the_repetition_in_which_it_leans():
    ((said_s, key),) = cued(one_set(lean_deg=34.0))
    assert key == LEAN
    assert SECOND_S + 1.6 < said_s < SECOND_S + 4.5


def test_it_is_led_onto_the_seat_and_never_asked_to_turn():
    found = one_set()
    guides = [key for _, key in cued(found, "guide")]
    assert guides[:2] == ["coach.started", "coach.sit_on_edge"]
    assert {"coach.leg_back_left", "coach.leg_back_right", "coach.slowly_forward"} <= set(guides)
    assert {update.turn_to for update in found.updates} == {None}


def test_neither_an_outline_nor_a_meter_makes_something_up():
    shown = [update for update in one_set().updates if update.mode == "active"]
    assert {update.target_points for update in shown} == {()}
    assert {update.meters for update in shown} == {None, ON_SEAT}
    assert {(m.answer, m.reason, m.level) for m in (ON_SEAT.stretch, ON_SEAT.load)} == {("cannot_judge", "seat", None)}


@needs_clips
def test_the_faults_of_a_rendered_clip_are_cued_each_in_its_repetition():
    """In the first one the hands hang, in the second the thigh goes 20 degrees too far back."""
    poses, _, truth = load_packed(CLIPS.parent / "seated" / "seatedfit08_300.npz")
    first, second, _ = truth.repetitions
    standing = [replace(poses[:1], time_s=np.array([0.05 * i - 3.0])) for i in range(60)]
    wishes = replace(WISHES, hold_s=1.0, repetitions=2, order="right")
    found = play(joined([*standing, poses]), wishes)
    (hands_s, hands), (thigh_s, thigh) = cued(found)
    assert hands == "coach.hands_on_hips.hands_on_hips_share.low"
    assert first.start_s < hands_s < first.end_s
    assert thigh == "coach.rear_thigh_vertical.rear_thigh_from_vertical_deg.high"
    assert second.start_s < thigh_s < second.end_s
    assert [key for _, key in cued(found, "praise")] == ["coach.better.hands_on_hips"]
    assert found.updates[-1].right.done == 2
