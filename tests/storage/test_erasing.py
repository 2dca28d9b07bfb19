"""Deleting: what was deleted is in none of our files any more."""

from datetime import date, datetime, timedelta

import pytest

from lunge.errors import BusyStoreError
from lunge.storage import Store
from lunge.storage.backup import backup, begin_anew
from lunge.storage.erasing import Period, erase
from lunge.storage.records import Break, DiaryEntry
from stored import NOON, OWN, ZONE, keep, own_in, populate, put_own

SECRET = "nobody is to read this"


def entry(day, note=""):
    return DiaryEntry(at=NOON, zone=ZONE, day=day, moment="after", note=note)


def files_with(folder, text):
    return [path.name for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_everything_goes(store):
    populate(store)
    gone = erase(store, Period())
    assert (gone.sets, gone.entries) == (2, 13)
    for log in (
        store.screenings,
        store.consents,
        store.diary,
        store.scores,
        store.answers,
        store.decisions,
        store.breaks,
        store.housework,
    ):
        assert log.all() == ()
    assert store.sets.all() == ()
    assert store.choices.all() == store.settings.all() == {}
    assert list(store.folders.folder.iterdir()) == []


def test_of_a_period_goes_what_happened_in_it(store):
    days = [date(2026, 3, day) for day in (3, 4, 5)]
    for day in days:
        store.diary.put(entry(day))
    sets = [keep(store, at=NOON + timedelta(days=day)) for day in (-1, 0, 1)]
    store.choices.put({"hold_s": 3}, NOON, ZONE)
    gone = erase(store, Period(days[1], days[1]))
    assert (gone.sets, gone.entries) == (1, 1)
    assert {one.day for one in store.diary.all()} == {days[0], days[2]}
    assert store.sets.ids() == {sets[0].id, sets[2].id}
    assert store.choices.all() == {"hold_s": 3}
    assert erase(store, Period(last=days[0])).sets == 1
    assert erase(store, Period(first=days[2])).sets == 1


def test_the_day_is_that_of_the_place(store):
    """Half past eleven in the evening in New York is the next day already in UTC."""
    evening = datetime.fromisoformat("2026-03-04T23:30:00-05:00")
    store.breaks.put(Break(at=evening, zone="America/New_York", taken=True))
    assert erase(store, Period(date(2026, 3, 5), date(2026, 3, 5))).entries == 0
    assert erase(store, Period(date(2026, 3, 4), date(2026, 3, 4))).entries == 1


@pytest.mark.parametrize("period", [Period(), Period(NOON.date(), NOON.date())])
def test_no_trace_is_left_in_our_files(file_store, period):
    folder = file_store.database.place.folder
    file_store.diary.put(entry(NOON.date(), SECRET))
    keep(file_store, name=SECRET)
    (file_store.folders.folder / next(iter(file_store.sets.ids())) / "report.html").write_text(SECRET)
    assert files_with(folder, SECRET)
    erase(file_store, period)
    assert files_with(folder, SECRET) == []
    file_store.close()
    assert files_with(folder, SECRET) == []


def test_our_backups_and_what_was_put_aside_go_too(tmp_path):
    with Store.open(tmp_path / "home") as store:
        place = store.database.place
        store.diary.put(entry(NOON.date(), SECRET))
    aside = begin_anew(place)
    with Store.open(tmp_path / "home") as store:
        copy = backup(store, tmp_path / "copy.zip")
        gone = erase(store, Period(NOON.date(), NOON.date()))
        assert set(gone.files) == {copy, aside}
        assert not copy.exists()
        assert not aside.exists()
        assert erase(store, Period()).files == ()


def test_another_file_in_the_place_of_a_backup_stays(file_store, tmp_path):
    copy = backup(file_store, tmp_path / "copy.zip")
    copy.write_text("my holiday")
    assert erase(file_store, Period()).files == ()
    assert copy.read_text() == "my holiday"


def test_older_files_go_with_everything(file_store):
    folder = file_store.database.place.folder
    (folder / "safety.json").write_text("damaged")
    broken = file_store.folders.folder / "20260101-120000-abcd"
    broken.mkdir(parents=True)
    erase(file_store, Period(NOON.date(), NOON.date()))
    assert broken.exists()
    erase(file_store, Period())
    assert not (folder / "safety.json").exists()
    assert not broken.exists()


def test_files_of_ones_own_go_with_everything_also_those_put_aside(file_store):
    folder = file_store.database.place.folder
    put_own(folder)
    put_own(folder, {"questionnaires/Mein Bogen.json.before-20260304-120000": b"old"})
    assert erase(file_store, Period(NOON.date(), NOON.date())).own_files == 0
    assert own_in(folder).keys() > OWN.keys()
    assert erase(file_store, Period()).own_files == 3
    assert own_in(folder) == {"exercises/notes.txt": b"mine"}


def test_traces_that_must_stay_for_now_are_said(file_store):
    with Store.open(file_store.database.place.folder) as second, second.database.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM diary").scalar()
        file_store.diary.put(entry(NOON.date()))
        with pytest.raises(BusyStoreError):
            erase(file_store, Period())
    assert file_store.diary.all() == ()
    erase(file_store, Period())
