"""The page of the day: what to do, how much is left, and why."""

from __future__ import annotations

from typing import Final, get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lunge.guide.tickets import KINDS
from lunge.plan.answers import Plan
from lunge.plan.ladder import ladder
from lunge.plan.screening import Today
from lunge.plan.wording import asked_for, count_words
from lunge.web.break_form import break_id_of, in_break
from lunge.web.forms import comfort_from, read_form
from lunge.web.guiding import guide_of, sentence, sentences
from lunge.web.pages import SEE_OTHER, memory_of
from lunge.web.target_picture import drawing_of
from lunge.web.targets import own_targets
from lunge.web.views import shown, texts_of

router = APIRouter()

NEWS: Final[tuple[Today, ...]] = get_args(Today)


@router.get("/today")
def day(request: Request) -> Response:
    """Show what holds today; the first visit after a day of practice asks for the morning."""
    guide = guide_of(request)
    plan, history = guide.plan(), guide.lately()
    return shown(
        request,
        "today.html",
        plan=plan,
        kinds=guide.kinds(plan),
        asks_morning=guide.asks_morning(history),
        unanswered=guide.unanswered(),
        habits=history.habits,
        counted=count_words(texts_of(request), plan.day.targets),
        target=asked_for(texts_of(request), plan.day.targets),
        drawing=drawing_of(plan.day.targets),
        next_milestone=_next_milestone(plan),
        why=sentences(request, plan.reasons),
        cues=sentences(request, plan.cues),
        words=lambda said, **fill: texts_of(request).text(said, **fill) if said in texts_of(request).texts else said,
    )


@router.get("/today/begin")
def before(request: Request, kind: str = "plan") -> Response:
    """Ask the one question before a set, and how back and knee feel."""
    plan = guide_of(request).plan()
    if kind not in guide_of(request).kinds(plan):
        return RedirectResponse("/today", SEE_OTHER)
    return shown(request, "begin.html", kind=kind, plan=plan, news=NEWS, wrong=False, break_id=break_id_of(request))


@router.post("/today/begin")
async def begin(request: Request) -> Response:
    """Take the answers; begin, or say what speaks against it."""
    form = await read_form(request)
    guide = guide_of(request)
    kind = next((one for one in KINDS if one == form.get("kind")), None)
    new = next((one for one in NEWS if one == form.get("new")), None)
    if kind is None or kind not in guide.kinds(guide.plan()):
        return RedirectResponse("/today", SEE_OTHER)
    if new is None:
        plan, break_id = guide.plan(), form.get("break", "")
        return shown(request, "begin.html", status=422, kind=kind, plan=plan, news=NEWS, wrong=True, break_id=break_id)
    start = guide.begin(new, comfort_from(form), kind, own_targets(memory_of(request).choices()))
    if not start.may_start:
        return shown(request, "not_now.html", said=sentence(request, start.reason), asks_anew=start.asks_anew)
    return RedirectResponse(_place_of_set(request, form.get("break", "")), SEE_OTHER)


@router.post("/today/morning")
async def morning(request: Request) -> Response:
    """Keep how the morning after a set feels."""
    guide_of(request).morning(comfort_from(await read_form(request)))
    return RedirectResponse("/today", SEE_OTHER)


@router.post("/today/ill")
def ill(request: Request) -> Response:
    """Note an illness: the plan waits."""
    guide_of(request).fall_ill()
    return RedirectResponse("/today", SEE_OTHER)


@router.post("/today/well")
def well(request: Request) -> Response:
    """Note that the illness is over."""
    guide_of(request).get_well()
    return RedirectResponse("/today", SEE_OTHER)


def _place_of_set(request: Request, break_id: str) -> str:
    ticket = guide_of(request).begun.ticket()
    is_watched = ticket is None or ticket.targets.movement == "lunge"
    return in_break("/live" if is_watched else "/chair", break_id)


def _next_milestone(plan: Plan) -> int | None:
    highest = ladder().usual[-1].level
    return plan.level + 1 if plan.level < highest else None
