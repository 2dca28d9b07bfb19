"""How the person wants to practise: days, sets a day, an own limit, and plans for what may come between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.plan.constants import constants as rules
from lunge.plan.records import Barrier, Habits, IfThen
from lunge.plan.schedule import WEEK
from lunge.web.forms import read_form
from lunge.web.guiding import guide_of
from lunge.web.pages import SEE_OTHER
from lunge.web.views import shown, texts_of

router = APIRouter()

WHEN: Final = ("call", "coffee", "meeting", "lunch", "home", "teeth")
BARRIERS: Final = ("no_time", "watched", "tired", "forgot")
LONGEST_TEXT: Final = 200


@router.get("/habits")
def show(request: Request) -> Response:
    """Show the habits."""
    return _page(request, guide_of(request).habits())


@router.post("/habits")
async def choose(request: Request) -> Response:
    """Keep the habits, and go back to the day."""
    form = await read_form(request)
    try:
        chosen = _habits(request, form)
    except ValueError:
        return _page(request, guide_of(request).habits(), status=422)
    guide_of(request).choose_habits(chosen)
    return RedirectResponse("/today", SEE_OTHER)


def _habits(request: Request, form: Mapping[str, str]) -> Habits:
    days = tuple(day for day in range(WEEK) if f"day_{day}" in form)
    if not days:
        raise ValueError("weekdays: expected one or more, got none")
    return Habits(
        weekdays=days,
        sessions_a_day=_number(form, "sessions", 1, rules().schedule.most_sessions),
        stop_limit=_number(form, "limit", rules().comfort.lowest_limit_points, rules().comfort.stop_limit_points),
        if_then=_if_then(request, form),
        barriers=tuple(Barrier(f"plan.barrier.{b}", f"plan.barrier.{b}_then") for b in BARRIERS if f"b_{b}" in form),
    )


def _if_then(request: Request, form: Mapping[str, str]) -> tuple[IfThen, ...]:
    then = "plan.when.then"
    chosen = tuple(IfThen(f"plan.when.{when}", then) for when in WHEN if f"when_{when}" in form)
    own = form.get("own_when", "").strip()[:LONGEST_TEXT]
    return (*chosen, IfThen(own, then)) if own else chosen


def _number(form: Mapping[str, str], name: str, low: int, high: int) -> int | None:
    """Return a number in a form; None where the plan is to choose.

    Raises
    ------
    ValueError
        If it is none, or not within the ends.
    """
    said = form.get(name, "")
    if not said:
        return None
    if not low <= int(said) <= high:
        raise ValueError(f"{name}: expected {low} to {high}, got {said}")
    return int(said)


def _page(request: Request, habits: Habits, status: int = 200) -> Response:
    limits = rules()
    return shown(
        request,
        "habits.html",
        status=status,
        habits=habits,
        whens=WHEN,
        barriers=BARRIERS,
        chosen={one.when for one in habits.if_then} | {one.when for one in habits.barriers},
        own=next((one.when for one in habits.if_then if one.when not in texts_of(request).texts), ""),
        most_sessions=limits.schedule.most_sessions,
        limits=range(limits.comfort.lowest_limit_points, limits.comfort.stop_limit_points + 1),
        wrong=status != 200,
    )
