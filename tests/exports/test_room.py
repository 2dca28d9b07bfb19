"""Points in the room and coordinates: the right way round, the right size, at one rate."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses import analysis
from lunge.exports.coordinates import TILT, coordinates_of
from lunge.exports.room import evened, resampled, room_of
from lunge.signals import Signals


def at(room, name, time_s):
    return room.point(name)[np.searchsorted(room.time_s, time_s)]


def test_a_standing_person_is_upright_on_the_floor_and_as_tall_as_said(analysed):
    room = room_of(analysed)
    standing = np.array(analysed.step_names) == "standing"
    soles = [room.point(f"{side}_{part}")[standing, 1] for side in ("left", "right") for part in ("heel", "foot_index")]
    assert np.mean(soles) == pytest.approx(0.0, abs=0.01)
    assert 1.5 < np.median(room.point("left_eye")[standing, 1]) < 1.68
    assert room.height_m == pytest.approx(1.7, rel=1e-6)


def test_the_axes_are_forward_up_and_right(analysed):
    room = room_of(analysed)
    when = analysed.repetitions[0].bottom_s
    rear = analysed.repetitions[0].stepping_leg
    front = "left" if rear == "right" else "right"
    step = at(room, f"{front}_ankle", when) - at(room, f"{rear}_ankle", when)
    assert step[0] == pytest.approx(analysed.repetitions[0].step_length, abs=0.2)
    assert at(room, "nose", when)[0] > at(room, f"{rear}_ankle", when)[0]
    standing = np.array(analysed.step_names) == "standing"
    across = np.median((room.point("right_shoulder") - room.point("left_shoulder"))[standing], axis=0)
    assert across[2] > 0.2


def test_the_planted_foot_stays_and_the_hips_sink(analysed):
    room = room_of(analysed)
    repetition = analysed.repetitions[0]
    front = "left" if repetition.stepping_leg == "right" else "right"
    before, bottom = repetition.start_s, repetition.bottom_s
    foot = at(room, f"{front}_ankle", bottom) - at(room, f"{front}_ankle", before)
    assert np.abs(foot[:2]).max() < 0.12
    hips = room.middle("hip")
    drop = hips[np.searchsorted(room.time_s, before)] - hips[np.searchsorted(room.time_s, bottom)]
    assert 0.2 < drop[1] < 0.6
    assert drop[0] > 0.1


def test_without_a_height_lengths_are_as_the_network_sees_them(analysed):
    unknown = replace(analysed, body=replace(analysed.body, height_m=None))
    taller = replace(analysed, body=replace(analysed.body, height_m=2 * room_of(unknown).height_m))
    assert np.allclose(room_of(taller).points_m, 2 * room_of(unknown).points_m, equal_nan=True)


def test_less_sure_points_are_left_out_only_where_there_is_no_place_for_confidence(analysed):
    doubtful = replace(analysed.poses, confidence=np.where(np.arange(33) == 15, 0.1, analysed.poses.confidence))
    room = room_of(replace(analysed, poses=doubtful))
    assert np.isfinite(room.point("left_wrist")).any()
    assert not np.isfinite(evened(room).point("left_wrist")).any()
    assert np.isfinite(evened(room).point("left_hip")).all()


def test_coordinates_are_those_of_the_series(analysed):
    time_s, found = coordinates_of(analysed, room_of(analysed))
    values = analysed.signals.values
    series = np.interp(time_s, analysed.signals.time_s, values["right_knee_flexion_deg"])
    assert np.nanmax(np.abs(found["knee_angle_r"] - series)) < 1e-6
    bottom = np.searchsorted(time_s, analysed.repetitions[0].bottom_s)
    front, rear = ("l", "r") if analysed.repetitions[0].stepping_leg == "right" else ("r", "l")
    assert found[f"hip_flexion_{front}"][bottom] > 50
    assert abs(found[f"hip_flexion_{rear}"][bottom]) < 35
    assert found[f"knee_angle_{rear}"][bottom] > 60
    assert "pelvis_tilt" not in found
    assert "pelvis_list" not in found  # the view from the side does not show it


def test_segments_stand_as_seen_whether_the_pelvis_was_measured_or_not():
    plain = analysis()
    tilt = np.full(len(plain.signals), 8.0)
    seen = plain.signals.values | {"left_thigh_forward_deg": np.full(len(tilt), 30.0)}
    measured = seen | {TILT: tilt}

    def found(values):
        made = replace(plain, signals=Signals(plain.signals.time_s, values, dict.fromkeys(values, tilt)))
        return coordinates_of(made, room_of(made))[1]

    without, with_tilt = found(seen), found(measured)
    assert np.allclose(with_tilt["pelvis_tilt"], -8.0)
    for name in ("hip_flexion_l", "lumbar_extension"):
        assert np.allclose(with_tilt["pelvis_tilt"] + with_tilt[name], without[name])


@given(st.lists(st.floats(0.01, 0.4), min_size=2, max_size=30))
def test_straight_lines_come_back_at_other_times(steps):
    time_s = np.cumsum(steps)
    grid = np.linspace(time_s[0], time_s[-1], 17)
    values = np.column_stack([3.0 * time_s + 1.0, -time_s])
    assert np.allclose(resampled(time_s, values, grid), np.column_stack([3.0 * grid + 1.0, -grid]))


def test_nothing_is_made_up_in_a_gap():
    time_s = np.array([0.0, 0.1, 0.2, 2.0, 2.1])
    values = np.array([0.0, 1.0, np.nan, 3.0, 4.0])
    got = resampled(time_s, values, np.array([0.0, 0.05, 0.1, 0.15, 1.0, 2.0, 2.05]))
    assert np.allclose(got, [0.0, 0.5, 1.0, np.nan, np.nan, 3.0, 3.5], equal_nan=True)
    far = resampled(np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.array([0.0, 0.5, 1.0]))
    assert np.array_equal(far, [0.0, np.nan, 1.0], equal_nan=True)
