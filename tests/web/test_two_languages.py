"""No sentence of a page is the same in two languages: what is not from a catalogue is found here.

Every page without a parameter is walked, and those of a set, of a video that cannot be read, and of an error.
"""

import json
import re
from html.parser import HTMLParser

import pytest
from starlette.routing import Route

from analyses import analysis, effects, finding, repetition
from lunge.errors import OutputError
from lunge.exercises import load
from lunge.handbook import pages as handbook
from lunge.messages import Listed, Sentence, catalogue
from lunge.plan.engine import plan
from lunge.posefile import load_poses, save_poses
from lunge.records import Lowering, OtherMovement
from lunge.report import page
from lunge.report.paper import _data
from lunge.report.words import speaking
from lunge.web import pages as first_pages
from lunge.web.rest import PARTS
from lunge.web.shelf import Told
from people import source
from planned import MONDAY, RULES, fresh

SAID_IN = ("alt", "aria-label", "title", "placeholder", "label", "aria-description", "value")
UNSAID = ("script", "style", "code")
"""What is no text in any language."""

SENTENCE = re.compile(r"[^\W\d_]{2,}[,.:;]? [^\W\d_]{2,}")
"""Two words: single ones are often names, or the same in both languages."""


class Said(HTMLParser):
    """Gathers what a page says: its texts, what is said of pictures and fields, and the data of its scripts."""

    def __init__(self, html):
        super().__init__()
        self.texts, self._inside = set(), ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self._inside = f"{tag} {told.get('type', '')}" if tag in UNSAID else ""
        self.texts |= {told[name].strip() for name in SAID_IN if told.get(name)}

    def handle_endtag(self, tag):
        self._inside = "" if tag in UNSAID else self._inside

    def handle_data(self, data):
        if not self._inside:
            self.texts.add(" ".join(data.split()))
        elif self._inside == "script application/json":
            self.texts |= strings_in(json.loads(data))


def strings_in(value):
    """Return every text in plain data."""
    if isinstance(value, dict):
        return set().union(*map(strings_in, value.values()))
    if isinstance(value, list | tuple):
        return set().union(*map(strings_in, value))
    return {value} if isinstance(value, str) else set()


def the_same(english, german):
    """Return the sentences that stand in both."""
    return {text for text in english & german if SENTENCE.search(text)}


def in_both(client, path):
    """Return what a page says in English, and in German."""
    return (Said(client.get(path, headers={"accept-language": code}).text).texts for code in ("en", "de"))


# ---------------------------------------------------------------- pages

FILES = {"/handbook.pdf", "/prescription/report.{kind}"}


def pages():
    """Return the addresses of all pages that need no name in them."""
    ours = (*first_pages.ROUTES, *(route for part in PARTS for route in part.router.routes))
    routes = (route for route in ours if isinstance(route, Route))
    return sorted(r.path for r in routes if "GET" in r.methods and "{" not in r.path and r.path not in FILES)


def test_every_page_is_in_the_language_that_was_asked_for(client, cleared):
    paths = pages()
    assert {"/", "/today", "/live", "/learn", "/sets"} <= set(paths)
    found = {path: the_same(*in_both(client, path)) for path in paths}
    assert {path: same for path, same in found.items() if same} == {}


def test_a_page_that_is_not_there_and_one_that_cannot_be_made_are_told_in_the_language(client, monkeypatch):
    def full(number):
        raise OutputError("errors.output.full", path="here")

    monkeypatch.setattr(client.app.state.shelf, "page", full)
    for path in ("/sets/nothing", "/sets"):
        assert not the_same(*in_both(client, path))


def test_what_cannot_be_looked_at_is_told_in_the_language(client):
    job = client.post("/look", params={"name": "a.mp4"}, content=b"no video at all").json()["job"]
    client.app.state.jobs.find(job.rpartition("/")[2]).future.result(60.0)
    english, german = in_both(client, job)
    assert any("a.mp4 lässt sich nicht als Video lesen" in text for text in german)
    assert not the_same(english, german)


PRESCRIBED = """schema = "lunge.prescription/1"
exercise = "reverse_lunge"
by = "Physio"
issued = 2026-03-01
valid_until = 2036-03-15
[ranges]
depth_deg = [45, 60]
support = ["both_hands", "none"]
stretch = false
[schedule]
weekdays = ["monday", "tuesday"]
[stop]
limit = 4
"""


def test_a_prescription_and_its_report_are_told_in_the_language(client, cleared):
    sent = client.post("/prescription", files={"file": ("plan.toml", PRESCRIBED.encode())})
    assert sent.headers["location"] == "/prescription"
    for path in ("/prescription", "/today", "/prescription/report.html"):
        assert not the_same(*in_both(client, path))


def test_the_handbook_is_all_in_its_language(monkeypatch):
    monkeypatch.setattr(handbook, "pdf", lambda template, data, files, on: data)
    found = plan(fresh(), RULES, MONDAY)
    made = [strings_in(handbook.handbook(fresh(), found, language)) for language in ("en", "de")]
    assert not the_same(*made)


# ---------------------------------------------------------------- what was seen


def notes():
    """Return every note there is."""
    movement = Listed((Sentence("notes.movement.squat"),))
    fill = {"n": 2, "percent": "97", "deg": 30, "scale": "0.25", "movements": movement}
    fill["exercise"] = Sentence("notes.exercise.reverse_lunge")
    keys = [key for key in catalogue().texts if re.fullmatch(r"notes\.\w+", key) and key != "notes.as_written"]
    return tuple(Sentence(key, fill) for key in keys)


def everything():
    """Return an analysis with every note, finding, reason, movement and lowering that a page can tell."""
    checks = load("reverse_lunge").checks
    reasons = ("view", "hidden", "out_of_frame", "no_baseline", "uncertain", "not_asked")
    failed = tuple(
        finding(check=c.check, measure=c.measure, step=c.steps[0], unit=c.unit, value=1.0, advice=c.low_advice)
        for c in checks
    )
    unseen = tuple(
        finding(check=c.check, measure=c.measure, step=c.steps[0], result="cannot_judge", reason=reasons[i % 6])
        for i, c in enumerate(checks)
    )
    passed = tuple(finding(check=c.check, measure=c.measure, step=c.steps[0], result="pass") for c in checks)
    kinds = ("squat", "lunge", "walking", "picking_up", "bending", "side_lunge", "stepping", "jumping_lunge")
    lowered = tuple(
        Lowering(kind, 1.0, 2.0, 3.0, "left", "cannot_judge", 0.3, 40.0, "low")
        for kind in ("lunge", "squat", "stoop", "kneel", "sit")
    )
    done = (
        repetition(1, findings=failed),
        repetition(2, 6.0, stepping_leg="right", findings=unseen),
        repetition(3, 11.0, stepping_leg="right", findings=passed, complete=False),
    )
    told = (effects(gluteus=(13.0, 5.0, 20.0)), effects("not_still"), effects("no_stoop"), effects("no_load"))
    return analysis(
        *done,
        notes=notes(),
        other_movements=tuple(OtherMovement(kind, 1.0, 2.0) for kind in kinds),
        lowerings=lowered,
        effects=told,
        people=2,
    )


@pytest.fixture(scope="module")
def seen():
    return everything()


def test_the_report_is_all_in_its_language(seen):
    assert not the_same(*(Said(page(seen, None, language)).texts for language in ("en", "de")))


def test_the_page_for_paper_is_all_in_its_language(seen):
    said = []
    for language in ("en", "de"):
        with speaking(language):
            said.append(strings_in(_data(seen, catalogue(language))))
    assert not the_same(*said)


def test_a_set_is_told_in_the_language(client, seen):
    def save(path):
        save_poses(path, seen.poses, source())

    card = client.app.state.shelf.keep(seen, save, "video", Told("de"), name="clip.mp4")
    for path in (f"/sets/{card.id}", "/sets", f"/after/{card.id}", "/progress", "/"):
        assert not the_same(*in_both(client, path))


def test_what_a_landmark_file_says_of_its_video_is_told_in_the_language(tmp_path, seen):
    said = Sentence("notes.slow_motion", {"scale": "0.25"})
    _, kept = load_poses(save_poses(tmp_path / "kept.npz", seen.poses, source(said)))
    assert kept.notes == (said,)
