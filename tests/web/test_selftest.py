"""The self-test on the page of progress: offered when it fits, done before the coach, kept apart from the plan."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from lunge.live.records import Wishes
from lunge.messages import catalogue
from lunge.plan.constants import constants
from lunge.plan.ladder import ladder
from lunge.plan.records import Comfort, Rung
from lunge.plan.selftest import may_test, protocol
from lunge.web.asked import Choices
from lunge.web.targets import own_targets, wishes_for
from practice import done, practise

RULES = constants()
EN = catalogue("en")


@pytest.fixture
def app(app_at, clock):
    return app_at(clock)


@pytest.fixture
def half_way(app, clock):
    """Somebody whose plan has come half-way down, by good sets."""
    guide = app.state.guide
    guide.screen(set(), doctor_agrees=True, age_years=40, statement="Yes")
    while "self_test" not in guide.kinds(found := guide.plan()):
        targets = asdict(found.day.targets)
        each = {"asked": targets["repetitions"], "done": 3, "judged": 3, "in_form": 3}
        for n in range(2 if found.day.sessions else 0):
            kind = "baseline" if found.status == "baseline" else "plan"
            began = (clock.at + timedelta(minutes=n)).isoformat()
            place = {"kind": kind, "targets": targets, "began": began, "counts": {"left": each, "right": each}}
            felt = {"back_before": 0, "knee_before": 0, "back_after": 0, "knee_after": 0, "effort": 3}
            practise(app.state.store, clock.at.date(), [], at=clock.at.time(), wishes={"plan": place}, **felt)
            found = guide.plan()
        clock.move(days=1)
        guide.morning(Comfort(0, 0))


def test_before_half_way_the_page_says_why_there_is_none(client, app):
    app.state.guide.screen(set(), doctor_agrees=True, age_years=40, statement="Yes")
    html = client.get("/progress").text
    assert EN.text("trends.test.not_yet") in html
    assert "kind=self_test" not in html
    assert client.get("/today/begin?kind=self_test").headers["location"] == "/today"


@pytest.mark.usefixtures("half_way")
def test_it_is_offered_when_due_begun_kept_and_then_due_in_four_weeks(client, app, clock):
    html = client.get("/progress").text
    assert EN.text("trends.test.first") in html
    assert 'class="button big" href="/today/begin?kind=self_test"' in html
    assert EN.text("trends.test.begin_note") in client.get("/today/begin?kind=self_test").text
    answers = {"kind": "self_test", "new": "nothing", "back": "0", "knee": "0"}
    assert client.post("/today/begin", data=answers).headers["location"] == "/live"
    ticket = app.state.guide.begun.ticket()
    assert (ticket.kind, ticket.targets) == ("self_test", protocol(RULES))
    reps = [done(leg) for leg in ("left", "right") * 3]
    practise(app.state.store, clock.at.date(), reps, wishes=app.state.guide.begun.entered()["wishes"])
    app.state.guide.begun.use()
    html = client.get("/progress").text
    due = clock.at.date() + timedelta(days=28)
    assert EN.text("trends.test.due_from", last=clock.at.date(), day=due) in html
    assert 'class="button" href="/today/begin?kind=self_test"' in html
    assert EN.text("trends.test.marks") in html


@pytest.mark.usefixtures("half_way")
def test_while_ill_it_waits_and_says_why(client, app):
    app.state.guide.fall_ill()
    html = client.get("/progress").text
    assert EN.text("plan.today.ill") in html
    assert "kind=self_test" not in html


@pytest.mark.usefixtures("half_way")
def test_the_coach_asks_for_the_same_whatever_was_chosen(app):
    app.state.guide.begin("nothing", Comfort(0, 0), "self_test", own_targets(Choices()))
    chosen = Wishes(variant="reverse_lunge_from_standing", hold_s=9.0, repetitions=9, front_repetitions=4, order="left")
    asked = wishes_for(app.state.guide.begun.ticket(), chosen)
    assert (asked.variant, asked.order, asked.front_repetitions) == ("reverse_lunge", "alternate", 0)
    assert (asked.hold_s, asked.repetitions, asked.chair, asked.stretch) == (3.0, 3, True, False)
    assert asked.front_thigh_limit_deg == (22.0, 45.0)


@pytest.mark.parametrize("way", ["usual", "knee"])
def test_it_begins_on_the_second_level_of_each_way(way):
    rungs: tuple[Rung, ...] = getattr(ladder(), way)
    allowed = [may_test(rung.targets, RULES) for rung in rungs]
    assert allowed == sorted(allowed)
    assert rungs[allowed.index(True)].level == 2
