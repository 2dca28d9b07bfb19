"""The sets that were done: a list, one at a time, and what can be done with them."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from lunge.storage.set_files import FINDINGS, LANDMARKS, REPORT
from lunge.web.pages import SEE_OTHER
from lunge.web.shelf import Shelf
from lunge.web.views import shown

router = APIRouter()

STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
FILES: Final = {"landmarks": LANDMARKS, "findings": FINDINGS}


@router.get("/sets")
def all_sets(request: Request) -> Response:
    """List the sets."""
    return shown(request, "sets.html", cards=shelf_of(request).cards())


@router.get("/sets/{set_id}")
def one_set(request: Request, set_id: str) -> Response:
    """Show one set."""
    from lunge.exports import available

    return shown(request, "one_set.html", card=shelf_of(request).card(set_id), exports=available())


@router.get("/sets/{set_id}/report")
def report(request: Request, set_id: str) -> Response:
    """Give the report: a page of its own, with a policy that lets in only the style it was written with."""
    html = shelf_of(request).file(set_id, REPORT).read_text(encoding="utf-8")
    return HTMLResponse(html, headers={"content-security-policy": report_policy(html)})


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


def report_policy(html: str) -> str:
    """Return the Content-Security-Policy of a report: its own style by its sum, its own pictures, nothing else."""
    sums = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in STYLE.findall(html)]
    styles = " ".join(f"'sha256-{one}'" for one in sums) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'"
    )
