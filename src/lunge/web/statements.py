"""Packs of statements that the person adds to the outcome questions, and what of them applies."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from lunge.errors import WrittenFileError
from lunge.guide.scores import TICKED
from lunge.plan.outcomes import instruments
from lunge.web.forms import read_form
from lunge.web.guiding import guide_of
from lunge.web.pages import SEE_OTHER
from lunge.web.questions import questions_page, scores_of
from lunge.web.views import language_of

router = APIRouter()


@router.post("/statements")
async def add(request: Request) -> Response:
    """Take a pack over, or say line by line what is wrong with it."""
    form = await read_form(request)
    try:
        pack = scores_of(request).add_pack(form.get("text", ""))
    except WrittenFileError as error:
        found: Any = error.facts["problems"]
        problems = [problem.text(language_of(request)) for problem in found]
        return questions_page(request, status=422, form=form, problems={"pack": problems})
    return RedirectResponse(f"/questions#{pack.key}", SEE_OTHER)


@router.post("/statements/{key}")
async def answer(request: Request, key: str) -> Response:
    """Keep which statements of a pack apply."""
    scores, instrument = scores_of(request), instruments().get(key)
    pack = None if instrument is None else scores.pack(instrument)
    if instrument is None or pack is None:
        raise HTTPException(404)
    form = await read_form(request)
    ticked = [place for place in range(len(pack.items)) if f"item_{place}" in form]
    scores.keep(instrument, pack.score(set(ticked)), guide_of(request).today, {TICKED: ticked})
    return RedirectResponse(f"/questions?saved={key}#{key}", SEE_OTHER)


@router.post("/statements/{key}/remove")
def remove(request: Request, key: str) -> Response:
    """Delete a pack; its scores stay."""
    scores_of(request).remove_pack(key)
    return RedirectResponse("/questions", SEE_OTHER)
