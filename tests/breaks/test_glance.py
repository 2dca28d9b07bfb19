"""Presence by camera: what a glance tells, how it joins keys and the mouse, and what happens when it cannot."""

import asyncio
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from breaks.conftest import soon
from lunge.breaks import glancing, onlooker, watcher
from lunge.breaks.constants import constants
from lunge.breaks.control import RunningError, ask, only_one
from lunge.breaks.keeping import change
from lunge.breaks.onlooker import Onlooker
from lunge.breaks.program import Program
from lunge.breaks.records import State
from lunge.breaks.settings import settings_from
from lunge.breaks.sight import Sight, after, joined
from lunge.breaks.watcher import Glance, Watcher
from lunge.camera import CameraError
from lunge.guide.clock import Clock
from lunge.messages import Sentence
from lunge.pose import networks
from lunge.storage import Store

CLIPS = Path(__file__).parents[1] / "clips"
SOMEBODY, NOBODY = str(CLIPS / "from_standing_270.mp4"), str(CLIPS / "empty_room.mp4")


# ---------------------------------------------------------------- the rule
def seen(*glances):
    sight = Sight()
    for number, glance in enumerate(glances):
        sight = after(sight, glance, 20.0 * number)
    return sight


@pytest.mark.parametrize("desk", [True, False])
@pytest.mark.parametrize(
    ("glances", "expected"),
    [
        ((), None),
        ((True,), True),
        ((False,), None),  # once is no answer: keys and the mouse count
        ((False, False), False),
        ((True, False), True),
        ((True, False, True, False), True),
        ((True, False, False), False),
        ((False, False, True), True),
    ],
)
def test_two_glances_without_anybody_are_an_empty_chair(desk, glances, expected):
    now_s = 20.0 * len(glances)
    assert joined(desk, seen(*glances), now_s) is (desk if expected is None else expected)


@given(st.booleans(), st.lists(st.booleans(), max_size=8), st.floats(0, 1e6))
def test_what_was_seen_counts_for_a_minute_only(desk, glances, later_s):
    sight = seen(*glances)
    answer = joined(desk, sight, sight.steady_s + later_s)
    if later_s > constants().glance.lasting_s:
        assert answer is desk
    elif glances and glances[-1]:
        assert answer is True
    elif glances[-2:] == [False, False]:
        assert answer is False


# ---------------------------------------------------------------- when a glance is taken
class Desk:
    present, why = True, None

    async def is_present(self):
        return self.present

    async def bar(self):
        return self.why


class Eyes:
    """A made-up watcher."""

    def __init__(self):
        self.answers, self.asked, self.rests = [], [], 0

    async def glance(self, camera):
        self.asked.append(camera)
        return self.answers.pop(0) if self.answers else Glance(True)

    async def rest(self):
        self.rests += 1


@pytest.fixture
def scene(monkeypatch):
    """A desk, a watcher, who joins them, and a function that lets time pass and asks."""
    desk, eyes, clock = Desk(), Eyes(), [0.0]
    monkeypatch.setattr(onlooker, "steady_s", lambda: clock[0])
    joint = Onlooker(desk, eyes)

    def later(seconds, camera=""):
        clock[0] += seconds
        return asyncio.run(joint.is_present(camera))

    return desk, eyes, joint, later


def test_who_reads_is_there_and_an_empty_chair_is_not(scene):
    desk, eyes, _, later = scene
    desk.present = False
    eyes.answers = [Glance(True), Glance(False), Glance(False), Glance(True)]
    assert [later(20) for _ in range(4)] == [True, True, False, True]


def test_a_film_before_an_empty_chair_is_nobody(scene):
    _, eyes, _, later = scene
    eyes.answers = [Glance(False), Glance(False)]
    assert [later(20), later(20)] == [True, False]


def test_there_are_twenty_seconds_between_two_glances(scene):
    _, eyes, _, later = scene
    for _ in range(41):
        later(1)
    assert len(eyes.asked) == 3


@pytest.mark.parametrize("why", ["locked", "needless", "taken"])
def test_no_glance_is_taken_while_something_bars_it(scene, why):
    desk, eyes, joint, later = scene
    desk.why = why
    assert later(20) is True
    desk.present = False
    assert later(20) is False
    assert eyes.asked == []
    assert (joint.lack is not None) == (why == "taken")


def test_whoever_touches_the_keys_is_there_whatever_was_seen(scene):
    desk, eyes, _, later = scene
    eyes.answers = [Glance(False), Glance(False), Glance(False)]
    assert [later(20), later(20)] == [True, False]
    desk.why = "needless"
    assert later(20) is True
    desk.why, desk.present = None, True
    assert later(20) is True, "what was seen before the keys is forgotten"


def test_a_lack_is_named_until_a_glance_succeeds_and_changes_nothing(scene):
    _, eyes, joint, later = scene
    lack = Sentence("errors.camera.dark")
    eyes.answers = [Glance(False), Glance(lack=lack), Glance(False)]
    assert later(20) is True
    assert later(20) is True
    assert joint.lack == lack
    assert later(20) is False
    assert joint.lack is None


def test_the_program_that_looks_ends_when_locked_unwanted_or_long_unused(scene):
    desk, eyes, joint, later = scene
    later(20)
    assert eyes.rests == 0
    later(1, camera=None)
    assert eyes.rests == 1
    desk.why = "locked"
    later(20)
    assert eyes.rests == 2
    desk.why = "needless"
    later(20)
    assert eyes.rests == 2
    later(constants().glance.unused_s)
    assert eyes.rests == 3
    asyncio.run(joint.close())
    assert eyes.rests == 4


# ---------------------------------------------------------------- the program that looks
def test_the_detector_tells_a_person_from_an_empty_room():
    out = io.StringIO()
    glancing.answer([json.dumps(SOMEBODY) + "\n", json.dumps(NOBODY) + "\n"], out)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [{"seen": True}, {"seen": False}]


@pytest.mark.parametrize("level", [0, 3, 120])
def test_a_covered_lens_or_a_dark_room_tells_nothing(level):
    noise = np.random.default_rng(1).integers(-2, 3, (480, 640, 3))
    with pytest.raises(CameraError, match="darkness"):
        glancing.is_somebody_in(np.clip(level + noise, 0, 255).astype(np.uint8))


def test_somebody_in_a_dim_room_is_seen():
    picture = glancing.picture_from(glancing.sources_for(SOMEBODY))
    assert glancing.is_somebody_in((picture * 0.12).astype(np.uint8))


def test_a_damaged_detector_is_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    (tmp_path / "models/pose_detection.tflite").write_bytes(b"broken")
    text = Path(networks.__file__).with_name("models") / "models.toml"
    (tmp_path / "models/models.toml").write_text(text.read_text())
    monkeypatch.setattr(networks.resources, "files", lambda package: tmp_path)
    glancing._detector.cache_clear()
    found = glancing.glance(SOMEBODY)
    assert Sentence(found["key"], found["facts"]).text() == (
        "The network file pose_detection.tflite is damaged. Install lunge again to replace it."
    )
    monkeypatch.undo()
    assert glancing.glance(SOMEBODY) == {"seen": True}, "whole again, it is used again"


# ---------------------------------------------------------------- its beginning and its end
ECHO = "import sys, json\nfor line in sys.stdin: print(json.dumps({'seen': json.loads(line) == 'me'}), flush=True)"


def python(code):
    return (sys.executable, "-c", code)


def watched(work, command):
    async def working():
        made = Watcher(command)
        try:
            await work(made)
        finally:
            await made.rest()

    asyncio.run(asyncio.wait_for(working(), 60))


def test_one_program_answers_all_glances_and_ends_when_told():
    async def work(made):
        assert await made.glance("me") == Glance(True)
        first = made.pid
        assert await made.glance("you") == Glance(False)
        assert made.pid == first
        await made.rest()
        assert made.pid is None
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)

    watched(work, python(ECHO))


def test_it_ends_with_the_background_program():
    with subprocess.Popen(python(ECHO), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        program.stdin.close()
        assert program.wait(20) == 0


def test_a_killed_one_is_begun_anew_a_few_times_and_then_named():
    async def work(made):
        for _ in range(constants().glance.restarts_count + 1):
            assert await made.glance("me") == Glance(True)
            os.kill(made.pid, signal.SIGKILL)
            assert await made.glance("me") == Glance(), "this one failed, and changes nothing"
        assert (await made.glance("me")).lack == Sentence("breaks.lack.watcher")
        assert made.pid is None

    watched(work, python(ECHO))


@pytest.mark.parametrize("code", ["print('no answer', flush=True)", "1 / 0", "import time; time.sleep(60)"])
def test_one_that_fails_each_time_rests_for_an_hour(code, monkeypatch):
    clock = [0.0]
    quick = replace(constants(), glance=replace(constants().glance, answer_s=0.3))
    monkeypatch.setattr(watcher, "steady_s", lambda: clock[0])
    monkeypatch.setattr(watcher, "constants", lambda: quick)

    async def work(made):
        for _ in range(constants().glance.restarts_count + 1):
            assert await made.glance("") == Glance()
        assert (await made.glance("")).lack is not None
        clock[0] += constants().glance.forgiven_s + 1
        assert await made.glance("") == Glance()

    watched(work, python(code))


def test_one_that_is_not_there_fails_the_same_way():
    async def work(made):
        assert await made.glance("") == Glance()

    watched(work, ("/nowhere/python",))


def test_the_real_program_looks_through_a_file_as_a_camera_and_a_lost_camera_is_told(tmp_path):
    camera = tmp_path / "camera.mp4"
    camera.write_bytes(Path(SOMEBODY).read_bytes())

    async def work(made):
        assert await made.glance(str(camera)) == Glance(True)
        camera.unlink()
        lost = await made.glance(str(camera))
        assert lost.lack == Sentence("errors.camera.none", {})
        camera.write_bytes(Path(NOBODY).read_bytes())
        assert await made.glance(str(camera)) == Glance(False)

    watched(work, watcher.COMMAND)


def test_the_background_program_loads_nothing_heavy():
    code = "import sys, lunge.breaks.background; print(*sys.modules)"
    said = subprocess.run(python(code), capture_output=True, text=True, check=True).stdout.split()
    assert not {"av", "cv2", "numpy", "openvino", "sqlalchemy"} & set(said)


# ---------------------------------------------------------------- in the background program
class Room(Desk):
    lacks = ()

    async def open(self, changed):
        pass

    async def hindrance(self):
        return None

    def close(self):
        pass


class Silent:
    def __init__(self, answered):
        pass

    async def ring(self, title, text, buttons):
        return True

    async def hush(self):
        pass


def reminding(folder, settings, work, present=False):
    """Run the background program with settings and the real program that looks, and work with both."""
    with Store.open(folder) as store:
        change(store, {"quiet_from": "00:00", "quiet_until": "00:00", "language": "de", **settings}, Clock())
    desk, made = Room(), Watcher()
    desk.present = present

    async def running():
        task = asyncio.create_task(Program(folder, desk, Silent, print, watcher=made).run())
        await soon(lambda: (folder / "breaks.door").is_file() or task.done(), 120)
        await work(lambda **asked: asyncio.to_thread(ask, folder, asked), made)
        await asyncio.to_thread(ask, folder, {"what": "stop"})
        await asyncio.wait_for(task, 60)
        assert made.pid is None

    asyncio.run(running())


async def told(asked, true):
    async with asyncio.timeout(60):
        while not true(found := await asked(what="status")):
            await asyncio.sleep(0.1)
    return found


def test_somebody_who_reads_is_present_in_the_background_program(tmp_path):
    async def work(asked, made):
        await told(asked, lambda found: found["present"] and made.pid)

    reminding(tmp_path, {"glance": True, "camera": SOMEBODY}, work)


def test_what_is_missing_is_named_in_the_language_of_the_person_and_reminders_go_on(tmp_path):
    async def work(asked, made):
        found = await told(asked, lambda found: found["problems"])
        assert found["problems"] == ["Es wurde keine Kamera gefunden: Tasten und Maus allein sagen, ob du da bist."]
        assert (found["phase"], found["present"]) == ("resting", True)

    reminding(tmp_path, {"glance": True, "camera": "/nowhere/video0"}, work, present=True)


@pytest.mark.parametrize(
    ("settings", "phase", "glances"),
    [
        ({"glance": True}, "resting", 1),
        ({"glance": True}, "waiting", 1),
        ({"glance": True}, "doing", 0),  # the live coach has the camera
        ({}, "resting", 0),
        ({"glance": True, "on": False}, "resting", 0),
        ({"glance": True, "quiet_from": "09:00", "quiet_until": "12:00"}, "resting", 0),
        ({"glance": True, "paused_until": "2026-03-05T00:00+00:00"}, "resting", 0),
    ],
)
def test_nothing_looks_while_it_is_not_wanted(tmp_path, settings, phase, glances):
    eyes = Eyes()
    made = Program(tmp_path, Room(), Silent, print, lambda: datetime(2026, 3, 4, 10, 30, tzinfo=UTC), eyes)
    made._settings, made._state = settings_from(settings), State(phase=phase)
    assert asyncio.run(made._is_somebody_there())
    assert len(eyes.asked) == glances


def test_a_second_background_program_begins_no_program_that_looks(tmp_path):
    made = Watcher()
    with only_one(tmp_path), pytest.raises(RunningError):
        asyncio.run(Program(tmp_path, Room(), Silent, print, watcher=made).run())
    assert made.pid is None
