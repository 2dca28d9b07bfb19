"""Whoever keeps what they read learns that something changed since."""

from datetime import UTC, datetime

from lunge.storage import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_version_differs_after_every_change_and_only_then(tmp_path, url):
    with Store.open(tmp_path, url) as store, Store.open(tmp_path, url) as other:
        first = store.database.version()
        store.choices.all()
        # A server counts what others write, too, and so do its own works.
        assert store.database.version() == first or url is not None
        store.choices.put({"hold_s": 2}, NOON, "UTC")
        second = store.database.version()
        assert second != first
        other.choices.put({"hold_s": 3}, NOON, "UTC")
        assert store.database.version() not in {first, second}
