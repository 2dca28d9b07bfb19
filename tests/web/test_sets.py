"""Sets that were done: kept, listed, shown, downloaded, deleted."""

import base64
import hashlib
import re
from datetime import timedelta

import pytest

from analyses import analysis, repetition
from lunge.errors import OutputError
from lunge.messages import catalogue
from lunge.posefile import load_poses, save_poses
from lunge.web.reports import report_policy
from lunge.web.sets import NEWEST
from lunge.web.shelf import Told
from people import source
from stored import NOON, keep

EN = catalogue("en")
GONE = "20260101-120000-abcd"


def kept(shelf, *repetitions, **more):
    made, told = analysis(*(repetitions or (repetition(),))), Told(more.pop("language", "en"))
    return shelf.keep(
        made, lambda path: save_poses(path, made.poses, source()), **{"origin": "live", "told": told, **more}
    )


@pytest.fixture
def shelf(app):
    return app.state.shelf


def test_a_set_is_listed_with_its_legs(client, shelf):
    kept(shelf, repetition(), repetition(index=2, stepping_leg="right"), repetition(index=3, stepping_leg=None))
    (card,) = shelf.cards()
    assert (card.left, card.right, card.other, card.origin) == (1, 1, 1, "live")
    for path in ("/sets", "/"):
        html = client.get(path).text
        assert EN.text("pages.set_repetitions_many", n=3) in html
        assert f'href="/sets/{card.id}"' in html


def test_the_newest_set_comes_first(shelf, monkeypatch):
    ids = [kept(shelf).id for _ in range(3)]
    assert [card.made for card in shelf.cards()] == sorted((card.made for card in shelf.cards()), reverse=True)
    assert {card.id for card in shelf.cards()} == set(ids)


def test_a_name_is_shown_as_text(client, shelf):
    card = kept(shelf, origin="video", name="<b>me</b>.mp4")
    for path in ("/sets", f"/sets/{card.id}"):
        assert "&lt;b&gt;me&lt;/b&gt;.mp4" in client.get(path).text


def test_one_set_shows_its_report_in_a_frame(client, shelf):
    card = kept(shelf)
    html = client.get(f"/sets/{card.id}").text
    assert f'src="/sets/{card.id}/report"' in html
    assert 'sandbox="allow-same-origin"' in html


def test_the_report_lets_in_its_own_style_and_nothing_else(client, shelf):
    answer = client.get(f"/sets/{kept(shelf).id}/report")
    policy = answer.headers["content-security-policy"]
    (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy
    assert "unsafe" not in policy
    assert "script" not in policy
    assert policy.startswith("default-src 'none';")
    assert "frame-ancestors 'self'" in policy


def test_a_report_without_style_gets_none():
    assert "style-src 'none'" in report_policy("<p>hello</p>")


def test_what_is_downloaded_is_what_was_kept(client, shelf):
    card = kept(shelf)
    landmarks = client.get(f"/sets/{card.id}/files/landmarks")
    assert f"lunge-{card.id}.npz" in landmarks.headers["content-disposition"]
    poses, _ = load_poses(shelf.file(card.id, "landmarks.npz"))
    assert len(poses) == 240
    assert client.get(f"/sets/{card.id}/files/findings").json()["schema"] == "lunge.analysis/1"


def test_one_set_is_deleted_and_the_others_stay(client, shelf):
    first, second = kept(shelf), kept(shelf)
    assert client.post(f"/sets/{first.id}/delete").headers["location"] == "/sets"
    assert [card.id for card in shelf.cards()] == [second.id]
    assert client.get(f"/sets/{first.id}").status_code == 404


def test_all_sets_are_deleted(client, shelf, tmp_path):
    kept(shelf), kept(shelf)
    client.post("/sets/delete")
    assert list((tmp_path / "sets").iterdir()) == []
    assert EN.text("pages.sets_none") in client.get("/sets").text


@pytest.mark.parametrize("path", ["/report", "/files/landmarks", "/files/set.json", "/files/nothing"])
@pytest.mark.parametrize("name", [GONE, "%2e%2e", "nothing"])
def test_what_is_not_there_is_not_found(client, name, path):
    assert client.get(f"/sets/{name}{path}").status_code == 404


def test_no_name_leads_out_of_the_folder(shelf, tmp_path):
    (tmp_path / "set.json").write_text("{}")
    with pytest.raises(Exception, match=r"\.\."):
        shelf.file("..", "set.json")
    with pytest.raises(Exception, match=r"\.\."):
        shelf.delete("..")
    assert (tmp_path / "set.json").is_file()


def test_a_set_that_cannot_be_written_leaves_nothing_behind(shelf, tmp_path):
    def full(path):
        path.write_bytes(b"half")
        raise OutputError("errors.output.full", path="here")

    with pytest.raises(OutputError):
        shelf.keep(analysis(repetition()), full, "live", Told("en"))
    assert list((tmp_path / "sets").iterdir()) == []


def test_a_damaged_card_is_left_out(shelf, tmp_path):
    kept(shelf)
    place = tmp_path / "sets" / GONE
    place.mkdir()
    (place / "set.json").write_text('{"made": "yesterday"}')
    assert len(shelf.cards()) == 1


def test_a_report_speaks_the_language_of_whoever_did_the_set(shelf, tmp_path):
    card = kept(shelf, language="de")
    report = next(tmp_path.glob(f"**/{card.id}/report.html")).read_text(encoding="utf-8")
    assert '<html lang="de"' in report


def test_the_newest_sets_come_first_and_all_on_request(client, app):
    for i in range(NEWEST + 2):
        keep(app.state.store, at=NOON + timedelta(hours=i))
    newest = client.get("/sets").text
    assert newest.count('class="card"') == NEWEST
    assert EN.text("pages.sets_older") in newest
    every = client.get("/sets?older=true").text
    assert every.count('class="card"') == NEWEST + 2
    assert EN.text("pages.sets_older") not in every
