"""Housework before the camera: the page, its days and weeks, and the socket (see ``docs/live-protocol.md``)."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Annotated, Any, Final, Literal, TypeVar

from fastapi import APIRouter, Request, Response, WebSocket
from fastapi.responses import RedirectResponse
from msgspec import Meta, Struct
from msgspec.json import Decoder

from lunge.errors import NobodySeenError
from lunge.guide.clock import Clock
from lunge.live.housework import HOUSEWORK_PROTOCOL, HouseworkSession, HouseworkUpdate
from lunge.live.records import Look
from lunge.messages import DEFAULT, catalogue, languages
from lunge.storage import Store
from lunge.storage.records import Housework
from lunge.trends.lowered import days_of, weeks_of
from lunge.web.asked import Model
from lunge.web.eyes import Eyes, Ready, look_from_points, look_from_shot
from lunge.web.live import Visit, attend
from lunge.web.messages import UNREADABLE, Frame, ProtocolError, Shot, first_fault
from lunge.web.pages import SEE_OTHER, camera_setup, texts_for
from lunge.web.shelf import Shelf, Told
from lunge.web.views import shown

router = APIRouter()

WEEKS: Final = 12
SECTIONS: Final = ("live", "setup", "housework")
"""What the page with the camera shows comes from these sections of the catalogues."""

COLUMNS: Final = {"lunge": "lunged", "squat": "squatted", "stoop": "stooped", "kneel": "knelt", "sit": "sat"}
"""The kinds of lowering, and where each is counted."""

PAUSES: Final = {"pause": True, "gone": True, "resume": False, "back": False}

Answer = TypeVar("Answer")


class HouseworkHello(Struct, frozen=True, kw_only=True):
    """The first message of a client; `landmarks` keeps what the network saw, never a picture."""

    type: Literal["hello"]
    protocol: Literal["lunge.housework/1"]
    language: Annotated[str, Meta(max_length=8)] = DEFAULT
    model: Model = "full"
    landmarks: bool = False

    @property
    def spoken(self) -> str:
        """The language of what is said: the one asked for where there is such a one."""
        return self.language if self.language in languages() else DEFAULT


_HELLO: Final = Decoder(HouseworkHello)


class Watch:
    """One time of housework: counts in memory, and after each lowering in the store.

    Parameters
    ----------
    hello : HouseworkHello
    eyes : Eyes
    shelf : Shelf
    store : Store
    clock : Clock
    """

    def __init__(self, hello: HouseworkHello, eyes: Eyes, shelf: Shelf, store: Store, clock: Clock) -> None:
        self._texts = catalogue(hello.spoken)
        self._session = HouseworkSession(hello.model, hello.landmarks)
        self._eyes, self._shelf, self._store = eyes, shelf, store
        self._entry = Housework(at=clock.now(), zone=clock.zone())
        self._kept: Housework | None = None
        self._first_ms: float | None = None
        self._last_ms = -math.inf

    @property
    def id(self) -> str:
        """Its name in the store."""
        return self._entry.id

    def see(self, frame: Frame) -> dict[str, Any]:
        """Return the update after the next frame, as plain data.

        Raises
        ------
        ProtocolError
            If the frame is none, or not later than the one before.
        StorageError
            If a count cannot be kept.
        """
        if frame.capture_ms <= self._last_ms:
            raise ProtocolError("errors.protocol.backwards", now=frame.capture_ms, before=self._last_ms)
        self._last_ms = frame.capture_ms
        self._first_ms = frame.capture_ms if self._first_ms is None else self._first_ms
        time_s = (frame.capture_ms - self._first_ms) / 1000.0
        update = self._session.step(self._look(frame, time_s))
        if update.lowerings:
            self._keep()
        return {"type": "update", "capture_ms": frame.capture_ms, **self._plain(update)}

    def _look(self, frame: Frame, time_s: float) -> Look:
        if isinstance(frame, Shot):
            return look_from_shot(frame, self._eyes, time_s)
        return look_from_points(frame, time_s)

    def pause(self, paused: bool) -> None:
        """Stop watching, or go on."""
        self._session.pause(paused)
        self._keep()

    def finish(self) -> None:
        """Keep what was counted, and the landmarks where that was asked for.

        Raises
        ------
        LungeError
            If it cannot be written.
        """
        self._session.finish()
        self._keep_landmarks()
        self._keep()

    def _plain(self, update: HouseworkUpdate) -> dict[str, Any]:
        plain = update.to_dict()
        plain["word"] = self._texts.text("housework.word") if update.word else ""
        return plain

    def _keep(self) -> None:
        counts: dict[str, Any] = {COLUMNS[kind]: count for kind, count in self._session.counts.items()}
        self._entry = replace(self._entry, watched_s=round(self._session.watched_s, 1), **counts)
        if self._entry != self._kept and self._entry.watched_s > 0:
            self._store.housework.put(self._entry)
            self._kept = self._entry

    def _keep_landmarks(self) -> None:
        try:
            analysis = self._session.analysis()
        except NobodySeenError:
            return
        if analysis is None:
            return
        told, name = Told(self._texts.language), self._texts.text("housework.title")
        card = self._shelf.keep(analysis, self._session.save, "video", told, name=name)
        self._entry = replace(self._entry, set_id=card.id)


class HouseworkVisit(Visit):
    """One connection; when it ends, whichever way, what was counted is kept.

    Parameters
    ----------
    socket : WebSocket
        Accepted.
    """

    def __init__(self, socket: WebSocket) -> None:
        super().__init__(socket, socket.app.state.rooms)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="housework")

    async def run(self) -> None:
        """Speak the protocol until the client finishes or the connection ends.

        Raises
        ------
        ProtocolError
            If a message is none of the protocol.
        LungeError
            If the counts cannot be kept.
        WebSocketDisconnect
            If the client is gone.
        """
        hello = _hello_from(await self._first_text(HOUSEWORK_PROTOCOL))
        self.language = hello.spoken
        state = self._socket.app.state
        try:
            eyes = await self._on_thread(lambda: _taken(state.ready, hello.model))
            watch = Watch(hello, eyes, state.shelf, state.store, state.config.clock)
            await self._send({"type": "ready", "protocol": HOUSEWORK_PROTOCOL, "session": watch.id, "resumed": False})
            try:
                await self._until_first(self._read(), self._count(watch))
            finally:
                await self._on_thread(watch.finish)
            await self._send({"type": "done", "summary": "/housework?done=1"})
        finally:
            self._thread.shutdown(wait=False)

    async def _count(self, watch: Watch) -> None:
        while True:
            item = await self._mailbox.take()
            if item == "finish":
                return
            if isinstance(item, str):
                if item in PAUSES:
                    await self._on_thread(lambda paused=PAUSES[item]: watch.pause(paused))  # type: ignore[misc]
                continue
            frame = item
            await self._send(await self._on_thread(lambda frame=frame: watch.see(frame)))  # type: ignore[misc]

    async def _on_thread(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _taken(ready: Ready, model: str) -> Eyes:
    return ready.take(model)


def _hello_from(text: str) -> HouseworkHello:
    try:
        return _HELLO.decode(text)
    except UNREADABLE as error:
        raise ProtocolError("errors.protocol.hello", protocol=HOUSEWORK_PROTOCOL, detail=first_fault(error)) from error


@router.websocket("/housework/socket")
async def watch(socket: WebSocket) -> None:
    """Count one time of housework over one socket."""
    await socket.accept()
    with socket.app.state.doors:
        await attend(socket, HouseworkVisit(socket))


@router.get("/housework")
def page(request: Request, done: str = "") -> Response:
    """Show how one went down, day by day and week by week, and offer to begin."""
    rows, today = _store(request).housework.all(), request.app.state.config.clock.today()
    return shown(
        request,
        "housework.html",
        days=days_of(rows, today),
        weeks=[week for week in weeks_of(rows, today, WEEKS) if week.all],
        any_row=bool(rows),
        rows=rows[::-1],
        done=bool(done),
    )


@router.get("/housework/live")
def live(request: Request, landmarks: str = "", speech: str = "") -> Response:
    """Show the camera and the counts."""
    setup = camera_setup(request) | {
        "socket": "/housework/socket",
        "protocol": HOUSEWORK_PROTOCOL,
        "landmarks": bool(landmarks),
        "voice": bool(speech),
        "texts": texts_for(request, SECTIONS),
    }
    return shown(request, "housework_live.html", setup=setup, kinds=COLUMNS)


@router.post("/housework/{entry_id}/delete")
def delete(request: Request, entry_id: str) -> Response:
    """Delete one time of housework."""
    _store(request).housework.remove(entry_id)
    return RedirectResponse("/housework", SEE_OTHER)


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store
