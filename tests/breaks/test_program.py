"""The background program with a made-up desk and bell: history, two at once, faults, calendars, login entries."""

import asyncio
import json
import plistlib
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from breaks.conftest import soon
from lunge.breaks import consents, macos
from lunge.breaks import program as module
from lunge.breaks.autostart import AutostartError, entry_for, install, uninstall
from lunge.breaks.calendars import calendar_bytes, meetings
from lunge.breaks.control import RunningError, ask, only_one
from lunge.breaks.program import Program
from lunge.breaks.settings import settings_from
from lunge.breaks.windows import WindowsDesk
from lunge.errors import InputError
from lunge.storage import Store

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//
BEGIN:VEVENT
UID:1
DTSTART:20260302T090000Z
DTEND:20260302T100000Z
RRULE:FREQ=DAILY
SUMMARY:Every day
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20260304
DTEND;VALUE=DATE:20260305
SUMMARY:A whole day
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20260304T110000Z
DTEND:20260304T120000Z
TRANSP:TRANSPARENT
SUMMARY:Free
END:VEVENT
END:VCALENDAR
"""


class FakeDesk:
    lacks = ()
    closed = False

    async def open(self, changed):
        self.changed = changed

    async def is_present(self):
        return True

    async def hindrance(self):
        return None

    def close(self):
        self.closed = True


class FakeBell:
    def __init__(self, answered):
        self.answered, self.rung = answered, []

    async def ring(self, title, text, buttons):
        self.rung.append(title)
        return True

    async def hush(self):
        pass


def with_program(folder, work):
    opened = []

    async def running():
        made = Program(folder, FakeDesk(), FakeBell, lambda place, path: opened.append(path))
        task = asyncio.create_task(made.run())
        await soon(lambda: (folder / "breaks.door").is_file() or task.done(), 120)
        await work(lambda **asked: asyncio.to_thread(ask, folder, asked))
        await asyncio.to_thread(ask, folder, {"what": "stop"})
        await asyncio.wait_for(task, 60)

    asyncio.run(running())
    return opened


def rows(folder):
    with Store.open(folder) as store:
        return store.breaks.all()


def test_a_break_is_offered_begun_and_written_down(tmp_path):
    async def work(asked):
        assert (await asked(what="now"))["phase"] == "offered"
        await soon(lambda: rows(tmp_path), 120)
        assert (await asked(what="begin"))["phase"] == "doing"
        assert (await asked(what="done"))["phase"] == "resting"

    assert with_program(tmp_path, work)[0].startswith("/live?break=")
    (row,) = rows(tmp_path)
    assert (row.outcome, row.taken) == ("offered", False)


def test_whoever_does_not_know_the_password_hears_nothing(tmp_path):
    async def work(asked):
        door = json.loads((tmp_path / "breaks.door").read_text())
        assert (tmp_path / "breaks.door").stat().st_mode & 0o077 == 0
        reader, writer = await asyncio.open_connection("127.0.0.1", door["port"])
        writer.write(b'{"what": "stop", "password": "guess"}\n')
        assert await reader.read() == b""
        writer.close()
        assert await asked(what="status") is not None

    with_program(tmp_path, work)


def test_there_is_only_one(tmp_path):
    with only_one(tmp_path), pytest.raises(RunningError), only_one(tmp_path):
        pass
    with only_one(tmp_path):
        assert ask(tmp_path, {"what": "status"}) is None


def test_an_errand_that_fails_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(module.sys, "executable", "/bin/false")

    async def work(asked):
        await asked(what="now")
        found = await asked(what="status")
        assert any("cannot be read now" in text for text in found["problems"])
        assert found["phase"] == "offered"

    with_program(tmp_path, work)


def test_settings_that_do_not_fit_are_named_and_the_usual_ones_count():
    found = settings_from({"every_min": 5, "most": 3, "quiet_from": "21:00", "paused_until": "2026-01-01T00:00"})
    assert found.wrong == ("every_min", "paused_until")
    assert (found.rules.every_s, found.rules.most, found.rules.quiet_from) == (1800.0, 3, time(21))
    assert settings_from(["broken"]).wrong == ("breaks",)


def test_meetings_are_found_free_time_and_whole_days_are_none():
    spans = meetings(CALENDAR.replace("\n", "\r\n").encode(), NOW)
    assert next(start.isoformat() for start, _ in spans) == "2026-03-04T09:00:00+00:00"
    assert all(start.hour == 9 for start, _ in spans)


@pytest.mark.parametrize("data", [b"", b"no calendar", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"])
def test_a_calendar_that_is_none_is_one_sentence(data, tmp_path):
    with pytest.raises(InputError, match="Reminders go on without it"):
        meetings(data, NOW)
    with pytest.raises(InputError, match="Reminders go on without it"):
        calendar_bytes(str(tmp_path / "nothing.ics"))


COMMAND = ["/a b/python", "-m", "lunge.breaks.background", '/home/x/50%/"q"']


def test_a_unit_of_systemd_quotes_what_it_starts():
    text = entry_for("linux", Path("/home/x"), COMMAND).text
    assert 'ExecStart="/a b/python" "-m" "lunge.breaks.background" "/home/x/50%%/\\"q\\""' in text


def test_an_agent_of_launchd_and_a_task_of_windows_say_the_command():
    assert plistlib.loads(entry_for("darwin", Path("/x"), COMMAND).text.encode())["ProgramArguments"] == COMMAND
    task = ET.fromstring(entry_for("win32", Path("/x"), COMMAND).text)
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    assert task.findtext(f".//{space}Command") == COMMAND[0]


def test_an_entry_is_written_and_taken_away_or_leaves_nothing(tmp_path):
    entry, ran = entry_for("linux", tmp_path, COMMAND), []
    install(entry, lambda command: ran.append(command) or 0)
    assert entry.path.is_file()
    assert ran[-1][-1] == "lunge-breaks.service"
    assert uninstall(entry, lambda command: 0)
    assert not uninstall(entry, lambda command: 0)
    with pytest.raises(AutostartError):
        install(entry, lambda command: 1)
    assert not entry.path.exists()


class Dll:  # names are those of Windows
    def __init__(self, idle_ms, state):
        self.idle_ms, self.state = idle_ms, state
        self.user32 = self.kernel32 = self.shell32 = self

    def GetLastInputInfo(self, info):  # noqa: N802
        info._obj.tick = 2**32 - 1000

    def GetTickCount(self):  # noqa: N802
        return (self.idle_ms - 1000) % 2**32

    def SHQueryUserNotificationState(self, state):  # noqa: N802
        state._obj.value = self.state


class Registry:  # names are those of Windows
    """Keys as paths, each with its value; the end of a list, and a key that is not there, are an OSError."""

    HKEY_CURRENT_USER = ""

    def __init__(self, ends):
        self.ends = {f"{consents.STORE}\\{name}": ended for name, ended in ends.items()}

    @contextmanager
    def OpenKey(self, key, name):  # noqa: N802
        path = f"{key}\\{name}".strip("\\")
        if not any(known == path or known.startswith(f"{path}\\") for known in self.ends):
            raise FileNotFoundError(path)
        yield path

    def EnumKey(self, key, number):  # noqa: N802
        inside = (known.removeprefix(f"{key}\\") for known in self.ends if known.startswith(f"{key}\\"))
        names = sorted({name.partition("\\")[0] for name in inside})
        if number >= len(names):
            raise OSError("no more")
        return names[number]

    def QueryValueEx(self, key, name):  # noqa: N802
        assert name == "LastUsedTimeStop"
        if key not in self.ends:
            raise FileNotFoundError(name)
        return self.ends[key], 11


@pytest.mark.parametrize(
    ("ends", "bar"),
    [
        ({}, None),
        ({"Calls": 5, r"NonPackaged\C:#call.exe": 7}, None),
        ({"Calls": 0, r"NonPackaged\C:#call.exe": 7}, "taken"),
        ({"Calls": 5, r"NonPackaged\C:#call.exe": 0}, "taken"),
    ],
)
def test_windows_tells_whether_a_program_has_the_camera(ends, bar):
    assert asyncio.run(WindowsDesk(Dll(90_000, 5), Registry(ends)).bar()) == bar


@pytest.mark.parametrize(
    ("idle_ms", "state", "present", "hindrance"),
    [(500, 5, True, None), (90_000, 5, False, None), (90_000, 3, True, "full_screen"), (0, 6, True, "do_not_disturb")],
)
def test_windows_is_read_over_the_end_of_its_clock(idle_ms, state, present, hindrance):
    desk = WindowsDesk(Dll(idle_ms, state), Registry({}))
    assert asyncio.run(desk.is_present()) is present
    assert asyncio.run(desk.hindrance()) == hindrance
    assert asyncio.run(desk.bar()) == ("needless" if present else None)


def test_windows_bars_glances_while_it_is_locked():
    assert asyncio.run(WindowsDesk(Dll(90_000, 1), Registry({})).bar()) == "locked"


@pytest.mark.parametrize(
    ("locked", "idle_s", "awake", "present", "bar"),
    [
        (False, 5, 0, True, "needless"),
        (False, 200, 0, False, None),
        (False, 200, 1, True, "needless"),
        (True, 5, 1, False, "locked"),
    ],
)
def test_a_mac_is_read(monkeypatch, locked, idle_s, awake, present, bar):
    answers = {
        ("ioreg", "Root"): '"CGSSessionScreenIsLocked"=Yes' if locked else "",
        ("ioreg", "IOHIDSystem"): f'"HIDIdleTime" = {idle_s * 10**9}',
        ("pmset", "assertions"): f"   PreventUserIdleDisplaySleep    {awake}",
    }

    async def said(*command):
        return answers[command[0], command[2]]

    monkeypatch.setattr(macos, "said", said)
    assert asyncio.run(macos.MacDesk().is_present()) is present
    assert asyncio.run(macos.MacDesk().bar()) == bar
