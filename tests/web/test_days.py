"""From first use to month three over HTTP, with a clock that tests move."""

import re
import struct
from datetime import UTC, date, datetime

import cv2
import pytest
from starlette.websockets import WebSocketDisconnect

from lunge.guide.days import Guide
from lunge.messages import catalogue
from lunge.plan.records import Comfort
from lunge.storage import Store
from lunge.storage.archive import export
from lunge.storage.done import DoneSet
from lunge.storage.importing import take_over
from lunge.storage.records import Screening

BASE = "http://127.0.0.1:8765"
EN = catalogue("en")
HELLO = {"type": "hello", "protocol": "lunge.live/1", "wishes": {}}
FINE = {"back": "0", "knee": "1"}


@pytest.fixture
def app(app_at, clock):
    return app_at(clock)


@pytest.fixture
def guide(app):
    return app.state.guide


def screened(client, **more):
    return client.post("/safety", data={"none": "on", "doctor": "yes", **more})


def begun(client, kind="plan", new="nothing", **felt):
    return client.post("/today/begin", data={"kind": kind, "new": new, **FINE, **felt})


def kept(app, done=None, in_form=True, effort=3, felt=None):
    """Keep the set that was begun as if the camera had seen it, and say how it felt."""
    guide = app.state.guide
    ticket, entered = guide.begun.ticket(), guide.begun.entered()
    asked = ticket.targets.repetitions
    done = asked if done is None else done
    side = {"asked": asked, "done": done, "judged": done, "in_form": done * in_form}
    entered["wishes"]["plan"]["counts"] = {"left": side, "right": side}
    now = app.state.config.clock.now()
    one = DoneSet(
        id=f"{now:%Y%m%d-%H%M%S}-0001", at=now, zone=ticket.zone, origin="live", left=done, right=done, **entered
    )
    app.state.store.sets.take_up(one, {"repetitions": []})
    guide.begun.use()
    guide.begun.after(one, effort, felt or Comfort(0, 0), unsure=False)
    return one.id


def first_set(client, app):
    screened(client)
    begun(client, "baseline")
    return kept(app)


def practised(client, app, clock, days, sets=3):
    """Practise on every day of practice, in form and comfortably."""
    for _ in range(days):
        clock.move(days=1)
        client.post("/today/morning", data={"back": "0", "knee": "0"})
        for _ in range(sets):
            if "plan" not in app.state.guide.kinds(app.state.guide.plan()):
                break
            begun(client)
            clock.move(minutes=5)
            ticket = app.state.guide.begun.ticket()
            if ticket.targets.movement == "lunge":
                kept(app)
            else:
                client.post("/chair", data={"done": str(ticket.targets.repetitions)})
        clock.at = clock.at.replace(hour=9, minute=0)


# ---------------------------------------------------------------- the questions before the first set


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ({"emergency.saddle": "on", "doctor": "yes"}, "emergency"),
        ({"urgent.fever": "on", "emergency.legs": "on", "doctor": "yes"}, "emergency"),
        ({"urgent.fever": "on", "none": "on", "doctor": "yes"}, "stop"),
        ({"ask.weeks": "on", "doctor": "no"}, "ask_first"),
        ({"none": "on", "doctor": "no"}, "ask_first"),
    ],
)
def test_who_may_not_start_is_told_what_to_do(client, form, kind):
    assert client.post("/safety", data=form).headers["location"] == "/safety"
    assert EN.text(f"safety.outcome.{kind}") in client.get("/safety").text
    assert "/today/begin" not in client.get("/today").text
    assert begun(client, "own").headers["location"] == "/today"
    assert client.get("/live").headers["location"] == "/today"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"doctor": "yes"}, "none_missing"),
        ({"path.knee": "on", "doctor": "yes"}, "none_missing"),
        ({"none": "on"}, "doctor_missing"),
        ({"none": "on", "doctor": "x"}, "doctor_missing"),
        ({"none": "on", "doctor": "yes", "age": "old"}, "age_missing"),
        ({"none": "on", "doctor": "yes", "age": "4"}, "age_missing"),
    ],
)
def test_an_answer_that_is_missing_is_asked_for(client, guide, form, said):
    answer = client.post("/safety", data=form)
    assert answer.status_code == 422
    assert EN.text(f"safety.{said}") in answer.text
    assert guide.screening() is None


def test_the_consent_is_a_dated_statement(client, app):
    screened(client)
    (consent,) = app.state.store.consents.all()
    assert (consent.day, consent.agreed, consent.statement) == (date(2026, 3, 2), True, EN.text("safety.doctor_yes"))
    assert "2026-03-02" in client.get("/safety").text


def test_the_letter_says_exactly_what_was_ticked(client):
    client.post("/safety", data={"ask.heart": "on", "path.knee": "on", "age": "61", "doctor": "no"})
    html = client.get("/safety/letter").text
    assert EN.text("safety.ask.heart") in html
    assert EN.text("screening.path.knee") in html
    assert EN.text("safety.ask.weeks") not in html
    assert EN.text("safety.outcome.age", age=61) in html


def test_a_doctors_yes_later_that_day_counts(client, guide, clock):
    client.post("/safety", data={"ask.heart": "on", "doctor": "no"})
    assert guide.plan().status == "ask_first"
    clock.move(hours=1)
    client.post("/safety", data={"ask.heart": "on", "doctor": "yes"})
    assert guide.plan().status == "baseline"


def test_less_ticked_on_the_same_day_changes_nothing(client, guide):
    client.post("/safety", data={"urgent.fever": "on", "doctor": "yes"})
    screened(client)
    assert guide.plan().status == "stop"


def test_answers_can_be_deleted_and_given_anew(client, app):
    first_set(client, app)
    client.post("/safety/forget")
    assert app.state.store.screenings.all() == app.state.store.consents.all() == ()
    assert app.state.guide.plan().status == "screen"


def test_answers_hold_for_a_year(client, app, clock):
    first_set(client, app)
    clock.move(days=365)
    assert app.state.guide.plan().status != "screen"
    clock.move(days=1)
    assert app.state.guide.plan().status == "screen"
    assert begun(client, "own").headers["location"] == "/today"


@pytest.mark.parametrize(
    ("outcome", "status"), [("ready", "baseline"), ("ask", "ask_first"), ("urgent", "screen"), ("emergency", "screen")]
)
def test_what_earlier_versions_kept_still_counts(app, guide, clock, outcome, status):
    stored = Screening(at=clock.now(), zone="UTC", day=date(2026, 3, 1), outcome=outcome)
    app.state.store.screenings.put(stored)
    assert guide.plan().status == status


# ---------------------------------------------------------------- the first day


def test_a_first_visit_leads_from_the_questions_to_the_first_set(client, app, clock):
    assert EN.text("plan.today.screen") in client.get("/today").text
    assert screened(client).headers["location"] == "/today"
    html = client.get("/today").text
    assert EN.text("plan.today.baseline", count=3) in html
    assert EN.text("day.depth", deg=45) in html
    assert EN.text("plan.support.both_hands") in html
    assert begun(client, "baseline").headers["location"] == "/live"
    page = client.get("/live").text
    assert "front_thigh_limit_deg" in page
    assert '"chair": true' in page.replace("&#34;", '"')
    kept(app)
    html = client.get("/today").text
    assert EN.text("plan.why.start_usual") in html
    assert EN.text("day.progress", done=0, sets=2) in html


def test_who_felt_something_in_the_first_set_stands_up_from_a_chair(client, app, clock):
    screened(client)
    begun(client, "baseline")
    kept(app, felt=Comfort(4, 0))
    assert EN.text("plan.why.start_comfort") in client.get("/today").text
    clock.move(minutes=5)
    assert begun(client).headers["location"] == "/chair"
    assert client.get("/live").headers["location"] == "/chair"
    assert "data-hold" in client.get("/chair").text
    after = client.post("/chair", data={"done": "3"}).headers["location"]
    client.post(after, data={"effort": "2", **FINE})
    html = client.get("/today").text
    assert EN.text("day.progress", done=1, sets=2) in html
    done = app.state.store.sets.all()[0]
    assert (done.other, done.effort, done.knee_after, done.level) == (3, 2, 1, 0)
    assert client.get(f"/sets/{done.id}").status_code == 200


@pytest.mark.parametrize(("times", "outcomes"), [("2", ["said"]), ("0", [])])
def test_a_break_of_who_stands_up_from_a_chair_is_said(client, app, clock, times, outcomes):
    screened(client)
    begun(client, "baseline")
    kept(app, felt=Comfort(4, 0))
    clock.move(minutes=5)
    begun(client)
    there = client.get("/live?break=b1").headers["location"]
    assert 'name="break" value="b1"' in client.get(there).text
    client.post("/chair", data={"done": times, "break": "b1"})
    assert [row.outcome for row in app.state.store.breaks.all()] == outcomes


def test_a_set_that_no_camera_saw_goes_into_an_archive_and_back(client, app, clock, tmp_path):
    screened(client)
    begun(client, "baseline")
    kept(app, felt=Comfort(4, 0))
    clock.move(minutes=5)
    begun(client)
    client.post("/chair", data={"done": "3"})
    clock.move(minutes=5)
    begun(client)
    client.post("/live/stop", data={"why": "numb"})
    app.state.guide.begun.keep_stopped()
    export(app.state.store, tmp_path / "all.zip")
    with Store.open(tmp_path / "new") as other:
        take_over(other, tmp_path / "all.zip")
        assert other.sets.all() == app.state.store.sets.all()
        assert Guide(other, app.state.config.clock).plan() == app.state.guide.plan()


@pytest.mark.parametrize("said", ["", "many", "-1", "99"])
def test_how_many_it_were_has_to_be_a_number(client, app, said):
    screened(client)
    begun(client, "baseline")
    kept(app, felt=Comfort(4, 0))
    begun(client)
    assert client.post("/chair", data={"done": said}).status_code == 422


def test_a_set_is_kept_with_what_the_plan_asked_and_how_it_felt(client, app, coaches, grey):
    screened(client)
    begun(client, "baseline", knee="2")
    with client.websocket_connect("ws://127.0.0.1:8765/live/socket") as socket:
        socket.send_json(HELLO)
        assert socket.receive_json()["type"] == "ready"
        for ms in (1000.0, 7000.0):
            socket.send_bytes(b"LNG1" + struct.pack("<d", ms) + _jpeg(grey))
            socket.receive_json()
        done = socket.receive_json()
    (coach,) = coaches.made
    assert (coach.wishes.chair, coach.wishes.repetitions) == (True, 3)
    low, high = coach.wishes.front_thigh_limit_deg
    assert 0 < low < high
    assert coach.wishes.least_step_heights > 0
    assert client.get(done["summary"]).status_code == 200
    client.post(done["summary"], data={"effort": "4", "back": "1", "knee": "2", "unsure": "on"})
    (stored,) = app.state.store.sets.all()
    assert (stored.level, stored.effort, stored.knee_before, stored.back_after) == (1, 4, 2, 1)
    moments = sorted((e.moment, e.knee, e.effort, e.day) for e in app.state.store.diary.all())
    assert moments == [("after", 2, 4, date(2026, 3, 2)), ("before", 2, None, date(2026, 3, 2))]
    baseline = app.state.guide.history().baseline
    assert (baseline.left.asked, baseline.left.done, baseline.unsure) == (3, 1, True)
    assert app.state.guide.begun.ticket() is None


def _jpeg(picture):
    return cv2.imencode(".jpg", picture)[1].tobytes()


# ---------------------------------------------------------------- who may begin


def refused(client):
    with client.websocket_connect("ws://127.0.0.1:8765/live/socket") as socket:
        socket.send_json(HELLO)
        said = socket.receive_json()
        with pytest.raises(WebSocketDisconnect):
            socket.receive_json()
    assert said["type"] == "error"
    return said["text"]


def test_without_the_answers_the_socket_refuses(client):
    assert refused(client) == EN.text("plan.today.screen")
    client.post("/safety", data={"urgent.fever": "on", "doctor": "yes"})
    assert refused(client) == EN.text("plan.today.stop")


def test_without_the_question_before_a_set_the_socket_refuses(client, app, clock):
    screened(client)
    assert refused(client) == EN.text("day.begin_first")
    begun(client, "baseline")
    clock.move(minutes=61)
    assert refused(client) == EN.text("day.begin_first")


def test_answers_that_changed_after_the_question_refuse_too(client):
    screened(client)
    begun(client, "baseline")
    client.post("/safety", data={"urgent.fever": "on", "doctor": "yes"})
    assert refused(client) == EN.text("plan.today.stop")
    said = client.post("/live/frame", json=HELLO).json()
    assert said == {"type": "error", "text": EN.text("plan.today.stop")}


def test_something_new_asks_everything_again(client, guide, clock):
    screened(client)
    clock.move(hours=1)
    assert EN.text("screening.today.answer_list") in begun(client, "baseline", new="list").text
    assert guide.plan().status == "screen"
    clock.move(hours=1)
    screened(client)
    assert guide.plan().status == "baseline"


def test_whoever_feels_too_much_rests(client, guide):
    screened(client)
    assert EN.text("screening.today.answer_sore", limit=5) in begun(client, "baseline", back="6").text
    assert guide.begun.ticket() is None


def test_the_question_before_a_set_has_to_be_answered(client):
    screened(client)
    answer = client.post("/today/begin", data={"kind": "baseline", **FINE})
    assert answer.status_code == 422
    assert EN.text("day.begin.question_missing") in answer.text


def test_an_illness_pauses_and_then_begins_gently(client, app, clock):
    first_set(client, app)
    practised(client, app, clock, 4)
    clock.move(days=3)
    begun(client, new="ill")
    assert app.state.guide.plan().status == "ill"
    clock.move(days=3)
    assert EN.text("plan.today.ill") in client.get("/today").text
    client.post("/today/well")
    assert EN.text("plan.why.after_ill") in client.get("/today").text
    assert app.state.guide.plan().log[-1].kind == "down"


@pytest.mark.parametrize("path", ["/today/begin", "/today/morning", "/after/{set}"])
@pytest.mark.parametrize("said", ["11", "-1", "much", "½"])
def test_an_answer_beyond_the_scale_is_refused_kindly(client, app, path, said):
    set_id = first_set(client, app)
    form = {"kind": "plan", "new": "nothing", "back": said}
    assert client.post(path.format(set=set_id), data=form).status_code == 422
    assert app.state.guide.begun.ticket() is None


# ---------------------------------------------------------------- stopping


def test_something_sharp_ends_the_day_and_makes_one_thing_easier(client, app, clock):
    first_set(client, app)
    practised(client, app, clock, 2)
    clock.move(days=1)
    begun(client)
    said = client.post("/live/stop", data={"why": "sharp"}).json()
    assert said == {"action": "session", "text": EN.text("plan.stop.then.sharp")}
    assert refused(client)
    assert EN.text("plan.today.sore") in client.get("/today").text
    assert begun(client, "own").headers["location"] == "/today"
    clock.move(days=1)
    assert app.state.guide.plan().log[-1].kind == "down"


def test_what_has_to_be_looked_at_pauses_until_the_questions_are_answered_again(client, app, clock):
    first_set(client, app)
    clock.move(days=1)
    begun(client)
    assert client.post("/live/stop", data={"why": "numb"}).json()["action"] == "screen"
    assert app.state.guide.plan().status == "paused"
    clock.move(days=1)
    assert app.state.guide.plan().status == "paused"
    screened(client)
    assert app.state.guide.plan().status == "go"
    begun(client)
    assert app.state.store.sets.all()[0].stopped_why == "numb"
    assert [session.stopped for session in app.state.guide.history().sessions] == ["numb"]


def test_just_a_moment_ends_nothing(client, app):
    first_set(client, app)
    begun(client)
    assert client.post("/live/stop", data={"why": "pause"}).json()["action"] == "go_on"
    assert app.state.guide.begun.ticket().stopped is None
    assert client.post("/live/stop", data={"why": "bored"}).status_code == 422


# ---------------------------------------------------------------- weeks


def test_the_morning_after_is_asked_once_on_the_next_day(client, app, clock):
    first_set(client, app)
    title = EN.text("day.morning.title")
    assert title not in client.get("/today").text
    clock.move(days=1)
    assert title in client.get("/today").text
    client.post("/today/morning", data={"back": "1", "knee": "0"})
    assert title not in client.get("/today").text
    (entry,) = [e for e in app.state.store.diary.all() if e.moment == "next_morning"]
    assert (entry.day, entry.back) == (date(2026, 3, 2), 1)
    clock.move(days=1)
    assert title not in client.get("/today").text


def test_week_four_and_month_three(client, app, clock):
    first_set(client, app)
    practised(client, app, clock, 28)
    plan = app.state.guide.plan()
    assert plan.level >= 2
    assert [d.kind for d in plan.log].count("up") >= 5
    stored = app.state.store.decisions.all()
    assert {(d.day, d.what) for d in stored} == {(d.on, d.kind) for d in plan.log}
    practised(client, app, clock, 62)
    later = app.state.guide.plan()
    assert later.level > plan.level
    assert client.get("/today").status_code == 200


def test_a_day_of_rest_is_said_without_a_number(client, app, clock):
    first_set(client, app)
    clock.move(days=5)
    html = client.get("/today").text
    assert EN.text("plan.today.rest") in html
    assert EN.text("day.rest_note") in html
    assert EN.text("day.own") in html


def test_habits_are_kept_and_followed(client, app, clock):
    first_set(client, app)
    form = {
        "day_5": "on",
        "sessions": "1",
        "limit": "3",
        "own_when": "when the cat wakes",
        "when_call": "on",
        "b_tired": "on",
    }
    assert client.post("/habits", data=form).headers["location"] == "/today"
    assert "when the cat wakes" in client.get("/habits").text
    html = client.get("/today").text
    assert EN.text("plan.today.rest") in html
    assert EN.text("plan.barrier.tired_then") in html
    clock.move(days=5)
    assert app.state.guide.plan().day.sessions == 1
    assert app.state.guide.plan().stop_limit == 3


@pytest.mark.parametrize("form", [{}, {"day_0": "on", "limit": "9"}, {"day_0": "on", "sessions": "x"}])
def test_habits_that_do_not_fit_are_asked_again(client, form):
    assert client.post("/habits", data=form).status_code == 422


def test_an_own_set_is_kept_and_leaves_the_ladder_alone(client, app, clock):
    first_set(client, app)
    clock.move(days=1)
    before = app.state.guide.plan()
    begun(client, "own")
    kept(app)
    after = app.state.guide.plan()
    assert after.day.targets == before.day.targets
    assert after.day.sessions_left == before.day.sessions_left - 1
    assert app.state.store.sets.all()[0].wishes["plan"]["kind"] == "own"


# ---------------------------------------------------------------- midnight, daylight saving, zones


def test_a_set_belongs_to_the_day_on_which_it_began(client, app, clock):
    screened(client)
    clock.at = datetime(2026, 3, 2, 22, 55, tzinfo=UTC)  # 23:55 in Berlin
    begun(client, "baseline")
    clock.move(minutes=10)
    kept(app)
    assert app.state.guide.today == date(2026, 3, 3)
    assert app.state.guide.history().baseline.on == date(2026, 3, 2)


def test_no_day_is_lost_or_doubled_when_the_clocks_change(client, app, clock):
    clock.at = datetime(2026, 3, 27, 8, tzinfo=UTC)
    first_set(client, app)
    practised(client, app, clock, 4)  # over the 29th of March
    days = {session.day for session in app.state.guide.history().sessions}
    assert days == {date(2026, 3, 30), date(2026, 3, 31)}
    assert app.state.guide.today == date(2026, 3, 31)


def test_sets_keep_the_day_of_the_place_where_they_were_done(client, app, clock):
    first_set(client, app)
    clock.at = datetime(2026, 3, 3, 22, 0, tzinfo=UTC)
    begun(client)
    kept(app)
    clock.place = "Pacific/Auckland"
    (session,) = app.state.guide.history().sessions
    assert session.day == date(2026, 3, 3)
    assert app.state.guide.today == date(2026, 3, 4)
    assert app.state.guide.plan().day.sessions_left == app.state.guide.plan().day.sessions


# ---------------------------------------------------------------- the picture


def test_the_picture_follows_the_targets(client, app):
    screened(client)
    html = client.get("/today").text
    assert len(re.findall(r"<polyline", html)) == 5
    assert "nan" not in html.lower().split("<svg")[1].split("</svg>")[0]


# ---------------------------------------------------------------- the handbook
@pytest.mark.parametrize(("query", "language"), [("", "en"), ("?paper=us-letter", "de")])
def test_the_handbook_comes_as_pdf_in_the_language_of_the_pages(client, query, language):
    client.cookies.set("lunge_language", language)
    got = client.get(f"/handbook.pdf{query}")
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"] == 'attachment; filename="lunge-handbook.pdf"'
    assert f"/Lang({language}".encode() in got.content
    assert 'href="/handbook.pdf"' in client.get("/today").text


def test_there_is_no_handbook_on_another_paper(client):
    assert client.get("/handbook.pdf?paper=a5").status_code == 404
