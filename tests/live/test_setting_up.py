"""What keeps a set from starting: each reason, provoked alone, and none on a good picture."""

from dataclasses import replace

import numpy as np
import pytest

from lunge.live.constants import constants
from lunge.live.records import Look
from lunge.live.setting_up import SettingUp, light
from lunge.messages import catalogue
from lunge.poses import KEYPOINTS, joined
from lunging import Figure
from packed import clip, needs_clips
from people import SIZE_PX

C = constants().setting_up
MIDDLE_PX = np.array([SIZE_PX[0] / 2, SIZE_PX[1] / 2])


def standing(azimuth_deg=90.0, seconds=2.5):
    """Return poses of somebody who does everything right."""
    return Figure(seconds).poses(azimuth_deg)


def changed(poses, image):
    """Return the poses with a function of the points in the picture put over them."""
    return replace(poses, image_px=image(poses.image_px.copy()))


def enlarged(poses, factor):
    return changed(poses, lambda px: (px - MIDDLE_PX) * factor + MIDDLE_PX)


def shifted(poses, x=0.0, y=0.0):
    return changed(poses, lambda px: px + np.array([x, y]))


def with_point(poses, name, place):
    poses.image_px[:, KEYPOINTS.index(name)] = place
    return poses


def rolled(poses, degrees):
    """Return the poses as a tilted camera sees them."""
    a = np.radians(degrees)
    turn = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return changed(poses, lambda px: (px - MIDDLE_PX) @ turn.T + MIDDLE_PX)


def gone(poses):
    poses.image_px[:], poses.world_m[:], poses.confidence[:] = np.nan, np.nan, 0.0
    return poses


def answers(poses, turn_to="side", quiet_s=1.0, **look):
    """Return what is missing, and how long it has been quiet, in each frame."""
    setting_up = SettingUp(quiet_s)
    return [setting_up.step(Look(poses[i : i + 1], **look), turn_to) for i in range(len(poses))]


def missing(poses, turn_to="side", **look):
    """Return what is missing in the last frame."""
    return answers(poses, turn_to, **look)[-1][0]


@pytest.mark.parametrize(
    ("azimuth_deg", "turn_to"), [(90.0, "side"), (270.0, "side"), (0.0, "front"), (90.0, None), (0.0, None)]
)
@pytest.mark.parametrize("brightness", [None, 0.5])
def test_a_good_picture_lacks_nothing_and_quiet_time_runs(azimuth_deg, turn_to, brightness):
    poses = standing(azimuth_deg)
    found = answers(poses, turn_to, brightness=brightness)
    assert [keys for keys, _ in found] == [()] * len(poses)
    np.testing.assert_allclose([quiet for _, quiet in found], poses.time_s, atol=1e-9)


ALONE = (
    ("nobody", gone(standing())),
    ("too_near", enlarged(standing(), 1.5)),
    ("too_far", enlarged(standing(), 0.4)),
    ("feet_out", shifted(standing(), y=100.0)),
    ("head_out", shifted(standing(), y=-170.0)),
    ("hands_out", with_point(standing(), "left_wrist", (SIZE_PX[0] + 5.0, 300.0))),
    ("turn_sideways", standing(0.0)),
    ("turn_sideways", standing(180.0)),
    ("camera_tilted", rolled(standing(), 9.0)),
    ("camera_tilted", rolled(standing(), -9.0)),
    ("stand_straight", Figure(2.5).squat(-2.0, -1.0).poses()),
    ("stand_still", Figure(2.5).move("aside", 1.5, 3.5, 0.4).poses()),
    ("slow_frames", Figure(2.5, fps=8.0).poses()),
)
"""What is missing, and poses that lack nothing else."""


@pytest.mark.parametrize(("key", "poses"), ALONE, ids=[key for key, _ in ALONE])
def test_each_thing_that_is_missing_is_named_alone(key, poses):
    assert missing(poses) == (key,)


def test_a_second_person_is_named():
    assert missing(standing(), people=2) == ("two_people",)


@pytest.mark.parametrize(
    ("brightness", "keys"), [(None, []), (0.5, []), (0.12, []), (0.08, ["too_dark"]), (0.005, ["lens_covered"])]
)
def test_the_light(brightness, keys):
    assert light(brightness) == keys
    assert missing(standing(), brightness=brightness) == tuple(keys)


def test_facing_the_camera_is_asked_for_in_its_turn():
    assert missing(standing(90.0), "front") == ("turn_to_front",)
    assert missing(standing(180.0), "front") == ("turn_to_front",), "the back is no front"


def test_the_most_important_comes_first():
    found = missing(enlarged(gone(standing()), 1.0), brightness=0.01)
    assert found == ("lens_covered", "nobody")
    assert missing(standing(0.0), people=2, brightness=0.05) == ("too_dark", "two_people", "turn_sideways")


def test_a_person_who_fills_more_than_the_picture_is_told_once():
    assert missing(enlarged(standing(), 2.0)) == ("too_near",)


@pytest.mark.parametrize("poses", [rolled(standing(), 9.0), Figure(2.5, fps=8.0).poses()], ids=["tilted", "slow"])
def test_advice_keeps_no_set_from_starting(poses):
    found = answers(poses)
    assert found[-1][0] != ()
    np.testing.assert_allclose([quiet for _, quiet in found], poses.time_s, atol=1e-9)


def test_quiet_time_starts_anew_after_anything_was_missing():
    poses = joined([standing(seconds=1.0), gone(Figure(0.5, first_s=1.0).poses()), Figure(1.5, first_s=1.5).poses()])
    found = answers(poses)
    assert found[19][1] == pytest.approx(0.95)
    assert found[20] == (("nobody",), 0.0)
    assert found[-1] == ((), pytest.approx(1.45))


def test_somebody_who_comes_back_elsewhere_did_not_move_while_nobody_was_seen():
    back = shifted(Figure(1.0, first_s=1.2).poses(), x=60.0)
    found = answers(joined([standing(seconds=1.0), gone(Figure(0.2, first_s=1.0).poses()), back]))
    assert [keys for keys, _ in found[-len(back) :]] == [()] * len(back)


def test_the_view_is_known_once_somebody_was_seen():
    setting_up = SettingUp(1.0)
    setting_up.step(Look(gone(standing())[0:1]), "side")
    assert np.isnan(setting_up.azimuth_deg)
    setting_up.step(Look(Figure(0.1, first_s=1.0).poses(270.0)[0:1]), "side")
    assert setting_up.azimuth_deg == pytest.approx(270.0, abs=0.5)


def test_breathing_is_standing_still():
    sway = Figure(2.5)
    for start in (0.0, 1.0, 2.0):
        sway.move("aside", start, start + 0.5, 0.01).move("aside", start + 0.5, start + 1.0, -0.01)
    assert [keys for keys, _ in answers(sway.poses())] == [()] * 50


def test_slow_frames_are_told_only_after_a_while():
    found = answers(Figure(2.5, fps=8.0).poses())
    slow = [keys == ("slow_frames",) for keys, _ in found]
    assert slow[0] is False
    assert slow == sorted(slow)
    assert slow[-1] is True


@needs_clips
@pytest.mark.parametrize(
    ("name", "turn_to"), [("test02_090", "side"), ("test11_270", "side"), ("test00_000a", "front")]
)
def test_people_who_stand_before_an_upright_camera_lack_nothing(name, turn_to):
    poses, truth = clip(name)
    before = poses[: int((poses.time_s < truth.repetitions[0].start_s - 0.3).sum())]
    found = [keys for keys, _ in answers(before, turn_to)]
    assert found == [()] * len(before)


def test_every_key_has_its_text():
    keys = set(catalogue().section("setup"))
    said = {key for key, _ in ALONE} | {"two_people", "too_dark", "lens_covered", "turn_to_front"}
    assert said <= keys
