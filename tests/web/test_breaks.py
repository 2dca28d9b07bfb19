"""The page of breaks, the timer, and a set that is a break."""

from datetime import UTC, date, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from days import Moved
from lunge.breaks.keeping import done, kept
from lunge.guide.clock import Clock
from lunge.storage.records import Break, DiaryEntry, PlanDecision

BASE = "http://127.0.0.1:8765"
FORM = {"on": "on", "every_min": "45", "most": "5", "quiet_from": "19:00", "quiet_until": "07:30", "calendar": ""}
NOW = datetime.now(UTC)


def test_the_page_says_that_reminders_are_off_and_shows_nothing_yet(client):
    text = client.get("/breaks").text
    assert "lunge breaks start" in text
    assert "No breaks yet." in text


def test_settings_are_kept(client, app):
    assert client.post("/breaks", data=FORM).status_code == 303
    found = kept(app.state.store)
    assert (found["every_min"], found["with_camera"], found["on"]) == ("45", False, True)
    assert found["glance"] is False
    assert 'value="45"' in client.get("/breaks").text


def test_the_camera_looks_only_when_that_is_asked_for(client, app):
    page = client.get("/breaks").text
    assert 'name="glance">' in page
    assert "forgets it at once" in page
    assert client.post("/breaks", data={**FORM, "glance": "on", "camera": "/dev/video2"}).status_code == 303
    found = kept(app.state.store)
    assert (found["glance"], found["camera"]) == (True, "/dev/video2")
    page = client.get("/breaks").text
    assert 'name="glance" checked>' in page
    assert 'value="/dev/video2"' in page


@pytest.mark.parametrize(("name", "value"), [("every_min", "5"), ("most", "0"), ("quiet_from", "late")])
def test_what_does_not_fit_is_said_and_not_kept(client, app, name, value):
    answer = client.post("/breaks", data={**FORM, name: value})
    assert answer.status_code == 422
    assert "look at this once more" in answer.text
    assert kept(app.state.store) == {}


@pytest.mark.parametrize("broken", [["no", "table"], "text", {"every_min": None, "quiet_from": 3, "on": "yes"}])
def test_broken_settings_break_nothing(client, app, broken):
    app.state.store.choices.put({"breaks": broken}, NOW, "UTC")
    assert client.get("/breaks").status_code == 200


def test_the_history_shows_what_became_of_them_beside_comfort(client, app):
    store = app.state.store
    for outcome in ("seen", "said", "skipped", "postponed"):
        taken = outcome in ("seen", "said")
        store.breaks.put(Break(at=NOW, zone="UTC", taken=taken, outcome=outcome, postponed_by="meeting"))
    store.diary.put(DiaryEntry(at=NOW, zone="UTC", day=NOW.date(), moment="next_morning", back=3, knee=1))
    text = client.get("/breaks").text
    assert "<td>3</td><td>1</td><td>1</td><td>1</td><td>4</td>" in text
    assert "<td>3.0</td>" in text
    assert text.count("<polyline") == 2


def test_a_break_without_a_camera_is_kept_as_said(client, app):
    text = client.get("/breaks/timer?break=b1").text
    assert "3 lunges on each side. Hold each for 5 seconds" in text
    assert client.post("/breaks/said", data={"break": "b1"}).headers["location"] == "/breaks?thanks=1"
    (row,) = app.state.store.breaks.all()
    assert (row.id, row.outcome, row.taken) == ("b1", "said", True)


def test_what_was_seen_is_not_made_less_by_what_is_said(app):
    done(app.state.store, Clock(), "b1", "seen", "set")
    done(app.state.store, Clock(), "b1", "said")
    (row,) = app.state.store.breaks.all()
    assert (row.outcome, row.set_id) == ("seen", "set")


def test_a_break_asks_for_the_holds_of_the_plan(client, app, cleared):
    target = {"movement": "lunge", "hold_s": 3.0, "repetitions": 12}
    app.state.store.decisions.put(PlanDecision(at=NOW, zone="UTC", day=date.today(), what="up", level=2, target=target))
    text = client.get("/live?break=b1").text.replace("&#34;", '"')
    assert '"hold_s": 3.0' in text
    assert '"repetitions": 3' in text
    assert '"break": "b1"' in text
    assert '"break"' not in client.get("/live").text.replace("&#34;", '"')


def test_beginning_leads_to_the_camera_or_to_the_timer(client, app):
    begun = {"what": "begin", "break": "b1"}
    assert client.post("/breaks/answer", data=begun).headers["location"] == "/live?break=b1"
    client.post("/breaks", data=FORM)
    assert client.post("/breaks/answer", data=begun).headers["location"] == "/breaks/timer?break=b1"
    assert client.post("/breaks/answer", data={"what": "skip"}).headers["location"] == "/breaks"


def test_the_coach_says_that_it_is_there(client):
    assert client.get("/breaks/here").text == "lunge"


def test_a_break_is_remembered_on_the_way_to_the_camera(client):
    client.app.state.guide.screen(set(), doctor_agrees=True, age_years=None, statement="Yes")
    ask = client.get("/live?break=b1").headers["location"]
    assert ask == "/today/begin?kind=baseline&break=b1"
    assert 'name="break" value="b1"' in client.get(ask).text
    answers = {"kind": "baseline", "new": "nothing", "back": "0", "knee": "0", "break": "b1"}
    assert client.post("/today/begin", data=answers).headers["location"] == "/live?break=b1"
    assert client.get("/live?break=b1").status_code == 200


def test_the_page_counts_the_days_of_the_guide_s_clock(app_at):
    clock = Moved()
    app = app_at(clock)
    app.state.store.breaks.put(Break(at=clock.at, zone="UTC", taken=True, outcome="seen"))
    with TestClient(app, BASE, headers={"origin": BASE}, follow_redirects=False) as visitor:
        assert f"{clock.at.date()}" in visitor.get("/breaks").text
        clock.move(days=200)
        assert f"{clock.at.date() - timedelta(days=200)}" not in visitor.get("/breaks").text
        assert visitor.post("/breaks/said", data={"break": "b9"}).status_code == 303
    assert app.state.store.breaks.latest().at == clock.at
