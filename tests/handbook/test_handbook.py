"""The handbook: pages to print."""

import re
import xml.etree.ElementTree as ET

import pytest
from typer.testing import CliRunner

import lunge.handbook.pages as pages
from lunge.cli import app
from lunge.handbook import PAPERS, handbook
from lunge.handbook.drawing import Moment, drawing
from lunge.messages import catalogue, languages
from lunge.plan.answers import History
from lunge.plan.engine import plan
from lunge.plan.records import Habits, IfThen, Illness
from planned import DAY, MONDAY, RULES, fresh, screened

PAGES = 8
"""Why, two of steps, the plan, and a diary sheet for each of four weeks."""

SQUAT = Moment("squat")


def made(history, language="en", paper="a4"):
    return handbook(history, plan(history, RULES, MONDAY), language, paper)


def pages_of(content):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


@pytest.fixture
def told(monkeypatch):
    """Return what the template is given, in place of a PDF."""
    monkeypatch.setattr(pages, "pdf", lambda template, data, files, on: data)
    return made


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", languages())
def test_it_is_a_tagged_pdf_of_eight_pages_in_each_language_on_each_paper(language, paper):
    content = made(fresh(), language, paper)
    assert content.startswith(b"%PDF-")
    assert b"/MarkInfo" in content
    assert f"/Lang({language}".encode() in content
    assert pages_of(content) == PAGES
    wide, high = {"a4": (595, 841), "us-letter": (612, 792)}[paper]
    assert re.search(rb"/MediaBox ?\[0 0 %d(\.\d+)? %d(\.\d+)?\]" % (wide, high), content)


def test_the_same_day_and_history_give_the_same_bytes():
    assert made(fresh()) == made(fresh())


@pytest.mark.parametrize("language", languages())
def test_each_sheet_says_where_it_is_typed_in(told, language):
    weeks = told(fresh(), language)["weeks"]
    texts = catalogue(language)
    for week, (day, month) in zip(weeks, [(5, 1), (12, 1), (19, 1), (26, 1)], strict=True):
        first = texts.text("handbook.date", day=day, month=texts.text(f"handbook.month.{month}"))
        assert week["type"] == texts.text("handbook.diary_type", first=first)


def test_unknown_paper_and_language_are_refused():
    with pytest.raises(ValueError, match="a4, us-letter"):
        made(fresh(), paper="a5")
    with pytest.raises(ValueError, match="language"):
        made(fresh(), language="xx")


def test_it_has_seven_steps_each_with_a_picture_and_what_often_happens(told):
    steps = told(fresh())["steps"]
    assert len(steps) == 7
    assert all(step["picture"] and step["seen"] and step["better"] for step in steps)
    assert len({step["seen"] for step in steps}) == 7


def test_every_reason_to_stop_is_on_the_first_page(told):
    texts = catalogue("en").section("safety")
    assert told(fresh())["stops"] == [v for k, v in texts.items() if k.startswith("stop.")]


def test_the_days_are_those_that_the_person_chose_and_the_words_their_own(told):
    habits = Habits(weekdays=(0, 3), sessions_a_day=2, if_then=(IfThen("plan.when.coffee", "Two lunges"),))
    data = told(fresh(habits=habits))
    week = data["weeks"][0]["days"]
    assert [day["sets"] for day in week] == [2, 0, 0, 2, 0, 0, 0]
    assert [day["is_rest"] for day in week] == [False, True, True, False, True, True, True]
    assert data["plan"]["habits"] == ["When I get a coffee or a tea: Two lunges"]


def test_what_people_wrote_is_text_and_no_markup():
    habits = Habits(if_then=(IfThen('#panic("*")', "$1 < 2$ @nobody"),))
    assert pages_of(made(fresh(habits=habits))) == PAGES


def test_without_answers_it_shows_the_usual_start_and_asks_for_them(told):
    data = told(History())
    assert data["plan"]["notes"] == [catalogue("en").text("plan.today.screen")]
    assert data["plan"]["is_open"]
    assert [day["sets"] for day in data["weeks"][0]["days"]] == [1, 2, 2, 2, 2, 0, 0]


@pytest.mark.parametrize("ticked", ["urgent.fever", "emergency.saddle"])
def test_whoever_should_see_a_doctor_gets_no_days_and_no_targets(told, ticked):
    data = told(fresh(screenings=(screened(ticked),)))
    assert data["plan"]["notes"] == [catalogue("en").text("plan.today.stop")]
    assert not data["plan"]["is_open"]
    assert not any(day["sets"] or day["kind"] for week in data["weeks"] for day in week["days"])


def test_whoever_should_see_a_doctor_gets_whole_pages_too():
    assert pages_of(made(fresh(screenings=(screened("urgent.fever"),)))) == PAGES


def test_whoever_is_to_answer_anew_gets_no_days_until_then(told):
    expired = screened(on=MONDAY - 366 * DAY)
    data = told(fresh(screenings=(expired,)))
    assert data["plan"]["notes"] == [catalogue("en").text("plan.today.screen")]
    assert not data["plan"]["is_open"]


def test_whoever_is_ill_gets_no_days_until_then(told):
    assert not told(fresh(illnesses=(Illness(MONDAY),)))["plan"]["is_open"]


# ---------------------------------------------------------------- pictures
def lines_of(moment):
    root = ET.fromstring(drawing(moment))
    return root.get("viewBox").split(), [path.get("d") for path in root]


@pytest.mark.parametrize("moment", pages.STEPS.values(), ids=pages.STEPS)
def test_a_picture_holds_the_whole_figure(moment):
    box, lines = lines_of(moment)
    left, top, width, height = map(float, box)
    points = [tuple(map(float, at)) for d in lines[1:] for at in re.findall(r"(-?[\d.]+) (-?[\d.]+)", d)]
    assert all(left < x < left + width and top < y < top + height for x, y in points)


def test_each_leg_steps_back_in_its_picture():
    right, left = drawing(Moment("lunge")), drawing(Moment("lunge", back="left"))
    assert right != left
    assert right.count(b"#9a9a9a") == left.count(b"#9a9a9a") == 3


# ---------------------------------------------------------------- the command
def run(*args):
    return CliRunner().invoke(app, ["handbook", *map(str, args)])


def test_the_command_writes_the_pages(tmp_path):
    file = tmp_path / "out.pdf"
    found = run(file, "--language", "de", "--paper", "us-letter", "--folder", tmp_path / "kept")
    assert found.exit_code == 0, found.output
    assert pages_of(file.read_bytes()) == PAGES


def test_a_path_that_cannot_be_written_is_one_sentence_and_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    found = run(tmp_path / "file" / "out.pdf", "--folder", tmp_path / "kept")
    assert found.exit_code == 2
    assert found.output.count("\n") == 1
    assert "cannot be written" in found.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "kept"]


def test_a_folder_in_the_place_of_the_file_stays_as_it_is(tmp_path):
    (tmp_path / "out.pdf").mkdir()
    assert run(tmp_path / "out.pdf", "--folder", tmp_path / "kept").exit_code == 2
    assert list((tmp_path / "out.pdf").iterdir()) == []
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("wrong", [("--paper", "a5"), ("--language", "xx")])
def test_what_there_is_not_is_refused_before_anything_is_made(tmp_path, wrong):
    assert run(tmp_path / "out.pdf", *wrong).exit_code == 2
    assert list(tmp_path.iterdir()) == []
