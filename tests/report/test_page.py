"""The page: whole, self-contained, and saying what the analysis says."""

import csv
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyses import analysis, finding, repetition
from lunge.errors import OutputError
from lunge.messages import Sentence
from lunge.records import Step, View
from lunge.report import page, write_report
from lunge.signals import Signals

VOID = {"meta", "img", "br", "link", "input", "hr"}
RESULTS = ("pass", "fail", "cannot_judge")


class Reader(HTMLParser):
    """Reads a page: its elements with what is in them, and whether every one is closed in order."""

    def __init__(self, text):
        super().__init__()
        self.elements, self._open = [], []
        self.feed(text)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag, attrs):
        self.elements.append([tag, dict(attrs), ""])
        if tag not in VOID:
            self._open.append((tag, len(self.elements) - 1))

    def handle_startendtag(self, tag, attrs):
        self.elements.append([tag, dict(attrs), ""])

    def handle_endtag(self, tag):
        assert self._open, f"</{tag}> closes nothing"
        opened, _ = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data):
        for _, place in self._open:
            self.elements[place][2] += data

    def all(self, tag, kind=None):
        return [
            (attributes, " ".join(text.split()))
            for name, attributes, text in self.elements
            if name == tag and (kind is None or kind in (attributes.get("class") or "").split())
        ]

    def texts(self, tag, kind=None):
        return [text for _, text in self.all(tag, kind)]


BOTH = analysis(
    repetition(1, 1.0),
    repetition(2, 2.5, stepping_leg="right", findings=(finding(value=10.0, result="pass", advice=""),)),
)


@pytest.fixture(scope="module")
def both():
    return Reader(page(BOTH))


def test_everything_is_in_the_page_itself(both):
    for _, attributes, _ in both.elements:
        for name in ("src", "href", "data", "srcset", "poster"):
            assert attributes.get(name, "data:").startswith(("data:", "#"))
    assert not both.all("script")
    assert not both.all("link")
    assert "url(" not in both.texts("style")[0]
    assert "@import" not in both.texts("style")[0]


def test_those_who_do_not_see_it_hear_it(both):
    ids = [a["id"] for _, a, _ in both.elements if "id" in a]
    assert len(ids) == len(set(ids))
    named = [a["aria-labelledby"] for _, a, _ in both.elements if "aria-labelledby" in a]
    assert set(named) <= set(ids)
    assert all(a["alt"].strip() for a, _ in both.all("img"))
    drawings = both.all("svg", "chart") + both.all("svg", "range")
    assert drawings
    assert all(a["role"] == "img" and a["aria-label"].strip() for a, _ in drawings)
    assert both.all("html")[0][0]["lang"] == "en"
    levels = [int(tag[1]) for tag, _, _ in both.elements if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(np.diff(levels)) <= 1


def test_what_it_says_first(both):
    assert both.texts("h1") == ["2 reverse lunges"]
    assert "1 with the left leg back, 1 with the right leg back." in both.texts("p", "lead")[0]
    assert "One thing is worth working on." in both.texts("p", "lead")[0]
    assert both.all("section", "next")
    assert "Keep your chest up. in repetition 1" in both.texts("li")


def test_each_repetition_has_its_checks_pictures_and_curves(both):
    sections = both.texts("section", "repetition")
    assert len(sections) == 2
    assert ["Keep your chest up." in s for s in sections] == [True, False]
    rows = [t for a, t in both.all("tr") if a.get("class") in RESULTS]
    assert rows == [
        "Back upright Lunge Work on this about 25° ± 8° −5° to 20°",
        "Back upright Lunge Good about 10° ± 8° −5° to 20°",
    ]
    assert len(both.all("img")) == 1 + 2 * 5
    assert len(both.all("svg", "chart")) == 2 * 2


def test_both_sides_are_compared_only_where_both_were_done(both):
    assert len(both.all("table", "side-table")) == 1
    one = Reader(page(analysis(repetition(1, 1.0), repetition(2, 2.5))))
    assert not one.all("table", "side-table")


def test_other_movements_and_notes_are_told(both):
    assert "A squat 6.0 s – 7.0 s" in both.texts("li")
    assert "Something worth knowing." in both.texts("li")


def test_without_a_repetition_it_says_how_to_film_one():
    read = Reader(page(analysis()))
    assert read.texts("h1") == ["No reverse lunge in this video"]
    assert read.texts("p", "lead") == ["The video shows a squat, but no reverse lunge."]
    assert len(read.texts("ol")) == 1
    assert not read.all("section", "repetition")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from(RESULTS), st.sampled_from(["lunge_hold", "full_standing", "moon_walk"]))),
    st.sampled_from(["left", "right", None]),
    st.booleans(),
)
def test_any_findings_give_a_whole_page_that_counts_them(results, leg, complete):
    found = tuple(
        finding(result=r, check=c, measure=f"m{i}", reason="view" if r == "cannot_judge" else None)
        for i, (r, c) in enumerate(results)
    )
    bare = Signals(BOTH.signals.time_s)
    made = repetition(stepping_leg=leg, complete=complete, findings=found, view=View(None, None, None))
    read = Reader(page(analysis(made, signals=bare, view=View(None, None, None))))
    rows = [a["class"] for a, _ in read.all("tr") if a.get("class") in RESULTS]
    assert sorted(rows) == sorted(r for r, _ in results if r != "cannot_judge")
    assert len(read.all("figure")) == 4 + complete
    assert ("Keep your chest up." in read.texts("li")) == ("fail" in {r for r, _ in results})


HARM = '<script>alert("1")</script>&amp;'


def test_no_name_from_outside_becomes_part_of_the_page():
    made = repetition(findings=(finding(advice=HARM, check=HARM, measure=HARM),), steps=(Step(HARM, 1.0, 5.0),))
    noted = (Sentence("notes.as_written", {"text": HARM}),)
    harmful = analysis(made, notes=noted, input=replace(BOTH.input, path=f"{HARM}.mp4"))
    read = Reader(page(harmful))
    assert not read.all("script")
    assert HARM in read.texts("li")


def test_the_tables_lie_beside_it(tmp_path):
    out = tmp_path / "made" / "here"
    assert write_report(BOTH, None, out) == out / "report.html"
    assert {p.name for p in out.iterdir()} == {"report.html", "repetitions.csv", "findings.csv", "signals.csv"}
    with (out / "findings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = [(r["repetition"], r["result"], *(float(r[n]) for n in ("value", "limit_low", "limit_high"))) for r in rows]
    assert said == [("1", "fail", 24.6, -5.0, 20.0), ("2", "pass", 10.0, -5.0, 20.0)]
    with (out / "signals.csv").open(encoding="utf-8", newline="") as file:
        columns = list(csv.DictReader(file))
    np.testing.assert_allclose([float(c["time_s"]) for c in columns], BOTH.signals.time_s, atol=1e-4)
    lean = [float(c["trunk_forward_deg"]) for c in columns]
    np.testing.assert_allclose(lean, BOTH.signals.values["trunk_forward_deg"], atol=1e-4)


def test_a_report_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="Choose another"):
        write_report(BOTH, None, tmp_path / "file" / "report")
