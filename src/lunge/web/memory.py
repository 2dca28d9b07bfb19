"""What is remembered from one visit to the next: the choices."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import ValidationError

from lunge.storage import Store
from lunge.storage.instants import zone_here
from lunge.web.asked import Choices


class Memory:
    """Reads and writes what is remembered.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._choices = store.choices

    def choices(self) -> Choices:
        """Return the choices; the usual ones when none were made, or they do not fit."""
        try:
            return Choices.model_validate(self._choices.all())
        except ValidationError:
            return Choices()

    def choose(self, choices: Choices) -> None:
        """Remember choices."""
        self._choices.put(choices.model_dump(), datetime.now(UTC), zone_here())
