"""Days on which the plan wants no reminder: the background program is told so by its errand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from lunge.breaks.errands import done
from lunge.breaks.keeping import change
from lunge.breaks.keeping import done as keep_done
from lunge.breaks.target import SILENT
from lunge.guide.clock import Clock
from lunge.guide.days import Guide
from lunge.plan.records import Comfort
from lunge.plan.stops import PAUSING, stops
from lunge.storage import Store
from practice import practise

MONDAY = date(2026, 3, 2)
SATURDAY = MONDAY + timedelta(days=5)


def at(day, hour=9):
    return datetime.combine(day, time(hour), UTC)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path) as opened:
        yield opened


@pytest.fixture
def guide_on(store):
    """Gives the guide of a day; the questions were answered, and the first set was done."""

    def made(day):
        return Guide(store, Clock(lambda: at(day), lambda: "UTC"))

    made(MONDAY).screen(set(), doctor_agrees=True, age_years=40, statement="Yes")
    practise(store, MONDAY, [], kind="baseline", effort=3, back_after=0, knee_after=0)
    return made


def rests(store, day, hour=9):
    """Return what the program learns that looks at its clock on that day."""
    asked = {"what": "read", "at": at(day, hour).isoformat()}
    return done(store.database.place.folder, asked)["rest_day"]


def test_a_day_of_practice_reminds_and_a_day_of_rest_does_not(store, guide_on):
    assert not rests(store, MONDAY)
    assert rests(store, SATURDAY)


def test_no_reminder_while_ill(store, guide_on):
    guide_on(MONDAY).fall_ill()
    assert rests(store, MONDAY)
    guide_on(MONDAY + timedelta(days=2)).get_well()
    assert not rests(store, MONDAY + timedelta(days=2))


def test_no_reminder_while_the_plan_pauses(store, guide_on):
    why = next(stop.key for stop in stops() if stop.action in PAUSING)
    practise(store, MONDAY, [], kind="plan", stopped_why=why)
    assert rests(store, MONDAY)
    assert rests(store, MONDAY + timedelta(days=3))
    guide_on(MONDAY + timedelta(days=3)).screen(set(), doctor_agrees=True, age_years=40, statement="Yes")
    assert not rests(store, MONDAY + timedelta(days=3))


def test_no_reminder_after_a_set_that_was_too_much(store, guide_on):
    practise(store, MONDAY, [], kind="plan", back_before=0, back_after=8)
    assert rests(store, MONDAY, 15)
    assert not rests(store, MONDAY + timedelta(days=1))


@pytest.mark.parametrize(("ticked", "agrees"), [({"urgent.fever"}, True), (set(), False)])
def test_no_reminder_before_a_doctor_was_asked(store, guide_on, ticked, agrees):
    tuesday = MONDAY + timedelta(days=1)
    guide_on(tuesday).screen(ticked, doctor_agrees=agrees, age_years=40, statement="Yes")
    assert rests(store, tuesday)


def test_whoever_has_no_plan_yet_is_reminded_and_led_to_the_questions(store):
    assert not rests(store, MONDAY)
    assert "screen" not in SILENT


def test_the_day_is_that_of_the_place_where_the_program_runs(store, guide_on):
    late = {"what": "read", "at": f"{SATURDAY.isoformat()}T00:30:00+13:00"}
    assert done(store.database.place.folder, late)["rest_day"]


def test_what_is_kept_has_the_time_of_the_clock_that_is_handed_in(store):
    clock = Clock(lambda: at(MONDAY), lambda: "Europe/Berlin")
    keep_done(store, clock, "b1", "said")
    change(store, {"on": False}, clock)
    (row,) = store.breaks.all()
    assert (row.at, row.zone) == (at(MONDAY), "Europe/Berlin")


def test_a_set_of_choice_felt_well_silences_nothing(store, guide_on):
    guide_on(MONDAY).morning(Comfort(0, 0))
    practise(store, MONDAY, [], kind="own", back_before=0, back_after=1)
    assert not rests(store, MONDAY)
