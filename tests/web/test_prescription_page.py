"""A prescription over HTTP: taken over, shown, obeyed, reported on and ended."""

import html
import json

import pytest

from analyses import analysis, repetition
from lunge.live.plan import SetPlan
from lunge.live.records import Wishes
from lunge.messages import catalogue
from lunge.plan.records import Comfort
from lunge.plan.signature import fingerprint, new_key, signature_of, signer_of
from lunge.posefile import save_poses
from lunge.storage.done import DoneSet
from lunge.web.shelf import Told
from lunge.web.targets import own_targets, wishes_for
from people import source

BASE = "http://127.0.0.1:8765"
EN, DE = catalogue("en"), catalogue("de")
WRITTEN = """schema = "lunge.prescription/1"
exercise = "reverse_lunge"
by = "A. Physio <b>"
issued = 2026-03-01
valid_until = 2026-03-15
note = "Take it slowly."

[ranges]
depth_deg = [45, 60]
hold_s = 2

[schedule]
weekdays = ["monday", "tuesday", "wednesday"]
sessions_a_day = 2

[stop]
limit = 4
"""


@pytest.fixture
def app(app_at, clock):
    return app_at(clock)


def sent(client, text=WRITTEN, signature=None, name="plan.toml"):
    files = {"file": (name, text.encode())}
    if signature is not None:
        files["signature"] = (f"{name}.sig", signature.encode())
    return client.post("/prescription", files=files)


def page(client, **more):
    return html.unescape(client.get("/prescription", **more).text)


SIDED = WRITTEN.replace("[schedule]", "[sides]\nright = 1\n\n[schedule]")


def test_each_leg_is_asked_for_its_own_number_and_reported_on(client, app, clock):
    app.state.guide.screen(set(), doctor_agrees=True, age_years=None, statement="Yes")
    practised(app, "baseline")
    clock.move(days=1)
    sent(client, SIDED)
    assert "<dt>With the right leg back</dt><dd>at most 1</dd>" in page(client)
    assert "3 with the left leg back, 1 with the right" in html.unescape(client.get("/today").text)
    app.state.guide.begin("nothing", Comfort(0, 0), "plan", own_targets(app.state.memory.choices()))
    asked = SetPlan(wishes_for(app.state.guide.begun.ticket(), Wishes()))
    assert (asked.count("left").asked, asked.count("right").asked) == (3, 1)
    told = analysis(*(repetition(index=i, stepping_leg=leg) for i, leg in enumerate(asked.legs, 1)))
    app.state.shelf.keep(
        told,
        lambda path: save_poses(path, told.poses, source()),
        "live",
        Told("en"),
        entered=app.state.guide.begun.entered(),
    )
    done = json.loads(client.get("/prescription/report.json").text)["done"]
    assert {leg: (n["asked"], n["done"]) for leg, n in done["legs"].items()} == {"left": (3, 3), "right": (1, 1)}
    read = html.unescape(client.get("/prescription/report.html").text)
    assert '<th scope="row">Repetitions, right leg back</th><td>1</td><td>1</td>' in read
    assert "left leg back</th>" not in read


def practised(app, kind, **felt):
    """Keep a set that was done as asked, and say how it felt."""
    guide = app.state.guide
    guide.begin("nothing", Comfort(0, 1), kind, guide.plan().day.targets)
    ticket, entered = guide.begun.ticket(), guide.begun.entered()
    asked = ticket.targets.repetitions
    side = {"asked": asked, "done": asked, "judged": asked, "in_form": asked - 1}
    entered["wishes"]["plan"]["counts"] = {"left": side, "right": side}
    now = app.state.config.clock.now()
    one = DoneSet(
        id=f"{now:%Y%m%d-%H%M%S}-0001", at=now, zone=ticket.zone, origin="live", left=asked, right=asked, **entered
    )
    app.state.store.sets.take_up(one, {"repetitions": []})
    guide.begun.use()
    guide.begun.after(one, 3, Comfort(0, 2), unsure=False)
    return asked


def test_it_is_told_in_plain_words(client):
    assert sent(client).headers["location"] == "/prescription"
    said = page(client)
    assert EN.text("library.prescription.from_until", first="2026-03-01", last="2026-03-15") in said
    assert EN.text("library.prescription.state.now") in said
    assert "From A. Physio <b>" in said
    assert "&lt;b&gt;" in client.get("/prescription").text
    for value in ("45° to 60°", "2 seconds", "Monday, Tuesday, Wednesday", "above 4 of 10", "Take it slowly."):
        assert value in said
    assert EN.text("library.prescription.unsigned") in said
    assert "45° bis 60°" in page(client, headers={"accept-language": "de"})


def test_the_plan_obeys_it_until_it_is_ended(client, app):
    guide = app.state.guide
    guide.screen(set(), doctor_agrees=True, age_years=None, statement="Yes")
    assert guide.plan().stop_limit == 5
    sent(client)
    assert guide.history().prescription.sessions_a_day == 2
    assert guide.plan().stop_limit == 4
    client.post("/prescription/end")
    assert guide.history().prescription is None
    assert guide.plan().stop_limit == 5
    assert EN.text("library.prescription.bring") in page(client)


@pytest.mark.parametrize(("days", "state"), [(-2, "later"), (0, "now"), (13, "now"), (14, "over")])
def test_it_says_whether_it_holds(client, clock, days, state):
    clock.move(days=days)
    sent(client)
    assert EN.text(f"library.prescription.state.{state}") in page(client)


def test_a_signature_is_shown_or_refused(client):
    key = new_key()
    signature = signature_of(WRITTEN.encode(), key)
    sent(client, WRITTEN, signature)
    assert fingerprint(signer_of(WRITTEN.encode(), signature)) in page(client)
    client.post("/prescription/end")
    answer = sent(client, WRITTEN.replace("[45, 60]", "[45, 90]"), signature)
    assert answer.status_code == 422
    assert EN.text("library.prescription.wrong_signature") in answer.text
    assert EN.text("library.prescription.bring") in page(client)


def test_mistakes_are_told_by_line_in_the_language_of_the_page(client, app):
    wrong = WRITTEN.replace("hold_s = 2", "hold_s = 77").replace('"monday", ', '"moonday", ')
    said = html.unescape(sent(client, wrong).text)
    assert "Line 10: expected one value" in said
    assert "Line 13: expected a list of monday" in said
    client.post("/language", data={"code": "de", "back": "/"})
    assert "Zeile 10: Erwartet wird" in html.unescape(sent(client, wrong).text)
    assert app.state.store.prescriptions.all() == ()


@pytest.mark.parametrize("text", ["", "{" * 50_000, "a = " + "9" * 10_000, '{"schema": NaN}'])
def test_what_is_no_prescription_is_refused_kindly(client, text):
    answer = sent(client, text)
    assert answer.status_code == 422
    assert EN.text("library.not_yet") in answer.text


def test_the_report_sets_what_was_prescribed_against_what_was_done(client, app, clock):
    app.state.guide.screen(set(), doctor_agrees=True, age_years=None, statement="Yes")
    practised(app, "baseline")
    clock.move(days=1)
    sent(client)
    asked = practised(app, "plan")
    clock.move(days=1)
    client.post("/today/morning", data={"back": "3", "knee": "0"})
    answer = client.get("/prescription/report.json")
    assert 'filename="lunge-report-2026-03-04.json"' in answer.headers["content-disposition"]
    told = json.loads(answer.text)
    assert told["schema"] == "lunge.prescription_report/1"
    assert told["prescribed"]["least"]["depth_deg"] == 45
    done = told["done"]
    assert (done["first"], done["last"]) == ("2026-03-03", "2026-03-04")
    assert (done["days_asked"], done["sets_asked"], done["days_done"], done["sets_done"]) == (2, 4, 1, 1)
    assert (done["repetitions_done"], done["repetitions_in_form"]) == (2 * asked, 2 * asked - 2)
    assert (done["effort"], done["most_before"], done["most_after"], done["most_next_morning"]) == (3, 1, 2, 3)
    assert done["practised"]["depth_deg"] == [45, 45]
    read = html.unescape(client.get("/prescription/report.html").text)
    for row in ("<td>4</td><td>1</td>", "<td>45° to 60°</td><td>45°</td>", "<td>above 4 of 10</td><td>3</td>"):
        assert row in read
    assert "<script" not in read


def test_after_its_last_day_the_report_stands_still(client, clock):
    sent(client)
    clock.move(days=40)
    assert json.loads(client.get("/prescription/report.json").text)["done"]["last"] == "2026-03-15"


def test_without_a_prescription_there_is_no_report(client):
    assert client.get("/prescription/report.json").status_code == 404
    sent(client)
    assert client.get("/prescription/report.pdf").status_code == 404
