"""The start page, the choices, and the page of the coach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import urlencode

from msgspec import ValidationError
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from lunge.exercises import exercise_with
from lunge.guide.days import NoSetNowError
from lunge.guide.tickets import Ticket
from lunge.messages import languages
from lunge.web.asked import HEIGHT_M, HOLD_S, REPETITIONS, SPEED, Choices, choices_from_form
from lunge.web.break_form import break_id_of, break_setup, in_break
from lunge.web.constants import constants
from lunge.web.forms import read_form
from lunge.web.guiding import guide_of, stop_answers
from lunge.web.memory import Memory
from lunge.web.messages import faulty_field
from lunge.web.targets import wishes_for
from lunge.web.views import LANGUAGE_COOKIE, language_of, shown, texts_of

SEE_OTHER: Final = 303
NO_CONTENT: Final = 204
YEAR_S: Final = 365 * 24 * 3600
RECENT: Final = 3
BOUNDS: Final = {
    "hold_s": HOLD_S,
    "repetitions": REPETITIONS,
    "height_cm": tuple(round(100 * end) for end in HEIGHT_M),
    "speed": SPEED,
}
LIVE_SECTIONS: Final = ("live", "setup", "steps", "checks", "why", "meters")
"""What the page of the coach shows comes from these sections of the catalogues."""


def start(request: Request) -> Response:
    """Show what this is, and where to go."""
    return shown(request, "start.html", cards=request.app.state.shelf.cards(RECENT))


def here(request: Request) -> Response:
    """Say that this is the coach: whoever opens it for a break asks first, and waits for no other page."""
    return PlainTextResponse("lunge")


async def choose_language(request: Request) -> Response:
    """Remember a language, and go back to the page."""
    form = await read_form(request)
    back = form.get("back", "/")
    # Only paths of our own: "//elsewhere" is another machine.
    own = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    answer = RedirectResponse(own, SEE_OTHER)
    if form.get("code") in languages():
        answer.set_cookie(LANGUAGE_COOKIE, form["code"], max_age=YEAR_S, samesite="strict", httponly=True)
    return answer


def choices(request: Request) -> Response:
    """Show the choices."""
    return _choices_page(request, memory_of(request).choices())


async def choose(request: Request) -> Response:
    """Remember the choices; begin with them, or say that they are kept."""
    form = await read_form(request)
    before = memory_of(request).choices()
    background = "hx-request" in request.headers
    try:
        chosen = choices_from_form(form, before)
    except ValueError as error:
        field = faulty_field(error) if isinstance(error, ValidationError) else "height_m"
        if background:
            return shown(request, "saved.html", status=200, wrong=field)
        return _choices_page(request, before, wrong=field, status=422)
    memory_of(request).choose(chosen)
    return (
        shown(request, "saved.html", wrong="") if background else RedirectResponse("/today/begin?kind=own", SEE_OTHER)
    )


def coach(request: Request) -> Response:
    """Show the coach, once the question before the set is answered."""
    try:
        ticket = guide_of(request).admit()
    except NoSetNowError:
        return RedirectResponse(_first_asked(request), SEE_OTHER)
    if ticket.targets.movement != "lunge":
        return RedirectResponse(in_break("/chair", break_id_of(request)), SEE_OTHER)
    setup = _live_setup(request, ticket) | break_setup(request)
    on_seat = exercise_with(setup["wishes"]["variant"]).variant("seated") is not None
    return shown(request, "live.html", setup=setup, on_seat=on_seat, stops=stop_answers())


async def choose_meters(request: Request) -> Response:
    """Remember whether the meters are shown."""
    form, memory = await read_form(request), memory_of(request)
    memory.choose(replace(memory.choices(), meters="meters" in form))
    return Response(status_code=NO_CONTENT)


def _first_asked(request: Request) -> str:
    """Return the page that comes before the coach; a break is remembered on the way."""
    guide, break_id = guide_of(request), break_id_of(request)
    kinds = guide.kinds(guide.plan()) if break_id else ()
    return f"/today/begin?{urlencode({'kind': kinds[0], 'break': break_id})}" if kinds else "/today"


def memory_of(request: Request) -> Memory:
    """Return what is remembered."""
    memory: Memory = request.app.state.memory
    return memory


def _choices_page(request: Request, chosen: Choices, wrong: str = "", status: int = 200) -> Response:
    return shown(request, "set.html", status=status, chosen=chosen, bounds=BOUNDS, wrong=wrong)


def _live_setup(request: Request, ticket: Ticket) -> dict[str, Any]:
    """Return what the page's modules need to know."""
    chosen = memory_of(request).choices()
    common = camera_setup(request)
    return common | {
        "wishes": asdict(wishes_for(ticket, chosen.wishes())) | {"model": common["model"]},
        "outline": chosen.outline,
        "meters": chosen.meters,
        "pictures": chosen.pictures,
        "voice": chosen.voice,
        "texts": texts_for(request, LIVE_SECTIONS),
    }


def camera_setup(request: Request) -> dict[str, Any]:
    """Return what every page with a camera needs to know."""
    chosen, page = memory_of(request).choices(), constants().page
    return {
        "model": request.app.state.config.model or chosen.model,
        "mirror": chosen.mirror,
        "voice_name": chosen.voice_name,
        "speed": chosen.speed,
        "tones": chosen.tones,
        "language": language_of(request),
        "long_side_px": page.long_side_px,
        "quality": page.picture_quality_share,
        "in_flight": page.in_flight_frames,
        "slow_fps": page.slow_fps,
        "answer_within_ms": 1000 * page.answer_within_s,
    }


def texts_for(request: Request, sections: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return sections of the catalogue, in the language of a request, for the page's modules."""
    texts = texts_of(request)
    return {name: texts.section(name) for name in sections}


ROUTES: Final = (
    Route("/", start),
    Route("/breaks/here", here),
    Route("/language", choose_language, methods=["POST"]),
    Route("/set", choices),
    Route("/set", choose, methods=["POST"]),
    Route("/live", coach),
    Route("/live/meters", choose_meters, methods=["POST"]),
)
