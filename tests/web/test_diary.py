"""The diary and the outcome questions over HTTP, with a clock that tests move."""

import json
import re
from datetime import date

import pytest
from markupsafe import escape as html_of

from days import Moved
from lunge.guide.diary import Diary, Told
from lunge.messages import catalogue
from lunge.plan.records import Comfort
from lunge.storage.done import DoneSet

BASE = "http://127.0.0.1:8765"
EN = catalogue("en")


@pytest.fixture
def clock():
    made = Moved()
    made.move(days=4)
    return made


@pytest.fixture
def app(app_at, clock):
    return app_at(clock)


def form_of(client, day=""):
    """Return the fields of the form as a browser would send them."""
    html = client.get(f"/diary?day={day}").text.partition('<form method="post" action="/diary"')[2]
    return dict(re.findall(r'name="([^"]*)" value="([^"]*)"', html))


def written(client, day="", **changes):
    return client.post("/diary", data=form_of(client, day) | changes)


def practised(app, clock):
    """Keep a set of today and say how it felt."""
    done = DoneSet(
        id="20260306-090000-0001", at=clock.now(), zone=clock.zone(), origin="live", left=3, right=3, wishes={}
    )
    app.state.store.sets.take_up(done, {"repetitions": []})
    app.state.guide.begun.after(done, 3, Comfort(1, 2), unsure=False)
    return done.id


# ---------------------------------------------------------------- the diary


def test_a_week_from_paper_is_kept_at_once(client, app):
    answers = {}
    for day in ("02", "03", "04", "05"):
        answers |= {f"2026-03-{day}.before.back": "2", f"2026-03-{day}.after.effort": "5"}
        answers |= {f"2026-03-{day}.next_morning.knee": "0", f"2026-03-{day}.note": f"Stairs on {day}"}
    assert written(client, **answers).headers["location"] == "/diary?day=2026-03-02&saved=true"
    assert EN.text("diary.saved") in client.get("/diary?day=2026-03-02&saved=true").text
    shown = form_of(client)
    assert {name: shown[name] for name in answers} == answers
    mornings = {morning.on: morning.comfort for morning in app.state.guide.history().mornings}
    assert mornings == {date(2026, 3, day): Comfort(None, 0) for day in (3, 4, 5, 6)}


def test_only_what_was_changed_is_written(client, app):
    stale = form_of(client)
    app.state.guide.morning(Comfort(4, 4))
    client.post("/diary", data=stale | {"2026-03-04.before.back": "1"})
    assert form_of(client)["2026-03-05.next_morning.back"] == "4"
    assert len(app.state.store.diary.all()) == 2


def test_a_correction_takes_the_place_of_the_morning_that_was_told(client, app):
    app.state.guide.morning(Comfort(4, 4))
    written(client, **{"2026-03-05.next_morning.back": "1"})
    (morning,) = app.state.guide.history().mornings
    assert morning.comfort == Comfort(1, 4)
    assert not app.state.guide.asks_morning(app.state.guide.history())


def test_a_correction_of_what_was_felt_after_a_set_reaches_the_set(client, app, clock):
    name = practised(app, clock)
    assert f"/after/{name}" in client.get("/diary").text
    written(client, **{"2026-03-06.after.knee": "7", "2026-03-06.after.effort": ""})
    done = app.state.store.sets.get(name)
    assert (done.effort, done.back_after, done.knee_after) == (None, 1, 7)
    (entry,) = app.state.store.diary.all()
    assert (entry.knee, entry.set_id) == (7, name)


def test_a_set_that_was_deleted_leaves_its_diary_to_be_corrected(client, app, clock):
    app.state.store.sets.remove(practised(app, clock))
    assert written(client, **{"2026-03-06.after.knee": "7"}).status_code == 303
    assert form_of(client)["2026-03-06.after.knee"] == "7"


def test_a_note_outlives_another_answer_about_the_set(client, app, clock):
    name = practised(app, clock)
    written(client, **{"2026-03-06.note": " Slept badly "})
    app.state.guide.begun.after(app.state.store.sets.get(name), 4, Comfort(0, 0), unsure=False)
    shown = form_of(client)
    assert (shown["2026-03-06.note"], shown["2026-03-06.after.effort"]) == ("Slept badly", "4")
    written(client, **{"2026-03-06.note": ""})
    assert form_of(client)["2026-03-06.note"] == ""
    assert len(app.state.store.diary.all()) == 1


@pytest.mark.parametrize("answer", ["11", "-1", "x", "1.5"])
def test_what_is_no_answer_is_asked_for_again_and_nothing_is_lost(client, app, answer):
    page = written(client, **{"2026-03-04.before.back": answer, "2026-03-03.note": "Stairs"})
    assert page.status_code == 422
    assert EN.text("diary.wrong") in page.text
    assert 'value="Stairs"' in page.text
    assert app.state.store.diary.all() == ()


def test_the_morning_after_today_is_still_to_come(client, app):
    assert "2026-03-06.next_morning.back" not in form_of(client)
    assert "2026-03-07.before.back" not in form_of(client)
    ahead = {"2026-03-06.next_morning.back": "3", "2026-03-06.next_morning.was": ","}
    client.post("/diary", data=form_of(client) | ahead)
    with pytest.raises(ValueError, match="2026-03-06"):
        Diary(app.state.store, app.state.config.clock).tell(date(2026, 3, 6), "next_morning", Told(3))
    assert app.state.store.diary.all() == ()


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2026-02-25", "2026-02-23"),
        ("nonsense", "2026-03-02"),
        ("2027-01-01", "2026-03-02"),
        ("0001-01-01", "2016-02-22"),
    ],
)
def test_a_day_leads_to_its_week(client, day, first):
    assert form_of(client, day)["week"] == first


def test_a_sheet_of_the_handbook_begins_on_any_day_and_is_typed_in_at_once(client, app, clock):
    clock.move(days=5)
    shown = client.get("/diary?first=2026-03-04").text
    for day in ("04", "05", "06", "07", "08", "09", "10"):
        assert f'name="2026-03-{day}.before.back"' in shown
    assert 'href="/diary?first=2026-02-25"' in shown
    fields = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', shown.partition('class="diary"')[2]))
    answers = {"2026-03-04.before.back": "2", "2026-03-10.after.knee": "1"}
    assert client.post("/diary", data=fields | answers).headers["location"] == "/diary?first=2026-03-04&saved=true"
    assert {(one.day.day, one.moment) for one in app.state.store.diary.all()} == {(4, "before"), (10, "after")}


@pytest.mark.parametrize("first", ["nonsense", "2027-01-01", "0001-01-01"])
def test_a_sheet_that_begins_on_no_day_is_shown_somewhere(client, first):
    assert client.get(f"/diary?first={first}").status_code == 200


# ---------------------------------------------------------------- the outcome questions


def answered(client, key, **data):
    return client.post(f"/questions/{key}", data=data)


def scores(app):
    return {(one.instrument, one.day.isoformat()): one.score for one in app.state.store.scores.all()}


def test_a_score_is_compared_with_the_first_by_the_least_change(client, app, clock):
    for answer in ("6", "5", "4"):
        assert (
            answered(client, "nprs_back", answer=answer).headers["location"] == "/questions?saved=nprs_back#nprs_back"
        )
        clock.move(days=7)
    assert list(scores(app).values()) == [6, 5, 4]
    html = client.get("/questions").text
    assert EN.text("outcomes.compared.better") in html
    assert html.count(f"<td>{EN.text('diary.questions.changes.same')}</td>") == 1
    assert html.count(f"<td>{EN.text('diary.questions.changes.better')}</td>") == 1


def test_of_one_day_the_last_answer_counts(client, app):
    answered(client, "global", answer="-5")
    answered(client, "global", answer="2")
    assert scores(app) == {("global", "2026-03-06"): 2}
    assert EN.text("diary.questions.next", day="2026-04-03") in client.get("/questions").text


def activities(*told):
    names = {f"name_{n}": name for n, (name, _) in enumerate(told)}
    return names | {f"points_{n}": points for n, (_, points) in enumerate(told)}


def test_own_activities_are_named_once_and_compared_only_with_the_same(client, app, clock):
    first = [("Stairs", "2"), ("Shoes", "4"), ("Bus", "3")]
    answered(client, "psfs", **activities(*first))
    assert scores(app) == {("psfs", "2026-03-06"): 3}
    assert 'value="Stairs"' in client.get("/questions").text
    clock.move(days=14)
    answered(client, "psfs", **activities(("Stairs", "9"), ("Shoes", "9"), ("Dog", "9")))
    assert EN.text("outcomes.compared.better") not in client.get("/questions").text
    clock.move(days=14)
    answered(client, "psfs", **activities(("Shoes", "9"), ("Stairs", "9"), ("Bus", "9")))
    assert EN.text("outcomes.compared.better") in client.get("/questions").text


def test_a_total_from_elsewhere_is_kept_with_its_day(client, app):
    answered(client, "promis_function", answer="41,5", day="2026-02-01")
    assert scores(app) == {("promis_function", "2026-02-01"): 41.5}


@pytest.mark.parametrize(
    ("key", "form", "said"),
    [
        ("nprs_back", {"answer": ""}, "wrong_item"),
        ("nprs_back", {"answer": "2.5"}, "wrong_item"),
        ("pgic", {"answer": "0"}, "wrong_item"),
        ("pgic", {}, "wrong_item"),
        ("psfs", activities(("Stairs", "1"), ("Shoes", "2")), "wrong_activities"),
        ("psfs", activities(("Stairs", "1"), ("Shoes", "2"), ("Bus", "")), "wrong_activities"),
        ("odi", {"answer": "101", "day": "2026-03-01"}, "wrong_total"),
        ("odi", {"answer": "nan", "day": "2026-03-01"}, "wrong_total"),
        ("odi", {"answer": "10", "day": "2026-03-07"}, "wrong_total"),
        ("odi", {"answer": "10", "day": ""}, "wrong_total"),
    ],
)
def test_what_cannot_be_scored_is_asked_for_again(client, app, key, form, said):
    page = answered(client, key, **form)
    assert page.status_code == 422
    assert EN.text(f"diary.questions.{said}") in page.text
    assert scores(app) == {}


@pytest.mark.parametrize("key", ["rmdq", "nothing"])
def test_what_is_not_on_the_page_cannot_be_answered(client, key):
    assert answered(client, key, answer="3").status_code == 404


PACK = {
    "schema": "lunge.questions/1",
    "key": "rmdq",
    "language": "en",
    "notice": "Unmodified, with a notice",
    "citation": "Somebody 1983",
    "items": [f"Statement {n}" for n in range(24)],
}


def test_statements_of_ones_own_are_shown_with_their_notice_and_counted(client, app, clock):
    assert client.post("/statements", data={"text": json.dumps(PACK)}).headers["location"] == "/questions#rmdq"
    html = client.get("/questions").text
    assert html.count("Statement ") == 24
    assert PACK["notice"] in html
    assert PACK["citation"] in html
    client.post("/statements/rmdq", data={f"item_{n}": "on" for n in range(0, 24, 2)})
    clock.move(days=28)
    client.post("/statements/rmdq", data={"item_23": "on"})
    assert list(scores(app).values()) == [12, 1]
    assert app.state.store.scores.all()[1].items == {"ticked": [23]}
    assert EN.text("outcomes.compared.better") in client.get("/questions").text


def test_statements_are_removed_and_their_scores_stay(client, app):
    client.post("/statements", data={"text": json.dumps(PACK)})
    client.post("/statements/rmdq")
    client.post("/statements/rmdq/remove")
    assert "Statement 3" not in client.get("/questions").text
    assert scores(app) == {("rmdq", "2026-03-06"): 0}
    assert client.post("/statements/rmdq").status_code == 404


def test_a_pack_that_does_not_fit_is_told_line_by_line(client):
    text = json.dumps(PACK | {"key": "odi"}, indent=1)
    page = client.post("/statements", data={"text": text})
    assert page.status_code == 422
    assert "Line 3: " in page.text
    assert html_of(text) in page.text


@pytest.mark.parametrize("path", ["/today", "/progress"])
def test_the_days_and_progress_lead_there(client, path):
    html = client.get(path).text
    assert 'href="/diary"' in html
    assert 'href="/questions"' in html
