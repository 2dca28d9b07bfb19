"""Somebody who may begin a set, and a clock that tests move."""

from datetime import UTC, datetime, timedelta

from lunge.plan.records import Comfort
from lunge.web.targets import own_targets


def let_begin(app, kind="own"):
    """Answer the questions before the first set, and the one before a set."""
    guide = app.state.guide
    guide.screen(set(), doctor_agrees=True, age_years=None, statement="Yes")
    guide.begin("nothing", Comfort(0, 0), kind, own_targets(app.state.memory.choices()))


class Moved:
    """A clock to be moved; it stands still in between."""

    def __init__(self, at=datetime(2026, 3, 2, 9, tzinfo=UTC), zone="Europe/Berlin"):
        self.at, self.place = at, zone

    def now(self):
        return self.at

    def zone(self):
        return self.place

    def move(self, **by):
        self.at += timedelta(**by)
