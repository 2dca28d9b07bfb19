"""Today: what the plan asks for and why, the one question before a set, and sets that nobody sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.guide.guide import MAY_START
from lunge.plan.answers import Plan
from lunge.plan.records import Comfort, Reason, Targets
from lunge.plan.screening import Today
from lunge.web.forms import read_form
from lunge.web.pages import SEE_OTHER
from lunge.web.safety import guide_of
from lunge.web.views import shown

router = APIRouter()

ANSWERS: Final[tuple[Today, ...]] = ("nothing", "ill", "list")
SCALE: Final = range(11)
"""Comfort and effort are answered from 0 to 10."""

MINUTE_S: Final = 60.0
LOGGED: Final = 8
"""So many of the plan's latest changes are listed."""


@router.get("/today")
def today(request: Request) -> Response:
    """Show what today asks for, and why."""
    return _today_page(request)


@router.post("/today/begin")
async def begin(request: Request) -> Response:
    """Take the question before a set, and how back and knee feel; go on to the set, or say why not."""
    form = await read_form(request)
    said = next((known for known in ANSWERS if known == form.get("new")), None)
    comfort = comfort_from(form)
    if said is None or (said == "nothing" and comfort.worst is None):
        return _today_page(request, missing="new" if said is None else "comfort", status=422)
    guide = guide_of(request)
    if guide.today().status not in MAY_START:
        return RedirectResponse("/today", SEE_OTHER)
    start = guide.begin(said, comfort)
    if start.asks_anew:
        return RedirectResponse("/safety", SEE_OTHER)
    if not start.may_start:
        return _today_page(request, answer=start.reason)
    is_lunge = guide.targets(guide.today()).movement == "lunge"
    return RedirectResponse("/live?plan=1" if is_lunge else "/today/said", SEE_OTHER)


@router.post("/today/morning")
async def morning(request: Request) -> Response:
    """Keep how this morning feels."""
    comfort = comfort_from(await read_form(request))
    if comfort.worst is not None:
        guide_of(request).morning(comfort)
    return RedirectResponse("/today", SEE_OTHER)


@router.post("/today/well")
def well(request: Request) -> Response:
    """End a time of illness."""
    guide_of(request).recovered()
    return RedirectResponse("/today", SEE_OTHER)


@router.get("/today/said")
def said_set(request: Request) -> Response:
    """Guide through a set that nobody sees: by the clock, recorded as said."""
    plan = guide_of(request).require()
    return shown(request, "said.html", targets=guide_of(request).targets(plan), plan=plan)


@router.post("/today/said")
async def keep_said(request: Request) -> Response:
    """Keep a set that was done without a camera, as it was said to be."""
    form, guide = await read_form(request), guide_of(request)
    plan = guide.require()
    asked = guide.targets(plan).repetitions
    done = min(_whole(form.get("done"), range(asked + 1)) or 0, asked)
    minutes = _whole(form.get("minutes"), SCALE) or 0
    return RedirectResponse(f"/sets/{guide.keep_said(plan, done, minutes * MINUTE_S)}/felt", SEE_OTHER)


def comfort_from(form: Mapping[str, str]) -> Comfort:
    """Return how back and knee feel, as a form says it; None where it does not."""
    return Comfort(_whole(form.get("back"), SCALE), _whole(form.get("knee"), SCALE))


def effort_from(form: Mapping[str, str]) -> int | None:
    """Return how hard it was, as a form says it; None where it does not."""
    return _whole(form.get("effort"), SCALE)


def _whole(text: str | None, allowed: range) -> int | None:
    return int(text) if text is not None and text.isdecimal() and int(text) in allowed else None


def _today_page(request: Request, missing: str = "", answer: Reason | None = None, status: int = 200) -> Response:
    guide = guide_of(request)
    plan = guide.today()
    return shown(
        request,
        "today.html",
        status=status,
        plan=plan,
        targets=guide.targets(plan),
        asks=plan.status in MAY_START,
        log=tuple(reversed(plan.log))[:LOGGED],
        morning=guide.morning_is_open(),
        habits=guide.habits(),
        scale=SCALE,
        missing=missing,
        answer=answer,
        facts=facts_of(plan, guide.targets(plan)),
    )


def facts_of(plan: Plan, targets: Targets) -> list[tuple[str, str, dict[str, str]]]:
    """Return what a set asks for, as (label, text, fill) of the catalogue ``guide``, in the order of the page."""
    out = [("repetitions", "side" if targets.movement == "lunge" else "all", {"n": str(targets.repetitions)})]
    if targets.movement == "lunge":
        out.append(("depth", f"depth_{targets.depth_deg:.0f}", {}))
    out.append(("hold", "seconds", {"n": f"{targets.hold_s:g}"}))
    out.append(("support", f"support_{targets.support}", {}))
    if targets.stretch:
        out.append(("step", "longer", {}))
    if plan.day.is_strength:
        out.append(("lowering", "seconds", {"n": f"{targets.lowering_s:g}"}))
    return out
