"""The postures to reach as deep as the day asks for, in anyone's proportions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.live.lowered import constants, lunge_for, squat_for, with_chair
from lunge.live.outline import postures
from lunge.live.postures import LENGTHS, joints, lunge, squat
from lunge.live.records import Wishes

FORWARD, UP = 0, 2
SIDES = ("left", "right")
ANYONE = {
    **{"hips": 60.0, "shoulders": 110.0, "trunk": 170.0, "thigh": 143.0},
    **{"shank": 143.0, "foot": 50.0, "upper_arm": 100.0, "forearm": 85.0},
}
NEAR = st.floats(0.85, 1.15)
PEOPLE = st.fixed_dictionaries(
    {name: NEAR.map(lambda share, usual=usual: share * usual) for name, usual in ANYONE.items()}
)
DEPTHS = st.floats(45.0, 85.0)


def thigh_above_level_deg(points, side):
    """Return what the measure `front_thigh_above_horizontal_deg` sees from the side."""
    forward, _, up = points[f"{side}_knee"] - points[f"{side}_hip"]
    return np.degrees(np.arctan2(-up, abs(forward)))


@given(lengths=PEOPLE, depth=DEPTHS, rear=st.sampled_from(SIDES))
def test_a_lunge_is_as_deep_as_asked_with_both_feet_on_the_floor(lengths, depth, rear):
    front = "left" if rear == "right" else "right"
    points = joints(lunge_for(rear, depth, lengths).directions, lengths)
    assert thigh_above_level_deg(points, front) == pytest.approx(90.0 - depth, abs=1e-6)
    assert points[f"{rear}_foot_index"][UP] == pytest.approx(points[f"{front}_foot_index"][UP], abs=1e-6)
    assert points[f"{rear}_ankle"][FORWARD] < points[f"{rear}_knee"][FORWARD]
    assert thigh_above_level_deg(points, rear) > 85.0


@given(lengths=PEOPLE, depth=DEPTHS)
def test_a_squat_is_as_deep_as_the_lunge_asked_for(lengths, depth):
    points = joints(squat_for(depth).directions, lengths)
    full = thigh_above_level_deg(joints(squat().directions, lengths), "left")
    for side in SIDES:
        assert thigh_above_level_deg(points, side) == pytest.approx(max(full, 90.0 - depth), abs=1e-6)


@given(lengths=PEOPLE, depth=DEPTHS, chair=st.booleans())
def test_segments_keep_their_lengths(lengths, depth, chair):
    for posture in postures(Wishes(depth_deg=depth, chair=chair), lengths, seven_steps=True).values():
        points = joints(posture.directions, lengths)
        for side in SIDES:
            for start, end, name in (
                ("hip", "knee", "thigh"),
                ("knee", "ankle", "shank"),
                ("elbow", "wrist", "forearm"),
            ):
                length = np.linalg.norm(points[f"{side}_{end}"] - points[f"{side}_{start}"])
                assert length == pytest.approx(lengths[name], rel=1e-3)


@pytest.mark.parametrize("side", SIDES)
def test_without_a_depth_the_postures_are_the_full_ones(side):
    assert lunge_for(side, None, ANYONE) == lunge(side)
    assert squat_for(None) == squat()


def test_less_depth_is_a_shorter_step():
    def step(depth):
        points = joints(lunge_for("right", depth, ANYONE).directions, ANYONE)
        return points["left_foot_index"][FORWARD] - points["right_foot_index"][FORWARD]

    assert step(45.0) < step(60.0) < step(75.0) < step(90.0)


def test_a_nearly_standing_squat_is_upright():
    points = joints(squat_for(2.0).directions, ANYONE)
    for top, bottom in (("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle")):
        forward, _, up = points[f"left_{top}"] - points[f"left_{bottom}"]
        assert abs(forward) < 0.05 * up


@given(lengths=PEOPLE)
def test_hands_on_a_chair_are_on_one_height_before_the_feet(lengths):
    lengths = lengths | {"upper_arm": 130.0, "forearm": 110.0}
    points = joints(with_chair(squat_for(45.0), lengths).directions, lengths)
    over_floor = points["left_wrist"][UP] - points["left_foot_index"][UP]
    tall = sum(lengths[part] for part in ("trunk", "thigh", "shank"))
    assert points["left_wrist"][UP] == pytest.approx(points["right_wrist"][UP])
    assert points["left_wrist"][FORWARD] > points["left_foot_index"][FORWARD]
    assert over_floor == pytest.approx(constants().chair.back_height_share * tall, rel=1e-3)
    assert points["left_elbow"][UP] < points["left_shoulder"][UP]


def test_arms_that_do_not_reach_the_chair_are_straight():
    short = ANYONE | {"upper_arm": 40.0, "forearm": 30.0}
    directions = with_chair(lunge_for("left", 45.0, short), short).directions
    assert directions.left_upper_arm_direction == pytest.approx(directions.left_forearm_direction)


def test_what_is_asked_decides_which_postures_there_are():
    assert set(postures(Wishes(), ANYONE, seven_steps=True)) == {"left", "right", "squat"}
    assert set(postures(Wishes(), ANYONE, seven_steps=False)) == {"left", "right"}
    assert postures(Wishes(), ANYONE | {LENGTHS[0]: float("nan")}, seven_steps=True) == {}
    low, full = (postures(Wishes(depth_deg=depth), ANYONE, seven_steps=False)["left"] for depth in (45.0, None))
    assert (
        joints(low.directions, ANYONE)["right_foot_index"][UP] < joints(full.directions, ANYONE)["right_foot_index"][UP]
    )
