"""A Linux desktop, Wayland or X11, by D-Bus: GNOME, KDE, and logind for all others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from lunge.breaks.bus import Bus, Target
from lunge.breaks.constants import constants
from lunge.breaks.devices import camera_in_use, microphone_in_use
from lunge.breaks.records import Bar, Hindrance


def _named(name: str) -> Target:
    """Return the object of a service that calls object and interface as it calls itself."""
    return name, f"/{name.replace('.', '/')}", name


MUTTER: Final[Target] = (
    "org.gnome.Mutter.IdleMonitor",
    "/org/gnome/Mutter/IdleMonitor/Core",
    "org.gnome.Mutter.IdleMonitor",
)
SAVER: Final = _named("org.freedesktop.ScreenSaver")
GNOME_SAVER: Final = _named("org.gnome.ScreenSaver")
GNOME_SESSION: Final = _named("org.gnome.SessionManager")
KDE_POWER: Final[Target] = (
    "org.freedesktop.PowerManagement",
    "/org/freedesktop/PowerManagement/Inhibit",
    "org.freedesktop.PowerManagement.Inhibit",
)
LOGIN_SESSION: Final[Target] = (
    "org.freedesktop.login1",
    "/org/freedesktop/login1/session/auto",
    "org.freedesktop.login1.Session",
)
LOGIN: Final[Target] = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
NOTES: Final = _named("org.freedesktop.Notifications")
PORTAL: Final[Target] = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Settings",
)
IDLE_FLAG: Final = 8
"""GNOME's number of what keeps the session from counting as idle."""

MS: Final = 1000


class LinuxDesk:
    """Asks by D-Bus.

    Parameters
    ----------
    root : Path
        Where ``proc`` lies.
    """

    def __init__(self, root: Path = Path("/")) -> None:
        self._session, self._system, self._root = Bus("session"), Bus("system"), root
        self._idle_watch: int | None = None
        self._active_watch: int | None = None
        self._idle = False
        self._lacks: tuple[str, ...] = ()
        self._changed: Callable[[], None] = lambda: None

    @property
    def lacks(self) -> tuple[str, ...]:
        """What this desktop does not tell."""
        return self._lacks

    async def open(self, changed: Callable[[], None]) -> None:
        """Begin; GNOME then says by itself when somebody comes or goes."""
        self._changed = changed
        has_session, has_system = await self._session.open(), await self._system.open()
        if has_session:
            await self._session.hear(MUTTER, "WatchFired", self._fired)
            self._idle_watch = await self._watch_idle()
        if has_system:
            await self._system.hear(LOGIN, "PrepareForSleep", lambda body: changed())
        told = self._idle_watch is not None or await self._idle_by_asking() is not None
        self._lacks = () if told else ("idle",) if has_session else ("bus",)

    async def is_present(self) -> bool:
        """Return whether somebody sits there."""
        if await self._is_locked():
            return False
        idle = await self._is_idle()
        return not idle or await self._is_kept_awake()

    async def hindrance(self) -> Hindrance | None:
        """Return what the person must not be disturbed in now; full screen shows as the desktop's own rule."""
        if camera_in_use(self._root):
            return "camera"
        if microphone_in_use(self._root):
            return "microphone"
        if await self._session.value(NOTES, "Inhibited") is True:
            return "do_not_disturb"
        banners = await self._session.ask(PORTAL, "ReadOne", "ss", "org.gnome.desktop.notifications", "show-banners")
        return "do_not_disturb" if banners is False else None

    async def bar(self) -> Bar | None:
        """Return why no glance may be taken through the camera, or need be."""
        if await self._is_locked():
            return "locked"
        if await self._is_touched():
            return "needless"
        return "taken" if camera_in_use(self._root) else None

    def close(self) -> None:
        """End."""
        self._session.close()
        self._system.close()

    # ---- idle
    async def _watch_idle(self) -> int | None:
        watch = await self._session.ask(MUTTER, "AddIdleWatch", "t", round(constants().sitting.idle_s * MS))
        return None if watch is None else int(watch)

    def _fired(self, body: list[Any]) -> None:
        if body[0] == self._idle_watch:
            self._idle = True
        elif body[0] == self._active_watch:
            self._idle, self._active_watch = False, None
        self._changed()

    async def _is_idle(self) -> bool:
        if self._idle_watch is None:
            return await self._idle_by_asking() or False
        if self._idle and self._active_watch is None:
            self._active_watch = await self._session.ask(MUTTER, "AddUserActiveWatch")
        return self._idle

    async def _idle_by_asking(self) -> bool | None:
        """Return whether KDE, or logind, says that nobody touches anything; None when neither answers."""
        told = await self._idle_on_kde()
        if told is not None:
            return told
        hint = await self._system.value(LOGIN_SESSION, "IdleHint")
        return hint if isinstance(hint, bool) else None

    async def _idle_on_kde(self) -> bool | None:
        idle_ms = await self._session.ask(SAVER, "GetSessionIdleTime")
        if isinstance(idle_ms, int) and not isinstance(idle_ms, bool):
            return idle_ms >= constants().sitting.idle_s * MS
        return None

    async def _is_touched(self) -> bool:
        """Return whether a key or the mouse is used for sure; logind says so of many desktops that never told it."""
        idle = await self._is_idle() if self._idle_watch is not None else await self._idle_on_kde()
        return idle is False

    async def _is_kept_awake(self) -> bool:
        """Return whether a program says that somebody watches or reads."""
        if await self._session.ask(GNOME_SESSION, "IsInhibited", "u", IDLE_FLAG) is True:
            return True
        if await self._session.ask(KDE_POWER, "HasInhibit") is True:
            return True
        return "idle" in str(await self._system.value(LOGIN, "BlockInhibited")).split(":")

    async def _is_locked(self) -> bool:
        if await self._system.value(LOGIN_SESSION, "LockedHint") is True:
            return True
        return any([await self._session.ask(saver, "GetActive") is True for saver in (SAVER, GNOME_SAVER)])
