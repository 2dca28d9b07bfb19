# ruff: noqa: N802, F722, F821, PLR0913  names and signatures are those of D-Bus
"""A private bus, with made-up services of a desktop on it."""

import asyncio
import gc
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest
from dbus_fast import Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusStr, DBusUInt32, DBusUInt64
from dbus_fast.constants import PropertyAccess
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

HERE = Path(__file__).parent


@pytest.fixture
def private_bus(monkeypatch):
    """The address of a bus that serves as session and system bus."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("needs dbus-daemon on the system")
    with subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as program:
        address = program.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address
        program.terminate()


class Mutter(ServiceInterface):
    def __init__(self):
        super().__init__("org.gnome.Mutter.IdleMonitor")
        self.watches = []

    @dbus_method()
    def AddIdleWatch(self, interval: DBusUInt64) -> DBusUInt32:
        self.watches.append(("idle", interval))
        return len(self.watches)

    @dbus_method()
    def AddUserActiveWatch(self) -> DBusUInt32:
        self.watches.append(("active", None))
        return len(self.watches)

    @dbus_signal()
    def WatchFired(self, number) -> DBusUInt32:
        return number


class Saver(ServiceInterface):
    def __init__(self, idle_ms=0):
        super().__init__("org.freedesktop.ScreenSaver")
        self.idle_ms, self.locked = idle_ms, False

    @dbus_method()
    def GetSessionIdleTime(self) -> DBusUInt32:
        return self.idle_ms

    @dbus_method()
    def GetActive(self) -> DBusBool:
        return self.locked


class Session(ServiceInterface):
    def __init__(self):
        super().__init__("org.freedesktop.login1.Session")
        self.idle, self.locked = False, False

    @dbus_property(access=PropertyAccess.READ)
    def IdleHint(self) -> DBusBool:
        return self.idle

    @dbus_property(access=PropertyAccess.READ)
    def LockedHint(self) -> DBusBool:
        return self.locked


class Login(ServiceInterface):
    def __init__(self):
        super().__init__("org.freedesktop.login1.Manager")
        self.blocked = "shutdown:sleep"

    @dbus_property(access=PropertyAccess.READ)
    def BlockInhibited(self) -> DBusStr:
        return self.blocked

    @dbus_signal()
    def PrepareForSleep(self, begins) -> DBusBool:
        return begins


class Manager(ServiceInterface):
    def __init__(self):
        super().__init__("org.gnome.SessionManager")
        self.flags = 0

    @dbus_method()
    def IsInhibited(self, flags: DBusUInt32) -> DBusBool:
        return bool(self.flags & flags)


class Notes(ServiceInterface):
    """A notification service; keeps what it shows."""

    def __init__(self):
        super().__init__("org.freedesktop.Notifications")
        self.shown, self.closed, self.inhibited, self.count = {}, [], False, 0

    @dbus_method()
    def GetCapabilities(self) -> "as":
        return ["actions", "body"]

    @dbus_method()
    def GetServerInformation(self) -> "ssss":
        return ["made up", "tests", "1", "1.2"]

    @dbus_method()
    def Notify(
        self, app: "s", replaces: "u", icon: "s", title: "s", body: "s", actions: "as", hints: "a{sv}", ms: "i"
    ) -> "u":
        self.count += 1
        self.shown[self.count] = (title, body, actions)
        return self.count

    @dbus_method()
    def CloseNotification(self, number: "u"):
        self.shown.pop(number, None)
        self.closed.append(number)
        self.NotificationClosed(number, 3)

    @dbus_signal()
    def NotificationClosed(self, number, why) -> "uu":
        return [number, why]

    @dbus_signal()
    def ActionInvoked(self, number, key) -> "us":
        return [number, key]

    @dbus_property(access=PropertyAccess.READ)
    def Inhibited(self) -> DBusBool:
        return self.inhibited


class Portal(ServiceInterface):
    def __init__(self):
        super().__init__("org.freedesktop.portal.Settings")
        self.banners = True

    @dbus_method()
    def ReadOne(self, namespace: DBusStr, key: DBusStr) -> "v":
        return Variant("b", self.banners)


async def served(name, path, *interfaces):
    """Put services on the bus; return the connection, to be closed."""
    bus = await MessageBus().connect()
    for interface in interfaces:
        bus.export(path, interface)
    await bus.request_name(name)
    return bus


async def soon(true, seconds=30.0):
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


@pytest.fixture(autouse=True)
def nothing_left_to_collect():
    """The notification library leaves sockets to the garbage collector: here, and not in somebody else's test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def pytest_collection_modifyitems(items):
    """Let pass what the notification library leaves open, wherever in a test of this folder it is collected."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore:.*unclosed.*:ResourceWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
