"""Housework before the camera: counts, the friendly word, pauses, and what is kept."""

import numpy as np
import pytest

from lunge.live.constants import constants
from lunge.live.housework import HouseworkSession
from lunge.live.records import Look
from lunge.posefile import load_poses
from rendered import lowered, needs_clips

pytestmark = needs_clips


@pytest.fixture(scope="module")
def film():
    """A squat, then a lunge; ten pictures a second."""
    poses, _ = lowered("pick_up_test_270")
    return poses[np.arange(0, len(poses), 3)]


def watched(session, poses, by_s=0.0):
    updates = []
    for i in range(len(poses)):
        frame = poses[i : i + 1]
        frame.time_s[:] = frame.time_s + by_s
        updates.append(session.step(Look(frame)))
    return updates


def copied(poses):
    return poses[np.arange(len(poses))]


def test_each_lowering_is_told_once_and_counted(film):
    session = HouseworkSession("full", keep_landmarks=False)
    updates = watched(session, copied(film))
    told = [low.kind for update in updates for low in update.lowerings] + [low.kind for low in session.finish()]
    assert told == ["squat", "lunge"]
    assert session.counts == {"squat": 1, "lunge": 1}
    assert session.watched_s == pytest.approx(film.time_s[-1] - film.time_s[0], abs=0.2)
    assert session.analysis() is None
    with pytest.raises(ValueError, match="keep_landmarks"):
        session.save(None)


def test_a_friendly_word_follows_a_lunge_and_not_soon_again(film):
    session, length = HouseworkSession("full", keep_landmarks=False), float(film.time_s[-1]) + 3.0
    words = [u.time_s for turn in range(3) for u in watched(session, copied(film), turn * length) if u.word]
    lunges = session.counts["lunge"]
    assert lunges >= 2
    assert len(words) == 1 + int((2 * length) // constants().housework.word_every_s)


def test_nothing_counts_in_a_pause(film):
    session = HouseworkSession("full", keep_landmarks=False)
    session.step(Look(copied(film)[:1]))
    session.pause(True)
    updates = watched(session, copied(film)[1:])
    assert {update.mode for update in updates} == {"paused"}
    assert session.counts == {}
    session.pause(False)
    assert watched(session, copied(film)[:2], 100.0)[-1].mode == "watching"


def test_landmarks_are_kept_where_they_are_asked_for(film, tmp_path):
    session = HouseworkSession("full", keep_landmarks=True)
    watched(session, copied(film))
    session.finish()
    assert [low.kind for low in session.analysis().lowerings] == ["squat", "lunge"]
    poses, source = load_poses(session.save(tmp_path / "kept.npz"))
    assert len(poses) == len(film)
    assert source.path == "housework"


def test_times_must_increase(film):
    session = HouseworkSession("full", keep_landmarks=False)
    session.step(Look(copied(film)[:1]))
    with pytest.raises(ValueError, match="time_s"):
        session.step(Look(copied(film)[:1]))
