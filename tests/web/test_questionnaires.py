"""Questionnaires of one's own over HTTP: added, asked, answered, kept, and what is wrong in a file."""

import html
import json

import pytest

from asked import ALL, DAILY, EVERYTHING_SEEN, daily, seen
from lunge.messages import catalogue

EN, DE = catalogue("en"), catalogue("de")
NAME = "daily things ß"


@pytest.fixture
def app(app_at, clock):
    return app_at(clock)


@pytest.fixture
def copied(tmp_path):
    """The folder of the files, with one in it."""
    folder = tmp_path / "questionnaires"
    folder.mkdir()
    (folder / f"{NAME}.json").write_text(json.dumps(DAILY, indent=1), encoding="utf-8")
    return folder


def page(client, path="/questions", **more):
    return html.unescape(client.get(path, **more).text)


def answered(client, form, name=NAME):
    return client.post(f"/questionnaires/{name}", data=form)


def test_a_file_that_was_copied_is_asked_item_by_item(client, copied):
    listed = page(client)
    assert "Daily things" in listed
    assert EN.text("questionnaires.none_yet") in listed
    asked = page(client, f"/questionnaires/{NAME}")
    for text in ("Think of the last week.", "Getting about", "How were stairs?", "Hard", "Often", "What helped?"):
        assert text in asked
    assert "Made up for a test; nobody owns it." in asked
    assert 'value="1.5"' in asked
    for absent in ("For how many minutes?", "Who came along?", "paper", "Sum"):
        assert absent not in asked
    german = page(client, f"/questionnaires/{NAME}", headers={"accept-language": "de"})
    assert 'value="1,5"' in german
    assert DE.text("questionnaires.open") in german
    assert 'lang="en"' in german


def test_answers_are_kept_as_fhir_with_their_score_and_shown(client, app, copied):
    answer = answered(client, ALL | EVERYTHING_SEEN)
    assert answer.status_code == 303
    (kept,) = app.state.store.answers.all()
    assert (kept.questionnaire, kept.title, kept.score) == (DAILY["url"], "Daily things", 3.5)
    assert kept.response["resourceType"] == "QuestionnaireResponse"
    listed = page(client, answer.headers["location"])
    assert EN.text("questionnaires.answered") in listed
    assert "<td>3.5</td>" in listed


def test_of_one_day_the_last_answers_count(client, app, copied, clock):
    answered(client, ALL | EVERYTHING_SEEN)
    answered(client, ALL | EVERYTHING_SEEN | {"one:1.1": "0"})
    clock.move(days=1)
    answered(client, {"one:1.1": "0"} | EVERYTHING_SEEN)
    assert [kept.score for kept in app.state.store.answers.all()] == [2, None]
    listed = page(client)
    assert listed.index("2026-03-03") < listed.index("2026-03-02")


def test_what_is_missing_or_does_not_fit_is_asked_for_again_and_nothing_is_lost(client, app, copied):
    answer = answered(client, EVERYTHING_SEEN | {"one:5": "much", "one:7": "It rained."})
    said = html.unescape(answer.text)
    assert answer.status_code == 422
    assert EN.text("questionnaires.check_many", n=2) in said
    assert EN.text("questionnaires.wrong.missing") in said
    assert EN.text("questionnaires.wrong.decimal") in said
    assert "It rained.</textarea>" in said
    assert 'value="much"' in said
    assert app.state.store.answers.all() == ()


def test_what_follows_from_an_answer_comes_up_without_javascript(client, app, copied):
    form = {"one:1.1": "0", "one:2": "yes", "one:5": "3"} | seen("1.1", "1.2", "2", "3", "5", "6", "7")
    answer = answered(client, form)
    assert answer.status_code == 200
    assert EN.text("questionnaires.came_up") in html.unescape(answer.text)
    assert "For how many minutes?" in answer.text
    assert app.state.store.answers.all() == ()
    assert answered(client, form | seen("2.1") | {"one:2.1": "20"}).status_code == 303


def test_a_file_that_is_sent_joins_and_goes_while_its_answers_stay(client, app):
    sent = client.post("/questionnaires", files={"file": ("mine.json", json.dumps(DAILY).encode(), "application/json")})
    assert sent.status_code == 303
    answered(client, ALL | EVERYTHING_SEEN, "mine")
    assert client.post("/questionnaires/mine/remove").status_code == 303
    listed = page(client)
    assert EN.text("questionnaires.gone") in listed
    assert "<td>3.5</td>" in listed
    assert client.get("/questionnaires/mine").status_code == 404


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"<xml/>", b'{"resourceType": "Patient"}', b"[" * 9000])
def test_a_bad_file_is_a_kind_sentence(client, tmp_path, content):
    sent = client.post("/questionnaires", files={"file": ("bad.json", content, "application/json")})
    assert sent.status_code == 422
    assert "Traceback" not in sent.text
    assert not list(tmp_path.rglob("*.json"))
    folder = tmp_path / "questionnaires"
    folder.mkdir()
    (folder / "bad.json").write_bytes(content)
    listed = page(client)
    assert EN.text("questionnaires.unusable", name="bad.json") in listed
    assert client.get("/questionnaires/bad").status_code == 422
    assert client.post("/questionnaires/bad.json/remove").status_code == 303
    assert not list(folder.iterdir())


def test_what_cannot_be_asked_is_named(client, tmp_path):
    def change(data):
        for row in data["item"][4:]:
            row["type"] = "attachment"
            row.pop("readOnly", None)

    sent = client.post("/questionnaires", files={"file": ("bad.json", json.dumps(daily(change)).encode(), "text/json")})
    said = html.unescape(sent.text)
    assert "item 3: lunge cannot ask for “attachment” yet" in said
    assert EN.text("questionnaires.more_lines", n=1) in said


def test_without_a_file_the_page_asks_for_one(client):
    assert EN.text("library.choose_file") in client.post("/questionnaires", files={"other": ("", b"")}).text


@pytest.mark.parametrize("name", ["..%2Flunge", "nothing", "%00"])
def test_no_name_leads_out_of_the_folder(client, tmp_path, name):
    (tmp_path / "lunge.json").write_text(json.dumps(DAILY))
    assert client.get(f"/questionnaires/{name}").status_code == 404
    assert client.post(f"/questionnaires/{name}/remove").status_code == 404
    assert (tmp_path / "lunge.json").exists()


def test_what_a_file_says_is_text_and_never_markup(client, copied):
    def change(data):
        data["title"] = "<script>alert(1)</script>"
        data["item"][0]["text"] = '"><img src=x onerror=alert(1)>'

    (copied / f"{NAME}.json").write_text(json.dumps(daily(change)))
    for path in ("/questions", f"/questionnaires/{NAME}"):
        assert "<script>alert" not in client.get(path).text
        assert "<img src=x" not in client.get(path).text
