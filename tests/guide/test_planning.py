"""The plan as the guide asks for it, from what it keeps, against the plan of the whole history from scratch."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from days import Moved
from lunge.guide.clock import Clock
from lunge.guide.days import Guide
from lunge.guide.planning import Planning
from lunge.plan.constants import constants
from lunge.plan.engine import plan
from lunge.plan.records import Comfort, Habits
from lunge.plan.selftest import protocol
from lunge.storage import Store
from lunge.storage.erasing import Period, erase
from practice import ZONE, practise
from stored import keep

FIRST = date(2026, 1, 5)
DAY = timedelta(days=1)
RULES = constants()


class Person:
    """Somebody in a store of their own, who practises as the plan asks."""

    def __init__(self, folder):
        self.store = Store.open(folder)
        self.clock = Moved(datetime.combine(FIRST, time(6), UTC), ZONE)
        self.guide = self.visit()
        self.guide.screen(set(), doctor_agrees=True, age_years=40, statement="Yes")
        self.guide.choose_habits(Habits(weekdays=tuple(range(7))))

    def visit(self):
        """Return the guide of a program that was just started."""
        return Guide(self.store, Clock(self.clock.now, self.clock.zone))

    def scratch(self):
        """Return today's plan of the whole history, with nothing kept."""
        return plan(self.visit().history(), RULES, self.guide.today)

    def practise(self, kind="plan", felt=1, done=3, targets=None, **more):
        """Do a set as if it came from the coach; the first one is the first set."""
        found = self.guide.plan()
        kind = "baseline" if found.status == "baseline" else kind
        asked = asdict(targets or found.day.targets)
        each = {"asked": asked["repetitions"], "done": done, "judged": done, "in_form": done}
        place = {"kind": kind, "targets": asked, "began": self.clock.at.isoformat()}
        wishes = {"plan": place | {"counts": {"left": each, "right": each}}}
        comfort = {"back_before": 0, "knee_before": 0, "back_after": felt, "knee_after": 0}
        made = practise(
            self.store,
            self.clock.at.date(),
            [],
            at=self.clock.at.time(),
            **{"wishes": wishes, "effort": 4} | comfort | more,
        )
        self.clock.move(minutes=10)
        return made

    def sleep(self, felt=0):
        self.clock.move(hours=24 - self.clock.at.hour + 6)
        if felt is not None:
            self.guide.morning(Comfort(felt, 0))


@pytest.fixture
def person(tmp_path):
    made = Person(tmp_path)
    yield made
    made.store.close()


def days(person, count, **more):
    for _ in range(count):
        person.practise(**more)
        person.practise(**more)
        person.sleep()


CHANGES = st.sampled_from(["hurt", "gone", "morning", "limit", "ill", "answers", "nothing", "stopped"])


def change(person, what, n):
    """Change something of the past."""
    sets = person.store.sets.all()
    one = sets[n % len(sets)]
    day = FIRST + (n % 12) * DAY
    if what == "hurt":
        person.store.sets.amend(replace(one, back_after=7))
    if what == "stopped":
        person.store.sets.amend(replace(one, stopped_why="sharp"))
    if what == "gone":
        person.store.sets.remove([one.id])
    if what == "morning":
        person.clock.at, now = datetime.combine(day, time(6), UTC), person.clock.at
        person.guide.morning(Comfort(n % 5, 1))
        person.clock.at = now
    if what == "limit":
        person.guide.choose_habits(Habits(weekdays=tuple(range(7)), stop_limit=2 + n % 3))
    if what == "ill":
        spell = {"first": day.isoformat(), "last": (day + DAY).isoformat()}
        person.store.settings.put({"illnesses": [spell]}, person.clock.at, ZONE)
    if what == "answers":
        person.guide.screen({"path.knee"}, doctor_agrees=True, age_years=40, statement="Yes")


@settings(max_examples=6)
@given(st.lists(st.tuples(CHANGES, st.integers(0, 30)), min_size=1, max_size=4))
def test_what_is_kept_gives_the_plan_from_scratch_whatever_changes(tmp_path_factory, changes):
    person = Person(tmp_path_factory.mktemp("life"))
    days(person, 5)
    for what, n in changes:
        change(person, what, n)
        assert person.guide.plan() == person.visit().plan() == person.scratch()
        person.practise()
        person.sleep(None if n % 3 == 0 else n % 4)
        assert person.guide.plan() == person.visit().plan() == person.scratch()
    person.store.close()


def test_the_next_program_goes_on_from_what_was_kept(person, monkeypatch):
    days(person, 4)
    found = person.guide.plan()
    asked = []
    monkeypatch.setattr("lunge.guide.planning.folded", lambda h, r, days, f, k: asked.append((days, k)) or ())
    assert person.visit().plan() == found
    ((wanted, known),) = asked
    assert wanted == []
    assert known.until == person.guide.today - DAY


@pytest.mark.parametrize(
    "broken", [{}, {"log": [], "kept": [{}]}, {"log": 3, "kept": 4}, {"log": [{"on": "x"}], "kept": []}]
)
def test_what_cannot_be_read_is_worked_out_again(person, broken):
    days(person, 3)
    found = person.guide.plan()
    person.store.kept_plan.write(broken)
    assert person.visit().plan() == found


def test_only_the_end_of_the_history_is_asked_for_and_the_rest_is_kept(person):
    person.practise()
    person.sleep()
    person.clock.move(days=100)
    days(person, 2)
    assert len(person.guide.history().sessions) == 4
    recent = Planning(person.store, Clock(person.clock.now, person.clock.zone), person.guide.begun)
    assert recent.lately(person.guide.today).sessions == person.guide.history().sessions
    person.clock.move(days=90)
    person.guide.plan()
    # Of what is long ago the last day of practice alone is needed: it says how long the absence is.
    assert len(person.guide.lately().sessions) == 2
    assert person.guide.plan() == person.scratch()


def test_decisions_are_written_once_and_stay(person):
    days(person, 6)
    person.guide.plan()
    before = person.store.decisions.all()
    assert [entry.what for entry in before][:2] == ["start", "up"]
    person.visit().plan()
    person.guide.plan()
    assert person.store.decisions.all() == before


def test_deleting_some_days_leaves_nothing_of_what_was_kept(person):
    days(person, 3)
    person.guide.plan()
    assert person.store.kept_plan.read()["kept"]
    erase(person.store, Period(FIRST, FIRST))
    assert person.store.kept_plan.read() is None


def test_a_set_without_counts_is_counted_when_the_plan_is_asked(person):
    wishes = {"plan": {"kind": "plan", "targets": asdict(protocol(RULES)), "began": person.clock.at.isoformat()}}
    made = keep(person.store, at=person.clock.at, wishes=wishes)
    assert person.store.places.uncounted() == [made.id]
    person.guide.plan()
    assert person.store.places.uncounted() == []
    assert person.store.sets.get(made.id).wishes["plan"]["counts"]["left"]["done"] == 1


# ---------------------------------------------------------------- self-tests
def standing(found):
    return found.level, found.log[-1].rung, found.day


def upto_half_way(person):
    """Practise until a self-test may be done."""
    while "self_test" not in person.guide.kinds(person.guide.plan()):
        days(person, 1)
        assert person.guide.today < FIRST + 60 * DAY


def test_a_self_test_is_offered_once_the_plan_asks_for_as_much(person):
    person.practise()
    found = person.guide.plan()
    assert "self_test" not in person.guide.kinds(found)
    upto_half_way(person)
    assert person.guide.plan().log[-1].rung.targets == protocol(RULES)


def test_a_self_test_leaves_the_plan_as_it_is_however_it_goes(person):
    upto_half_way(person)
    without = standing(person.guide.plan())
    for done in (0, 3):
        person.practise("self_test", done=done, targets=protocol(RULES))
        assert standing(person.guide.plan()) == without
    left = person.guide.plan().day.sessions_left
    person.sleep()
    tomorrow = person.guide.plan()
    assert tomorrow.log == person.guide.plan().log
    assert left == without[2].sessions_left
    # Three good sets of the plan would now be a step up; three good self-tests are none.
    for _ in range(3):
        person.practise("self_test", targets=protocol(RULES))
        person.practise("self_test", targets=protocol(RULES))
        person.sleep()
    assert person.guide.plan().log == tomorrow.log
    days(person, 2)
    assert person.guide.plan().log[-1].kind == "up"


def test_how_a_self_test_felt_counts_as_after_any_set(person):
    upto_half_way(person)
    before = person.guide.plan().log
    person.practise("self_test", felt=7, targets=protocol(RULES))
    person.sleep()
    after = person.guide.plan().log
    assert [decision.kind for decision in after[len(before) :]] == ["down"]


def test_a_self_test_asks_for_the_same_whatever_the_plan_asks_for(person):
    upto_half_way(person)
    days(person, 12)
    assert person.guide.plan().day.targets != protocol(RULES)
    person.guide.begin("nothing", Comfort(0, 0), "self_test", person.guide.plan().day.targets)
    ticket = person.guide.begun.ticket()
    assert (ticket.kind, ticket.targets) == ("self_test", protocol(RULES))
