"""A Mac, by the tools that come with it. Untested on a Mac; its answers are read in tests from written ones."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Final

from lunge.breaks.constants import constants
from lunge.breaks.records import Bar, Hindrance

NS: Final = 1e9
IDLE: Final = re.compile(r'"HIDIdleTime" = (\d+)')
LOCKED: Final = re.compile(r'"CGSSessionScreenIsLocked"\s*=\s*Yes')
AWAKE: Final = re.compile(r"PreventUserIdleDisplaySleep\s+1")


class MacDesk:
    """Asks ``ioreg`` and ``pmset``."""

    lacks: tuple[str, ...] = ("hindrances",)

    async def open(self, changed: Callable[[], None]) -> None:
        """Begin; a Mac says nothing by itself."""

    async def is_present(self) -> bool:
        """Return whether somebody sits there."""
        return not await self._is_locked() and (await self._is_touched() or await self._is_kept_awake())

    async def hindrance(self) -> Hindrance | None:
        """Return None: a Mac tells no other program whether its camera is on."""
        return None

    async def bar(self) -> Bar | None:
        """Return why no glance may be taken, or need be; a call has the camera and keeps the screen awake."""
        if await self._is_locked():
            return "locked"
        return "needless" if await self._is_touched() or await self._is_kept_awake() else None

    def close(self) -> None:
        """End."""

    async def _is_locked(self) -> bool:
        return LOCKED.search(await said("ioreg", "-n", "Root", "-d1")) is not None

    async def _is_touched(self) -> bool:
        idle = IDLE.search(await said("ioreg", "-c", "IOHIDSystem", "-d4"))
        return idle is None or int(idle[1]) / NS < constants().sitting.idle_s

    async def _is_kept_awake(self) -> bool:
        return AWAKE.search(await said("pmset", "-g", "assertions")) is not None


async def said(*command: str) -> str:
    """Return what a program prints; nothing where there is no such program."""
    try:
        program = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
    except OSError:
        return ""
    return (await program.communicate())[0].decode("utf-8", errors="replace")
