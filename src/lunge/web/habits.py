"""How the person wants to practise: days, sets a day, the own limit, and plans for what may come between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.plan.constants import constants
from lunge.plan.records import Barrier, Habits, IfThen
from lunge.web.forms import read_form
from lunge.web.pages import SEE_OTHER
from lunge.web.safety import guide_of
from lunge.web.views import shown

router = APIRouter()

WEEKDAYS: Final = range(7)
WHEN: Final = ("call", "coffee", "meeting", "lunch", "home", "teeth")
BARRIERS: Final = ("no_time", "watched", "tired", "forgot")
LONGEST: Final = 120
"""Letters of one's own words."""


@router.get("/habits")
def show(request: Request) -> Response:
    """Show how the person wants to practise."""
    return _page(request)


@router.post("/habits")
async def keep(request: Request) -> Response:
    """Keep it; at least one day stays."""
    form = await read_form(request)
    habits = habits_from(form)
    if not habits.weekdays:
        return _page(request, missing=True, status=422)
    guide_of(request).choose_habits(habits)
    return RedirectResponse("/today", SEE_OTHER)


def habits_from(form: Mapping[str, str]) -> Habits:
    """Return the habits in a form; what does not fit is as if it had not been filled in."""
    limits = constants().comfort
    own = form.get("own_when", "").strip()[:LONGEST]
    when = [f"plan.when.{key}" for key in WHEN if f"when.{key}" in form] + ([own] if own else [])
    return Habits(
        weekdays=tuple(day for day in WEEKDAYS if f"day.{day}" in form),
        sessions_a_day=_whole(form.get("sessions_a_day"), 1, constants().schedule.most_sessions),
        stop_limit=_whole(form.get("stop_limit"), limits.lowest_limit_points, limits.stop_limit_points),
        if_then=tuple(IfThen(words, "plan.when.then") for words in when),
        barriers=tuple(
            Barrier(f"plan.barrier.{key}", f"plan.barrier.{key}_then") for key in BARRIERS if f"barrier.{key}" in form
        ),
    )


def _whole(text: str | None, low: int, high: int) -> int | None:
    return int(text) if text and text.isdecimal() and low <= int(text) <= high else None


def _page(request: Request, *, missing: bool = False, status: int = 200) -> Response:
    habits, rules = guide_of(request).habits(), constants()
    known = {f"plan.when.{key}" for key in WHEN}
    return shown(
        request,
        "habits.html",
        status=status,
        habits=habits,
        weekdays=WEEKDAYS,
        when=WHEN,
        chosen={row.when for row in habits.if_then},
        own=next((row.when for row in habits.if_then if row.when not in known), ""),
        barriers=BARRIERS,
        hindered={row.when for row in habits.barriers},
        limits=range(rules.comfort.lowest_limit_points, rules.comfort.stop_limit_points + 1),
        most=rules.schedule.most_sessions,
        longest=LONGEST,
        missing=missing,
    )
