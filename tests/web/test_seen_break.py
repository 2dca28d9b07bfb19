"""A break for real: the background program offers it, Chromium's camera shows lunges, and the history says *seen*."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import coached
from fake_camera import camera_file
from lunge.breaks.control import ask
from lunge.storage import Store
from lunge.storage.records import PlanDecision
from reminded import reminders

CLIP = Path(__file__).parents[1] / "clips" / "from_standing_270.mp4"
"""One repetition of each leg, the left one first."""

LONGEST_S = 150.0

pytestmark = pytest.mark.skipif(coached.browser() is None, reason="needs Chromium on the system")


@pytest.fixture
def home(tmp_path):
    """Somebody who may begin, and whose plan asks for one short lunge a side."""
    folder = tmp_path / "home"
    coached.prepared(folder, variant="reverse_lunge_from_standing", front_repetitions=2)
    target = {"movement": "lunge", "hold_s": 1.0, "repetitions": 1}
    now = datetime.now(UTC)
    with Store.open(folder) as store:
        store.decisions.put(PlanDecision(at=now, zone="UTC", day=now.date(), what="up", level=2, target=target))
    return folder


def rows(folder):
    with Store.open(folder) as store:
        return store.breaks.all()


def test_from_the_reminder_to_the_history(tmp_path, home):
    camera = camera_file(CLIP, tmp_path / "clip.mjpeg", tail_s=3.0)
    with reminders(home) as found, coached.coach(home) as coach, coached.page(camera) as at:
        ask(home, {"what": "now"})
        path = found.begin()
        assert path.startswith("/live?break=")
        at.goto(f"{coach.url}{path}")
        at.click("#begin")
        log = coached.until_done(at, LONGEST_S)
        at.wait_for_url("**/after/*")
        assert at.inner_text("p.good") == "Your break was seen. Lunges: 1 left, 1 right."
        at.click("main form button.big")
        at.wait_for_url("**/breaks")
        today = at.inner_text("tbody tr >> nth=0").split("\t")
        assert ask(home, {"what": "status"})["phase"] == "resting"
        assert found.is_gone_soon()
    assert today == ["Today", "1", "1", "0", "0", "0"]
    assert [entry["key"] for entry in log if entry["what"] == "cue"][-1] == "coach.set_done"
    (row,) = rows(home)
    assert (row.id, row.outcome, row.taken, row.postponed_by) == (path.rpartition("=")[2], "seen", True, None)
    assert row.set_id
