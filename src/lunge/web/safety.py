"""The questions before the first set: what to ask a doctor about, when to stop, and a letter to take along."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.guide.guide import Guide
from lunge.plan.constants import constants
from lunge.plan.records import Screening
from lunge.plan.screening import is_emergency, letter_for, outcome_of, questions, valid_until
from lunge.web.asked import AGE_YEARS
from lunge.web.forms import read_form
from lunge.web.pages import SEE_OTHER
from lunge.web.views import shown, texts_of

router = APIRouter()


@router.get("/safety")
def ask(request: Request) -> Response:
    """Show the questions, or what came of them."""
    answers = guide_of(request).screening()
    if answers is None or outcome_of(answers) == "go":
        return _questions_page(request, answers)
    kind = "ask" if outcome_of(answers) == "ask_first" else "emergency" if is_emergency(answers) else "urgent"
    return shown(request, "stop.html", kind=kind)


@router.post("/safety")
async def answer(request: Request) -> Response:
    """Take the answers; go on to today, or show what to do first."""
    form = await read_form(request)
    ticked = {question.key for question in questions()} & set(form)
    missing = _missing(form, ticked)
    if missing:
        return _questions_page(request, None, missing, ticked, form, status=422)
    agrees, age = form["doctor"] == "yes", form.get("age", "").strip()
    statement = texts_of(request).text("safety.consent", on=guide_of(request).day)
    outcome = guide_of(request).answer(ticked, agrees, statement, int(age) if age else None)
    return RedirectResponse("/today" if outcome == "go" else "/safety", SEE_OTHER)


@router.get("/safety/letter")
def letter(request: Request) -> Response:
    """Show a page to print and take to the doctor."""
    answers = guide_of(request).screening()
    if answers is None:
        return RedirectResponse("/safety", SEE_OTHER)
    return shown(request, "letter.html", letter=letter_for(answers))


@router.post("/safety/forget")
def forget(request: Request) -> Response:
    """Delete the answers and what came of them, and ask anew."""
    guide_of(request).forget_answers()
    return RedirectResponse("/safety", SEE_OTHER)


def guide_of(request: Request) -> Guide:
    """Return who guides through the weeks."""
    guide: Guide = request.app.state.guide
    return guide


def _missing(form: Mapping[str, str], ticked: set[str]) -> str:
    """Return which answer is missing or is none, or an empty string."""
    if not any(not key.startswith("path.") for key in ticked) and "none" not in form:
        return "none"
    if form.get("doctor") not in ("yes", "no"):
        return "doctor"
    age = form.get("age", "").strip()
    return "" if not age or (age.isdecimal() and AGE_YEARS[0] <= int(age) <= AGE_YEARS[1]) else "age"


def _questions_page(
    request: Request,
    answers: Screening | None,
    missing: str = "",
    ticked: set[str] | frozenset[str] = frozenset(),
    form: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    tiers: dict[str, list[tuple[str, str]]] = {}
    for question in questions():
        tiers.setdefault(question.tier, []).append((question.key, question.text))
    return shown(
        request,
        "safety.html",
        status=status,
        answers=answers,
        until=None if answers is None else valid_until(answers, constants()),
        tiers=tiers,
        missing=missing,
        ticked=ticked,
        sent=form or {},
        ages=AGE_YEARS,
    )
