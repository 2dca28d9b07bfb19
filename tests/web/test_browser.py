"""The pages in a real browser: they fit every width, everybody can use them, and the coach coaches."""

import io
import json
from pathlib import Path

import av
import cv2
import pytest

from analyses import analysis, finding, repetition
from asked import DAILY
from days import let_begin
from lunge.files import made_folder, write_text
from lunge.messages import catalogue
from lunge.posefile import save_poses
from lunge.storage import Store
from lunge.web.app import Config, create_app
from lunge.web.shelf import Told
from people import source
from scripted import ScriptedSession
from served import CHROMIUM, FLAGS, IN_CHROMIUM, serving, until

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

CLIP = Path(__file__).parents[1] / "clips" / "front_knee_000.mp4"
FRAMES = 60
PAGES = (
    "/",
    "/today",
    "/today/begin?kind=baseline",
    "/habits",
    "/diary",
    "/questions",
    "/questionnaires/daily",
    "/library",
    "/prescription",
    "/progress",
    "/after/{set}",
    "/safety",
    "/safety?again=true",
    "/safety/letter",
    "/set",
    "/look",
    "/sets",
    "/sets/{set}",
    "/live",
    "/phone",
    "/breaks",
    "/breaks/timer",
    "/housework",
    "/housework/live",
    "/nothing",
)
SERIOUS = {"serious", "critical"}
EN = catalogue("en")

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def served(folder):
    """The application at a port of its own; gives its address, and the name of a set."""
    app = create_app(Config(folder, make_session=ScriptedSession))
    let_begin(app)
    write_text(made_folder(folder / "questionnaires") / "daily.json", json.dumps(DAILY))
    made = analysis(repetition(findings=(finding(), finding(check="front_thigh_depth", result="pass", advice=""))))
    card = app.state.shelf.keep(made, lambda path: save_poses(path, made.poses, source()), "live", Told("en"))
    with serving(app) as address:
        yield address, card.id, app


@pytest.fixture(scope="module")
def camera(tmp_path_factory):
    """A film that Chromium takes for a camera."""
    film = io.BytesIO()
    with av.open(str(CLIP)) as clip:
        for _, frame in zip(range(FRAMES), clip.decode(video=0), strict=False):
            film.write(cv2.imencode(".jpg", frame.to_ndarray(format="bgr24"))[1].tobytes())
    path = tmp_path_factory.mktemp("camera") / "camera.mjpeg"
    path.write_bytes(film.getvalue())
    return path


@pytest.fixture(scope="module")
def browser(camera):
    with playwright.sync_playwright() as started:
        flags = [*FLAGS, f"--use-file-for-fake-video-capture={camera}"]
        found = started.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        yield found
        found.close()


@pytest.fixture
def opened(browser, served):
    """Opens a page; at the end of the test nothing may have been refused or broken on it."""
    contexts, complaints = [], []

    def opening(path, width=1024, height=768, **more):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB", **more)
        contexts.append(context)
        page = context.new_page()
        if path == "/live":
            let_begin(served[2])
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(served[0] + path.format(set=served[1]))
        return page

    yield opening
    for context in contexts:
        context.close()
    assert [text for text in complaints if "404" not in text] == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 360, 1024, 2560, 3840])
def test_a_page_fits_its_width(opened, path, width):
    page = opened(path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_a_page(opened, path, scheme):
    page = opened(path, color_scheme=scheme)
    found = axe.Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []


def test_the_keyboard_leads_past_the_menu(opened):
    page = opened("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_choices_are_saved_as_they_are_made(opened, folder):
    page = opened("/set")
    page.fill("[name=repetitions]", "7")
    page.keyboard.press("Tab")
    until(page, "document.getElementById('saved').textContent.length > 0")
    assert page.inner_text("#saved") == EN.text("settings.saved")
    with Store.open(folder) as store:
        assert store.choices.all()["repetitions"] == 7
    page.fill("[name=repetitions]", "3")
    page.click("button.big")
    page.wait_for_url("**/today/begin?kind=own")


def test_the_report_is_shown_at_its_full_height(opened):
    page = opened("/sets/{set}")
    until(page, "document.getElementById('report').clientHeight > 1000")
    inside = "document.getElementById('report').contentDocument"
    assert page.evaluate(f"{inside}.documentElement.scrollHeight <= document.getElementById('report').clientHeight")
    assert page.evaluate(f"getComputedStyle({inside}.querySelector('.card')).borderRadius") != "0px"


def test_a_set_from_the_camera_to_the_summary(opened):
    page = opened("/live", permissions=["camera"])
    page.keyboard.press("Enter")
    until(page, "document.documentElement.dataset.mode === 'setting_up'")
    assert page.locator("#missing li").count() == 2
    until(page, "document.documentElement.dataset.step === 'lunge'")
    assert page.locator("#ring-number").inner_text() in {"1", "2"}
    until(page, "lungeLog.some((entry) => entry.what === 'shown')")
    assert page.inner_text("#cue") == EN.text("live.all_well")
    assert page.inner_text("#said") == EN.text("live.all_well")
    until(page, "lungeLog.some((entry) => entry.what === 'done')")
    log = page.evaluate("lungeLog")
    page.wait_for_url("**/after/*")
    assert next(entry["key"] for entry in log if entry["what"] == "sound") == "hold_started"
    # Frames never overtake each other, however busy the machine is.
    assert [entry for entry in log if entry["what"] in {"error", "connection_lost"}] == []
    cue = next(entry for entry in log if entry["what"] == "cue")
    shown = next(entry for entry in log if entry["what"] == "shown")
    assert (cue["key"], cue["capture_ms"]) == (shown["key"], shown["capture_ms"])
    assert cue["seen_ms"] <= cue["capture_ms"] <= cue["at_ms"] <= shown["at_ms"]
    # No voice of this machine: it is written down as an utterance that nobody hears.
    assert any(entry["what"] == "utterance" for entry in log)


def test_the_meters_tell_the_lunge_and_are_switched_off_for_good(opened, served):
    page = opened("/live", permissions=["camera"], reduced_motion="reduce")
    page.keyboard.press("Enter")
    until(page, "document.documentElement.dataset.step === 'squat'")
    assert page.inner_text("#stretch-word") == EN.text("meters.reasons.step")
    assert page.locator(".bar.judged").count() == 0
    until(page, "document.documentElement.dataset.step === 'lunge'")
    assert page.inner_text("#stretch-word") == EN.text("meters.stretch.much")
    assert EN.text("meters.load.much") in page.inner_text("#meters-said")
    # Where less motion is asked for, bars move in tenths.
    assert page.evaluate("document.getElementById('stretch-bar').style.getPropertyValue('--level')") == "0.8"
    until(page, "document.getElementById('trade').textContent.length > 0")
    assert EN.text("meters.leaning") in page.inner_text("#meters-said")
    page.click("#meters-on")
    assert page.locator("#meters").is_hidden()
    until(page, "lungeLog.some((entry) => entry.what === 'done')")
    assert not served[2].state.memory.choices().meters
    page = opened("/live")
    assert page.locator("#meters").is_hidden()
    page.click("#meters-on")
    page.click("#meters-about")
    assert EN.text("meters.trade_text") in page.inner_text("#meters-dialog")
    page.keyboard.press("Escape")


def test_a_set_is_paused_and_finished_by_keyboard(opened):
    page = opened("/live", permissions=["camera"])
    page.keyboard.press("Enter")
    until(page, "document.documentElement.dataset.mode === 'setting_up'")
    page.keyboard.press("Enter")
    until(page, "document.documentElement.dataset.mode === 'active'")
    page.keyboard.press("Space")
    until(page, "document.documentElement.dataset.mode === 'paused'")
    until(page, "document.getElementById('stop-dialog').open")
    page.keyboard.press("Enter")  # just a moment
    until(page, "!document.getElementById('stop-then').hidden")
    assert page.inner_text("#stop-text") == EN.text("plan.stop.then.pause")
    page.keyboard.press("Enter")
    until(page, "document.documentElement.dataset.mode !== 'paused'")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/after/*", timeout=30000)


def test_a_reloaded_page_takes_its_set_up_again(opened):
    page = opened("/live", permissions=["camera"])
    page.keyboard.press("Enter")
    until(page, "document.documentElement.dataset.mode === 'setting_up'")
    page.keyboard.press("Space")
    first = page.evaluate("lungeLog.find((entry) => entry.what === 'ready').key")
    page.reload()
    page.keyboard.press("Enter")
    until(page, "lungeLog.some((entry) => entry.what === 'ready')")
    again = page.evaluate("lungeLog.find((entry) => entry.what === 'ready')")
    assert (again["key"], again["text"]) == (first, "true")
    assert page.inner_text("#notice") == EN.text("live.connection_back")


def test_where_the_socket_is_refused_frames_go_by_requests(opened):
    page = opened("/live", permissions=["camera"])
    page.evaluate("() => { window.WebSocket = class { constructor() { queueMicrotask(() => this.onclose()); } }; }")
    page.keyboard.press("Enter")
    until(page, "lungeLog.some((entry) => entry.what === 'connection_lost')")
    until(page, "lungeLog.some((entry) => entry.what === 'done')")
    page.wait_for_url("**/after/*")


def test_a_camera_that_is_not_allowed_is_said(opened):
    page = opened("/live")
    refused = "Promise.reject(new DOMException('no', 'NotAllowedError'))"
    page.evaluate(f"() => {{ navigator.mediaDevices.getUserMedia = () => {refused}; }}")
    page.keyboard.press("Enter")
    until(page, "!document.getElementById('trouble').hidden")
    assert page.inner_text("#trouble-text") == EN.text("live.camera_denied")
