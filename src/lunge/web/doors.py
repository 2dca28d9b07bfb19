"""How many cameras are watched at once beside sets."""

from __future__ import annotations

from lunge.web.constants import constants
from lunge.web.rooms import BusyError


class Doors:
    """How many times of housework may be watched at once."""

    def __init__(self) -> None:
        self._inside = 0

    def __enter__(self) -> None:
        if self._inside >= constants().live.most_rooms_count:
            raise BusyError("errors.coach.watching")
        self._inside += 1

    def __exit__(self, *_: object) -> None:
        self._inside -= 1
