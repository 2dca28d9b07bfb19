"""The library: exercises as cards, files of one's own, and what is wrong in them."""

import html
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest

import lunging
from lunge.errors import ExerciseError
from lunge.exercises import load
from lunge.messages import catalogue
from lunge.report import page as report_page
from lunge.session import Options, analysis_of, landmarks_from
from people import source

EN, DE = catalogue("en"), catalogue("de")
SHIPPED = (resources.files("lunge.exercises") / "split_squat.toml").read_text(encoding="utf-8")
OWN = SHIPPED.replace('name = "split_squat"', 'name = "gentle_lunge"', 1).replace(
    'title = "Split squat"', 'title = "Gentle lunge"\nplace = 3\nabout = "A small one, by hand."', 1
)
WAYS = "lowered, standing, split, seated"


def sent(client, text, name="mine.toml"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post("/library", files={"file": (name, content, "application/toml")})


def line_with(text, part):
    return next(i for i, row in enumerate(text.splitlines(), 1) if part in row)


def shown(client, **more):
    return html.unescape(client.get("/library", **more).text)


def test_the_shipped_exercises_are_told_in_both_languages(client):
    page = shown(client)
    assert EN.text("library.place", n=5) in page
    assert EN.text("library.exercise.reverse_lunge.about") in page
    assert f'{EN.text("checks.front_thigh_depth.title")} <span class="soft">({EN.text("library.view.side")})' in page
    assert f'{EN.text("checks.hips_level.title")} <span class="soft">({EN.text("library.view.front")}, ' in page
    german = shown(client, headers={"accept-language": "de"})
    assert DE.text("library.exercise.split_squat.title") in german
    assert DE.text("steps.stepping_back") in german
    assert "/remove" not in page


def test_a_file_that_is_sent_appears_can_be_used_and_goes_again(client, app, tmp_path, monkeypatch):
    assert sent(client, OWN).headers["location"] == "/library"
    page = shown(client)
    assert "Gentle lunge" in page
    assert EN.text("library.place", n=3) in page
    assert "A small one, by hand." in page
    monkeypatch.setenv("LUNGE_HOME", str(tmp_path))
    assert load("gentle_lunge").title == "Gentle lunge"
    assert client.post("/library/gentle_lunge/remove").headers["location"] == "/library"
    assert "Gentle lunge" not in shown(client)
    with pytest.raises(ExerciseError, match="Known are"):
        load("gentle_lunge")


def test_an_analysis_uses_an_exercise_of_ones_own(client, tmp_path, monkeypatch):
    shipped = (resources.files("lunge.exercises") / "reverse_lunge.toml").read_text(encoding="utf-8")
    own = shipped.replace("reverse_lunge", "gentle_lunge").replace("limit = [-8.0, 20.0]", "limit = [60.0, 80.0]", 1)
    assert "limit = [60.0, 80.0]" in own
    sent(client, own)
    monkeypatch.setenv("LUNGE_HOME", str(tmp_path))
    poses = lunging.Figure(9.0).from_standing(2.0).poses()
    rounded = {name: getattr(poses, name).astype(np.float32) for name in ("image_px", "world_m", "confidence")}
    landmarks = replace(poses, **rounded)
    made = analysis_of(landmarks_from(landmarks, source()), Options(exercise="gentle_lunge"))
    usual = analysis_of(landmarks_from(landmarks, source()), Options())
    results = [
        {f.result for r in one.repetitions for f in r.findings if f.check == "front_thigh_depth"}
        for one in (made, usual)
    ]
    assert made.engine.exercise == "gentle_lunge"
    assert [one.variant for one in made.repetitions] == ["gentle_lunge_from_standing"]
    assert "gentle lunge from standing" in report_page(made)
    assert results[0] == {"fail"}
    assert results[0] != results[1]


@pytest.mark.parametrize(
    ("change", "where", "key", "fill"),
    [
        (("opens_heights = 0.20", "opens_heigths = 0.20"), "opens_heigths", "unknown", {"name": "opens_heigths"}),
        (("opens_heights = 0.20", "opens_heigths = 0.20"), "[stance]", "missing", {"name": "opens_heights"}),
        (("\nmargin = 4.0", ""), "[[checks]]", "missing", {"name": "margin"}),
        (("shortest_s = 0.4", 'shortest_s = "short"'), "shortest_s", "no_number_here", {"got": "short"}),
        (('entry = "split"', 'entry = "jump"'), "entry =", "exactly", {"expected": WAYS, "got": "jump"}),
        (("limit = [-8.0, 20.0]", "limit = [20.0, -8.0]"), "limit = [20.0", "no_limit", {"got": [20.0, -8.0]}),
        (('name = "gentle_lunge"', 'name = "../up"'), 'name = "../up"', "no_name", {"got": "../up"}),
        (('name = "gentle_lunge"', 'name = "reverse_lunge"'), "name =", "name_taken", {"got": "reverse_lunge"}),
        (("[stance]", "[stance"), "[stance", "no_toml", {}),
    ],
)
def test_a_mistake_is_told_with_its_line(client, tmp_path, change, where, key, fill):
    assert change[0] in OWN
    text = OWN.replace(*change, 1)
    answer = sent(client, text)
    said = EN.text(f"written.{key}", **fill)
    assert answer.status_code == 422
    assert EN.text("written.line", line=line_with(text, where), problem=said) in html.unescape(answer.text)
    assert not list(tmp_path.rglob("*.toml"))


def test_a_mistake_in_a_later_check_has_the_line_of_that_check(client):
    rows = OWN.splitlines()
    last = max(i for i, row in enumerate(rows) if row.startswith("statistic = "))
    rows[last] = 'statistic = "median"'
    said = html.unescape(sent(client, "\n".join(rows)).text)
    assert f"Line {last + 1}: " in said
    assert "got median" in said


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"x" * 300_000, b"a = " + b"[" * 50_000, b"a = " + b"9" * 10_000, b""]
)
def test_what_is_no_exercise_is_refused_kindly(client, tmp_path, content):
    answer = sent(client, content)
    assert answer.status_code == 422
    assert "Traceback" not in answer.text
    assert not list(tmp_path.rglob("*.toml"))


def test_without_a_file_the_page_asks_for_one(client):
    answer = client.post("/library", files={"other": ("", b"")})
    assert EN.text("library.choose_file") in answer.text


def test_a_file_that_was_copied_appears_or_says_what_is_wrong(client, tmp_path):
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "gentle_lunge.toml").write_text(OWN)
    (folder / "other_name.toml").write_text(OWN)
    (folder / "Not a name.toml").write_text(OWN)
    page = shown(client)
    assert page.count("Gentle lunge</h2>") == 1
    assert EN.text("library.unusable", name="other_name.toml") in page
    assert "expected other_name, got gentle_lunge" in page
    client.post("/library/other_name/remove")
    assert not (folder / "other_name.toml").exists()


@pytest.mark.parametrize("name", ["reverse_lunge", "nothing", "..%2Flunge", "Not a name"])
def test_only_ones_own_files_can_be_removed(client, tmp_path, name):
    (tmp_path / "exercises").mkdir()
    (tmp_path / "lunge.toml").write_text("kept")
    (tmp_path / "exercises" / "Not a name.toml").write_text("kept")
    assert client.post(f"/library/{name}/remove").status_code == 404
    assert len(list(tmp_path.rglob("*.toml"))) == 2
    assert load("reverse_lunge").place == 5


def test_the_day_leads_to_both_pages(client):
    page = client.get("/today").text
    assert 'href="/library"' in page
    assert 'href="/prescription"' in page
