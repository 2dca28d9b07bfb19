"""The pages of the handbook, as PDF."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from importlib import resources
from typing import Any, Final, Literal, get_args

from lunge.handbook.constants import constants
from lunge.handbook.drawing import Moment, drawing
from lunge.messages import DEFAULT, Catalogue, catalogue
from lunge.plan.ahead import days_ahead, rung_targets
from lunge.plan.answers import Day, History, Plan
from lunge.plan.constants import constants as rules
from lunge.plan.records import Status
from lunge.plan.schedule import WEEK
from lunge.plan.wording import asked_for
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

STOPPED: Final[frozenset[Status]] = frozenset({"stop", "ask_first", "paused"})
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
    days = days_ahead(history, found, rules(), constants().sheets.ahead_days)
    data = _words(texts) | {
        "paper": paper,
        "title": texts.text("handbook.title"),
        "made": texts.text("handbook.made", on=_date(texts, found.day.on), year=found.day.on.year),
        "steps": [_step(texts, name) for name in STEPS],
        "plan": _plan(texts, history, found),
        "weeks": [_week(texts, days[i : i + WEEK], found) for i in range(0, len(days), WEEK)],
    }
    files = {f"{name}.svg": drawing(moment) for name, moment in STEPS.items()}
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
        "stops": [text for key, text in safety.items() if key.startswith("stop.")],
        "doctor": learn["care.doctor"],
        "purpose": [safety["what_is"], safety["what_is_not"]],
    }


def _step(texts: Catalogue, name: str) -> dict[str, str]:
    said = {key: texts.text(f"learn.steps.{name}.{key}") for key in ("title", "do", "feel", "picture")}
    slips = {key: texts.text(f"handbook.slips.{name}.{key}") for key in ("seen", "better")}
    return {"file": f"{name}.svg", **said, **slips}


def _plan(texts: Catalogue, history: History, found: Plan) -> dict[str, Any]:
    status = [] if found.status in ("go", "done", "rest") else [found.reasons[0]]
    targets = rung_targets(found)
    fill = {"count": targets.repetitions}
    return {
        "notes": [texts.text(reason.key, **reason.fill) for reason in status],
        "is_open": found.status not in STOPPED,
        "level": texts.text(f"plan.level.{found.level}"),
        "targets": asked_for(texts, targets),
        "cues": [texts.text(cue.key, **cue.fill) for cue in found.cues],
        "limit": texts.text("handbook.plan_limit", limit=found.stop_limit),
        "habits": [_habit(texts, one.when, one.then, fill) for one in history.habits.if_then]
        + [_habit(texts, one.when, one.then, fill) for one in history.habits.barriers],
    }


def _habit(texts: Catalogue, when: str, then: str, fill: dict[str, int]) -> str:
    """Return a plan for the day; people chose a text of the catalogue, or wrote their own."""
    said = (texts.text(one, **fill) if one in texts.texts else one for one in (when, then))
    return ": ".join(said)


def _week(texts: Catalogue, days: tuple[Day, ...], found: Plan) -> dict[str, Any]:
    first, last = days[0].on, days[-1].on
    number = (first - found.day.on).days // WEEK + 1
    return {
        "title": texts.text("handbook.week", n=number, first=_date(texts, first), last=_date(texts, last)),
        "days": [_day(texts, day, is_open=found.status not in STOPPED) for day in days],
    }


def _day(texts: Catalogue, day: Day, *, is_open: bool) -> dict[str, Any]:
    kind = "strength" if day.is_strength else "sets" if day.sessions else "rest"
    return {
        "weekday": texts.text(f"day.habits.weekday.{day.on.weekday()}"),
        "date": _date(texts, day.on),
        "sets": day.sessions if is_open else 0,
        "kind": texts.text(f"handbook.kind_{kind}") if is_open else "",
        "is_rest": is_open and not day.sessions,
    }


def _date(texts: Catalogue, on: date) -> str:
    return texts.text("handbook.date", day=on.day, month=texts.text(f"handbook.month.{on.month}"))
