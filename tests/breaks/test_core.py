"""When a break is due and offered: rules, and properties that hold whatever happens."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunge.breaks.constants import constants
from lunge.breaks.core import answer, look, next_in_s, silence_of
from lunge.breaks.records import Moment, Rules, State

MORNING = datetime(2026, 3, 4, 9, tzinfo=UTC)
RULES = Rules(every_s=1800.0, most=8, quiet_from=time(20), quiet_until=time(8))
EVERY_S = constants().looking.every_s


class Day:
    """Somebody at a computer: time passes, things happen."""

    def __init__(self, rules=RULES):
        self.rules, self.state, self.at, self.steady_s = rules, State(), MORNING, 1000.0
        self.events, self._ids = [], count()

    def moment(self, present=True, **more):
        return Moment(self.at, self.steady_s, present, **more)

    def new_id(self):
        return f"b{next(self._ids)}"

    def look(self, after_s=EVERY_S, **more):
        self.at, self.steady_s = self.at + timedelta(seconds=after_s), self.steady_s + after_s
        self.state, events = look(self.state, self.moment(**more), self.rules, self.new_id)
        self.events += events
        return [event.what for event in events]

    def go_on(self, minutes, **more):
        return [what for _ in range(round(minutes * 60 / EVERY_S)) for what in self.look(**more)]

    def answer(self, what, reason=None):
        self.state, events = answer(self.state, what, self.moment(), self.new_id, reason)
        self.events += events
        return [event.what for event in events]


@pytest.fixture
def day():
    made = Day()
    made.look(present=True)
    return made


def test_half_an_hour_of_sitting_offers_one_break(day):
    assert day.go_on(29.5) == []
    assert next_in_s(day.state, RULES) == 30.0
    assert day.go_on(0.5) == ["offer"]
    assert day.go_on(4.5) == []


def test_a_meeting_keeps_it_waiting_and_it_is_caught_up_once(day):
    assert day.go_on(120, hindrance="meeting") == ["postponed"]
    assert day.go_on(3) == ["offer"]
    assert day.state.due.postponed_by == "meeting"


def test_a_call_takes_a_reminder_off_the_screen(day):
    day.go_on(30)
    assert day.look(hindrance="camera") == ["withdraw", "postponed"]
    assert day.look() == ["offer"]


def test_a_call_that_flickers_is_waited_for(day):
    day.go_on(30, hindrance="microphone")
    calm_s = constants().offering.calm_s
    assert day.look(calm_s / 2) == []
    assert day.look(calm_s / 2) == ["offer"]


def test_whoever_stands_up_needs_no_reminder(day):
    day.go_on(29)
    assert day.go_on(2, present=False) == []
    assert day.go_on(29.5) == []
    day.go_on(2, hindrance="meeting")
    assert day.go_on(2, present=False) == ["dropped"]


def test_a_short_look_away_is_no_break(day):
    day.go_on(20)
    day.go_on(1, present=False)
    assert day.go_on(10) == ["offer"]


def test_sleep_of_days_is_no_sitting(day):
    day.go_on(29)
    assert day.look(3 * 86400) == []
    assert day.state.sat_s == 0.0
    assert day.go_on(29.5) == []


@pytest.mark.parametrize("hours", [-30000, -5, 5, 30000])
def test_a_jump_of_the_clock_on_the_wall_changes_no_sitting(hours):
    day = Day(replace(RULES, quiet_until=time(0), quiet_from=time(0)))
    day.look()
    day.go_on(20)
    day.at += timedelta(hours=hours)
    assert day.go_on(9.5) == []
    assert day.go_on(0.5) == ["offer"]


def test_skipping_keeps_the_reason_and_begins_anew(day):
    day.go_on(30)
    assert day.answer("skip", "no_room") == ["withdraw", "skipped"]
    assert day.events[-1].reason == "no_room"
    assert day.go_on(29.5) == []


def test_snoozing_brings_the_same_one_back(day):
    day.go_on(30)
    before = day.state.due.id
    assert day.answer("snooze") == ["withdraw", "postponed"]
    assert day.go_on(9.5) == []
    assert day.go_on(0.5) == ["offer"]
    assert (day.state.due.id, day.state.due.postponed_by) == (before, "snooze")


def test_one_that_is_begun_is_not_disturbed_and_is_forgotten_at_last(day):
    day.go_on(30)
    assert day.answer("begin") == ["withdraw"]
    assert day.go_on(14, present=False) == []
    assert day.answer("done") == ["done"]
    assert day.state.phase == "resting"
    day.answer("now")
    day.answer("begin")
    day.go_on(15)
    assert day.state.phase == "resting"


def test_an_answer_to_a_reminder_that_is_gone_changes_nothing(day):
    for what in ("begin", "skip", "snooze"):
        assert day.answer(what) == []
    assert day.answer("done") == []


def test_a_set_that_nobody_asked_for_is_a_break_too(day):
    day.go_on(25)
    day.answer("done")
    assert day.go_on(29.5) == []


@pytest.mark.parametrize(
    ("rules", "more", "why"),
    [
        (replace(RULES, on=False), {}, "off"),
        (replace(RULES, paused_until=MORNING + timedelta(hours=9)), {}, "paused"),
        (RULES, {"rest_day": True}, "rest_day"),
        (replace(RULES, quiet_from=time(8), quiet_until=time(18)), {}, "quiet_hours"),
        (replace(RULES, most=0), {}, "enough"),
    ],
)
def test_silence_offers_nothing_and_says_why(rules, more, why):
    day = Day(rules)
    assert day.go_on(90, **more) == []
    assert silence_of(day.state, day.moment(**more), rules) == why


def test_a_set_done_while_the_reminder_is_shown_takes_it_away(day):
    day.go_on(30)
    assert day.state.phase == "offered"
    assert day.answer("done") == ["withdraw", "done"]


@pytest.mark.parametrize(("hour", "quiet"), [(19, False), (20, True), (3, True), (8, False)])
def test_quiet_hours_go_over_midnight(hour, quiet):
    at = replace(Day().moment(), at=MORNING.replace(hour=hour))
    assert (silence_of(State(), at, RULES) == "quiet_hours") == quiet


def test_one_that_waits_is_dropped_when_the_day_is_over(day):
    day.go_on(31, hindrance="meeting")
    day.at = MORNING.replace(hour=20)
    assert day.look() == ["dropped"]


ACTS = st.one_of(
    st.tuples(
        st.just("look"),
        st.floats(0.0, 4000.0) | st.just(EVERY_S),
        st.booleans(),
        st.sampled_from([None, None, "camera", "meeting"]),
    ),
    st.tuples(st.just("answer"), st.sampled_from(["begin", "done", "skip", "snooze"])),
    st.tuples(st.just("jump"), st.floats(-1e6, 1e6)),
)


def acted(day, act):
    if act[0] == "look":
        return day.look(act[1], present=act[2], hindrance=act[3])
    if act[0] == "answer":
        return day.answer(act[1])
    day.at += timedelta(seconds=act[1])
    return []


@given(st.lists(ACTS, max_size=80), st.integers(0, 3))
def test_whatever_happens_there_is_one_break_at_a_time(acts, most):
    day = Day(replace(RULES, most=most, every_s=60.0))
    shown = None
    for act in acts:
        acted(day, act)
        fresh, day.events = day.events, []
        for event in fresh:
            if event.what == "offer":
                assert shown is None
                shown = event.due.id
            if event.what == "withdraw":
                assert shown == event.due.id
                shown = None
        assert (shown is not None) == (day.state.phase == "offered")
        assert (day.state.due is None) == (day.state.phase == "resting")
        assert day.state.sat_s >= 0.0 <= day.state.away_s
        assert act[0] != "look" or act[3] is None or day.state.phase != "offered"


@given(st.lists(ACTS.filter(lambda act: act[0] != "jump"), max_size=80), st.integers(0, 3))
def test_never_more_new_ones_than_asked_for_in_a_day(acts, most):
    day = Day(replace(RULES, most=most, every_s=60.0, quiet_from=time(0), quiet_until=time(0)))
    first_shown = {}
    for act in acts:
        before = len(day.events)
        acted(day, act)
        for event in day.events[before:]:
            if event.what == "offer":
                first_shown.setdefault(event.due.id, day.at.date())
    on = list(first_shown.values())
    assert all(on.count(date) <= most for date in on)


@given(st.lists(st.tuples(st.floats(0.0, 120.0), st.booleans()), max_size=60))
def test_nothing_is_offered_before_enough_was_sat(looks):
    day, sat = Day(), 0.0
    day.look()
    for after, present in looks:
        sat += after if present else 0.0
        if "offer" in day.look(after, present=present):
            assert sat >= RULES.every_s - 1e-6
            sat = 0.0


def test_one_begun_on_an_open_page_takes_the_reminder_away_and_the_own_camera_does_not_put_it_off(day):
    day.go_on(30)
    before = day.state.due.id
    assert day.answer("here") == ["withdraw"]
    assert day.go_on(3, hindrance="camera") == []
    assert day.state.due.id == before
    assert day.answer("done") == ["done"]


def test_one_that_nobody_offered_may_be_begun_on_a_page_and_no_reminder_comes_for_it(day):
    day.go_on(20)
    assert day.answer("here") == []
    assert (day.state.phase, day.state.offered) == ("doing", 0)
    assert day.go_on(14) == []
    day.answer("done")
    assert next_in_s(day.state, RULES) == RULES.every_s
