"""The start of the coach: nothing is imported before the first frame that it does not need."""

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

import coached
from lunge.web.later import Later

TESTS = Path(__file__).parents[1]

NOT_YET = (
    *("alembic", "av", "cryptography", "fastapi", "pydantic", "sqlalchemy.orm", "typst"),
    *("lunge.evaluation", "lunge.exports", "lunge.handbook", "lunge.report", "lunge.trends", "lunge.video"),
    *("lunge.web.lan", "lunge.web.rest", "lunge.web.today"),
)
"""What only other pages, videos and reports need: together a second of a usual machine's time."""

PROGRAM = """
import os, sys, threading, urllib.request
from pathlib import Path

folder, tests = Path(sys.argv[1]), sys.argv[2]
sys.path.insert(0, tests)

import coached
from lunge.cli_coach import coach
from lunge.web.later import Later

def refused(self):
    raise RuntimeError("a page was asked for that comes later")

Later.begin = refused

def look(url):
    try:
        urllib.request.urlopen(url).close()
        coached.one_frame_judged(url.rstrip("/"))
        print(*sys.modules)
    finally:
        sys.stdout.flush()
        os._exit(0)

def say(text):
    threading.Thread(target=look, args=[text.split()[4]]).start()

coach(folder, 0, None, say, browser=False, lan=False)
"""
"""A coach that says which modules it has when it has given its first page and judged one frame."""


@pytest.fixture
def at_the_first_frame(tmp_path):
    """The modules of a coach that has just judged its first frame."""
    coached.prepared(tmp_path)
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), str(TESTS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=coached.LONGEST_START_S, check=False)
    assert done.stdout, done.stderr
    return set(done.stdout.split())


def test_nothing_is_imported_before_the_first_frame_that_it_does_not_need(at_the_first_frame):
    assert {"lunge.live.session", "lunge.web.pages", "openvino", "sqlalchemy"} <= at_the_first_frame
    assert at_the_first_frame.isdisjoint(NOT_YET)


def test_what_comes_later_is_made_once_and_answers():
    made = []

    def make():
        made.append(PlainTextResponse("here"))
        return made[-1]

    client = TestClient(Later(make))
    assert [client.get("/a").text, client.get("/b").text] == ["here", "here"]
    assert len(made) == 1


def test_what_comes_later_may_be_begun_before_anybody_asks():
    later = Later(lambda: PlainTextResponse("here"))
    assert later.begin() is later.begin()
    assert isinstance(later.begin().result(5), PlainTextResponse)


def test_pages_that_come_later_are_there_after_the_start(client):
    client.app.state.rest.begin().result(30)
    assert client.get("/learn").status_code == 200
    assert client.get("/nothing-of-ours").status_code == 404
    assert client.post("/").status_code == 405
