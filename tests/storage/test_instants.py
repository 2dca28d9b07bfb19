"""Zones: what the clock on the wall said, also where clocks are changed."""

from datetime import UTC, date, datetime

import pytest

from lunge.storage.instants import local, local_day, zone_here


@pytest.mark.parametrize(
    ("utc", "zone", "wall"),
    [
        ("2026-07-01T12:00", "Europe/Berlin", "2026-07-01T14:00:00+02:00"),
        ("2026-10-25T00:30", "Europe/Berlin", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T01:30", "Europe/Berlin", "2026-10-25T02:30:00+01:00"),
        ("2026-03-29T01:00", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-01-01T11:30", "Pacific/Auckland", "2026-01-02T00:30:00+13:00"),
        ("2026-01-01T12:00", "+05:30", "2026-01-01T17:30:00+05:30"),
        ("2026-01-01T12:00", "-09:30", "2026-01-01T02:30:00-09:30"),
        ("2026-01-01T12:00", "Atlantis/Capital", "2026-01-01T12:00:00+00:00"),
        ("2026-01-01T12:00", "+late", "2026-01-01T12:00:00+00:00"),
        ("2026-01-01T12:00", "", "2026-01-01T12:00:00+00:00"),
        ("2026-01-01T12:00", "../../etc/passwd", "2026-01-01T12:00:00+00:00"),
    ],
)
def test_the_clock_on_the_wall(utc, zone, wall):
    at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert local(at, zone).isoformat() == wall
    assert local_day(at, zone) == date.fromisoformat(wall[:10])


def test_the_zone_of_this_machine_is_named_where_it_can_be(monkeypatch, tmp_path):
    monkeypatch.setenv("TZ", ":Europe/Madrid")
    assert zone_here() == "Europe/Madrid"
    monkeypatch.delenv("TZ")
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    assert zone_here(link) == "Asia/Tokyo"


@pytest.mark.parametrize("named", ["EST5EDT4,M3.2.0,M11.1.0", ""])
def test_the_zone_of_this_machine_is_else_its_offset(monkeypatch, tmp_path, named):
    monkeypatch.setenv("TZ", named)
    found = zone_here(tmp_path / "none")
    assert found[0] in "+-"
    assert local(datetime.now(UTC), found).utcoffset() == datetime.now().astimezone().utcoffset()
