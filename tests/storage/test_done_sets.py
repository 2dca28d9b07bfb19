"""Sets in the store: rows, folders, figures."""

import json
from dataclasses import replace
from datetime import timedelta
from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from analyses import effects, finding, repetition
from lunge.errors import MissingFileError, OutputError, StorageError
from lunge.storage import Store
from lunge.storage.set_files import sha256_of
from lunge.storage.set_records import findings_from, repetitions_from, set_from
from stored import NOON, REPETITIONS, ZONE, document_of, fill, keep

MANY = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
ORDER = ("repetition", "check", "measure", "step")


def by_order(findings):
    return tuple(sorted(findings, key=lambda one: [getattr(one, name) for name in ORDER]))


def test_a_set_comes_back_with_all_its_parts(store):
    @MANY
    @given(REPETITIONS)
    def comes_back(repetitions):
        done = keep(store, repetitions, wishes={"hold_s": 3.0}, effort=4, back_before=2)
        document = document_of(repetitions)
        assert store.sets.get(done.id) == done
        assert store.sets.repetitions(done.id) == repetitions_from(document, done.id)
        assert store.sets.findings(done.id) == by_order(findings_from(document, done.id))

    comes_back()


def test_the_counts_of_a_set_are_those_of_its_repetitions(store):
    passed = finding(result="pass")
    repetitions = [
        repetition(findings=(passed,)),
        repetition(findings=(passed, finding(check="steadiness", result="fail"))),
        repetition(findings=(finding(result="cannot_judge"),), stepping_leg="right"),
        repetition(findings=(), complete=False, stepping_leg=None),
    ]
    done = keep(store, repetitions)
    assert (done.left, done.right, done.other, done.in_form) == (2, 1, 1, 2)
    assert [one.in_form for one in store.sets.repetitions(done.id)] == [True, False, True, False]


def test_effects_are_counted_up_for_the_leg_that_they_belong_to(store):
    inside = [
        effects(rectus_femoris=(12.0, 8.08, 15.92), front_demand=(1.4, 0.9, 1.9)),
        effects(rectus_femoris=(14.0, 10.08, 17.92), front_demand=(0.4, -0.1, 0.9)),
        effects(),
    ]
    keep(store, [repetition()] * 3, inside=inside)
    found = {one.measure: one for one in store.trend("effects")}
    assert set(found) == {"rectus_femoris", "front_demand"}
    stretch, load = found["rectus_femoris"], found["front_demand"]
    assert (stretch.leg, load.leg) == ("left", "right")  # repetitions step back with the left leg
    assert (stretch.judged, stretch.mean, stretch.unit, load.passed) == (2, 13.0, "percent", 1)
    # Two sds of the model to the sd of two values two apart: neither the interval nor the repetitions alone.
    assert stretch.sd == pytest.approx(np.hypot(2.0, np.sqrt(2.0)))


def test_a_set_of_a_version_without_effects_has_none(store):
    document = document_of([repetition()])
    del document["repetitions"][0]["effects"]
    done = set_from(document, "20260304-120000-0000", NOON, ZONE, "live")
    store.sets.keep(done, document, lambda folder: fill(folder, done.id, document))
    assert store.trend("effects") == ()


def test_its_files_lie_in_its_folder_for_their_owner_alone(store):
    done = keep(store)
    landmarks = store.sets.file(done.id, "landmarks.npz")
    assert landmarks.read_text() == done.id
    assert done.landmarks_sha256 == sha256_of(landmarks)
    assert json.loads(store.sets.file(done.id, "set.json").read_text())["id"] == done.id
    assert landmarks.parent.parent.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in landmarks.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["../lunge.db", "other.txt", "", "landmarks.npz/.."])
def test_no_name_leads_out_of_the_folder(store, name):
    done = keep(store)
    with pytest.raises(MissingFileError):
        store.sets.file(done.id, name)
    with pytest.raises(MissingFileError):
        store.sets.file("..", "landmarks.npz")


def test_the_newest_sets_come_first(store):
    first, second, third = (keep(store, at=NOON + timedelta(days=day)) for day in range(3))
    assert store.sets.all() == (third, second, first)
    assert store.sets.all(limit=2) == (third, second)


def test_what_is_entered_later_changes_and_nothing_else(store):
    done = keep(store)
    store.sets.amend(replace(done, effort=6, back_after=1, left=99, stopped_why="pain"))
    after = replace(done, effort=6, back_after=1, stopped_why="pain")
    assert store.sets.get(done.id) == after
    assert json.loads(store.sets.file(done.id, "set.json").read_text())["effort"] == 6


def test_a_set_that_is_not_there_is_said(store):
    with pytest.raises(MissingFileError):
        store.sets.get("20260101-120000-abcd")
    with pytest.raises(MissingFileError):
        store.sets.amend(replace(keep(store), id="20260101-120000-abcd"))
    assert store.sets.repetitions("20260101-120000-abcd") == ()


def test_a_deleted_set_leaves_neither_rows_nor_files(store):
    first, second = keep(store), keep(store)
    store.sets.remove([first.id, "20260101-120000-abcd"])
    assert store.sets.all() == (second,)
    assert store.sets.findings(first.id) == ()
    assert [path.name for path in store.folders.folder.iterdir()] == [second.id]
    assert {one.set_id for one in store.trend("trunk_upright")} == {second.id}


def test_figures_are_means_over_the_repetitions_of_a_leg(store):
    @MANY
    @given(REPETITIONS)
    def are_means(repetitions):
        done = keep(store, repetitions)
        (figures,) = (one for one in store.progress() if one.set_id == done.id)
        kept = store.sets.repetitions(done.id)
        assert set(figures.legs) == {one.leg for one in kept}
        for leg, of_leg in figures.legs.items():
            depths = [one.depth_deg for one in kept if one.leg == leg and one.depth_deg is not None]
            assert of_leg.repetitions == sum(one.leg == leg for one in kept)
            assert of_leg.in_form == sum(one.leg == leg and one.in_form for one in kept)
            assert of_leg.depth_deg == (fmean(depths) if depths else None)
            assert of_leg.hold_in_form_s == pytest.approx(0.4)

    are_means()


def test_the_trend_of_a_check_leaves_out_what_could_not_be_judged(store):
    values = (10.0, 14.0, 99.0)
    results = ("pass", "fail", "cannot_judge")
    said = [repetition(findings=(finding(value=v, result=r),)) for v, r in zip(values, results, strict=True)]
    done = keep(store, [*said, repetition(stepping_leg="right", findings=(finding(value=5.0, result="pass"),))])
    left, right = store.trend("trunk_upright")
    assert (left.set_id, left.leg, left.judged, left.passed, left.mean) == (done.id, "left", 2, 1, 12.0)
    assert left.spread == pytest.approx(stdev(values[:2]))
    assert (right.leg, right.judged, right.mean, right.spread, right.sd) == ("right", 1, 5.0, None, 8.0)
    assert store.trend("nothing") == ()


def test_progress_is_of_a_period(store):
    first, second = keep(store), keep(store, at=NOON + timedelta(days=1))
    assert [one.set_id for one in store.progress()] == [first.id, second.id]
    assert [one.set_id for one in store.progress(since=second.at)] == [second.id]
    assert [one.set_id for one in store.progress(until=second.at)] == [first.id]


# ---------------------------------------------------------------- stopped in the middle


def test_a_folder_without_rows_is_taken_up(tmp_path, url):
    with Store.open(tmp_path, url) as store:
        done = keep(store, level=3)
        document = document_of([repetition()])
        store.folders.place("20260304-120000-ffff", lambda folder: orphan(folder, done, document))
    with Store.open(tmp_path, url) as store:
        found = store.sets.get("20260304-120000-ffff")
        assert found == replace(done, id=found.id)
        assert store.sets.repetitions(found.id) == repetitions_from(document, found.id)


def orphan(folder, done, document):
    fill(folder, done.id)
    row = {**{name: getattr(done, name) for name in done.__slots__}, "id": "20260304-120000-ffff"}
    (folder / "set.json").write_text(json.dumps({**row, "at": done.at.isoformat()}))
    (folder / "findings.json").write_text(json.dumps(document))


def test_deleting_that_was_begun_is_finished(tmp_path, url):
    with Store.open(tmp_path, url) as store:
        first, second = keep(store), keep(store)
        store.folders.hide([first.id])
    with Store.open(tmp_path, url) as store:
        assert store.sets.all() == (second,)
        assert [path.name for path in store.folders.folder.iterdir()] == [second.id]


def test_what_was_left_half_written_goes_after_a_day(tmp_path, url, monkeypatch):
    with Store.open(tmp_path, url) as store:
        keep(store)
        half = store.folders.folder / ".20260101-120000-abcd.part"
        half.mkdir()
        store.refresh()
        assert half.is_dir()
        monkeypatch.setattr("lunge.storage.set_files.time.time", lambda: half.stat().st_mtime + 24 * 3600 + 1)
        store.refresh()
        assert not half.exists()


def test_a_set_whose_files_cannot_be_written_leaves_nothing_behind(store):
    def full(folder):
        fill(folder)
        raise OSError(28, "No space left on device")

    done = keep(store)
    with pytest.raises(OutputError, match="the disk is full"):
        store.sets.keep(replace(done, id="20260304-120000-ffff"), document_of([]), full)
    assert [path.name for path in store.folders.folder.iterdir()] == [done.id]
    assert store.sets.all() == (done,)


def test_a_set_whose_rows_cannot_be_written_leaves_nothing_behind(store, monkeypatch):
    def failing(*_):
        raise StorageError("errors.store.full", where="here")

    monkeypatch.setattr("lunge.storage.sets.insert_set", failing)
    with pytest.raises(StorageError):
        keep(store)
    assert list(store.folders.folder.iterdir()) == []
