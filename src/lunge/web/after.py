"""After a set, and within it: how it felt, and why it was stopped."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.documents import json_text
from lunge.plan.records import Comfort
from lunge.plan.stops import PAUSING, action_of, stops
from lunge.storage.done import DoneSet
from lunge.storage.plan_sets import PLAN
from lunge.web.break_form import BREAK
from lunge.web.forms import comfort_from, points_from, read_form
from lunge.web.guiding import guide_of, sentences
from lunge.web.pages import SEE_OTHER
from lunge.web.views import shown

router = APIRouter()


@router.get("/after/{set_id}")
def ask(request: Request, set_id: str) -> Response:
    """Ask how hard a set was, and how back and knee feel."""
    return _page(request, _set(request, set_id))


@router.post("/after/{set_id}")
async def tell(request: Request, set_id: str) -> Response:
    """Keep how a set felt, and go back to the day."""
    done, form = _set(request, set_id), await read_form(request)
    effort, felt = points_from(form, "effort"), comfort_from(form)
    guide_of(request).begun.after(done, effort, felt, unsure="unsure" in form)
    return RedirectResponse("/breaks" if done.wishes.get(BREAK) else "/today", SEE_OTHER)


@router.post("/live/stop")
async def stop(request: Request) -> Response:
    """Take the answer to *why did you stop?*, and say what follows; the page acts on it."""
    form = await read_form(request)
    if form.get("why") not in {one.key for one in stops()}:
        return Response(status_code=422)
    guide = guide_of(request)
    found = guide.begun.stop((form["why"],), Comfort(), guide.plan().stop_limit)
    said = {"action": found.action, "text": " ".join(sentences(request, found.reasons))}
    return Response(json_text(said), media_type="application/json")


def _page(request: Request, done: DoneSet) -> Response:
    is_first = done.wishes.get(PLAN, {}).get("kind") == "baseline"
    stopped = done.stopped_why
    asks_anew = stopped is not None and action_of(stopped) in PAUSING
    values = {"done": done, "is_first": is_first, "stopped": stopped, "asks_anew": asks_anew}
    return shown(request, "after.html", **values, **_as_break(request, done))


def _as_break(request: Request, done: DoneSet) -> dict[str, Any]:
    """Return which break a set was, empty for none, and whether it was seen."""
    break_id = done.wishes.get(BREAK) or ""
    row = request.app.state.store.breaks.named([break_id]).get(break_id)
    return {"break_id": break_id, "is_seen": row is not None and row.outcome == "seen"}


def _set(request: Request, set_id: str) -> DoneSet:
    found: DoneSet = request.app.state.store.sets.get(set_id)
    return found
