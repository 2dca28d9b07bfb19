"""Stopping during a set: one question, and what follows."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from lunge.errors import MissingFileError
from lunge.plan.stops import Action
from lunge.web.forms import read_form
from lunge.web.safety import guide_of
from lunge.web.views import texts_of

router = APIRouter()

GOES_ON: Final[tuple[Action, ...]] = ("go_on", "chair")
"""After these answers the set may go on."""


@router.post("/live/stopped")
async def stopped(request: Request) -> Response:
    """Take why the person stopped; return what follows, and whether the set is over.

    The reason is kept with the set when that ends.
    """
    form = await read_form(request)
    room = request.app.state.rooms.find(form.get("session", ""))
    if room is None:
        raise MissingFileError("session")
    try:
        found = guide_of(request).stop(form.get("why", ""))
    except ValueError:
        return JSONResponse({"detail": "why"}, 422)
    texts = texts_of(request)
    is_over = found.action not in GOES_ON
    if is_over:
        room.stopped = form["why"]
    said = [texts.text(reason.key, **reason.fill) for reason in found.reasons]
    return JSONResponse({"over": is_over, "action": found.action, "text": " ".join(said)})
