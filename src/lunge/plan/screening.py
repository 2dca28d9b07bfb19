"""The questions before the first set, what comes of them, and the one question before every set."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Final, Literal

from lunge.plan.constants import Rules
from lunge.plan.records import Comfort, Consent, Outcome, Path, Reason, Screening

Today = Literal["nothing", "ill", "list"]
"""Is anything new? Nothing; ill; something of the list of questions."""

WORST_FIRST: Final[tuple[Outcome, ...]] = ("stop", "ask_first", "go")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to tick.

    Attributes
    ----------
    key : str
        Tier and name, such as ``urgent.fever``.
    tier : {'emergency', 'urgent', 'ask', 'path'}
    outcome : Outcome
        What a tick leads to.
    text : str
        The key of its text in the catalogues.
    """

    key: str
    tier: str
    outcome: Outcome
    text: str


@cache
def questions() -> tuple[Question, ...]:
    """Return all questions, from the most to the least pressing tier."""
    data = tomllib.loads((resources.files("lunge.plan") / "screening.toml").read_text(encoding="utf-8"))
    return tuple(
        Question(f"{row['tier']}.{key}", row["tier"], row["outcome"], f"{row['section']}.{row['tier']}.{key}")
        for row in data["tiers"]
        for key in row["keys"]
    )


def outcome_of(screening: Screening) -> Outcome:
    """Return what comes of the answers.

    Something that has to be looked at stops, whatever the doctor said before. Otherwise the doctor's
    consent is all it takes, and without it the doctor is asked first.

    Raises
    ------
    ValueError
        If a key is no question.
    """
    known = _outcomes()
    unknown = screening.ticked - set(known)
    if unknown:
        raise ValueError(f"ticked: expected keys of questions, got {', '.join(sorted(unknown))}")
    if "stop" in {known[key] for key in screening.ticked}:
        return "stop"
    return "go" if screening.doctor_agrees else "ask_first"


@cache
def _outcomes() -> dict[str, Outcome]:
    return {question.key: question.outcome for question in questions()}


def is_emergency(screening: Screening) -> bool:
    """Return whether something was ticked that needs help at once."""
    return any(key.startswith("emergency.") for key in screening.ticked)


def valid_until(screening: Screening, rules: Rules) -> date:
    """Return the last day on which the answers hold, unless something changes before."""
    return screening.on + timedelta(days=rules.screening.valid_days)


def latest(screenings: tuple[Screening, ...], day: date) -> Screening | None:
    """Return the answers that count on a day: the last ones that are not after it, of one day the most careful."""
    last = max((s.on for s in screenings if s.on <= day), default=None)
    return max((s for s in screenings if s.on == last), key=_weight, default=None)


def _weight(screening: Screening) -> tuple[int, list[str]]:
    return -WORST_FIRST.index(outcome_of(screening)), sorted(screening.ticked)


def paths_of(screening: Screening, rules: Rules) -> frozenset[Path]:
    """Return the ways the plan takes: knee, back, balance; a chair stays at hand from a certain age on."""
    ways: tuple[Path, ...] = ("knee", "back", "balance")
    found = {way for way in ways if f"path.{way}" in screening.ticked}
    is_older = screening.age_years is not None and screening.age_years >= rules.screening.older_years
    return frozenset(found | ({"balance"} if is_older or "ask.balance" in screening.ticked else set()))


# ---------------------------------------------------------------- before every set
@dataclass(frozen=True, slots=True)
class Start:
    """Whether a set may start now, and what to do otherwise.

    Attributes
    ----------
    may_start : bool
    is_ill : bool
        A time of illness begins today.
    asks_anew : bool
        The questions are to be answered again: the answers hold no longer.
    reason : Reason
    """

    may_start: bool
    is_ill: bool
    asks_anew: bool
    reason: Reason


def asked_today(today: Today, comfort: Comfort, stop_limit: int, rules: Rules) -> Start:
    """Return what comes of the question before a set, and of how back and knee feel.

    Parameters
    ----------
    today : {'nothing', 'ill', 'list'}
    comfort : Comfort
        Now.
    stop_limit : int
        Comfort above it is for a day of rest.
    rules : Rules
    """
    if today == "list":
        return Start(False, False, True, Reason("screening.today.answer_list"))
    if today == "ill":
        return Start(False, True, False, Reason("screening.today.answer_ill"))
    worst = comfort.worst
    if worst is not None and worst > stop_limit:
        return Start(False, False, False, Reason("screening.today.answer_sore", {"limit": str(stop_limit)}))
    if worst is not None and worst >= rules.comfort.amber_points:
        return Start(True, False, False, Reason("screening.today.answer_gently"))
    return Start(True, False, False, Reason("screening.today.answer_go"))


# ---------------------------------------------------------------- for the doctor
@dataclass(frozen=True, slots=True)
class Letter:
    """A page to take to the doctor, as keys of the catalogues in the order in which they are printed.

    Attributes
    ----------
    on : date
        When the questions were answered.
    age_years : int, optional
    about : tuple of str
        What lunge is, and what the exercise asks of the body.
    ticked : tuple of str
        The answers; empty when nothing was ticked.
    asks : tuple of str
        What the doctor is asked.
    consent : Consent, optional
        Given before.
    """

    on: date
    age_years: int | None
    about: tuple[str, ...]
    ticked: tuple[str, ...]
    asks: tuple[str, ...]
    consent: Consent | None


def letter_for(screening: Screening, consent: Consent | None = None) -> Letter:
    """Return the letter for the doctor, with exactly what was ticked."""
    return Letter(
        on=screening.on,
        age_years=screening.age_years,
        about=tuple(f"screening.letter.{name}" for name in ("what", "exercise", "dose", "easier")),
        ticked=tuple(question.text for question in questions() if question.key in screening.ticked),
        asks=tuple(f"screening.letter.{name}" for name in ("may", "limits", "sign")),
        consent=consent,
    )
