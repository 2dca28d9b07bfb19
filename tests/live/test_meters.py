"""The meters of stretch and load, frame by frame."""

from functools import cache

import numpy as np
import pytest

import people
from lunge.causal.phases import Phase
from lunge.live.constants import constants
from lunge.live.meters import LiveMeters, standing_postures
from lunge.live.records import Look, Wishes
from lunge.live.session import LiveSession
from lunge.session import Options, analyze
from lunging import Figure
from readings import reading

C = constants().meters
NAMES = ("stretch", "hip_stretch", "load", "hip_share")
FPS = 15.0
START_S = 2.6
SERIES = {
    "trunk_forward_deg": 4.0,
    "left_thigh_above_horizontal_deg": 3.0,
    "left_shank_forward_deg": 6.0,
    "right_thigh_forward_deg": -9.0,
    "right_knee_flexion_deg": 92.0,
}
"""Of a lunge with the left leg in front."""

OTHERS = (
    *("right_thigh_above_horizontal_deg", "right_shank_forward_deg", "left_thigh_forward_deg", "left_knee_flexion_deg"),
    *("left_knee_inward_heights", "right_knee_inward_heights", "left_knee_height_heights", "right_knee_height_heights"),
    *("hips_by_hands_deg", "pelvic_rotation_deg", "trunk_side_deg"),
)


@cache
def stood():
    """Return the frames of somebody who stands sideways."""
    return people.standing(2.0)


def meters():
    return LiveMeters([stood()])


def in_lunge(time_s=3.0, speed=0.0, **changed):
    series = dict.fromkeys(OTHERS, 0.0) | SERIES | changed
    return reading(time_s, drop=0.2, left_ahead=0.4, speed=speed, series={k: np.array([v]) for k, v in series.items()})


def shown(of, now, step="lunge", front="left"):
    return of.step(now, Phase(step, 0.0, front))


def answers(found):
    return {(getattr(found, name).answer, getattr(found, name).reason) for name in NAMES}


def test_standing_is_a_quiet_zero():
    found = shown(meters(), in_lunge(), "standing", None)
    assert {getattr(found, name).answer for name in NAMES} == {"rest"}
    assert (found.stretch.low, found.stretch.level, found.load.high) == (0.0, 0.0, 0.0)
    assert found.hip_share.level is None


def test_a_lunge_is_levels_with_bands():
    found = shown(meters(), in_lunge())
    assert found.stretch.answer == found.load.answer == "much"
    assert found.hip_stretch.answer == found.hip_share.answer == "unsure"
    for name in NAMES:
        one = getattr(found, name)
        assert 0.0 <= one.low <= one.level <= one.high <= 1.0
    assert found.stretch.level == pytest.approx(0.13 / C.full_stretch_share, abs=0.06)
    assert not found.leaning


@pytest.mark.parametrize("step", ["squat", "stepping_back", "returning", "rising"])
def test_only_the_lunge_is_judged(step):
    found = shown(meters(), in_lunge(), step)
    assert answers(found) == {("cannot_judge", "step")}
    assert found.stretch.level is None


def test_a_fast_body_is_not_judged():
    found = shown(meters(), in_lunge(speed=C.fastest_heights_per_s + 0.01))
    assert answers(found) == {("cannot_judge", "moving")}
    assert found.load.level is None


def test_without_quiet_standing_nothing_is_judged():
    assert answers(shown(LiveMeters([]), in_lunge())) == {("cannot_judge", "standing")}
    assert standing_postures(Figure(2.0, fps=FPS).squat(-2.0, -1.0).poses()) == {}


def test_angles_that_no_view_gives_and_postures_in_which_nobody_stands_are_not_judged():
    assert answers(shown(meters(), in_lunge(right_knee_flexion_deg=np.nan))) == {("cannot_judge", "view")}
    falling = in_lunge(left_thigh_above_horizontal_deg=80.0, right_thigh_forward_deg=40.0, right_knee_flexion_deg=0.0)
    assert answers(shown(meters(), falling)) == {("cannot_judge", "view")}


def hidden(side):
    frame = people.standing(0.05)[0:1]
    frame.confidence[:, frame.rows(*(f"{side}_{part}" for part in ("hip", "knee", "ankle")))] = 0.1
    series = dict.fromkeys(OTHERS, 0.0) | SERIES
    return reading(3.0, drop=0.2, left_ahead=0.4, poses=frame, series={k: np.array([v]) for k, v in series.items()})


def test_a_hidden_leg_in_front_leaves_the_stretch_behind():
    found = shown(meters(), hidden("left"))
    assert found.stretch.level is not None
    assert (found.load.answer, found.load.reason) == ("cannot_judge", "hidden")


def test_a_hidden_leg_behind_leaves_nothing():
    assert answers(shown(meters(), hidden("right"))) == {("cannot_judge", "hidden")}


def test_a_lean_lowers_the_stretch_raises_the_load_and_is_told_until_it_ends():
    of = meters()
    upright = shown(of, in_lunge(3.0))
    leaning = shown(of, in_lunge(3.1, trunk_forward_deg=4.0 + C.leaning_deg))
    assert leaning.stretch.level < upright.stretch.level
    assert leaning.load.level > upright.load.level
    between = (C.leaning_deg + C.upright_deg) / 2
    lean = [shown(of, in_lunge(3.2 + i, trunk_forward_deg=by)).leaning for i, by in enumerate((between, 0.0, between))]
    assert (leaning.leaning, lean) == (True, [True, False, False])


def test_a_word_changes_only_when_its_class_has_lasted():
    of = meters()
    assert shown(of, in_lunge(3.0)).load.answer == "much"
    shallow = {"left_thigh_above_horizontal_deg": 40.0, "right_knee_flexion_deg": 60.0}
    soon = shown(of, in_lunge(3.1, **shallow)).load
    assert (soon.answer, soon.level < 0.5) == ("much", True)
    assert shown(of, in_lunge(3.1 + C.settle_s, **shallow)).load.answer == "more"


@pytest.mark.parametrize("lean_deg", [0.0, 20.0])
def test_the_file_of_a_set_says_what_the_meter_showed_in_the_hold(tmp_path, lean_deg):
    wishes = Wishes(variant="reverse_lunge_from_standing", repetitions=1, order="left", front_repetitions=0)
    session, seen = LiveSession(wishes), []
    poses = Figure(9.0, fps=FPS).from_standing(START_S, "left", hold=2.0, lean_deg=lean_deg).poses()
    for i in range(len(poses)):
        update = session.step(Look(poses[i : i + 1]))
        if update.step == "lunge" and update.meters.stretch.level is not None:
            seen.append(update.meters)
    assert len(seen) > FPS
    analysis = analyze(session.save(tmp_path / "set.npz"), Options(refine=True))
    told = {effect.name: effect for effect in analysis.effects[0]}
    stretch = told["rectus_femoris"].value / (100.0 * C.full_stretch_share)
    load = told["front_demand"].value / C.full_load_nm_per_kg
    share = told["front_hip_share"].value
    for at in seen[len(seen) // 3 : -len(seen) // 3]:
        for name, value in (("stretch", stretch), ("load", load), ("hip_share", share)):
            one = getattr(at, name)
            assert one.low <= value <= one.high, name
            assert one.level == pytest.approx(value, abs=0.12), name
