"""After a set: how hard it was, and how back and knee feel."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.guide.kept import PLAN
from lunge.storage.done import DoneSet
from lunge.web.forms import read_form
from lunge.web.pages import SEE_OTHER
from lunge.web.safety import guide_of
from lunge.web.today import SCALE, comfort_from, effort_from
from lunge.web.views import shown

router = APIRouter()


@router.get("/sets/{set_id}/felt")
def ask(request: Request, set_id: str) -> Response:
    """Ask how a set felt."""
    return _page(request, _done(request, set_id))


@router.post("/sets/{set_id}/felt")
async def keep(request: Request, set_id: str) -> Response:
    """Keep how a set felt; go on to the set, or to today where nobody saw it."""
    form, done = await read_form(request), _done(request, set_id)
    comfort, effort = comfort_from(form), effort_from(form)
    if comfort.worst is None or effort is None:
        return _page(request, done, missing=True, status=422)
    guide_of(request).felt(set_id, effort, comfort, unsure="unsure" in form, note=form.get("note", "").strip())
    return RedirectResponse("/today" if done.origin == "said" else f"/sets/{set_id}", SEE_OTHER)


def _done(request: Request, set_id: str) -> DoneSet:
    done: DoneSet = request.app.state.store.sets.get(set_id)
    return done


def _page(request: Request, done: DoneSet, *, missing: bool = False, status: int = 200) -> Response:
    is_first = done.wishes.get(PLAN, {}).get("kind") == "baseline"
    stopped = guide_of(request).stop(done.stopped_why) if done.stopped_why else None
    return shown(
        request, "felt.html", status=status, done=done, scale=SCALE, missing=missing, is_first=is_first, stopped=stopped
    )
