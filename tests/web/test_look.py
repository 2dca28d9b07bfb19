"""A video in place of the camera."""

import tempfile
import threading
import time
from pathlib import Path

import pytest

import lunge.web.jobs
from lunge.messages import catalogue

CLIPS = Path(__file__).parents[1] / "clips"
EN = catalogue("en")


@pytest.fixture(autouse=True)
def uploads(tmp_path, monkeypatch):
    """Where uploads go, so that a test sees whether they are deleted."""
    place = tmp_path / "uploads"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def sent(client, content, name="clip.mp4", **asked):
    answer = client.post("/look", params={"name": name, **asked}, content=content)
    assert answer.status_code == 202
    return answer.json()["job"]


def done(client, job, seconds=120.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = client.get(f"{job}/progress")
        if "hx-trigger" not in answer.text:
            return answer
        time.sleep(0.1)
    pytest.fail("it took too long")


def test_a_clip_becomes_a_set_and_its_copy_is_deleted(client, uploads):
    job = sent(client, (CLIPS / "from_standing_270.mp4").read_bytes(), name="me at home.mp4")
    assert "me at home.mp4" in client.get(job).text
    answer = done(client, job)
    place = answer.headers["hx-redirect"]
    assert client.get(job).headers["location"] == place
    (card,) = client.app.state.shelf.cards()
    assert (card.origin, card.name) == ("video", "me at home.mp4")
    assert card.left + card.right > 0
    assert list(uploads.iterdir()) == []
    findings = client.get(f"{place}/files/findings").json()
    assert findings["input"]["path"] == "me at home.mp4"
    assert "base64" in client.get(f"{place}/report").text


@pytest.mark.parametrize(
    ("content", "said"), [(b"no video at all", "clip.mp4"), (b"", "clip.mp4"), (None, "Nobody was seen")]
)
def test_what_cannot_be_looked_at_is_said_in_one_sentence(client, uploads, content, said):
    clip = (CLIPS / "empty_room.mp4").read_bytes() if content is None else content
    html = done(client, sent(client, clip)).text
    assert EN.text("pages.look_error_title") in html
    assert said in html
    assert str(uploads) not in html
    assert list(uploads.iterdir()) == []
    assert client.app.state.shelf.cards() == []


def test_a_mistake_of_ours_ends_the_waiting(client, uploads, monkeypatch):
    monkeypatch.setattr(lunge.web.jobs, "landmarks_of", lambda *_: 1 / 0)
    html = done(client, sent(client, b"x")).text
    assert EN.text("pages.error_broken_title") in html
    assert list(uploads.iterdir()) == []


class Slow:
    """Looks at a video that never ends, until it is stopped."""

    def __init__(self):
        self.began = threading.Event()

    def __call__(self, path, options, progress):
        self.began.set()
        done_s = 0.0
        while True:
            progress(done_s, 100.0)
            done_s = min(done_s + 1.0, 40.0)
            time.sleep(0.01)


@pytest.fixture
def slow(monkeypatch):
    made = Slow()
    monkeypatch.setattr(lunge.web.jobs, "landmarks_of", made)
    return made


def test_the_progress_is_shown_and_the_work_can_be_stopped(client, uploads, slow):
    job = sent(client, b"x")
    slow.began.wait(5)
    end = time.monotonic() + 5
    while "40 % done" not in client.get(f"{job}/progress").text:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert client.post(f"{job}/stop").headers["location"] == "/look"
    assert client.get(job).status_code == 404
    while list(uploads.iterdir()):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_video_that_waits_can_be_stopped(client, uploads, slow):
    first, second = sent(client, b"x"), sent(client, b"y")
    assert client.post(f"{second}/stop").status_code == 303
    client.post(f"{first}/stop")
    assert client.get(second).status_code == 404


def test_too_many_videos_at_once_are_refused(client, slow):
    for _ in range(2):
        sent(client, b"x")
    answer = client.post("/look", params={"name": "third.mp4"}, content=b"x")
    assert answer.status_code == 429
    assert answer.json()["text"] == EN.text("pages.look_busy")


def test_a_large_video_is_no_problem(client, slow):
    piece = b"x" * 65536
    job = sent(client, (piece for _ in range(64)))
    found = client.app.state.jobs.find(job.rpartition("/")[2])
    assert found.path.stat().st_size == 64 * len(piece)


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.MP4", ".MP4"), ("a", ""), ("a.b/c", ""), ("a.verylongending", ""), ("a.p;", "")]
)
def test_only_a_harmless_ending_of_the_name_is_kept(client, slow, name, suffix):
    job = sent(client, b"x", name=name)
    assert client.app.state.jobs.find(job.rpartition("/")[2]).path.suffix == suffix
