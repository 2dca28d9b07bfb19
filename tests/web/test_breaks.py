"""The page of breaks, the timer, and a set that is a break."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from days import Moved, let_begin
from lunge.breaks.constants import constants
from lunge.breaks.control import ask
from lunge.breaks.keeping import done, kept
from lunge.guide.clock import Clock
from lunge.live.session import LiveSession
from lunge.storage.records import Break, DiaryEntry, PlanDecision
from lunge.web import break_form
from lunge.web.app import Config, create_app
from lunge.web.curves import curve
from lunging import Figure
from reminded import reminders
from scripted import ScriptedEyes

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
    assert "Lunges on each side: 3. Hold each for 5 seconds" in text
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


@pytest.mark.parametrize(
    ("most", "order", "words"),
    [
        ({"most_right": 0}, "left", "with the left leg back: 3."),
        ({"most_left": 0, "most_right": 2}, "right", "with the right leg back: 2."),
        ({"most_left": 5, "most_right": 1}, "alternate", "on each side: 1."),
    ],
)
def test_a_break_asks_no_leg_for_more_than_was_prescribed(client, app, cleared, most, order, words):
    target = {"movement": "lunge", "hold_s": 3.0, "repetitions": 6} | most
    app.state.store.decisions.put(PlanDecision(at=NOW, zone="UTC", day=date.today(), what="up", level=2, target=target))
    text = client.get("/live?break=b1").text.replace("&#34;", '"')
    assert f'"repetitions": {words[-2]}' in text
    assert f'"order": "{order}"' in text
    assert words in client.get("/breaks/timer").text


def test_beginning_leads_to_the_camera_or_to_the_timer(client, app):
    begun = {"what": "here", "break": "b1"}
    assert client.post("/breaks/answer", data=begun).headers["location"] == "/live?break=b1"
    client.post("/breaks", data=FORM)
    assert client.post("/breaks/answer", data=begun).headers["location"] == "/breaks/timer?break=b1"
    assert client.post("/breaks/answer", data={"what": "skip"}).headers["location"] == "/breaks"


def test_one_begun_on_the_page_takes_the_reminder_away_and_opens_no_other_page(client, tmp_path):
    with reminders(tmp_path) as found:
        ask(tmp_path, {"what": "now"})
        assert found.is_shown_soon()
        name = ask(tmp_path, {"what": "status"})["break"]
        assert client.post("/breaks/answer", data={"what": "here"}).headers["location"] == f"/live?break={name}"
        assert ask(tmp_path, {"what": "status"})["phase"] == "doing"
        assert found.is_gone_soon()
        assert found.opened.empty()


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


# ---------------------------------------------------------------- in front of the camera
FPS = 10.0
SHORT_S = 7.0
"""How long a break lasts here; the frames bring their own time."""

HELLO = {"type": "hello", "protocol": "lunge.live/1"}
WISHES = {"variant": "reverse_lunge_from_standing", "hold_s": 1.0, "repetitions": 3, "front_repetitions": 0}


@pytest.fixture
def short(monkeypatch):
    """A break that is over soon."""
    usual = constants()
    made = replace(usual, exercise=replace(usual.exercise, break_s=SHORT_S))
    monkeypatch.setattr(break_form, "constants", lambda: made)


@pytest.fixture
def coached(tmp_path, short):
    """A visitor of the real coach, who may begin a set."""
    app = create_app(Config(tmp_path, make_session=LiveSession, make_eyes=lambda model: ScriptedEyes()))
    let_begin(app)
    with TestClient(app, BASE, headers={"origin": BASE}, follow_redirects=False) as visitor:
        yield visitor


def landmarks(poses, i):
    seen = {name: np.round(getattr(poses, name)[i], 4).tolist() for name in ("image_px", "world_m", "confidence")}
    size = {"width": int(poses.width_px), "height": int(poses.height_px)}
    return {"type": "landmarks", "capture_ms": 1000.0 * float(poses.time_s[i]), **size, **seen}


def done_before(visitor, poses, break_id="b1", **changes):
    """Do a set with what a camera would have seen, until it ends by itself; return its page and its cues."""
    cues = []
    with visitor.websocket_connect("ws://127.0.0.1:8765/live/socket") as socket:
        socket.send_json({**HELLO, "break": break_id, "wishes": {**WISHES, **changes}})
        assert socket.receive_json()["type"] == "ready"
        for i in range(len(poses)):
            socket.send_json(landmarks(poses, i))
            update = socket.receive_json()
            cues += [cue["key"] for cue in update["cues"]]
            if update["mode"] == "finished":
                break
        return socket.receive_json()["summary"], cues


def test_when_the_time_is_over_what_was_seen_counts(coached):
    summary, cues = done_before(coached, Figure(14.0, fps=FPS).from_standing(2.6, "left").poses(90.0))
    assert cues[-1] == "coach.time_over"
    (row,) = coached.app.state.store.breaks.all()
    assert (row.id, row.outcome, row.set_id) == ("b1", "seen", summary.rpartition("/")[2])
    assert "Your break was seen. Lunges: 1 left, 0 right." in coached.get(summary).text
    assert coached.post(summary, data={"effort": "3"}).headers["location"] == "/breaks"


def test_a_break_in_which_no_lunge_was_seen_is_none_but_may_be_said(coached):
    store = coached.app.state.store
    store.breaks.put(Break(at=NOW, zone="UTC", taken=False, id="b1"))
    summary, cues = done_before(coached, Figure(14.0, fps=FPS).poses(90.0))
    assert cues[-1] == "coach.time_over"
    assert [row.outcome for row in store.breaks.all()] == ["offered"]
    text = coached.get(summary).text
    assert "No whole lunge was seen" in text
    assert 'name="break" value="b1"' in text
    coached.post("/breaks/said", data={"break": "b1"})
    assert [row.outcome for row in store.breaks.all()] == ["said"]


def test_a_break_asks_for_no_more_than_fits_into_it_and_the_kept_set_says_so(coached):
    done_before(coached, Figure(14.0, fps=FPS).from_standing(2.6, "left").poses(90.0), repetitions=9)
    (done,) = coached.app.state.store.sets.all()
    assert (done.wishes["repetitions"], done.wishes["plan"]["targets"]["repetitions"]) == (3, 3)
    assert (done.wishes["longest_s"], done.wishes["break"]) == (SHORT_S, "b1")


def test_a_set_that_is_no_break_lasts_as_long_as_it_takes_and_counts_as_one_when_all_was_done(coached):
    poses = Figure(24.0, fps=FPS).from_standing(2.6, "left").from_standing(14.0, "right").poses(90.0)
    summary, cues = done_before(coached, poses, None, repetitions=1, order="left_first")
    assert cues[-1] == "coach.set_done"
    (row,) = coached.app.state.store.breaks.all()
    assert row.outcome == "seen"
    assert "Your break was seen" not in coached.get(summary).text


@given(st.lists(st.none() | st.floats(0, 10), min_size=1, max_size=12))
def test_a_curve_has_every_value_and_bridges_no_gap(values):
    lines = curve(values, 10.0)
    assert sum(map(len, lines)) == sum(value is not None for value in values)
    assert len(lines) == sum(v is not None and (i == 0 or values[i - 1] is None) for i, v in enumerate(values))
    assert all(0 <= x <= 600 and 0 <= y <= 120 for line in lines for x, y in line)
