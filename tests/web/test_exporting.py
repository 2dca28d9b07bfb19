"""A set for other programs and for paper, from its page."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

import lunging
from lunge.exports import KINDS, available
from lunge.messages import catalogue
from lunge.posefile import save_poses
from lunge.session import Options, analysis_of, landmarks_from
from lunge.web.exporting import kept_analysis
from lunge.web.shelf import Told
from people import source

EN = catalogue("en")


def analysed(figure, options):
    """Return the analysis of landmarks in the precision that a landmark file has."""
    poses = figure.poses()
    rounded = {name: getattr(poses, name).astype(np.float32) for name in ("image_px", "world_m", "confidence")}
    return analysis_of(landmarks_from(replace(poses, **rounded), source()), options)


def kept(app, made, stretch):
    wishes = {"stretch": stretch}
    return app.state.shelf.keep(
        made, lambda path: save_poses(path, made.poses, source()), "video", Told("en"), entered={"wishes": wishes}
    )


@pytest.fixture
def card(app):
    """Return the card of a kept set with two repetitions from standing."""
    made = analysed(lunging.Figure(16.0).from_standing(2.0).from_standing(8.5, leg="right"), Options(height_m=1.7))
    assert len(made.repetitions) == 2
    return kept(app, made, stretch=False)


def test_the_page_offers_what_can_be_written(client, card):
    html = client.get(f"/sets/{card.id}").text
    offered = {kind for kind in KINDS if f'href="/sets/{card.id}/export/{kind}"' in html}
    assert offered == set(available())
    assert {"trc", "mot", "csv"} <= offered
    assert EN.text("exporting.pdf") in html


@pytest.mark.parametrize("kind", available())
def test_each_kind_comes_as_a_file(client, card, kind):
    answer = client.get(f"/sets/{card.id}/export/{kind}")
    assert answer.status_code == 200
    assert f'filename="lunge-{card.id}.{kind}"' in answer.headers["content-disposition"]
    assert len(answer.content) > 1000


def test_the_page_for_paper_is_a_pdf_in_the_language_of_the_page(client, card):
    english = client.get(f"/sets/{card.id}/export/pdf")
    client.post("/language", data={"code": "de", "back": "/"}, headers={"origin": str(client.base_url)})
    german = client.get(f"/sets/{card.id}/export/pdf")
    assert english.headers["content-type"] == "application/pdf"
    assert english.content.startswith(b"%PDF")
    assert b"Lang (de)" in german.content or len(german.content) != len(english.content)


def test_the_set_is_judged_again_as_it_was(app, card):
    shelf = app.state.shelf
    again = kept_analysis(shelf, card.id).as_dict()
    before = json.loads(shelf.file(card.id, "findings.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(again["repetitions"])) == before["repetitions"]


def test_the_longer_step_is_remembered(app):
    made = analysed(lunging.Figure(9.0).from_standing(2.0), Options(stretch=True))
    again = kept_analysis(app.state.shelf, kept(app, made, stretch=True).id)
    assert [r.findings for r in again.repetitions] == [r.findings for r in made.repetitions]
    usual = kept_analysis(app.state.shelf, kept(app, made, stretch=False).id)
    assert [r.findings for r in usual.repetitions] != [r.findings for r in made.repetitions]


@pytest.mark.parametrize("path", ["/sets/{id}/export/bvh", "/sets/20260101-120000-abcd/export/trc"])
def test_what_is_not_there_is_said_kindly(client, card, path):
    answer = client.get(path.format(id=card.id))
    assert answer.status_code in (404, 422)
    assert "Traceback" not in answer.text


# ---------------------------------------------------------------- the report again


def sources(html):
    return re.findall(r'src="(data:[^"]*)"', html)


def test_a_report_is_told_again_in_the_language_of_who_reads_it_with_its_pictures(client, card):
    written = client.app.state.shelf.file(card.id, "report.html")
    others = ["data:image/png;base64,AAAA" for _ in sources(written.read_text(encoding="utf-8"))]
    assert others
    written.write_text(re.sub(r"data:image/[^\"]*", others[0], written.read_text(encoding="utf-8")), encoding="utf-8")
    english, german = (
        client.get(f"/sets/{card.id}/report", headers={"accept-language": code}).text for code in ("en", "de")
    )
    assert ('<html lang="en"' in english, '<html lang="de"' in german) == (True, True)
    assert sources(english) == sources(german) == others
    assert catalogue("de").text("report.page.purpose") in german
    assert EN.text("report.page.purpose") not in german


def test_a_report_that_cannot_be_told_again_is_as_it_was_written(client, card):
    client.app.state.shelf.file(card.id, "landmarks.npz").write_bytes(b"damaged")
    html = client.get(f"/sets/{card.id}/report", headers={"accept-language": "de"}).text
    assert EN.text("report.page.purpose") in html


def test_a_report_of_other_pictures_is_as_it_was_written(client, card):
    written = client.app.state.shelf.file(card.id, "report.html")
    written.write_text(f'<html lang="en"><p>{card.id}</p>', encoding="utf-8")
    html = client.get(f"/sets/{card.id}/report", headers={"accept-language": "de"}).text
    assert html == f'<html lang="en"><p>{card.id}</p>'
