"""The tables: made by the migrations as the code knows them, and never by an older version over a newer one."""

import json
from datetime import UTC, date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from analyses import repetition
from lunge.errors import NewerStoreError
from lunge.storage import Store
from lunge.storage.migrating import REVISIONS, migrate
from lunge.storage.tables import METADATA
from stored import document_of, fill, keep

ID = "20260304-120000-ffff"


def differences(store):
    with store.database.reading() as connection:
        return compare_metadata(MigrationContext.configure(connection), METADATA)


def test_the_migrations_make_the_tables_that_the_code_knows(store):
    assert differences(store) == []


def test_every_migration_is_named_in_its_order():
    config = Config()
    config.set_main_option("script_location", "lunge.storage:migrations")
    config.set_main_option("path_separator", "os")
    found = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in found)[::-1] == REVISIONS


def test_tables_that_are_up_to_date_stay_as_they_are(store, monkeypatch):
    monkeypatch.setattr("lunge.storage.migrating._upgrade", lambda connection: pytest.fail("there was nothing to do"))
    migrate(store.database)


def test_what_a_newer_version_wrote_is_left_alone(tmp_path, url):
    with Store.open(tmp_path, url) as store:
        done = keep(store)
        with store.database.writing() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerStoreError, match="Update lunge"):
        Store.open(tmp_path, url)
    with pytest.raises(NewerStoreError):
        store.refresh()
    assert store.sets.get(done.id) == done
    store.close()


# ---------------------------------------------------------------- what versions without a database kept


def older_set(home, document=None, card=None):
    folder = home / "sets" / ID
    folder.mkdir(parents=True)
    fill(folder)
    if document is not None:
        (folder / "findings.json").write_text(json.dumps(document))
    usual = {"made": "2026-03-04T12:00:00+00:00", "origin": "video", "name": "me.mp4", "duration_s": 8.5}
    (folder / "set.json").write_text(json.dumps({**usual, "left": 1, "right": 0, "other": 0, **(card or {})}))
    return folder


def test_older_sets_are_taken_up(tmp_path, url):
    older_set(tmp_path, document_of([repetition()]))
    with Store.open(tmp_path, url) as store:
        (found,) = store.sets.all()
        assert (found.id, found.origin, found.name, found.left, found.duration_s) == (ID, "video", "me.mp4", 1, 8.5)
        assert found.at == datetime(2026, 3, 4, 12, tzinfo=UTC)
        assert len(store.sets.findings(ID)) == 1
        assert store.sets.file(ID, "landmarks.npz").is_file()
    with Store.open(tmp_path, url) as store:
        assert store.sets.all() == (found,)


@pytest.mark.parametrize("document", [None, [], {"schema": "lunge.analysis/1"}])
def test_an_older_set_without_its_findings_is_not_lost(tmp_path, document):
    folder = older_set(tmp_path, document)
    with Store.open(tmp_path) as store:
        (found,) = store.sets.all()
        assert found.left == 1
        assert store.sets.repetitions(ID) == ()
    assert (folder / "landmarks.npz").is_file()


def test_a_damaged_folder_is_left_as_it_is(tmp_path):
    folder = older_set(tmp_path, document_of([]), {"made": "yesterday"})
    with Store.open(tmp_path) as store:
        assert store.sets.all() == ()
    assert (folder / "set.json").is_file()


def test_older_choices_and_answers_are_taken_up_once(tmp_path, url):
    (tmp_path / "settings.json").write_text('{"hold_s": 5, "voice": false}')
    (tmp_path / "safety.json").write_text('{"outcome": "ready", "on": "2026-02-03"}')
    with Store.open(tmp_path, url) as store:
        assert store.choices.all() == {"hold_s": 5, "voice": False}
        (screening,) = store.screenings.all()
        assert (screening.outcome, screening.day) == ("ready", date(2026, 2, 3))
    assert not list(tmp_path.glob("*.json"))
    with Store.open(tmp_path, url) as store:
        assert store.screenings.all() == (screening,)


@pytest.mark.parametrize("written", ["", "{", "[1]", '{"on": "yesterday", "outcome": "ready"}'])
def test_damaged_older_answers_are_left_as_they_are(tmp_path, written):
    (tmp_path / "safety.json").write_text(written)
    with Store.open(tmp_path) as store:
        assert store.screenings.all() == ()
    assert (tmp_path / "safety.json").read_text() == written
