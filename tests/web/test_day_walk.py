"""In Chromium: from the first visit over the first set, a stop and the next morning, into week four."""

import pytest

from lunge.guide.clock import Clock
from lunge.messages import catalogue
from lunge.plan.records import Comfort
from lunge.web.app import Config, create_app
from lunge.web.targets import own_targets
from scripted import ScriptedEyes, ScriptedSession
from served import IN_CHROMIUM, until, visited

pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

SERIOUS = {"serious", "critical"}
EN = catalogue("en")

pytestmark = IN_CHROMIUM


@pytest.fixture
def app(tmp_path, clock):
    def without_end(wishes):
        return ScriptedSession(wishes, ends=False)

    config = Config(
        tmp_path,
        make_session=without_end,
        make_eyes=lambda model: ScriptedEyes(),
        clock=Clock(clock.now, clock.zone),
    )
    return create_app(config)


@pytest.fixture
def page(app):
    with visited(app, "/", 390, 800) as made:
        yield made


def usable(page):
    """Nothing on the page keeps anybody out, and nothing is wider than a phone."""
    found = axe.Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def begin(page):
    page.click(".day .button.big")
    page.check("[name=new][value=nothing]")
    page.select_option("select[name=back]", "0")
    page.select_option("[name=knee]", "1")
    usable(page)
    page.click("main button.big")


def tell(page, effort, knee):
    page.select_option("[name=effort]", effort)
    page.select_option("select[name=back]", "0")
    page.select_option("[name=knee]", knee)
    page.click("main button.big")
    page.wait_for_url("**/today")


def coached(page):
    page.click("#begin")
    until(page, "document.documentElement.dataset.step === 'lunge'")


def screened(page):
    page.click("a.door.main")
    page.click(".day .button.big")
    page.check("[name=none]")
    page.check("[name=doctor][value=yes]")
    page.click("button.big")
    page.wait_for_url("**/today")
    assert EN.text("plan.today.baseline", count=3) in page.inner_text(".day")
    usable(page)


def first_set(page):
    """The first set, after which the knee is felt."""
    begin(page)
    page.wait_for_url("**/live")
    coached(page)
    page.click("#finish")
    page.click("#finish-dialog button[value=finish]")
    page.wait_for_url("**/after/*")
    usable(page)
    tell(page, "3", "4")
    assert EN.text("plan.why.start_comfort") in page.inner_text("main")


def chair_set(page):
    """A set on a chair, by the timer."""
    begin(page)
    page.wait_for_url("**/chair")
    usable(page)
    page.click("#timer")
    until(page, f"document.getElementById('say').textContent === {EN.text('day.chair.squeeze')!r}")
    page.fill("#told", "3")
    page.click("form.choices button")
    page.wait_for_url("**/after/*")
    tell(page, "2", "0")
    assert EN.text("day.progress", done=1, sets=2) in page.inner_text(".day")


def morning(page):
    page.reload()
    assert EN.text("day.morning.title") in page.inner_text("main")
    page.select_option("select[name=back]", "0")
    page.select_option("[name=knee]", "1")
    page.click("form.choices button")
    assert EN.text("day.morning.title") not in page.inner_text("main")


def stopped_set(page):
    """A set that is paused, which asks why."""
    page.goto(page.url.replace("/today", "/live"))
    coached(page)
    page.keyboard.press("Space")
    until(page, "document.getElementById('stop-dialog').open")
    assert page.evaluate("document.activeElement.value") == "pause"
    usable(page)
    page.click("#stop-answers button[value=sharp]")
    until(page, "!document.getElementById('stop-then').hidden")
    assert page.inner_text("#stop-text") == EN.text("plan.stop.then.sharp")
    until(page, "lungeLog.some((entry) => entry.what === 'done')")
    page.click("#stop-end")
    page.wait_for_url("**/after/*")
    tell(page, "5", "3")
    assert EN.text("plan.today.sore") in page.inner_text(".day")


def test_from_the_first_visit_into_week_four(page, app, clock):
    screened(page)
    first_set(page)
    chair_set(page)
    clock.move(days=1)
    morning(page)
    clock.move(days=20)
    app.state.guide.begin("nothing", Comfort(0, 0), "own", own_targets(app.state.memory.choices()))
    stopped_set(page)
    assert [done.stopped_why for done in app.state.store.sets.all(1)] == ["sharp"]
