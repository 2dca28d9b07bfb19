"""A Linux desktop on a private bus: who is there, what is in the way, a notification with a button that is pressed."""

import asyncio

import pytest

from breaks.conftest import Login, Manager, Mutter, Notes, Portal, Saver, Session, served, soon
from lunge.breaks.bell import Bell
from lunge.breaks.linux import LinuxDesk

MUTTER = ("org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core")
SAVER = ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver")
NOTES = ("org.freedesktop.Notifications", "/org/freedesktop/Notifications")


def run(work):
    asyncio.run(asyncio.wait_for(work, 20))


async def opened(root, changed=lambda: None):
    desk = LinuxDesk(root)
    await desk.open(changed)
    return desk


def test_gnome_says_by_itself_when_somebody_goes_and_comes(private_bus, tmp_path):
    async def work():
        mutter, changes = Mutter(), []
        bus = await served(*MUTTER, mutter)
        desk = await opened(tmp_path, lambda: changes.append(1))
        assert mutter.watches == [("idle", 90_000)]
        assert desk.lacks == ()
        assert await desk.is_present()
        mutter.WatchFired(1)
        await soon(lambda: len(changes) == 1)
        assert not await desk.is_present()
        assert mutter.watches[1:] == [("active", None)]
        mutter.WatchFired(2)
        await soon(lambda: len(changes) == 2)
        assert await desk.is_present()
        desk.close()
        bus.disconnect()

    run(work())


def test_kde_is_asked_and_a_locked_screen_is_nobody(private_bus, tmp_path):
    async def work():
        saver = Saver(idle_ms=5000)
        bus = await served(*SAVER, saver)
        desk = await opened(tmp_path)
        assert await desk.is_present()
        saver.idle_ms = 90_000
        assert not await desk.is_present()
        saver.idle_ms, saver.locked = 0, True
        assert not await desk.is_present()
        desk.close()
        bus.disconnect()

    run(work())


def test_a_glance_is_taken_only_when_unlocked_untouched_and_nobody_has_the_camera(private_bus, tmp_path):
    async def work():
        saver = Saver(idle_ms=90_000)
        bus = await served(*SAVER, saver)
        desk = await opened(tmp_path)
        assert await desk.bar() is None
        held = tmp_path / "proc/12/fd/5"
        held.parent.mkdir(parents=True)
        held.symlink_to("/dev/video0")
        assert await desk.bar() == "taken"
        saver.idle_ms = 5000
        assert await desk.bar() == "needless"
        saver.locked = True
        assert await desk.bar() == "locked"
        desk.close()
        bus.disconnect()

    run(work())


def test_gnome_bars_glances_while_keys_are_used(private_bus, tmp_path):
    async def work():
        mutter, changes = Mutter(), []
        bus = await served(*MUTTER, mutter)
        desk = await opened(tmp_path, lambda: changes.append(1))
        assert await desk.bar() == "needless"
        mutter.WatchFired(1)
        await soon(lambda: changes)
        assert await desk.bar() is None
        desk.close()
        bus.disconnect()

    run(work())


def test_a_desktop_that_does_not_tell_of_keys_bars_no_glance(private_bus, tmp_path):
    async def work():
        bus = await served("org.freedesktop.login1", "/org/freedesktop/login1/session/auto", Session())
        desk = await opened(tmp_path)
        assert await desk.is_present()
        assert await desk.bar() is None
        desk.close()
        bus.disconnect()

    run(work())


def test_logind_tells_of_all_other_desktops(private_bus, tmp_path):
    async def work():
        session, login, changes = Session(), Login(), []
        bus = await served("org.freedesktop.login1", "/org/freedesktop/login1/session/auto", session)
        bus.export("/org/freedesktop/login1", login)
        desk = await opened(tmp_path, lambda: changes.append(1))
        assert await desk.is_present()
        session.idle = True
        assert not await desk.is_present()
        login.blocked = "sleep:idle"
        assert await desk.is_present()
        session.locked = True
        assert not await desk.is_present()
        login.PrepareForSleep(False)
        await soon(lambda: changes)
        desk.close()
        bus.disconnect()

    run(work())


def test_a_film_on_gnome_is_not_taken_for_absence(private_bus, tmp_path):
    async def work():
        manager = Manager()
        bus = await served(*SAVER, Saver(idle_ms=900_000))
        bus.export("/org/gnome/SessionManager", manager)
        await bus.request_name("org.gnome.SessionManager")
        desk = await opened(tmp_path)
        assert not await desk.is_present()
        manager.flags = 4
        assert not await desk.is_present()
        manager.flags = 8
        assert await desk.is_present()
        desk.close()
        bus.disconnect()

    run(work())


def test_do_not_disturb_is_heeded(private_bus, tmp_path):
    async def work():
        notes, portal = Notes(), Portal()
        bus = await served(*NOTES, notes)
        bus.export("/org/freedesktop/portal/desktop", portal)
        await bus.request_name("org.freedesktop.portal.Desktop")
        desk = await opened(tmp_path)
        assert await desk.hindrance() is None
        portal.banners = False
        assert await desk.hindrance() == "do_not_disturb"
        portal.banners, notes.inhibited = True, True
        assert await desk.hindrance() == "do_not_disturb"
        desk.close()
        bus.disconnect()

    run(work())


def test_a_camera_and_a_microphone_in_use_are_found(tmp_path, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")

    async def work():
        desk = await opened(tmp_path)
        assert desk.lacks == ("bus",)
        assert await desk.is_present()
        assert await desk.hindrance() is None
        status = tmp_path / "proc/asound/card0/pcm0c/sub0/status"
        status.parent.mkdir(parents=True)
        status.write_text("state: RUNNING\n")
        assert await desk.hindrance() == "microphone"
        held = tmp_path / "proc/12/fd/5"
        held.parent.mkdir(parents=True)
        held.symlink_to("/dev/video0")
        assert await desk.hindrance() == "camera"
        desk.close()

    run(work())


# desktop-notifier has no way to close its connection.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("place", "answer"), [(0, "begin"), (1, "snooze"), (2, "skip")])
def test_a_button_of_a_notification_is_heard(private_bus, place, answer):
    async def work():
        notes, answers = Notes(), []
        bus = await served(*NOTES, notes)
        bell = Bell(answers.append)
        assert await bell.ring("Time", "Two minutes", {"begin": "B", "snooze": "S", "skip": "N"})
        ((number, (title, _, actions)),) = notes.shown.items()
        assert title == "Time"
        keys = dict(zip(actions[1::2], actions[::2], strict=True))
        notes.ActionInvoked(number, keys[("B", "S", "N")[place]])
        await soon(lambda: answers)
        assert answers == [answer]
        bus.disconnect()

    run(work())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_reminder_is_taken_away_and_without_a_service_it_is_said(private_bus):
    async def work():
        texts = {"begin": "B", "snooze": "S", "skip": "N"}
        assert not await Bell(print).ring("Time", "Two minutes", texts)
        notes = Notes()
        bus = await served(*NOTES, notes)
        bell = Bell(print)
        await bell.ring("Time", "Two minutes", texts)
        await bell.hush()
        await soon(lambda: notes.closed)
        assert notes.shown == {}
        bus.disconnect()

    run(work())
