"""The posture to reach, in anyone's proportions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.live.postures import LENGTHS, Posture, constants, lunge, squat, target_points
from lunge.poses import KEYPOINTS

POSTURES = {"squat": squat(), "left back": lunge("left"), "right back": lunge("right")}
SEGMENTS = {
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "foot": ("ankle", "foot_index"),
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
}
PEOPLE = st.fixed_dictionaries({name: st.floats(5.0, 400.0) for name in LENGTHS})
ANYONE = {
    **{"hips": 60.0, "shoulders": 110.0, "trunk": 170.0, "thigh": 130.0},
    **{"shank": 140.0, "foot": 50.0, "upper_arm": 90.0, "forearm": 80.0},
}
PLANTED = np.array([320.0, 600.0])
PIXELS = st.floats(-500.0, 2000.0)


def at(points, name):
    return points[..., KEYPOINTS.index(name), :]


def in_space(posture: Posture, lengths):
    """Return the points (33, 3): left and down from the front, forward from the side."""
    front, side = (target_points(posture, lengths, azimuth, np.zeros(2)) for azimuth in (0.0, 90.0))
    return np.column_stack([front, -side[:, 0]])


@given(posture=st.sampled_from(list(POSTURES.values())), lengths=PEOPLE)
def test_segments_have_the_lengths_of_the_person(posture, lengths):
    points = in_space(posture, lengths)
    for name, ends in SEGMENTS.items():
        for side in ("left", "right"):
            start, end = (at(points, f"{side}_{joint}") for joint in ends)
            assert np.linalg.norm(end - start) == pytest.approx(lengths[name], rel=1e-3)
    for name in ("hip", "shoulder"):
        across = at(points, f"left_{name}") - at(points, f"right_{name}")
        assert np.linalg.norm(across) == pytest.approx(lengths[f"{name}s"], rel=1e-3)


@given(
    posture=st.sampled_from(list(POSTURES.values())),
    lengths=PEOPLE,
    azimuth=st.floats(-360.0, 720.0),
    planted=st.tuples(PIXELS, PIXELS),
)
def test_the_planted_foot_stays_where_it_is(posture, lengths, azimuth, planted):
    points = target_points(posture, lengths, azimuth, np.array(planted))
    ankles = np.mean([at(points, f"{side}_ankle") for side in posture.planted], axis=0)
    assert ankles == pytest.approx(planted, abs=1e-6)


@given(lengths=PEOPLE, azimuth=st.floats(0.0, 360.0))
def test_the_other_leg_back_is_the_mirror_image(lengths, azimuth):
    right = target_points(lunge("right"), lengths, azimuth, np.zeros(2))
    left = target_points(lunge("left"), lengths, -azimuth, np.zeros(2))
    for name in KEYPOINTS:
        other = {"left": "right", "right": "left"}
        swapped = "_".join(other.get(part, part) for part in name.split("_"))
        assert at(left, swapped) * [-1, 1] == pytest.approx(at(right, name), abs=1e-6, nan_ok=True)


def test_from_the_left_the_person_faces_left_and_from_the_front_their_left_is_right():
    from_left = target_points(lunge("right"), ANYONE, 90.0, PLANTED)
    assert at(from_left, "left_knee")[0] < at(from_left, "left_hip")[0] < at(from_left, "right_ankle")[0]
    assert at(from_left, "nose")[0] < at(from_left, "left_ear")[0]
    from_front = target_points(squat(), ANYONE, 0.0, PLANTED)
    assert at(from_front, "left_hip")[0] > at(from_front, "right_hip")[0]
    assert at(from_front, "nose")[1] < at(from_front, "left_hip")[1] < at(from_front, "left_ankle")[1]


def test_the_postures_are_those_of_the_exercise():
    def above_level_deg(vector):
        return np.degrees(np.arcsin(-vector[2]))

    low, back = constants().squat, constants().lunge
    assert 0 < above_level_deg(low.left_thigh_direction) < 20
    assert abs(above_level_deg(back.left_thigh_direction)) < 8
    assert back.right_thigh_direction[2] < -0.98
    assert back.trunk_direction[2] > 0.98


@pytest.mark.parametrize("vectors", [constants().squat, constants().lunge])
def test_directions_are_unit_vectors(vectors):
    lengths = [np.linalg.norm(getattr(vectors, n)) for n in vectors.__slots__ if n.endswith("_direction")]
    assert lengths == pytest.approx(np.ones(len(lengths)), abs=2e-4)


def test_fingers_alone_are_not_modelled():
    points = target_points(squat(), ANYONE, 40.0, PLANTED)
    unknown = {name for name, row in zip(KEYPOINTS, points, strict=True) if np.isnan(row).any()}
    assert unknown == {f"{side}_{finger}" for side in ("left", "right") for finger in ("pinky", "index", "thumb")}


@pytest.mark.parametrize("wrong", [{"thigh": 0.0}, {"foot": float("nan")}])
def test_a_person_without_a_length_is_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        target_points(squat(), ANYONE | wrong, 0.0, PLANTED)
