"""Following a person, in the rendered clips."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from lunge.pose import PoseTracker, read_poses
from lunge.poses import SIDES, Poses
from lunge.video import Video

CLIPS = Path(__file__).parents[1] / "clips"
PARTS = ("shoulder", "elbow", "hip", "knee", "ankle")
STEP_S = 1 / 30


def pictures(name: str, count: int, every: int = 1) -> list[np.ndarray]:
    return [picture for _, picture in islice(Video(CLIPS / f"{name}.mp4").frames(), 0, count * every, every)]


def followed(tracker: PoseTracker, shown: list[np.ndarray]) -> Poses:
    height, width = shown[0].shape[:2]
    return read_poses(((i * STEP_S, p) for i, p in enumerate(shown)), tracker, (width, height)).poses


@pytest.fixture(scope="module")
def front() -> list[np.ndarray]:
    return pictures("front_knee_000", 12)


def test_landmarks_lie_on_the_person() -> None:
    every, count = 20, 30
    truth = json.loads(gzip.decompress((CLIPS / "front_knee_000.json.gz").read_bytes()))
    joints = truth["frames"]["joints_2d_px"]
    poses = followed(PoseTracker("full"), pictures("front_knee_000", count, every))
    assert poses.anybody.all()
    away = []
    for side in SIDES:
        for part in PARTS:
            x, y = joints[f"{side}_{part}"]
            where = np.column_stack([x, y])[: count * every : every]
            away.append(np.linalg.norm(poses.image(f"{side}_{part}") - where, axis=1))
    nose_y, ankle_y = np.array(joints["nose"][1]), np.array(joints["left_ankle"][1])
    assert np.median(away) < 0.03 * np.median(ankle_y - nose_y)
    assert np.median(poses.confidence) > 0.9
    hips = (poses.world("left_hip") + poses.world("right_hip")) / 2
    assert np.abs(hips).max() < 0.02


@pytest.mark.parametrize("model", ["lite", "full", "heavy"])
def test_every_model(model: str, front: list[np.ndarray]) -> None:
    poses = followed(PoseTracker(model, threads=1), front[:3])
    assert poses.anybody.all()
    # Seen from the front, the person's left is on the picture's right.
    assert (poses.image("left_hip")[:, 0] > poses.image("right_hip")[:, 0]).all()
    assert (poses.image("left_ankle")[:, 1] > poses.image("left_knee")[:, 1]).all()


def test_an_empty_room() -> None:
    run = read_poses(Video(CLIPS / "empty_room.mp4").frames(), PoseTracker("lite"), (480, 640))
    assert len(run.poses) > 0
    assert not run.poses.anybody.any()
    assert (run.poses.confidence == 0).all()
    assert np.isnan(run.poses.world_m).all()
    assert run.people == 0


def test_lost_and_found_again(front: list[np.ndarray]) -> None:
    dark = np.zeros_like(front[0])
    poses = followed(PoseTracker("lite"), [*front[:4], dark, dark, *front[4:8]])
    assert poses.anybody.tolist() == [True] * 4 + [False] * 2 + [True] * 4


def beside(left: list[np.ndarray], right: list[np.ndarray]) -> list[np.ndarray]:
    return [np.concatenate([a, b], axis=1) for a, b in zip(left, right, strict=True)]


@pytest.mark.parametrize("person", [1, 2])
def test_the_chosen_person_is_followed(person: int, front: list[np.ndarray]) -> None:
    width = front[0].shape[1]
    tracker = PoseTracker("lite", person=person)
    shown = beside(front, front)
    run = read_poses(((i * STEP_S, p) for i, p in enumerate(shown)), tracker, (2 * width, front[0].shape[0]))
    assert run.people == 2
    x = run.poses.image("nose")[:, 0]
    assert ((x > width) == (person == 2)).all()


def test_a_person_who_steps_out_is_not_swapped_for_another_at_once(front: list[np.ndarray]) -> None:
    """While the followed one is there, a second one beside changes nothing."""
    width = front[0].shape[1]
    alone = beside(front[:4], [np.zeros_like(p) for p in front[:4]])
    poses = followed(PoseTracker("lite"), [*alone, *beside(front[4:], front[4:])])
    assert (poses.image("nose")[:, 0] < width).all()


def test_a_phantom_is_not_counted(monkeypatch: pytest.MonkeyPatch, front: list[np.ndarray]) -> None:
    """Somebody found in one look only, or in looks shortly after each other, is nobody."""
    one, two = [1], [1, 2]
    looks = iter([one, one, two, one, two, two])
    tracker = PoseTracker("lite")
    monkeypatch.setattr("lunge.pose.tracker.detect", lambda *_: next(looks))
    counts = []
    for tracker._time_s in (0.0, 1.0, 2.0, 3.0, 4.0, 4.1):
        tracker._look_around(front[0])
        counts.append(tracker._people)
    assert counts == [1] * 6
    monkeypatch.setattr("lunge.pose.tracker.detect", lambda *_: two)
    tracker._time_s = 5.0
    tracker._look_around(front[0])
    assert tracker._people == 2


def test_the_larger_person_is_chosen(front: list[np.ndarray]) -> None:
    height, width = front[0].shape[:2]
    small = np.zeros_like(front[0])
    small[height // 2 :, : width // 2] = front[0][::2, ::2]
    poses = followed(PoseTracker("lite"), beside([small], [front[0]]))
    assert (poses.image("nose")[:, 0] > width).all()


def test_time_must_go_on(front: list[np.ndarray]) -> None:
    tracker = PoseTracker("lite")
    tracker.step(front[0], 1.0)
    with pytest.raises(ValueError, match=r"more than 1\.0, got 1\.0"):
        tracker.step(front[1], 1.0)


def test_the_same_twice(front: list[np.ndarray]) -> None:
    first, second = (followed(PoseTracker("lite", "f32"), front) for _ in range(2))
    assert np.array_equal(first.image_px, second.image_px)
    assert np.array_equal(first.world_m, second.world_m)


def test_pictures_under_way_together_give_the_same_for_every_number_of_threads(front: list[np.ndarray]) -> None:
    one, two = (followed(PoseTracker("lite", "f32", threads=threads), front) for threads in (1, 2))
    assert one.image_px == pytest.approx(two.image_px, abs=1e-3)
    assert (np.diff(one.time_s) > 0).all()


def test_one_at_a_time_is_what_a_camera_gives(front: list[np.ndarray]) -> None:
    live = PoseTracker("lite", "f32", at_once=1)
    steps = [live.step(picture, i * STEP_S) for i, picture in enumerate(front)]
    assert np.array_equal(
        followed(PoseTracker("lite", "f32", at_once=1), front).image_px, np.float32([s.image_px for s in steps])
    )


def test_a_region_that_is_too_old_is_not_looked_into(front: list[np.ndarray]) -> None:
    """At 5 pictures a second the next one waits for the last one's answer."""
    slow = [(i * 0.2, picture) for i, picture in enumerate(front)]
    size = (front[0].shape[1], front[0].shape[0])
    together, alone = (read_poses(slow, PoseTracker("lite", "f32", at_once=n), size).poses for n in (2, 1))
    assert np.array_equal(together.image_px, alone.image_px)
