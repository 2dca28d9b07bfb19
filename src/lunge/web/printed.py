"""The handbook to print, for days without a screen."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from lunge.errors import MissingFileError
from lunge.web.guiding import guide_of
from lunge.web.views import language_of

router = APIRouter()

NAME: Final = "lunge-handbook.pdf"


@router.get("/handbook.pdf")
def handbook_pdf(request: Request, paper: str = "a4") -> Response:
    """Give the handbook in the language of the pages, with what the plan says today."""
    from lunge.handbook import PAPERS, handbook

    size = next((one for one in PAPERS if one == paper), None)
    if size is None:
        raise MissingFileError(paper)
    guide = guide_of(request)
    made = handbook(guide.lately(), guide.plan(), language_of(request), size)
    headers = {"content-disposition": f'attachment; filename="{NAME}"'}
    return Response(made, media_type="application/pdf", headers=headers)
