"""Judging as it happens: on a stick figure of which everything is known, and on clips with truth."""

from functools import cache

import numpy as np
import pytest

from lunge.causal import watching
from lunge.causal.constants import constants
from lunge.causal.watching import LiveWatcher
from lunge.constants import constants as general
from lunge.exercises import load
from lunge.poses import joined
from lunge.records import Target
from lunge.watching import PartJudge, Watcher
from lunging import Figure
from packed import clip, needs_clips

EXERCISE, TARGET = load("reverse_lunge"), Target()
FPS = 15.0
READY_S = constants().baseline.collect_s + 1 / FPS
"""From here on frames are read: the one before is the last of the baseline."""
CLIPS = ("test11_270", "test02_090", "test00_000a")
"""From the left, from the right, and from the front."""


def watch(poses, ends=()):
    """Return what all of it gave, coming in blocks that end there."""
    watcher = LiveWatcher(EXERCISE, TARGET)
    for first, last in zip([0, *ends], [*ends, len(poses)], strict=True):
        watcher.add(poses[first:last])
    return watcher.finish()


def frames(poses):
    """Return what each frame showed, and the watcher."""
    watcher = LiveWatcher(EXERCISE, TARGET)
    return [watcher.step(poses[i : i + 1]) for i in range(len(poses))], watcher


@cache
def one_repetition():
    return Figure(9.0, fps=FPS).from_standing(2.0, "left").poses()


@cache
def seen_frame_by_frame():
    """Return what each frame of the repetition showed, and what all of it gave."""
    seen, watcher = frames(one_repetition())
    return seen, watcher.finish()


@cache
def seen_live(name):
    """Return what each frame of a clip showed, what all of it gave, and the truth."""
    poses, truth = clip(name)
    seen, watcher = frames(poses)
    return seen, watcher.finish(), truth


def gone(poses, first_s, last_s):
    """Return the poses with nobody in the picture for a while."""
    out = joined([poses])
    away = (out.time_s >= first_s) & (out.time_s < last_s)
    out.image_px[away], out.world_m[away], out.confidence[away] = np.nan, np.nan, 0.0
    return out


# ---------------------------------------------------------------- frame by frame


def test_nothing_is_said_before_the_baseline_is_there():
    seen, _ = frames(one_repetition()[:40])
    assert [s.reading is not None for s in seen] == (one_repetition().time_s[:40] > READY_S).tolist()


def test_a_repetition_is_given_out_once_right_after_it():
    seen, whole = seen_frame_by_frame()
    given_out = [(float(t), r) for t, s in zip(one_repetition().time_s, seen, strict=True) for r in s.repetitions]
    ((when, repetition),) = given_out
    assert (repetition.stepping_leg, repetition.complete, repetition.index) == ("left", True, 1)
    assert repetition.variant == "reverse_lunge_from_standing"
    assert 0.0 < when - repetition.end_s < 1.0
    assert whole.repetitions == (repetition,)


def test_faults_are_of_the_step_that_is_on():
    seen, _ = frames(Figure(6.0, fps=FPS).from_standing(2.0, "left", lean_deg=45.0).poses())
    leaning = [s for s in seen if any(f.check == "trunk_upright" for f in s.faults)]
    assert len(leaning) > 5
    assert {s.phase.step for s in leaning} == {"lunge"}
    assert len({f.since_s for s in leaning for f in s.faults if f.check == "trunk_upright"}) == 1


def test_while_nobody_is_seen_nothing_is_said_and_it_goes_on_afterwards():
    poses = gone(Figure(4.0, fps=FPS).poses(), 2.0, 2.8)
    seen, _ = frames(poses)
    behind = poses.time_s > READY_S
    for time, one in zip(poses.time_s[behind], (s for s, b in zip(seen, behind, strict=True) if b), strict=True):
        assert (one.reading is None) == (2.0 <= time < 2.8)
        assert (one.phase is None) == (one.reading is None)


def test_nobody_at_all_is_nothing():
    poses = gone(Figure(3.0, fps=FPS).poses(), 0.0, 9.0)
    seen, watcher = frames(poses)
    assert all(s.reading is None and s.faults == () for s in seen)
    found = watcher.finish()
    assert (found.repetitions, found.baseline) == ((), "fallback")


def test_nothing_watched_is_nothing_found():
    found = LiveWatcher(EXERCISE, TARGET).finish()
    assert (found.repetitions, found.step_names, len(found.signals)) == ((), (), 0)


# ---------------------------------------------------------------- stretches and parts


@pytest.mark.parametrize("ends", [(), (1, 22, 23, 90)])
def test_it_is_the_same_however_it_comes(ends):
    _, whole = seen_frame_by_frame()
    found = watch(one_repetition(), ends)
    assert found.repetitions == whole.repetitions
    assert (found.step_names, found.notes, found.view) == (whole.step_names, whole.notes, whole.view)
    for name, series in whole.signals.values.items():
        np.testing.assert_array_equal(found.signals.values[name], series)


def test_every_frame_is_judged_once():
    poses, (_, found) = one_repetition(), seen_frame_by_frame()
    np.testing.assert_array_equal(found.signals.time_s, poses.time_s)
    assert len(found.step_names) == len(poses)


def test_a_gap_in_time_starts_anew_with_another_baseline():
    before = Figure(3.0, fps=FPS).poses(90.0)
    after = Figure(3.0, fps=FPS, first_s=3.0 + constants().baseline.longest_gap_s).poses(270.0)
    poses = joined([before, after])
    seen, _ = frames(poses)
    has_reading = np.array([s.reading is not None for s in seen])
    since = np.where(poses.time_s < 3.5, poses.time_s, poses.time_s - after.time_s[0])
    np.testing.assert_array_equal(has_reading, since > READY_S)
    assert seen[len(before) - 1].reading.azimuth_deg == pytest.approx(90.0, abs=1.0)
    assert seen[-1].reading.azimuth_deg == pytest.approx(270.0, abs=1.0)


def test_a_short_gap_does_not():
    poses = Figure(4.0, fps=FPS).poses()
    kept = joined([poses[:30], poses[44:]])
    seen, _ = frames(kept)
    assert all(s.reading is not None for s in seen[30:])


def test_a_repetition_cut_short_by_a_gap_is_given_out_as_unfinished():
    poses = one_repetition()
    middle = int((poses.time_s < 4.2).sum())
    later = Figure(2.0, fps=FPS, first_s=20.0).poses()
    seen, watcher = frames(joined([poses[:middle], later]))
    (repetition,) = seen[middle].repetitions
    assert not repetition.complete
    assert watcher.finish().repetitions == (repetition,)


def test_the_end_of_a_stretch_gives_out_what_was_not_yet_judged():
    poses = one_repetition()
    watcher = LiveWatcher(EXERCISE, TARGET)
    watcher.add(poses[: int((poses.time_s < 6.6).sum())])
    assert [r.complete for r in watcher.end_stretch()] == [True]
    assert watcher.end_stretch() == ()


@pytest.mark.parametrize("is_there", [True, False])
def test_minutes_without_a_repetition_do_not_pile_up(monkeypatch, is_there):
    judged = []
    judge = PartJudge.judge
    monkeypatch.setattr(watching.PartJudge, "judge", lambda self, poses: judged.append(poses) or judge(self, poses))
    minutes = Figure(120.0, fps=2.0).poses()
    watch(minutes if is_there else gone(minutes, 0.0, 999.0))
    assert max(p.time_s[-1] - p.time_s[0] for p in judged) < general().watching.part_s + 1.0
    np.testing.assert_array_equal(np.concatenate([p.time_s for p in judged]), minutes.time_s)


# ---------------------------------------------------------------- clips with truth


@needs_clips
@pytest.mark.parametrize("name", CLIPS)
def test_repetitions_are_as_many_and_as_they_were_done(name):
    _, found, truth = seen_live(name)
    got = [(r.stepping_leg, r.variant, r.complete) for r in found.repetitions]
    assert got == [(r.stepping_leg, r.variant, True) for r in truth.repetitions]
    for one, true in zip(found.repetitions, truth.repetitions, strict=True):
        assert one.end_s == pytest.approx(true.end_s, abs=0.4)


@needs_clips
@pytest.mark.parametrize("name", CLIPS)
def test_steps_are_where_the_whole_file_has_them(name):
    _, found, _ = seen_live(name)
    watcher = Watcher(PartJudge(EXERCISE, TARGET))
    watcher.add(clip(name)[0])
    for one, other in zip(found.repetitions, watcher.finish().repetitions, strict=True):
        assert [s.name for s in one.steps] == [s.name for s in other.steps]
        times = [(s.start_s, s.end_s) for s in one.steps]
        np.testing.assert_allclose(times, [(s.start_s, s.end_s) for s in other.steps], atol=0.15)


@needs_clips
@pytest.mark.parametrize("name", CLIPS)
def test_the_lunge_shows_while_it_is_held(name):
    """The step on the screen against truth: late by the time it takes to be sure, early by the network's error."""
    seen, _, truth = seen_live(name)
    times = np.array([s.reading.time_s for s in seen if s.reading is not None])
    shown = np.array([s.phase.step for s in seen if s.reading is not None])
    for repetition in truth.repetitions:
        held = repetition.step("lunge")
        middle = (times > held.start_s + 0.6) & (times < held.end_s - 0.4)
        assert set(shown[middle]) == {"lunge"}
        apart = (times < held.start_s - 1.0) | (times > held.end_s + 1.0)
        near = (times > repetition.start_s) & (times < repetition.end_s)
        assert "lunge" not in shown[apart & near]


@needs_clips
@pytest.mark.parametrize("name", CLIPS)
def test_each_repetition_is_given_out_in_the_frame_in_which_it_settles(name):
    seen, found, _ = seen_live(name)
    assert [len(s.repetitions) for s in seen if s.phase is not None and s.phase.settled] == [1] * len(found.repetitions)
    assert sum(len(s.repetitions) for s in seen) == len(found.repetitions)
