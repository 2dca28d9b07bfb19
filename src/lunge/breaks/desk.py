"""What the computer tells of the person: whether they are there, and what they must not be disturbed in.

Each system is one small class behind `Desk`; what a system does not tell, it is not asked again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

from lunge.breaks.records import Bar, Hindrance


class Desk(Protocol):
    """A computer with somebody at it, or nobody."""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What this computer does not tell: keys of the section ``breaks.lack`` in the catalogues."""

    async def open(self, changed: Callable[[], None]) -> None:
        """Begin; `changed` is called when somebody comes or goes, where the system says so by itself."""

    async def is_present(self) -> bool:
        """Return whether somebody sits there: an unlocked screen, and keys or the mouse, a video or a talk."""

    async def hindrance(self) -> Hindrance | None:
        """Return what the person must not be disturbed in now."""

    async def bar(self) -> Bar | None:
        """Return why no glance may be taken through the camera, or need be: keys or the mouse say enough."""

    def close(self) -> None:
        """End."""


def desk_here() -> Desk:
    """Return the desk of this system."""
    if sys.platform == "win32":
        from lunge.breaks.windows import WindowsDesk

        return WindowsDesk()
    if sys.platform == "darwin":
        from lunge.breaks.macos import MacDesk

        return MacDesk()
    from lunge.breaks.linux import LinuxDesk

    return LinuxDesk()
