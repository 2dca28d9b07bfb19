"""What is remembered from one visit to the next: the choices."""

from __future__ import annotations

from msgspec import ValidationError, convert
from msgspec.structs import asdict

from lunge.guide.clock import Clock
from lunge.storage import Store
from lunge.web.asked import Choices


class Memory:
    """Reads and writes what is remembered.

    Parameters
    ----------
    store : Store
    clock : Clock
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._choices, self._clock = store.choices, clock

    def choices(self) -> Choices:
        """Return the choices; the usual ones when none were made, or they do not fit."""
        try:
            return convert(self._choices.all(), Choices)
        except ValidationError:
            return Choices()

    def choose(self, choices: Choices) -> None:
        """Remember choices."""
        self._choices.put(asdict(choices), self._clock.now(), self._clock.zone())
