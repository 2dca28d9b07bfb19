"""The page of breaks: what comes next, what became of them, the settings; and the timer without a camera."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from lunge.breaks.constants import constants
from lunge.breaks.control import Document, ask
from lunge.breaks.history import WEEK, comfort_of, days_of, weeks_of
from lunge.breaks.keeping import change, kept
from lunge.breaks.settings import MINUTE_S, Settings, settings_from
from lunge.guide.clock import Clock
from lunge.storage import Store
from lunge.storage.records import new_id
from lunge.trends.lowered import weeks_of as weeks_lowered
from lunge.web.break_form import LONGEST_NAME, break_id_of, in_break, legs_words, target_of
from lunge.web.curves import curve
from lunge.web.forms import read_form
from lunge.web.guiding import guide_of
from lunge.web.pages import SEE_OTHER
from lunge.web.views import language_of, shown, texts_of

router = APIRouter()

WEEKS: Final = 12
ANSWERS: Final = frozenset({"skip", "snooze"})
TEXTS: Final = ("every_min", "most", "quiet_from", "quiet_until", "calendar", "camera")
FLAGS: Final = ("on", "with_camera", "glance")
SCALE: Final = 10


@router.get("/breaks")
def breaks(request: Request) -> Response:
    """Show the page."""
    return _page(request)


@router.post("/breaks")
async def choose(request: Request) -> Response:
    """Keep the settings, or say what does not fit."""
    form = await read_form(request)
    values: dict[str, Any] = {name: form[name] for name in TEXTS if name in form}
    values |= {name: name in form for name in FLAGS} | {"language": language_of(request)}
    wrong = settings_from(values).wrong
    if wrong:
        return _page(request, wrong=wrong[0], status=422)
    change(_store(request), values, _clock(request))
    ask(_folder(request), {"what": "reload"})
    return RedirectResponse("/breaks", SEE_OTHER)


@router.get("/breaks/state")
def state(request: Request) -> Response:
    """Say how things stand, for the page that is open."""
    found = _standing(request)
    return JSONResponse({"phase": found and found["phase"], "break": found and found["break"]})


@router.post("/breaks/answer")
async def answer(request: Request) -> Response:
    """Pass on what the person does about a reminder."""
    form = await read_form(request)
    what, break_id = form.get("what", ""), form.get("break", "")[:LONGEST_NAME]
    if what in ANSWERS:
        ask(_folder(request), {"what": what, "reason": form.get("reason") or None})
    if what != "here":
        return RedirectResponse("/breaks", SEE_OTHER)
    found = ask(_folder(request), {"what": "here"})
    name = (found or {}).get("break") or break_id or new_id()
    page = "/live" if _settings(request).with_camera else "/breaks/timer"
    return RedirectResponse(in_break(page, name), SEE_OTHER)


@router.get("/breaks/timer")
def timer(request: Request) -> Response:
    """Guide through a break without a camera."""
    target, usual = target_of(_store(request), guide_of(request).today), constants().exercise
    texts = texts_of(request)
    setup = {
        "hold_s": target.hold_s,
        "repetitions": target.repetitions,
        "legs": target.legs,
        "step_s": (usual.break_s / (2 * usual.repetitions_count) - target.hold_s) / 2,
        "texts": {
            name: texts.text(f"breaks.timer.{name}") for name in ("left", "right", "down", "hold", "up", "finished")
        },
    }
    return shown(
        request,
        "break_timer.html",
        setup=setup,
        target=target,
        legs=legs_words(texts, target),
        break_id=break_id_of(request) or new_id(),
    )


@router.post("/breaks/said")
async def said(request: Request) -> Response:
    """Keep a break that the person says was done."""
    form = await read_form(request)
    request.app.state.shelf.said(form.get("break", "")[:LONGEST_NAME])
    return RedirectResponse("/breaks?thanks=1", SEE_OTHER)


def _page(request: Request, wrong: str = "", status: int = 200) -> Response:
    store, today = _store(request), guide_of(request).today
    since = datetime.combine(today - (WEEKS + 1) * timedelta(days=WEEK), time(), UTC)
    rows, diary = store.breaks.all(since), store.diary.all(since)
    weeks = weeks_of(rows, today, WEEKS)
    comfort = [comfort_of(diary, week.first) for week in weeks]
    doses = [float(week.seen + week.said) for week in weeks]
    settings, target = _settings(request), target_of(store, today)
    return shown(
        request,
        "breaks.html",
        status=status,
        found=_standing(request),
        days=days_of(rows, today),
        weeks=[(week, felt) for week, felt in zip(weeks, comfort, strict=True) if week.offered or felt is not None],
        any_row=store.breaks.latest() is not None,
        first_week=weeks[0].first,
        dose_curve=curve(doses, max([1.0, *doses])),
        comfort_curve=curve(comfort, SCALE),
        most_dose=round(max([1.0, *doses])),
        settings=settings,
        every_min=round(settings.rules.every_s / MINUTE_S),
        bounds=[round(end / MINUTE_S) for end in (constants().sitting.shortest_s, constants().sitting.longest_s)],
        target=target,
        legs=legs_words(texts_of(request), target),
        wrong=wrong,
        thanks="thanks" in request.query_params,
        lowered=weeks_lowered(store.housework.all(), today, WEEKS),
    )


def _standing(request: Request) -> Document | None:
    return ask(_folder(request), {"what": "status"})


def _settings(request: Request) -> Settings:
    return settings_from(kept(_store(request)))


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _clock(request: Request) -> Clock:
    clock: Clock = request.app.state.config.clock
    return clock


def _folder(request: Request) -> Path:
    folder: Path = request.app.state.config.folder
    return folder
