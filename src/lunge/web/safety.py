"""The questions before the first set: what to ask a doctor about, and when to stop."""

from __future__ import annotations

from datetime import date
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.web.forms import read_form
from lunge.web.memory import Answers, outcome_of
from lunge.web.pages import SEE_OTHER, memory_of
from lunge.web.views import shown, texts_of

router = APIRouter()

TIERS: Final = ("emergency", "urgent", "ask")
"""Sections of the catalogue ``safety``, from the most to the least pressing."""


@router.get("/safety")
def questions(request: Request) -> Response:
    """Show the questions, or what came of them."""
    answers = memory_of(request).answers()
    if answers is not None and answers.outcome != "ready":
        return shown(request, "stop.html", answers=answers)
    return _questions_page(request, answers)


@router.post("/safety")
async def answer(request: Request) -> Response:
    """Take the answers; go on to the choices, or show what to do first."""
    form = await read_form(request)
    asked = set(_questions(request))
    ticked = asked & set(form)
    if not ticked and "none" not in form:
        return _questions_page(request, None, missing="none", status=422)
    if form.get("doctor") not in ("yes", "no"):
        return _questions_page(request, None, missing="doctor", ticked=ticked, status=422)
    outcome = outcome_of(ticked, form["doctor"] == "yes")
    memory_of(request).answer(Answers(outcome, date.today()))
    return RedirectResponse("/set" if outcome == "ready" else "/safety", SEE_OTHER)


@router.post("/safety/forget")
def forget(request: Request) -> Response:
    """Delete what came of the questions, and ask them anew."""
    memory_of(request).forget_answers()
    return RedirectResponse("/safety", SEE_OTHER)


def _questions(request: Request) -> dict[str, str]:
    """Return the questions by their keys, such as ``urgent.fever``."""
    texts = texts_of(request).section("safety")
    return {key: text for key, text in texts.items() if key.partition(".")[0] in TIERS and "." in key}


def _questions_page(
    request: Request,
    answers: Answers | None,
    missing: str = "",
    ticked: frozenset[str] | set[str] = frozenset(),
    status: int = 200,
) -> Response:
    found = _questions(request)
    tiers = {tier: {k: v for k, v in found.items() if k.startswith(f"{tier}.")} for tier in TIERS}
    return shown(
        request,
        "safety.html",
        status=status,
        answers=answers,
        tiers=tiers,
        missing=missing,
        ticked=ticked,
        today=date.today(),
    )
