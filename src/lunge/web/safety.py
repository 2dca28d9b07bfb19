"""The questions before the first set: what to ask a doctor about, and when to stop."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.plan.constants import constants as rules
from lunge.plan.screening import is_emergency, letter_for, outcome_of, questions, valid_until
from lunge.web.forms import read_form
from lunge.web.guiding import guide_of
from lunge.web.pages import SEE_OTHER
from lunge.web.views import shown, texts_of

router = APIRouter()

AGES: Final = (5, 120)
DOCTOR: Final = {"yes": True, "no": False}
STATEMENT: Final = "safety.doctor_yes"


@router.get("/safety")
def show(request: Request, again: bool = False) -> Response:
    """Show the questions, or what came of them."""
    answers = None if again else guide_of(request).screening()
    if answers is None or guide_of(request).plan().status == "screen":
        return _questions_page(request)
    outcome, consent = outcome_of(answers), guide_of(request).consent()
    kind = "emergency" if is_emergency(answers) else outcome
    until = valid_until(answers, rules())
    return shown(request, "outcome.html", kind=kind, answers=answers, until=until, consent=consent)


@router.post("/safety")
async def answer(request: Request) -> Response:
    """Take the answers, and show what came of them; whoever may begin goes on to the day."""
    form = await read_form(request)
    ticked = {question.key for question in questions()} & set(form)
    missing = _missing(form, ticked)
    if missing:
        return _questions_page(request, missing=missing, ticked=ticked, age=form.get("age", ""), status=422)
    age = form.get("age", "").strip()
    answers = guide_of(request).screen(
        ticked,
        doctor_agrees=DOCTOR[form["doctor"]],
        age_years=int(age) if age else None,
        statement=texts_of(request).text(STATEMENT),
    )
    return RedirectResponse("/today" if outcome_of(answers) == "go" else "/safety", SEE_OTHER)


@router.get("/safety/letter")
def letter(request: Request) -> Response:
    """Show the letter for the doctor, on one page to print."""
    answers = guide_of(request).screening()
    if answers is None:
        return RedirectResponse("/safety", SEE_OTHER)
    return shown(request, "letter.html", letter=letter_for(answers, guide_of(request).consent()))


@router.post("/safety/forget")
def forget(request: Request) -> Response:
    """Delete the answers, and ask them anew."""
    guide_of(request).forget_screening()
    return RedirectResponse("/safety", SEE_OTHER)


def _missing(form: dict[str, str], ticked: Set[str]) -> str:
    """Return what has to be answered still, or nothing."""
    if not any(not key.startswith("path.") for key in ticked) and "none" not in form:
        return "none"
    age = form.get("age", "").strip()
    if age and not (age.isdecimal() and AGES[0] <= int(age) <= AGES[1]):
        return "age"
    return "" if form.get("doctor") in DOCTOR else "doctor"


def _questions_page(request: Request, *, status: int = 200, **more: Any) -> Response:
    tiers: dict[str, list[Any]] = {}
    for question in questions():
        tiers.setdefault(question.tier, []).append(question)
    values = {
        "older": rules().screening.older_years,
        "missing": "",
        "ticked": frozenset(),
        "age": "",
        "ages": AGES,
    } | more
    return shown(request, "safety.html", status=status, tiers=tiers, **values)
