"""Lowerings counted while they are done: each once, as in the file, in memory that does not grow."""

from dataclasses import replace

import numpy as np
import pytest

from lunge.lowering import LoweringCounter
from lunge.lowering.constants import constants
from lunge.poses import joined
from rendered import lowered, needs_clips

BLOCK = 8


def counted(poses, counter=None):
    counter = counter or LoweringCounter()
    found = []
    for first in range(0, len(poses), BLOCK):
        found += counter.add(poses[first : first + BLOCK])
    return [*found, *counter.finish()]


def thinned(poses):
    """Every third frame: ten a second are enough to find them."""
    return poses[np.arange(0, len(poses), 3)]


def later(poses, by_s):
    return replace(poses, time_s=poses.time_s + by_s)


@needs_clips
@pytest.mark.parametrize("name", ["pick_up_fit_000", "pick_up_test_270"])
def test_they_are_the_true_ones_each_once(name):
    poses, truth = lowered(name)
    found = counted(poses)
    assert [low.kind for low in found] == [low.kind for low in truth.lowerings]
    for got, want in zip(found, truth.lowerings, strict=True):
        assert want.start_s < got.bottom_s < want.end_s


@needs_clips
def test_over_a_long_time_each_counts_and_little_is_kept():
    poses, truth = lowered("pick_up_test_270")
    poses = thinned(poses)
    length = float(poses.time_s[-1]) + 0.5
    counter, found, most = LoweringCounter(), [], 0
    for turn in range(3):
        part = later(poses, turn * length)
        for first in range(0, len(part), BLOCK):
            found += counter.add(part[first : first + BLOCK])
            most = max(most, sum(len(p) for p in counter._waiting))
    found += counter.finish()
    assert [low.kind for low in found] == 3 * [low.kind for low in truth.lowerings]
    rate = len(poses) / length
    assert most <= rate * (constants().counting.window_s + constants().counting.look_every_s)


@needs_clips
def test_one_that_lasts_is_counted_once():
    poses, truth = lowered("pick_up_fit_060")
    poses = thinned(poses)
    kneel = truth.lowerings[0]
    bottom = int(np.searchsorted(poses.time_s, kneel.bottom_s))
    down, rest = poses[:bottom], poses[bottom:]
    step = float(np.median(np.diff(poses.time_s)))
    stays_s = 2.5 * constants().counting.longest_s
    held = [later(poses[bottom : bottom + 1], step * i) for i in range(1, int(stays_s / step))]
    found = counted(joined([down, *held, later(rest, stays_s)]))
    assert [low.kind for low in found] == [low.kind for low in truth.lowerings]


@needs_clips
def test_nobody_in_the_picture_counts_nothing():
    poses, _ = lowered("pick_up_fit_060")
    empty = replace(
        poses,
        image_px=np.full_like(poses.image_px, np.nan),
        world_m=np.full_like(poses.world_m, np.nan),
        confidence=np.zeros_like(poses.confidence),
    )
    assert counted(empty) == []
