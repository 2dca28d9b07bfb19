"""What is remembered from one visit to the next: the choices, and the answers before the first set."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from lunge.web.asked import Choices
from lunge.web.constants import constants
from lunge.web.folder import read_json, write_json

Outcome = Literal["ready", "ask", "urgent", "emergency"]
"""A set may start; ask the doctor first; see a doctor soon, no exercise; get help now."""

TIERS: Final[tuple[Outcome, ...]] = ("emergency", "urgent")


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of the questions before the first set, and when; not the answers themselves."""

    outcome: Outcome
    on: date

    @property
    def valid_until(self) -> date:
        """The last day on which they hold."""
        return self.on + timedelta(days=constants().safety.valid_days)

    def may_start(self, today: date) -> bool:
        """Return whether a set may start."""
        return self.outcome == "ready" and self.on <= today <= self.valid_until


def outcome_of(ticked: Set[str], doctor_agrees: bool) -> Outcome:
    """Return what comes of the answers.

    Parameters
    ----------
    ticked : set of str
        Keys such as ``urgent.fever``; what stands before the dot is the tier.
    doctor_agrees : bool
    """
    tiers = {key.partition(".")[0] for key in ticked}
    for tier in TIERS:
        if tier in tiers:
            return tier
    return "ready" if doctor_agrees else "ask"


class Memory:
    """Reads and writes what is remembered.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self._choices, self._answers = folder / "settings.json", folder / "safety.json"

    def choices(self) -> Choices:
        """Return the choices; the usual ones when none were made, or the file does not fit."""
        try:
            return Choices.model_validate(read_json(self._choices))
        except ValidationError:
            return Choices()

    def choose(self, choices: Choices) -> None:
        """Remember choices."""
        write_json(self._choices, choices.model_dump())

    def answers(self) -> Answers | None:
        """Return what came of the questions; None when they were not answered."""
        found = read_json(self._answers)
        try:
            return Answers(found["outcome"], date.fromisoformat(found["on"]))
        except (KeyError, TypeError, ValueError):
            return None

    def answer(self, answers: Answers) -> None:
        """Remember what came of the questions."""
        write_json(self._answers, {"outcome": answers.outcome, "on": answers.on.isoformat()})

    def forget_answers(self) -> None:
        """Delete what came of the questions."""
        self._answers.unlink(missing_ok=True)
