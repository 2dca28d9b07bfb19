"""The sets that were done: a list, one at a time, and what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from lunge.storage.set_files import FINDINGS, LANDMARKS
from lunge.web.pages import SEE_OTHER
from lunge.web.shelf import Page, Shelf
from lunge.web.views import shown

router = APIRouter()

FILES: Final = {"landmarks": LANDMARKS, "findings": FINDINGS}


@router.get("/sets")
def all_sets(request: Request) -> Response:
    """List the sets, page by page."""
    return shown(request, "sets.html", page=_page(shelf_of(request), request.query_params))


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


def _page(shelf: Shelf, query: Mapping[str, str]) -> Page:
    """Return the page of a day or of a number; the first one where an address has neither."""
    try:
        return shelf.page_of(date.fromisoformat(query["day"])) if "day" in query else shelf.page(int(query["page"]))
    except (KeyError, ValueError):
        return shelf.page(1)
