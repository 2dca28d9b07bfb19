"""The sets that were done: a list, one at a time, and what can be done with them."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from lunge.storage.set_files import FINDINGS, LANDMARKS
from lunge.web.pages import SEE_OTHER
from lunge.web.shelf import Shelf
from lunge.web.views import shown

router = APIRouter()

NEWEST: Final = 60
"""Sets in the list at first: those of years make a page that nobody reads."""
FILES: Final = {"landmarks": LANDMARKS, "findings": FINDINGS}


@router.get("/sets")
def all_sets(request: Request, older: bool = False) -> Response:
    """List the newest sets, or the older ones, too."""
    cards = shelf_of(request).cards(None if older else NEWEST + 1)
    are_more = not older and len(cards) > NEWEST
    return shown(request, "sets.html", cards=cards[:NEWEST] if are_more else cards, are_more=are_more)


@router.get("/sets/{set_id}")
def one_set(request: Request, set_id: str) -> Response:
    """Show one set."""
    from lunge.exports import available

    return shown(request, "one_set.html", card=shelf_of(request).card(set_id), exports=available())


@router.get("/sets/{set_id}/files/{kind}")
def download(request: Request, set_id: str, kind: str) -> Response:
    """Give a file to keep elsewhere."""
    path = shelf_of(request).file(set_id, FILES.get(kind, ""))
    return FileResponse(path, filename=f"lunge-{set_id}{path.suffix}")


@router.post("/sets/delete")
def delete_all(request: Request) -> Response:
    """Delete every set."""
    shelf_of(request).delete_all()
    return RedirectResponse("/sets", SEE_OTHER)


@router.post("/sets/{set_id}/delete")
def delete(request: Request, set_id: str) -> Response:
    """Delete one set."""
    shelf_of(request).delete(set_id)
    return RedirectResponse("/sets", SEE_OTHER)


def shelf_of(request: Request) -> Shelf:
    """Return where the sets are kept."""
    shelf: Shelf = request.app.state.shelf
    return shelf
