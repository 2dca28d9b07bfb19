"""Whether a camera is in use on Windows, which notes for each program when it began to use one and when it ended."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any, Final

STORE: Final = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\webcam"
PLACES: Final = (STORE, STORE + r"\NonPackaged")
ENDED: Final = "LastUsedTimeStop"
"""When a program gave the camera back; 0 while it has it."""


def registry_here() -> Any:
    """Return Windows' registry; None on other systems."""
    if sys.platform != "win32":
        return None
    import winreg

    return winreg


def camera_in_use(registry: Any) -> bool:
    """Return whether a program has a camera now.

    Parameters
    ----------
    registry : module
        ``winreg``, or what answers like it.
    """
    return any(ended == 0 for place in PLACES for ended in _ends(registry, place))


def _ends(registry: Any, place: str) -> Iterator[int]:
    """Yield when each program gave the camera back; a key that is not there, or not readable, says nothing."""
    with suppress(OSError), registry.OpenKey(registry.HKEY_CURRENT_USER, place) as programs:
        for number in count():
            name = registry.EnumKey(programs, number)  # the end of the list is an OSError
            with suppress(OSError), registry.OpenKey(programs, name) as program:
                yield registry.QueryValueEx(program, ENDED)[0]
