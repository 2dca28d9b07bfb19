"""The report of a set: as it was written, or told again in the language of who reads it."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from lunge.errors import LungeError
from lunge.report import page
from lunge.storage.set_files import REPORT
from lunge.web.exporting import kept_analysis
from lunge.web.sets import shelf_of
from lunge.web.shelf import Shelf
from lunge.web.views import language_of

router = APIRouter()

STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
LANGUAGE: Final = re.compile(r'<html lang="(\w+)"')
PICTURE: Final = re.compile(r'src="data:image/[^"]*"')


@router.get("/sets/{set_id}/report")
def report(request: Request, set_id: str) -> Response:
    """Give the report: a page of its own, with a policy that lets in only the style it was written with."""
    html = told_in(shelf_of(request), set_id, language_of(request))
    return HTMLResponse(html, headers={"content-security-policy": report_policy(html)})


def told_in(shelf: Shelf, set_id: str, language: str) -> str:
    """Return the report of a set in a language.

    Told again it has the pictures that were kept: those of a video are nowhere else. Where it cannot be told again,
    it is as it was written.

    Raises
    ------
    MissingFileError
        If there is no such set, or no report of it.
    """
    kept = shelf.file(set_id, REPORT).read_text(encoding="utf-8")
    written_in = LANGUAGE.search(kept)
    if written_in is None or written_in[1] == language:
        return kept
    try:
        return with_pictures_of(kept, page(kept_analysis(shelf, set_id), None, language)) or kept
    except LungeError:
        return kept


def with_pictures_of(kept: str, told: str) -> str | None:
    """Return a report with the pictures of another of the same set; None where they are not as many."""
    pictures = PICTURE.findall(kept)
    if len(pictures) != len(PICTURE.findall(told)):
        return None
    in_order = iter(pictures)
    return PICTURE.sub(lambda _: next(in_order), told)


def report_policy(html: str) -> str:
    """Return the Content-Security-Policy of a report: its own style by its sum, its own pictures, nothing else."""
    sums = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in STYLE.findall(html)]
    styles = " ".join(f"'sha256-{one}'" for one in sums) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'"
    )
