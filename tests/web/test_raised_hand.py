"""In Chromium: somebody far from the keyboard raises a hand, is asked one question, and the stop rules follow.

The coach is the real one. Only what it sees is made up: somebody who stands, with a hand down or up.
"""

import pytest

from days import let_begin
from lunge.messages import catalogue
from lunge.pose import TrackedPose
from lunge.web.app import Config, create_app
from lunging import Figure
from served import IN_CHROMIUM, until, visited

pytest.importorskip("playwright.sync_api")

EN = catalogue("en")
FPS = 10.0
DOWN, UP = 10, 30
"""Pictures of the figure below: the hand hangs, the hand is up."""

pytestmark = IN_CHROMIUM


class HandEyes:
    """Sees somebody who stands sideways, and raises a hand while the test says so."""

    def __init__(self):
        self.is_raised = False
        self._poses = Figure(4.0, fps=FPS).raise_hand(2.0, 4.0).poses()

    def step(self, picture, time_s):
        poses, i = self._poses, UP if self.is_raised else DOWN
        size = int(poses.width_px), int(poses.height_px)
        return TrackedPose(time_s, size, poses.image_px[i], poses.world_m[i], poses.confidence[i], 1)


@pytest.fixture
def eyes():
    return HandEyes()


@pytest.fixture
def app(tmp_path, eyes):
    made = create_app(Config(tmp_path, make_eyes=lambda model: eyes))
    let_begin(made)
    return made


@pytest.fixture
def page(app):
    with visited(app, "/live", 1024, 768) as made:
        yield made


def active(page):
    until(page, "document.documentElement.dataset.mode === 'active'")


def raise_hand(page, eyes, script):
    """Hold a hand up until something is so, then let it down."""
    eyes.is_raised = True
    until(page, script)
    eyes.is_raised = False


def asked(page):
    until(page, "document.documentElement.dataset.mode === 'paused'")
    assert page.evaluate("document.getElementById('stop-dialog').open")
    assert page.inner_text("#stop-question") == EN.text("plan.stop.question")


def answer(page, why):
    page.click(f"#stop-answers button[value={why}]")
    until(page, "!document.getElementById('stop-then').hidden")


def test_a_raised_hand_asks_one_question_and_the_rules_follow(page, app, eyes):
    page.click("#begin")
    active(page)

    raise_hand(page, eyes, "document.getElementById('stop-dialog').open")
    asked(page)
    # From over there nobody can press a button: raising it again goes on without an answer.
    page.wait_for_timeout(500)
    raise_hand(page, eyes, "!document.getElementById('stop-dialog').open")
    active(page)
    assert app.state.guide.begun.ticket().stopped is None

    page.click("#stopped")
    asked(page)
    answer(page, "pause")
    assert page.inner_text("#stop-text") == EN.text("plan.stop.then.pause")
    page.click("#stop-on")
    active(page)

    raise_hand(page, eyes, "document.getElementById('stop-dialog').open")
    asked(page)
    answer(page, "numb")
    assert page.inner_text("#stop-text") == EN.text("plan.stop.then.numb")
    assert not page.is_visible("#stop-on")
    # What follows stays to be read, and no hand starts the set again.
    until(page, "lungeLog.some((entry) => entry.what === 'done')")
    page.click("#stop-end")
    page.wait_for_url("**/after/*")
    (done,) = app.state.store.sets.all()
    assert done.stopped_why == "numb"
    assert app.state.guide.plan().status == "paused"
