"""The application: what is served, and what it is built from."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, ExceptionHandler

from lunge.errors import LungeError, MissingFileError
from lunge.guide.clock import Clock
from lunge.guide.days import Guide
from lunge.guide.prescribing import Prescribing
from lunge.live.session import LiveSession
from lunge.storage import Store
from lunge.web import live, pages
from lunge.web.constants import constants
from lunge.web.doors import Doors
from lunge.web.eyes import MakeEyes, Ready, pose_network
from lunge.web.guard import Guard, page_headers
from lunge.web.jobs import Jobs
from lunge.web.later import Later
from lunge.web.memory import Memory
from lunge.web.pairing import Pairing
from lunge.web.rooms import MakeSession, Rooms
from lunge.web.shelf import Shelf
from lunge.web.views import language_of, shown

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Config:
    """What the application is built from.

    Attributes
    ----------
    folder : Path
        Where sets, choices and answers are kept.
    hosts : frozenset of str
        Names and addresses, without ports, under which it is asked.
    model : {'lite', 'full', 'heavy'}, optional
        Takes the place of the one that was chosen on the settings page.
    pairing : Pairing, optional
        Lets phones in, over HTTPS.
    make_session, make_eyes : callable
        Who coaches, and who watches the pictures.
    ready : Ready, optional
        Eyes that are being made already; without it they are made by `make_eyes`.
    clock : Clock
    """

    folder: Path
    hosts: frozenset[str] = LOOPBACK
    model: str | None = None
    pairing: Pairing | None = None
    make_session: MakeSession = LiveSession
    make_eyes: MakeEyes = pose_network
    ready: Ready | None = None
    clock: Clock = field(default_factory=Clock)


def create_app(config: Config) -> Starlette:
    """Return the application.

    Parameters
    ----------
    config : Config

    Returns
    -------
    Starlette
        With `Store`, `Guide`, `Rooms`, `Shelf`, `Memory` and `Jobs` in its ``state``; at its end it closes the store.
        It is ready as soon as a set can begin; the other pages, and FastAPI with them, come a little `Later`.

    Raises
    ------
    OutputError, StorageError
        If the store cannot be opened.
    """
    app = Starlette(
        routes=[
            *pages.ROUTES,
            *live.ROUTES,
            _assets(),
        ],
        middleware=[Middleware(Guard, hosts=config.hosts, pairing=config.pairing)],
        exception_handlers=HANDLERS,
        lifespan=_lifespan,
    )
    store = Store.open(config.folder)
    shelf, guide = Shelf(store, config.clock), Guide(store, config.clock)
    app.state.config = config
    app.state.store = store
    app.state.shelf = shelf
    app.state.guide = guide
    app.state.prescribing = Prescribing(store, config.clock)
    app.state.memory = Memory(store, config.clock)
    app.state.ready = config.ready or Ready(config.make_eyes)
    app.state.rooms = Rooms(shelf, config.make_session, app.state.ready, guide)
    app.state.jobs = Jobs(shelf)
    app.state.doors = Doors()
    app.state.rest = Later(lambda: _rest(app.state))
    app.router.default = app.state.rest
    return app


def _assets() -> Mount:
    return Mount("/static", StaticFiles(directory=str(resources.files("lunge.web") / "static")), name="static")


def _rest(state: State) -> ASGIApp:
    from lunge.web.rest import rest

    return rest(state, HANDLERS)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.ready.prepare(app.state.config.model or app.state.memory.choices().model)
    soon = asyncio.get_running_loop().call_later(constants().start.rest_after_s, app.state.rest.begin)
    yield
    soon.cancel()
    app.state.jobs.close()
    await app.state.rooms.close()
    app.state.store.close()


async def _said_kindly(request: Request, error: Exception) -> Response:
    if isinstance(error, MissingFileError):
        return await _not_found(request, error)
    text = error.text(language_of(request)) if isinstance(error, LungeError) else str(error)
    return shown(request, "error.html", status=422, kind="input", text=text)


async def _not_found(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return shown(request, "error.html", status=status, kind="missing", text="")


async def _broken(request: Request, error: Exception) -> Response:
    answer = shown(request, "error.html", status=500, kind="broken", text="")
    # This answer is given outside of the guard.
    answer.headers.update(page_headers(request.url.scheme, request.headers.get("host", "")))
    return answer


HANDLERS: Final[dict[Any, ExceptionHandler]] = {LungeError: _said_kindly, 404: _not_found, Exception: _broken}
"""What is answered where a page cannot be."""
