"""What is remembered from one visit to the next: the choices, and the answers before the first set."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal, get_args

from pydantic import ValidationError

from lunge.storage import Store
from lunge.storage.instants import zone_here
from lunge.storage.records import Screening
from lunge.web.asked import Choices
from lunge.web.constants import constants

Outcome = Literal["ready", "ask", "urgent", "emergency"]
"""A set may start; ask the doctor first; see a doctor soon, no exercise; get help now."""

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
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


def outcome_from(name: str) -> Outcome:
    """Return the outcome of that name; one that is not known lets nobody start."""
    return next((outcome for outcome in OUTCOMES if outcome == name), "ask")


class Memory:
    """Reads and writes what is remembered.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._choices, self._screenings = store.choices, store.screenings

    def choices(self) -> Choices:
        """Return the choices; the usual ones when none were made, or they do not fit."""
        try:
            return Choices.model_validate(self._choices.all())
        except ValidationError:
            return Choices()

    def choose(self, choices: Choices) -> None:
        """Remember choices."""
        self._choices.put(choices.model_dump(), datetime.now(UTC), zone_here())

    def answers(self) -> Answers | None:
        """Return what came of the questions; None when they were not answered."""
        found = self._screenings.latest()
        return Answers(outcome_from(found.outcome), found.day) if found else None

    def answer(self, answers: Answers) -> None:
        """Remember what came of the questions."""
        screening = Screening(at=datetime.now(UTC), zone=zone_here(), day=answers.on, outcome=answers.outcome)
        self._screenings.put(screening)

    def forget_answers(self) -> None:
        """Delete what came of the questions."""
        self._screenings.clear()
