"""The ladder: one thing at a time, every level as its milestone says, and targets that can be judged."""

import itertools
import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.checks import limit_of
from lunge.exercises import load
from lunge.plan.ladder import easier_of, ladder, on_strength_days, raised, rank, target_of
from lunge.plan.records import VARIABLES, Targets
from lunge.plan.ways import cues_for, first_lunge, place_of, rungs_for

PATHS = ("knee", "back", "balance")
WAYS = [frozenset(itertools.compress(PATHS, chosen)) for chosen in itertools.product((0, 1), repeat=len(PATHS))]
TARGETS = st.sampled_from([rung.targets for way in (ladder().usual, ladder().knee) for rung in way])


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "+".join(sorted(way)) or "usual")
def test_neighbours_differ_in_one_thing_which_gets_harder(way):
    for lower, higher in itertools.pairwise(rungs_for(way, None)):
        assert len(raised(lower.targets, higher.targets)) == 1
        assert higher.level - lower.level in (0, 1, 2)
        if lower.targets.movement == higher.targets.movement:
            assert raised(higher.targets, lower.targets) == ()


# The ladder of the facts that the plan is made from: depth, hold, repetitions and support of each level.
MILESTONES = {
    1: (45.0, {1.0, 2.0}, {3}, "both_hands"),
    2: (60.0, {3.0}, {3}, "one_hand"),
    3: (70.0, {5.0}, {3, 4}, "none"),
    4: (90.0, {5.0}, {4, 5, 6}, "none"),
    5: (90.0, {10.0}, {6}, "none"),
}


@pytest.mark.parametrize("level", MILESTONES)
def test_a_level_begins_with_its_milestone(level):
    first = next(rung.targets for rung in ladder().usual if rung.level == level)
    depth_deg, holds_s, repetitions, support = MILESTONES[level]
    assert (first.depth_deg, first.support) == (depth_deg, support)
    assert first.hold_s in holds_s
    assert first.repetitions in repetitions
    assert first.stretch == (level == 5)


def test_level_0_is_standing_up_and_level_6_brings_days_of_strength():
    lowest = [rung.targets for rung in ladder().usual if rung.level == 0]
    assert {t.movement for t in lowest} == {"sit_to_stand"}
    assert {(t.hold_s, t.repetitions) for t in lowest} == {(3.0, 3), (3.0, 4), (3.0, 5), (4.0, 5), (5.0, 5)}
    slow = [on_strength_days(rung.targets) for rung in ladder().usual if rung.level == 6]
    assert [(t.repetitions, t.lowering_s) for t in slow] == [(8, 4.0), (10, 4.0), (12, 4.0)]


def test_knees_meet_60_degrees_first_then_75_then_90_and_no_long_step():
    rungs = [rung.targets for rung in rungs_for(frozenset({"knee"}), None) if rung.targets.movement == "lunge"]
    assert list(dict.fromkeys(t.depth_deg for t in rungs)) == [45.0, 60.0, 75.0, 90.0]
    assert max(t.hold_s for t in rungs) == 3.0
    assert not any(t.stretch for t in rungs)


def test_backs_keep_a_hand_on_the_chair_and_hold_for_a_short_time():
    rungs = [rung.targets for rung in rungs_for(frozenset({"back"}), None) if rung.targets.movement == "lunge"]
    assert {t.support for t in rungs} == {"both_hands", "one_hand"}
    assert max(t.hold_s for t in rungs) == ladder().back_hold_s


def test_balance_keeps_the_chair_for_good():
    assert "none" not in {rung.targets.support for rung in rungs_for(frozenset({"balance"}), None)}


@given(TARGETS, TARGETS)
def test_the_easier_of_two_is_nowhere_harder_than_either(first, second):
    easier = easier_of(first, second)
    assert all(rank(easier, v) == min(rank(first, v), rank(second, v)) for v in VARIABLES)


@given(TARGETS, st.sampled_from(WAYS))
def test_on_another_ladder_nobody_stands_harder(targets, way):
    rungs = rungs_for(way, None)
    place = place_of(targets, rungs)
    if targets.movement == "lunge" or place:
        assert raised(targets, rungs[place].targets) == ()
    assert all(raised(targets, rung.targets) for rung in rungs[place + 1 :])


# ---------------------------------------------------------------- as the judgement takes them
CHECKS = {c.check: c for c in load("reverse_lunge").checks}


@pytest.mark.parametrize("depth_deg", [45.0, 60.0, 70.0, 75.0, 90.0])
def test_a_thigh_at_the_asked_depth_is_within_its_limits(depth_deg):
    target = target_of(Targets("lunge", depth_deg, "none", 3.0, 3))
    low, high = limit_of(target, CHECKS["front_thigh_depth"])
    with_upright_shin = 90.0 - depth_deg
    assert low <= with_upright_shin - 8.0 <= with_upright_shin <= high
    assert limit_of(target, CHECKS["squat_thigh_depth"])[1] >= high


def test_the_deepest_has_the_limits_of_the_exercise_itself():
    target = target_of(Targets("lunge", 90.0, "none", 3.0, 3))
    assert all(limit_of(target, CHECKS[name]) == CHECKS[name].limit for name in ("front_thigh_depth", "step_length"))


def test_support_stretch_and_holds_reach_the_judgement():
    target = target_of(Targets("lunge", 90.0, "one_hand", 6.0, 3, stretch=True), height_m=1.7)
    assert (target.chair, target.stretch, target.hold_s, target.height_m) == (True, True, 6.0, 1.7)
    assert target.squat_hold_s == ladder().squat_hold_s
    assert not target_of(Targets("lunge", 90.0, "none", 6.0, 3)).chair


def test_standing_up_from_a_chair_is_not_judged():
    with pytest.raises(ValueError, match="sit_to_stand"):
        target_of(ladder().usual[0].targets)


def test_the_first_lunge_is_where_the_lunges_begin():
    rungs = rungs_for(frozenset(), None)
    place = first_lunge(rungs)
    assert [rung.targets.movement for rung in rungs[place - 1 : place + 1]] == ["sit_to_stand", "lunge"]


def test_cues_follow_the_way_and_the_targets():
    long = ladder().usual[-1].targets
    assert [c.key for c in cues_for({"knee", "back"}, long)] == [
        "plan.cue.knee",
        "plan.cue.back",
        "plan.cue.stretch",
        "plan.cue.breathe",
    ]
    assert [c.key for c in cues_for(frozenset(), ladder().usual[0].targets)] == ["plan.cue.sit_to_stand"]


def test_numbers_that_are_no_rung_say_where_they_come_from():
    text = (resources.files("lunge.plan") / "ladder.toml").read_text(encoding="utf-8")
    head = text[: text.index("[[first]]")]
    rows = re.findall(r"(?m)^(\w+) = [\d.]+\s*(?:# (.+))?$", head)
    assert len(rows) == 4 + 4 * 4
    assert not [key for key, said in rows if key != "depth_deg" and len(said.split()) < 3]
