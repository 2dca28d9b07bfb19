"""The pages of the handbook, as PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from importlib import resources
from typing import Any, Final, Literal, get_args

from lunge.handbook.constants import constants
from lunge.handbook.drawing import Moment, drawing
from lunge.messages import DEFAULT, Catalogue, catalogue
from lunge.plan.ahead import days_ahead, rung_targets
from lunge.plan.answers import Day, History, Plan
from lunge.plan.book import ONE_DAY
from lunge.plan.constants import constants as rules
from lunge.plan.ladder import ladder
from lunge.plan.records import Status
from lunge.plan.schedule import WEEK
from lunge.plan.wording import asked_for, count_words
from lunge.printing import pdf

Paper = Literal["a4", "us-letter"]
PAPERS: Final[tuple[Paper, ...]] = get_args(Paper)

STEPS: Final = {
    "squat": Moment("squat"),
    "step_back": Moment("stepping_back"),
    "lunge": Moment("lunge"),
    "return": Moment("returning", 0.55),
    "squat_2": Moment("squat_2"),
    "stand": Moment("standing"),
    "repeat": Moment("lunge", back="left"),
}
"""S1 to S7, by the name of their texts in the section ``learn``."""

SEEN: Final = {
    "short_step": Moment("lunge", track="short_step"),
    "chest_drops": Moment("lunge", track="chest_drops"),
    "knee_in": Moment("lunge", track="knee_in", azimuth_deg=0.0),
}
"""What often happens, by the name of its texts in the section ``learn``."""

CLOSED: Final[frozenset[Status]] = frozenset({"stop", "ask_first", "paused", "ill"})
"""Nobody is given days and targets then."""


def handbook(history: History, found: Plan, language: str = DEFAULT, paper: Paper = "a4") -> bytes:
    """Return the handbook as PDF; the same history and plan give the same bytes.

    Parameters
    ----------
    history : History
    found : Plan
        Of the day on which the pages begin.
    language : str
        A code of `lunge.messages.languages`.
    paper : {'a4', 'us-letter'}

    Raises
    ------
    ValueError
        If there is no such language or paper.
    PrintingError
        If it cannot be made.
    """
    if paper not in PAPERS:
        raise ValueError(f"paper: expected one of {', '.join(PAPERS)}, got {paper!r}")
    texts = catalogue(language)
    template = (resources.files("lunge.handbook") / "templates" / "handbook.typ").read_text(encoding="utf-8")
    ahead_days = constants().sheets.ahead_days
    is_open = _is_open(history, found)
    days = days_ahead(history, found, rules(), ahead_days) if is_open else _empty_days(found, ahead_days)
    data = _words(texts) | {
        "paper": paper,
        "title": texts.text("handbook.title"),
        "made": texts.text("handbook.made", on=_date(texts, found.day.on), year=found.day.on.year),
        "steps": [_step(texts, name) for name in STEPS],
        "seen": [_seen(texts, name) for name in SEEN],
        "plan": _plan(texts, history, found) | {"is_open": is_open},
        "weeks": [_week(texts, days[i : i + WEEK], i // WEEK + 1, is_open=is_open) for i in range(0, len(days), WEEK)],
    }
    files = {f"{name}.svg": drawing(moment) for name, moment in (STEPS | SEEN).items()}
    return pdf(template, data, files, datetime.combine(found.day.on, time(), UTC))


def _words(texts: Catalogue) -> dict[str, Any]:
    learn, safety = texts.section("learn"), texts.section("safety")
    return {
        "language": texts.language,
        "texts": {**texts.section("handbook"), "stop_title": safety["stop_title"], "stop_after": safety["stop_after"]},
        "why_title": learn["why.title"],
        "why": [learn[f"why.{name}"] for name in ("works", "break", "daily")],
        "often": [learn[f"often.{name}"] for name in ("breaks", "both", "slowly")],
        "tips": [[learn[f"tips.{name}.title"], learn[f"tips.{name}.text"]] for name in ("squeeze", "longer")],
        "steps_title": learn["steps.title"],
        "feel": learn["steps.feel"],
        "seen_title": texts.text("handbook.often_seen"),
        "stops": [text for key, text in safety.items() if key.startswith("stop.")],
        "doctor": learn["care.doctor"],
        "purpose_title": safety["what_title"],
        "purpose": [safety["what_is"], safety["what_is_not"]],
    }


def _step(texts: Catalogue, name: str) -> dict[str, str]:
    said = {key: texts.text(f"learn.steps.{name}.{key}") for key in ("title", "do", "feel", "picture")}
    slips = {key: texts.text(f"handbook.slips.{name}.{key}") for key in ("seen", "better")}
    return {"file": f"{name}.svg", **said, **slips}


def _seen(texts: Catalogue, name: str) -> dict[str, str]:
    said = {key: texts.text(f"learn.mistakes.{name}.{key}") for key in ("title", "do", "picture")}
    return {"file": f"{name}.svg", **said}


def _plan(texts: Catalogue, history: History, found: Plan) -> dict[str, Any]:
    status = [] if found.status in ("go", "done", "rest") else [found.reasons[0]]
    targets = rung_targets(found)
    fill = {"count": count_words(texts, targets)}
    return {
        "notes": [texts.text(reason.key, **reason.fill) for reason in status],
        "targets": [*_levels(texts, found), *asked_for(texts, targets)],
        "cues": [texts.text(cue.key, **cue.fill) for cue in found.cues],
        "limit": texts.text("handbook.plan_limit", limit=found.stop_limit),
        "habits": [_habit(texts, one.when, one.then, fill) for one in history.habits.if_then]
        + [_habit(texts, one.when, one.then, fill) for one in history.habits.barriers],
    }


def _levels(texts: Catalogue, found: Plan) -> list[tuple[str, str]]:
    """Return where the person is, and the next milestone where there is one."""
    here = (texts.text("day.level"), texts.text(f"plan.level.{found.level}"))
    if found.level == ladder().usual[-1].level:
        return [here]
    return [here, (texts.text("day.milestone"), texts.text(f"plan.level.{found.level + 1}"))]


def _habit(texts: Catalogue, when: str, then: str, fill: dict[str, str]) -> str:
    """Return a plan for the day; people chose a text of the catalogue, or wrote their own."""
    said = (texts.text(one, **fill) if one in texts.texts else one for one in (when, then))
    return ": ".join(said)


def _is_open(history: History, found: Plan) -> bool:
    """Return whether there are days and targets; whoever never answered is shown the usual start."""
    asks_anew = found.status == "screen" and bool(history.screenings)
    return found.status not in CLOSED and not asks_anew


def _empty_days(found: Plan, days: int) -> tuple[Day, ...]:
    return tuple(replace(found.day, on=found.day.on + i * ONE_DAY, sessions=0) for i in range(days))


def _week(texts: Catalogue, days: tuple[Day, ...], number: int, *, is_open: bool) -> dict[str, Any]:
    first, last = (_date(texts, day.on) for day in (days[0], days[-1]))
    return {
        "title": texts.text("handbook.week", n=number, first=first, last=last),
        "days": [_day(texts, day, is_open=is_open) for day in days],
        "type": texts.text("handbook.diary_type", first=first),
    }


def _day(texts: Catalogue, day: Day, *, is_open: bool) -> dict[str, Any]:
    return {
        "weekday": texts.text(f"day.habits.weekday.{day.on.weekday()}"),
        "date": _date(texts, day.on),
        "sets": day.sessions,
        "kind": texts.text(f"handbook.kind.{_kind(day)}") if is_open else "",
        "is_rest": is_open and not day.sessions,
    }


def _kind(day: Day) -> str:
    if not day.sessions:
        return "rest"
    if day.is_strength:
        return "strength"
    return "set" if day.sessions == 1 else "sets"


def _date(texts: Catalogue, on: date) -> str:
    return texts.text("handbook.date", day=on.day, month=texts.text(f"handbook.month.{on.month}"))
