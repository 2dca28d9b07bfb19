"""Backups: made while others write, checked before they are taken over, nothing overwritten."""

import sqlite3
import zipfile
from contextlib import closing

import pytest

from lunge.errors import (
    ArchiveError,
    BusyStoreError,
    CorruptStoreError,
    MissingFileError,
    NewerStoreError,
    StorageError,
)
from lunge.storage import Store
from lunge.storage.backup import backup, begin_anew, restore
from lunge.storage.places import place_of
from lunge.storage.records import DiaryEntry
from stored import NOON, OWN, ZONE, keep, own_in, populate, put_own


def entry(note):
    return DiaryEntry(at=NOON, zone=ZONE, day=NOON.date(), moment="after", note=note)


@pytest.fixture
def made(tmp_path):
    """A folder with one of everything, and a backup of it."""
    with Store.open(tmp_path / "home") as store:
        populate(store)
        backup(store, tmp_path / "copy.zip")
    return tmp_path / "home", tmp_path / "copy.zip"


def test_a_backup_brings_everything_back_elsewhere(made, tmp_path):
    home, copy = made
    assert copy.stat().st_mode & 0o077 == 0
    assert restore(place_of(tmp_path / "other"), copy) is None
    with Store.open(home) as old, Store.open(tmp_path / "other") as new:
        assert new.sets.all() == old.sets.all()
        assert new.diary.all() == old.diary.all()
        assert new.choices.all() == old.choices.all()
        for done in old.sets.all():
            found = new.sets.file(done.id, "landmarks.npz")
            assert found.read_bytes() == old.sets.file(done.id, "landmarks.npz").read_bytes()


def test_a_backup_has_what_was_only_in_the_log_and_nothing_half_done(file_store, tmp_path):
    file_store.diary.put(entry("kept"))
    with file_store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM diary")
        copied = tmp_path / "copy.db"
        with (
            closing(sqlite3.connect(file_store.database.place.file)) as old,
            closing(sqlite3.connect(copied)) as new,
        ):
            old.backup(new)
            assert new.execute("SELECT note FROM diary").fetchall() == [("kept",)]


def test_what_was_there_is_put_aside_and_newer_sets_stay(made):
    home, copy = made
    with Store.open(home) as store:
        store.diary.put(entry("later"))
        later = keep(store)
    aside = restore(place_of(home), copy)
    with Store.open(home) as store:
        assert len(store.diary.all()) == 1
        assert store.sets.get(later.id) == later
    with closing(sqlite3.connect(aside)) as before:
        assert before.execute("SELECT count(*) FROM diary").fetchone() == (2,)
    assert aside.name.startswith("lunge.db.before-")
    assert aside.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "begin", [lambda home, copy: restore(place_of(home), copy), lambda home, _: begin_anew(place_of(home))]
)
def test_a_damaged_database_is_put_aside(made, begin):
    home, copy = made
    (home / "lunge.db").write_bytes(b"damaged" * 1000)
    with pytest.raises(CorruptStoreError):
        Store.open(home)
    aside = begin(home, copy)
    assert aside.name.startswith("lunge.db.corrupt-")
    assert aside.read_bytes() == b"damaged" * 1000
    with Store.open(home) as store:
        assert len(store.sets.all()) == 2
        assert len(store.sets.repetitions("20260304-120000-0000")) == 2


def test_who_begins_anew_keeps_the_sets_in_the_folder(made):
    home, _ = made
    with Store.open(home) as store:
        before = store.sets.all()
    begin_anew(place_of(home))
    with Store.open(home) as store:
        assert store.sets.all() == before
        assert store.diary.all() == ()


def test_nothing_is_replaced_while_a_program_has_it_open(made, monkeypatch):
    home, copy = made
    with Store.open(home) as store:
        store.diary.put(entry("open"))
        with pytest.raises(BusyStoreError, match="End it first"):
            restore(place_of(home), copy)
        with pytest.raises(BusyStoreError):
            begin_anew(place_of(home))
        assert len(store.diary.all()) == 2
    assert sorted(path.name for path in home.iterdir()) == ["lunge.db", "sets"]


def test_files_of_ones_own_come_back_and_what_differs_is_put_aside(file_store, tmp_path):
    home = file_store.database.place.folder
    put_own(home)
    copy = backup(file_store, tmp_path / "copy.zip")
    later = {"exercises/gentle_lunge.toml": b"changed", "questionnaires/later.json": b"[]"}
    put_own(home, later)
    file_store.close()
    restore(place_of(home), copy)
    found = own_in(home)
    (aside,) = [name for name in found if ".before-" in name]
    assert aside.startswith("exercises/gentle_lunge.toml.before-")
    assert found.pop(aside) == b"changed"
    assert found == OWN | {"questionnaires/later.json": b"[]", "exercises/notes.txt": b"mine"}
    assert (home / "exercises" / "gentle_lunge.toml").stat().st_mode & 0o077 == 0


# ---------------------------------------------------------------- what is no backup


def unchanged(home):
    with Store.open(home) as store:
        return len(store.diary.all()) == 1 and sorted(p.name for p in home.glob("*.db.*")) == []


def with_database(copy, content):
    bad = copy.with_name("bad.zip")
    with zipfile.ZipFile(copy) as old, zipfile.ZipFile(bad, "w") as new:
        new.writestr("manifest.json", old.read("manifest.json"))
        new.writestr("lunge.db", content)
    return bad


def test_what_is_not_there_is_said(made, tmp_path):
    with pytest.raises(MissingFileError):
        restore(place_of(made[0]), tmp_path / "none")


@pytest.mark.parametrize("content", [b"", b"this is no database" * 100])
def test_a_damaged_backup_is_said_and_nothing_changes(made, content):
    home, copy = made
    with pytest.raises(ArchiveError):
        restore(place_of(home), with_database(copy, content))
    copy.write_bytes(copy.read_bytes()[:-100])
    with pytest.raises(ArchiveError, match="is not a backup of lunge"):
        restore(place_of(home), copy)
    assert unchanged(home)


def test_another_programs_database_is_refused(made, tmp_path):
    home, copy = made
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE diary (note TEXT)")
    with pytest.raises(ArchiveError, match="none of lunge"):
        restore(place_of(home), with_database(copy, (tmp_path / "other.db").read_bytes()))
    assert unchanged(home)


def test_a_newer_backup_is_refused(made, tmp_path):
    home, copy = made
    with zipfile.ZipFile(copy) as archive:
        archive.extract("lunge.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "lunge.db")) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerStoreError):
        restore(place_of(home), with_database(copy, (tmp_path / "lunge.db").read_bytes()))
    assert unchanged(home)


def test_a_damaged_database_is_not_backed_up(tmp_path):
    with Store.open(tmp_path / "home") as store:
        store.settings.put({f"name {i}": "x" * 400 for i in range(300)}, NOON, ZONE)
    file = tmp_path / "home" / "lunge.db"
    content = bytearray(file.read_bytes())
    content[-3 * 4096 :] = b"\xff" * (3 * 4096)
    file.write_bytes(content)
    with Store.open(tmp_path / "home") as store, pytest.raises(StorageError, match="damaged"):
        backup(store, tmp_path / "copy.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


def test_a_server_has_its_own_backups(tmp_path, maintenance):
    from postgres import new_database

    with (
        Store.open(tmp_path / "home", new_database(maintenance, "lunge_backup")) as store,
        pytest.raises(StorageError, match="lunge export"),
    ):
        backup(store, tmp_path / "copy.zip")
