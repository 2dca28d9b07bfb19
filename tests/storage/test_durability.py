"""What can go wrong around a database: each is one sentence, and nothing is lost by it."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import lunge
from lunge.errors import BusyStoreError, CorruptStoreError, OutputError, StorageError
from lunge.storage import Store
from lunge.storage.constants import constants
from lunge.storage.places import place_of
from lunge.storage.records import DiaryEntry
from stored import NOON, ZONE, keep

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(lunge.__file__).parents[1])}
WRITER = """
import sys
from pathlib import Path
from lunge.storage import Store
sys.path.insert(0, sys.argv[2])
from stored import NOON, ZONE
from lunge.storage.records import DiaryEntry
with Store.open(Path(sys.argv[1])) as store:
    for i in range(20):
        store.diary.put(DiaryEntry(at=NOON, zone=ZONE, day=NOON.date(), moment="after", back=i % 11))
"""


def entry(note=""):
    return DiaryEntry(at=NOON, zone=ZONE, day=NOON.date(), moment="after", note=note)


@pytest.fixture
def impatient(monkeypatch):
    found = constants()
    short = replace(found, database=replace(found.database, wait_s=0.05))
    monkeypatch.setattr("lunge.storage.database.constants", lambda: short)


def test_a_write_is_on_the_disk_before_it_returns_and_for_its_owner_alone(file_store):
    with file_store.database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    files = list(file_store.database.place.folder.glob("lunge.db*"))
    assert len(files) == 3
    assert {file.stat().st_mode & 0o077 for file in files} == {0}
    assert file_store.database.place.folder.stat().st_mode & 0o077 == 0


def test_what_was_written_can_be_read_elsewhere_at_once(file_store):
    file_store.diary.put(entry("here"))
    with closing(sqlite3.connect(file_store.database.place.file)) as beside:
        assert beside.execute("SELECT note FROM diary").fetchall() == [("here",)]


def test_a_write_that_fails_in_the_middle_leaves_nothing(store):
    twice = "INSERT INTO backups (path, at) VALUES ('x', '2026-01-01 00:00:00'), ('x', '2026-01-01 00:00:00')"
    with pytest.raises(StorageError), store.database.writing() as connection:
        connection.exec_driver_sql(twice)
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM backups").scalar() == 0


@pytest.mark.parametrize("content", [b"this is no database" * 400, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_damaged_file_is_said_and_left_as_it_is(tmp_path, content):
    (tmp_path / "lunge.db").write_bytes(content)
    with pytest.raises(CorruptStoreError, match="lunge restore"):
        Store.open(tmp_path)
    assert (tmp_path / "lunge.db").read_bytes() == content


def test_damage_inside_is_said_when_it_is_met(tmp_path):
    with Store.open(tmp_path) as store:
        for i in range(300):
            store.settings.put({f"name {i}": "x" * 400}, NOON, ZONE)
    file = tmp_path / "lunge.db"
    content = bytearray(file.read_bytes())
    with closing(sqlite3.connect(file)) as opened:
        (root,) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'settings'").fetchone()
        (size,) = opened.execute("PRAGMA page_size").fetchone()
    content[(root - 1) * size : root * size] = b"\xff" * size
    file.write_bytes(content)
    with Store.open(tmp_path) as store, pytest.raises(CorruptStoreError, match="is damaged"):
        store.settings.all()
    assert file.read_bytes()[(root - 1) * size : root * size] == b"\xff" * size


def test_a_full_disk_is_said_and_nothing_is_lost(file_store):
    kept = entry("kept")
    file_store.diary.put(kept)
    with file_store.database.apart() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={connection.exec_driver_sql('PRAGMA page_count').scalar()}")
    with pytest.raises(StorageError, match="the disk is full"):
        file_store.diary.put(entry("x" * 100_000))
    assert file_store.diary.all() == (kept,)
    with pytest.raises(StorageError, match="the disk is full"):
        keep(file_store, name="x" * 100_000)
    assert list(file_store.folders.folder.iterdir()) == []


def test_a_file_that_may_not_be_written_is_said(file_store):
    kept = entry("kept")
    file_store.diary.put(kept)
    with file_store.database.apart() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StorageError, match="read-only"):
        file_store.diary.put(entry())
    assert file_store.diary.all() == (kept,)


@pytest.mark.parametrize("where", ["a file", "a file/below"])
def test_a_folder_that_cannot_be_made_is_said(tmp_path, where):
    (tmp_path / "a file").write_text("in the way")
    with pytest.raises(OutputError, match="Choose another folder"):
        Store.open(tmp_path / where)


def test_a_folder_in_the_place_of_the_database_is_said(tmp_path):
    (tmp_path / "lunge.db").mkdir()
    with pytest.raises(OutputError, match=r"lunge\.db cannot be written"):
        Store.open(tmp_path)


def test_who_writes_too_long_is_said(file_store, tmp_path, impatient):
    with Store.open(file_store.database.place.folder) as second:
        with file_store.database.writing(), pytest.raises(BusyStoreError, match="Close it"):
            second.diary.put(entry())
        second.diary.put(entry())
    assert len(file_store.diary.all()) == 1


def test_reading_does_not_wait_for_who_writes(file_store, impatient):
    file_store.diary.put(entry())
    with Store.open(file_store.database.place.folder) as second, file_store.database.writing():
        assert len(second.diary.all()) == 1


def test_two_programs_open_and_write_at_once(tmp_path):
    command = [sys.executable, "-c", WRITER, str(tmp_path / "home"), str(ROOT / "tests")]
    running = [subprocess.Popen(command, env=ENVIRONMENT) for _ in range(2)]
    assert [run.wait() for run in running] == [0, 0]
    with Store.open(tmp_path / "home") as store:
        assert len(store.diary.all()) == 40


def test_nothing_confirmed_is_lost_when_the_program_is_killed():
    command = [sys.executable, str(ROOT / "bench" / "kill.py"), "--times", "3"]
    run = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


# ---------------------------------------------------------------- the address


@pytest.mark.parametrize("url", ["nothing", "mysql://somebody@host/lunge", "sqlite:///lunge.db"])
def test_an_address_that_is_none_is_said(tmp_path, url):
    with pytest.raises(StorageError, match="postgresql://user@host/lunge"):
        Store.open(tmp_path, url)


def test_a_server_that_does_not_answer_is_said_without_its_password(tmp_path):
    pytest.importorskip("psycopg")
    with pytest.raises(StorageError, match="does not answer") as caught:
        Store.open(tmp_path, "postgresql://me:secret@127.0.0.1:9/lunge")
    assert "secret" not in caught.value.message


def test_the_address_comes_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("LUNGE_DATABASE_URL", "postgresql://me@host/lunge")
    place = place_of(tmp_path)
    assert place.file is None
    assert str(place) == "postgresql+psycopg://me@host/lunge"
    assert place.sets == tmp_path / "sets"
