"""The pages: start, questions, choices, language, errors."""

import pytest
from starlette.testclient import TestClient

from lunge.errors import OutputError
from lunge.guide.clock import Clock
from lunge.messages import catalogue
from lunge.storage import Store
from lunge.web.asked import NAMES, Asked, Choices
from lunge.web.memory import Memory

EN = catalogue("en")
CHOICES = {
    "variant": "reverse_lunge_from_standing",
    "repetitions": "5",
    "hold_s": "4",
    "squat_hold_s": "1.5",
    "order": "left_first",
    "front_repetitions": "0",
    "model": "lite",
    "height_cm": "172,5",
    "voice_name": "Anna",
    "speed": "1.2",
    "mirror": "on",
    "stretch": "on",
}


def test_the_start_page_leads_everywhere(client):
    html = client.get("/").text
    for path in ("/today", "/learn", "/look", "/sets", "/set"):
        assert f'href="{path}"' in html
    assert EN.text("pages.privacy") in html


def test_the_language_is_the_one_asked_for_until_one_is_chosen(client):
    assert '<html lang="de">' in client.get("/", headers={"accept-language": "fr, de-AT;q=0.8, en"}).text
    assert '<html lang="en">' in client.get("/", headers={"accept-language": "fr"}).text
    answer = client.post("/language", data={"code": "de", "back": "/look"})
    assert answer.headers["location"] == "/look"
    assert '<html lang="de">' in client.get("/look", headers={"accept-language": "en"}).text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_the_language_switch_leads_nowhere_else(client, back):
    assert client.post("/language", data={"code": "de", "back": back}).headers["location"] == "/"


def test_a_language_that_is_not_there_is_not_chosen(client):
    assert "set-cookie" not in client.post("/language", data={"code": "../en"}).headers


# ---------------------------------------------------------------- the choices


def test_choices_are_remembered(client, cleared, tmp_path):
    assert client.post("/set", data=CHOICES).headers["location"] == "/today/begin?kind=own"
    chosen = client.app.state.memory.choices()
    assert chosen.wishes().hold_s == 4.0
    assert chosen.wishes().height_m == pytest.approx(1.725)
    assert (chosen.order, chosen.model, chosen.voice, chosen.mirror) == ("left_first", "lite", False, True)
    html = client.get("/set").text
    assert 'value="172.5"' in html
    assert '<option value="left_first" selected>' in html
    assert "left_first" in client.get("/live").text


def test_choices_are_saved_beside_the_page(client):
    answer = client.post("/set", data=CHOICES, headers={"hx-request": "true"})
    assert EN.text("settings.saved") in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hold_s", "11"),
        ("hold_s", "nan"),
        ("repetitions", "0"),
        ("order", "up"),
        ("height_cm", "tall"),
        ("height_cm", "20"),
    ],
)
def test_a_choice_that_does_not_fit_is_named(client, tmp_path, field, value):
    name = {"height_cm": "height_m"}.get(field, field)
    said = EN.text("settings.not_saved", field=EN.text(f"settings.{name}"))
    for headers in ({}, {"hx-request": "true"}):
        assert said in client.post("/set", data={**CHOICES, field: value}, headers=headers).text
    assert client.app.state.memory.choices() == Choices()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"hold_s": 99}', "{"])
def test_a_damaged_file_of_choices_gives_the_usual_ones(tmp_path, text):
    (tmp_path / "settings.json").write_text(text)
    with Store.open(tmp_path) as store:
        assert Memory(store, Clock()).choices() == Choices()


def test_every_choice_has_its_words():
    texts = EN.section("settings")
    assert not [name for name in NAMES if name not in texts and name != "mirrored"]


def test_what_is_asked_for_by_default_is_what_the_coach_does_by_default():
    assert Asked().wishes() == type(Asked().wishes())()


# ---------------------------------------------------------------- errors


def test_what_is_not_there_is_said_kindly(client):
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert EN.text("pages.error_missing_title") in answer.text


def test_a_mistake_of_ours_shows_no_traceback(app, monkeypatch):
    monkeypatch.setattr(app.state.shelf, "page", lambda number: number / 0)
    with TestClient(app, "http://127.0.0.1:8765", raise_server_exceptions=False) as client:
        answer = client.get("/sets")
    assert answer.status_code == 500
    assert EN.text("pages.error_broken_title") in answer.text
    assert "division" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_the_disk_refuses_is_said(app, monkeypatch):
    def full(number):
        raise OutputError("errors.output.full", path="here")

    monkeypatch.setattr(app.state.shelf, "page", full)
    with TestClient(app, "http://127.0.0.1:8765") as client:
        answers = [client.get("/sets", headers={"accept-language": code}) for code in ("en", "de")]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert "the disk is full." in answers[0].text
    assert "Die Platte ist voll." in answers[1].text
