"""Entries and values: what is kept comes back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lunge.storage import Store
from lunge.storage.records import Break, DiaryEntry
from stored import ENTRIES, JSON, NOON, TEXTS, ZONE

MANY = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def entry(**changes):
    return replace(DiaryEntry(at=NOON, zone=ZONE, day=NOON.date(), moment="after", back=3, note="fine"), **changes)


@pytest.mark.parametrize("log", ENTRIES)
def test_what_is_kept_comes_back(store, log):
    @MANY
    @given(ENTRIES[log])
    def comes_back(entry):
        getattr(store, log).clear()
        getattr(store, log).put(entry)
        assert getattr(store, log).all() == (entry,)
        assert getattr(store, log).latest() == entry

    comes_back()


def test_it_comes_back_from_a_store_that_was_opened_again(tmp_path, url):
    kept = entry()
    with Store.open(tmp_path, url) as store:
        store.diary.put(kept)
    with Store.open(tmp_path, url) as store:
        (found,) = store.diary.all()
    assert found == kept
    assert found.at.tzinfo is UTC


def test_values_come_back_by_their_names(store):
    @MANY
    @given(st.dictionaries(TEXTS, JSON, max_size=4), st.dictionaries(TEXTS, JSON, max_size=4))
    def come_back(first, second):
        store.choices.clear()
        store.choices.put(first, NOON, ZONE)
        store.choices.put(second, NOON, ZONE)
        assert store.choices.all() == first | second

    come_back()


def test_choices_and_settings_are_apart(store):
    store.choices.put({"hold_s": 3}, NOON, ZONE)
    store.settings.put({"hold_s": 4}, NOON, ZONE)
    assert store.choices.all() == {"hold_s": 3}
    assert store.settings.all() == {"hold_s": 4}


def test_an_entry_takes_the_place_of_one_of_its_id(store):
    first = entry()
    store.diary.put(first)
    store.diary.put(replace(first, back=4))
    assert store.diary.all() == (replace(first, back=4),)


def test_entries_come_in_the_order_of_their_times_whatever_their_zone(store):
    late = entry(at=datetime.fromisoformat("2026-10-25T02:30:00+01:00"))
    early = entry(at=datetime.fromisoformat("2026-10-25T02:45:00+02:00"))
    store.diary.put(late)
    store.diary.put(early)
    assert store.diary.all() == (early, late)
    assert store.diary.latest() == late


def test_a_period_has_its_first_moment_and_not_its_last(store):
    entries = [entry(at=NOON + timedelta(days=day)) for day in range(3)]
    for one in entries:
        store.diary.put(one)
    assert store.diary.all(since=entries[1].at) == tuple(entries[1:])
    assert store.diary.all(until=entries[1].at) == tuple(entries[:1])
    assert store.diary.all(entries[1].at, entries[2].at) == (entries[1],)


def test_one_entry_goes_and_the_others_stay(store):
    first, second = entry(), entry()
    store.diary.put(first)
    store.diary.put(second)
    store.diary.remove(first.id)
    store.diary.remove("nothing")
    assert store.diary.all() == (second,)


def test_there_is_no_latest_of_nothing(store):
    assert store.breaks.latest() is None
    assert store.breaks.all() == ()


@pytest.mark.parametrize("name", ["back", "knee", "effort"])
@pytest.mark.parametrize("value", [-1, 11])
def test_what_is_not_on_the_scale_is_refused(name, value):
    with pytest.raises(ValueError, match=f"{name}: expected 0 to 10, got {value}"):
        entry(**{name: value})


def test_a_time_without_its_zone_is_refused(store):
    with pytest.raises(ValueError, match="at: expected a time with its zone"):
        store.breaks.put(Break(at=datetime(2026, 1, 1), zone=ZONE, taken=True))
    assert store.breaks.all() == ()
