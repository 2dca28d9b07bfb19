"""Long videos: cut where somebody stands, judged part by part, kept on disk."""

import gc
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import people
from analyses import repetition
from lunge import watching
from lunge.constants import constants
from lunge.errors import OutputError
from lunge.exercises import load
from lunge.judging import judged
from lunge.measuring import measured, prepared, without_frames
from lunge.records import Target
from lunge.spool import DTYPE, Column
from lunge.watching import PartJudge, Watcher, cut_at

QUIET_S = constants().watching.quiet_s
TARGET = Target()
FILES, FULL = Path("/proc/self/fd"), Path("/dev/full")
MOVING = ((3.0, 6.0), (9.0, 12.0), (15.0, 18.0))


def blocks_of(poses, frames=30):
    return [poses[i : i + frames] for i in range(0, len(poses), frames)]


def watch(blocks):
    watcher = Watcher(PartJudge(load("reverse_lunge"), TARGET))
    for block in blocks:
        watcher.add(block)
    return watcher.finish()


def with_times(monkeypatch, **changes):
    """Make the times that rule the cutting short, so that short poses are long."""
    usual = constants()
    short = replace(usual, watching=replace(usual.watching, **changes))
    monkeypatch.setattr(watching, "constants", lambda: short)


@pytest.fixture
def parts(monkeypatch):
    """The poses of every part that is judged, as they come."""
    seen = []

    def judge(part, *rest):
        seen.append(part.raw)
        return judged(part, *rest)

    monkeypatch.setattr(watching, "judged", judge)
    return seen


# ---------------------------------------------------------------- where to cut


@given(st.lists(st.booleans(), min_size=1, max_size=120), st.sampled_from([1.0, 3.0, 30.0]))
def test_the_cut_is_in_the_last_quiet_standing_with_something_behind(standing, fps):
    time = np.arange(len(standing)) / fps
    wanted = None
    for first in range(len(standing)):
        for last in range(first, len(standing)):
            whole = all(standing[first : last + 1])
            alone = not any(standing[i] for i in (first - 1, last + 1) if 0 <= i < len(standing))
            middle = (first + last) // 2
            if whole and alone and time[last] - time[first] >= QUIET_S and 0 < middle < len(standing) - 1:
                wanted = middle
    assert cut_at(time, np.array(standing)) == wanted


def test_parts_are_cut_while_standing_never_in_a_movement(parts, monkeypatch):
    with_times(monkeypatch, part_s=5.0, again_s=1.0)
    poses = people.standing(21.0, moving=MOVING)
    found = watch(blocks_of(poses))
    assert len(parts) >= 3
    for part in parts[:-1]:
        assert not any(start - 0.1 < part.time_s[-1] < end + 0.1 for start, end in MOVING)
    np.testing.assert_array_equal(np.concatenate([p.time_s for p in parts]), poses.time_s)
    np.testing.assert_array_equal(found.signals.time_s, poses.time_s)
    assert len(found.step_names) == len(poses)
    assert found.baseline == "standing"


def test_without_standing_the_search_goes_on_until_a_part_is_too_long(parts, monkeypatch):
    with_times(monkeypatch, part_s=2.0, again_s=2.0, longest_s=8.0)
    looked = []
    monkeypatch.setattr(watching, "prepared", lambda poses: looked.append(len(poses)) or prepared(poses))
    poses = people.standing(20.0, moving=((0.0, 20.0),))
    found = watch(blocks_of(poses))
    assert [round(p.time_s[-1] - p.time_s[0]) for p in parts] == [9, 9, 2]
    assert len(looked) == 2 * 4, "after 2, 4, 6 and 8 s of each part, when the block is whole"
    np.testing.assert_array_equal(found.signals.time_s, poses.time_s)
    assert found.baseline == "fallback"
    assert any("Quiet standing was not seen" in str(note) for note in found.notes)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(1, 100), max_size=6))
def test_a_short_video_is_one_part_however_it_comes(cuts):
    poses = people.standing(3.0, moving=((1.5, 2.0),))
    ends = sorted({min(c, len(poses)) for c in cuts} | {len(poses)})
    found = watch([poses[a:b] for a, b in zip([0, *ends], ends, strict=False)])
    whole = judged(measured(poses), load("reverse_lunge"), TARGET)
    assert found.step_names == whole.step_names
    for name, series in whole.signals.values.items():
        np.testing.assert_array_equal(found.signals.values[name], series.astype(np.float32))


def test_nothing_watched_is_nothing_found():
    found = watch([])
    assert (found.repetitions, found.step_names, len(found.signals)) == ((), (), 0)
    assert found.view.kind is None


# ---------------------------------------------------------------- what the parts give together


def test_repetitions_are_counted_on_from_part_to_part(monkeypatch):
    with_times(monkeypatch, part_s=5.0, again_s=1.0)
    gone_by = []

    def judge(part, *rest):
        gone_by.append(len(part.raw))
        number = len(gone_by)
        made = tuple(repetition(i + 1, complete=(number, i) != (2, 1)) for i in range(number))
        return replace(judged(part, *rest), repetitions=made, landed=(number != 1,) * number)

    monkeypatch.setattr(watching, "judged", judge)
    found = watch(blocks_of(people.standing(15.0)))
    total = len(gone_by) * (len(gone_by) + 1) // 2
    assert len(gone_by) >= 2
    assert [r.index for r in found.repetitions] == list(range(1, total + 1))
    assert tuple(map(str, found.notes)) == (
        "Repetition 1: the clip ends before the foot has landed.",
        "Repetition 3 is unfinished: the clip ends before the rise.",
    )


def test_a_body_once_known_is_handed_to_later_parts_without_its_landmarks(monkeypatch):
    with_times(monkeypatch, part_s=5.0, again_s=1.0)
    known = []

    def measure(poses, body, model):
        known.append(body)
        return measured(poses, body, model)

    monkeypatch.setattr(watching, "measured", measure)
    watch(blocks_of(people.standing(15.0)))
    assert known[0] is None
    assert all(b is known[1] for b in known[1:])
    assert (len(known[1].seen), len(known[1].flat), len(known[1].seen_body.standing)) == (0, 0, 0)


def test_a_body_without_its_landmarks_is_the_same_body():
    ready = prepared(people.standing(2.0))
    light = without_frames(ready)
    assert ready.seen_body.standing.any()
    for one, two in ((light.seen_body, ready.seen_body), (light.flat_body, ready.flat_body)):
        assert replace(one, standing=None) == replace(two, standing=None)


# ---------------------------------------------------------------- on disk


@given(st.lists(st.integers(0, 7), max_size=6), st.sampled_from([(), (2,), (3, 2)]), st.integers(0, 2**32 - 1))
def test_a_column_gives_back_what_was_appended(lengths, shape, seed):
    rng = np.random.default_rng(seed)
    pieces = [rng.normal(size=(n, *shape)) for n in lengths]
    column = Column(shape)
    for piece in pieces:
        column.append(piece)
    np.testing.assert_array_equal(column.array(), np.concatenate([np.zeros((0, *shape)), *pieces]).astype(DTYPE))


def test_a_column_may_be_read_and_go_on_growing():
    column = Column((2,))
    column.append(np.ones((3, 2)))
    first = column.array()
    column.append(np.full((2, 2), 7.0))
    assert first.tolist() == [[1, 1]] * 3
    assert column.array().tolist() == [[1, 1]] * 3 + [[7, 7]] * 2


def test_series_lie_on_disk_and_leave_nothing_there(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = watch(blocks_of(people.standing(2.0)))
    assert all(isinstance(s, np.memmap) for s in (*found.signals.values.values(), *found.signals.sds.values()))
    del found
    gc.collect()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not FILES.exists(), reason="counts open files as Linux lists them")
def test_a_column_that_is_gone_has_closed_its_file():
    before = len(list(FILES.iterdir()))
    columns = [Column((1,)) for _ in range(5)]
    assert len(list(FILES.iterdir())) == before + 5
    del columns
    gc.collect()
    assert len(list(FILES.iterdir())) == before


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, a disk that is always full")
@pytest.mark.parametrize("buffer", [0, 1 << 16])
def test_a_full_temporary_folder_is_said_in_a_sentence_and_nothing_else(monkeypatch, buffer):
    """What is still in the buffer cannot be written when the column goes, either: nobody wants to hear it again."""
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda prefix: FULL.open("r+b", buffering=buffer))
    ignored = []
    monkeypatch.setattr(sys, "unraisablehook", ignored.append)
    column = Column((1,))
    with pytest.raises(OutputError, match="is full"):  # noqa: PT012
        column.append(np.zeros((10, 1)))
        column.array()
    del column
    gc.collect()
    assert ignored == []
