"""Windows, by its own functions. Untested on Windows; how its answers are read is tested."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final

from lunge.breaks.consents import camera_in_use, registry_here
from lunge.breaks.constants import constants
from lunge.breaks.records import Bar, Hindrance

MS: Final = 1000
TICKS: Final = 2**32
BUSY_STATES: Final[dict[int, Hindrance]] = {2: "full_screen", 3: "full_screen", 4: "full_screen", 6: "do_not_disturb"}
"""What ``SHQueryUserNotificationState`` answers: busy, a game, a presentation; quiet time."""

LOCKED_STATE: Final = 1
"""What it answers while the screen is locked or saved."""


class LastInput(ctypes.Structure):
    """``LASTINPUTINFO``."""

    _fields_ = (("size", ctypes.c_uint), ("tick", ctypes.c_uint))


class WindowsDesk:
    """Asks ``user32``, ``kernel32`` and ``shell32``.

    Parameters
    ----------
    libraries : object, optional
        In place of ``ctypes.windll``.
    registry : object, optional
        In place of ``winreg``.
    """

    lacks: tuple[str, ...] = ("devices",)

    def __init__(self, libraries: Any = None, registry: Any = None) -> None:
        self._registry: Any = registry_here() if registry is None else registry
        self._libraries: Any = getattr(ctypes, "windll", None) if libraries is None else libraries

    async def open(self, changed: Callable[[], None]) -> None:
        """Begin; Windows says nothing by itself."""

    async def is_present(self) -> bool:
        """Return whether somebody sits there; with a film in full screen somebody does."""
        return self._is_touched() or self._state() in BUSY_STATES

    async def hindrance(self) -> Hindrance | None:
        """Return what the person must not be disturbed in now."""
        return BUSY_STATES.get(self._state())

    async def bar(self) -> Bar | None:
        """Return why no glance may be taken, or need be.

        Whether a camera is in use is asked for this alone: a program that crashed may be noted as using it for ever,
        and would keep reminders waiting.
        """
        if self._state() == LOCKED_STATE:
            return "locked"
        if await self.is_present():
            return "needless"
        return "taken" if camera_in_use(self._registry) else None

    def close(self) -> None:
        """End."""

    def _is_touched(self) -> bool:
        info = LastInput(size=ctypes.sizeof(LastInput))
        self._libraries.user32.GetLastInputInfo(ctypes.byref(info))
        idle_ms = (self._libraries.kernel32.GetTickCount() - info.tick) % TICKS
        return bool(idle_ms < constants().sitting.idle_s * MS)

    def _state(self) -> int:
        state = ctypes.c_int()
        self._libraries.shell32.SHQueryUserNotificationState(ctypes.byref(state))
        return state.value
