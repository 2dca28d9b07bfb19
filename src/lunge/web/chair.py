"""Standing up from a chair: a set that no camera watches, guided by a timer."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.guide.tickets import Ticket
from lunge.plan.records import Comfort
from lunge.plan.stops import PAUSING, stops
from lunge.web.asked import REPETITIONS
from lunge.web.break_form import LONGEST_NAME, break_id_of
from lunge.web.forms import read_form
from lunge.web.guiding import guide_of, sentences, stop_answers
from lunge.web.pages import SEE_OTHER
from lunge.web.target_picture import drawing_of
from lunge.web.views import shown

router = APIRouter()


@router.get("/chair")
def show(request: Request) -> Response:
    """Show the timer, once the question before the set was answered."""
    ticket = guide_of(request).begun.ticket()
    if ticket is None or ticket.targets.movement == "lunge":
        return RedirectResponse("/today", SEE_OTHER)
    return _page(request, ticket, break_id_of(request))


@router.post("/chair")
async def done(request: Request) -> Response:
    """Keep how often it was done, as the person tells it."""
    ticket = guide_of(request).admit()
    form = await read_form(request)
    said, break_id = form.get("done", "").strip(), form.get("break", "")[:LONGEST_NAME]
    if not said.isdecimal() or int(said) > REPETITIONS[1]:
        return _page(request, ticket, break_id, status=422)
    kept = guide_of(request).begun.keep_uncounted(int(said))
    if break_id and int(said):
        request.app.state.shelf.said(break_id)
    return RedirectResponse(f"/after/{kept.id}", SEE_OTHER)


@router.get("/chair/stopped")
def ask(request: Request) -> Response:
    """Ask why somebody stopped."""
    return shown(request, "stopped.html", said="", stops=stop_answers())


@router.post("/chair/stopped")
async def stopped(request: Request) -> Response:
    """Take the answer, and say what follows."""
    why = (await read_form(request)).get("why")
    if why not in {one.key for one in stops()}:
        return RedirectResponse("/chair/stopped", SEE_OTHER)
    guide = guide_of(request)
    found = guide.begun.stop((why,), Comfort(), guide.plan().stop_limit)
    said = " ".join(sentences(request, found.reasons))
    goes_on, asks_anew = found.action in ("go_on", "chair"), found.action in PAUSING
    return shown(request, "stopped.html", said=said, goes_on=goes_on, asks_anew=asks_anew)


def _page(request: Request, ticket: Ticket, break_id: str, status: int = 200) -> Response:
    targets = ticket.targets
    return shown(
        request,
        "chair.html",
        status=status,
        targets=targets,
        drawing=drawing_of(targets),
        most=REPETITIONS[1],
        break_id=break_id,
        wrong=status != 200,
    )
