"""Sets under way: each has its session and the one thread on which everything of it happens."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any, Protocol, TypeVar

from lunge.coaching.records import Cue
from lunge.errors import LungeError
from lunge.guide.begun import BegunSet
from lunge.guide.days import Guide
from lunge.live.plan import SetPlan
from lunge.live.records import Look, Update, Wishes
from lunge.live.session import Command, LiveSession
from lunge.messages import Catalogue, catalogue
from lunge.web.constants import constants
from lunge.web.eyes import Eyes, Ready, look_from_points, look_from_shot
from lunge.web.messages import Frame, Hello, ProtocolError, Shot
from lunge.web.shelf import Shelf, Told
from lunge.web.shots import Shots
from lunge.web.targets import wishes_for

Answer = TypeVar("Answer")
MakeSession = Callable[[Wishes], LiveSession]


class BusyError(LungeError):
    """As many sets are under way as this machine takes."""


class Rate:
    """Counts how often something happens in a second, over the last few."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def count(self) -> float:
        """Count one more, and return how many a second there were."""
        now, over_s = time.monotonic(), constants().live.rate_over_s
        self._times.append(now)
        while now - self._times[0] > over_s:
            self._times.popleft()
        return len(self._times) / over_s


class Room:
    """One set under way.

    Parameters
    ----------
    hello : Hello
    session : LiveSession
    eyes : Eyes
    thread : ThreadPoolExecutor
        With one thread; it is the room's from now on.
    """

    def __init__(self, hello: Hello, session: LiveSession, eyes: Eyes, thread: ThreadPoolExecutor) -> None:
        self.id = secrets.token_urlsafe(16)
        self.dropped = 0
        self.calls = Rate()
        self._texts = catalogue(hello.spoken)
        self._session, self._eyes, self._thread = session, eyes, thread
        self._first_ms: float | None = None
        self._last_ms = -1.0
        self._rate = Rate()
        self._shots = Shots() if hello.pictures else None
        self._break_id = hello.break_id

    async def see(self, frame: Frame) -> dict[str, Any]:
        """Return the update after the next frame, as plain data.

        Raises
        ------
        ProtocolError
            If the frame is none, or not later than the one before.
        """
        return await self._on_thread(lambda: self._see(frame))

    async def command(self, name: Command) -> None:
        """Pass a command on."""
        await self._on_thread(lambda: self._session.command(name))

    async def finish(self, shelf: Shelf, begun: BegunSet, only_with_repetitions: bool = False) -> str | None:
        """Judge what is left, keep the set, and return its name; None when there was nothing to keep.

        Raises
        ------
        LungeError
            If nobody was ever seen, or the set cannot be written.
        """
        return await self._on_thread(lambda: self._finish(shelf, begun, only_with_repetitions))

    def close(self) -> None:
        """Let the thread and the pictures go; nothing happens here any more."""
        if self._shots is not None:
            self._thread.submit(self._shots.close)
        self._thread.shutdown(wait=False)

    async def _on_thread(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _see(self, frame: Frame) -> dict[str, Any]:
        look = self._look(frame)
        update = self._session.step(look)
        return {
            "type": "update",
            "capture_ms": frame.capture_ms,
            "fps": round(self._rate.count(), 1),
            "dropped": self.dropped,
            **_plain(update, self._texts),
        }

    def _look(self, frame: Frame) -> Look:
        if frame.capture_ms <= self._last_ms:
            raise ProtocolError("errors.protocol.backwards", now=frame.capture_ms, before=self._last_ms)
        self._last_ms = frame.capture_ms
        self._first_ms = frame.capture_ms if self._first_ms is None else self._first_ms
        time_s = (frame.capture_ms - self._first_ms) / 1000.0
        if isinstance(frame, Shot):
            if self._shots is not None:
                self._shots.add(frame, time_s)
            return look_from_shot(frame, self._eyes, time_s)
        return look_from_points(frame, time_s)

    def _finish(self, shelf: Shelf, begun: BegunSet, only_with_repetitions: bool) -> str | None:
        analysis = self._session.finish()
        if only_with_repetitions and not analysis.repetitions:
            return None
        told = Told(self._texts.language, self._shots or None)
        entered = begun.entered()
        entered["wishes"] = asdict(self._session.wishes) | entered.get("wishes", {})
        card = shelf.keep(analysis, self._session.save, "live", told, entered=entered)
        begun.use()
        asked = SetPlan(self._session.wishes).legs
        if card.left >= asked.count("left") and card.right >= asked.count("right"):
            shelf.seen(self._break_id, card.id)
        return card.id


class Guest(Protocol):
    """Whoever is in a room."""

    def leave(self) -> None:
        """Go, because another came: the same page over a new connection."""


class Rooms:
    """All sets under way, by name; one whose page is gone waits a while for it.

    Parameters
    ----------
    shelf : Shelf
    make_session : callable
    ready : Ready
    guide : Guide
        Says whether a set may begin, and with what targets.
    """

    def __init__(self, shelf: Shelf, make_session: MakeSession, ready: Ready, guide: Guide) -> None:
        self.shelf, self._guide = shelf, guide
        self._make_session, self._ready = make_session, ready
        self._rooms: dict[str, Room] = {}
        self._guests: dict[str, Guest] = {}
        self._leaving: dict[str, asyncio.Task[None]] = {}

    async def enter(self, hello: Hello, guest: Guest) -> tuple[Room, bool]:
        """Return the room of a set, and whether it was under way already.

        Raises
        ------
        NoSetNowError
            If no set may begin or go on now.
        BusyError
            If there are too many.
        ModelError
            If a network's file is missing or damaged.
        """
        ticket = await asyncio.to_thread(self._guide.admit)
        known = self._rooms.get(hello.session or "")
        room = known or await self._opened(hello, wishes_for(ticket, hello.wishes.wishes()))
        self._come(room, guest)
        if known is not None:
            await room.command("back")
        return room, known is not None

    def find(self, room_id: str) -> Room | None:
        """Return the room of that name, or None."""
        return self._rooms.get(room_id)

    def linger(self, room: Room) -> None:
        """Note that a guest without a connection was here; the set waits for their next call."""
        waiting = self._leaving.pop(room.id, None)
        if waiting is not None:
            waiting.cancel()
        self._leaving[room.id] = asyncio.create_task(self._wait_for(room))

    async def leave(self, room: Room, guest: Guest) -> None:
        """Note that a guest is gone; the set waits for them."""
        if self._guests.get(room.id) is not guest or room.id not in self._rooms:
            return
        del self._guests[room.id]
        self._leaving[room.id] = asyncio.create_task(self._wait_for(room))
        await room.command("gone")

    async def finish(self, room: Room) -> str:
        """End a set, keep it and return its name.

        Raises
        ------
        LungeError
            If nobody was ever seen, or the set cannot be written.
        """
        self._forget(room)
        try:
            return str(await room.finish(self.shelf, self._guide.begun))
        finally:
            room.close()

    async def close(self) -> None:
        """Keep what is worth it of every set under way; the program ends."""
        for room in list(self._rooms.values()):
            await self._give_up(room)

    async def _opened(self, hello: Hello, wishes: Wishes) -> Room:
        if len(self._rooms) >= constants().live.most_rooms_count:
            await self._make_room()
        thread = ThreadPoolExecutor(1, thread_name_prefix="coach")
        try:
            eyes = await asyncio.get_running_loop().run_in_executor(thread, self._ready.take, wishes.model)
            room = Room(hello, self._make_session(wishes), eyes, thread)
        except LungeError:
            thread.shutdown(wait=False)
            raise
        self._rooms[room.id] = room
        return room

    async def _make_room(self) -> None:
        """Give up the set that waits longest.

        Raises
        ------
        BusyError
            If none waits.
        """
        if not self._leaving:
            raise BusyError("errors.coach.busy")
        await self._give_up(self._rooms[next(iter(self._leaving))])

    def _come(self, room: Room, guest: Guest) -> None:
        waiting = self._leaving.pop(room.id, None)
        if waiting is not None:
            waiting.cancel()
        before = self._guests.get(room.id)
        self._guests[room.id] = guest
        if before is not None:
            before.leave()

    async def _wait_for(self, room: Room) -> None:
        await asyncio.sleep(constants().live.kept_s)
        self._leaving.pop(room.id, None)
        await self._give_up(room)

    async def _give_up(self, room: Room) -> None:
        self._forget(room)
        try:
            await room.finish(self.shelf, self._guide.begun, only_with_repetitions=True)
        except LungeError:
            # Nobody is there to be told, and there was nothing to keep, or no place to keep it.
            return
        finally:
            room.close()

    def _forget(self, room: Room) -> None:
        self._rooms.pop(room.id, None)
        self._guests.pop(room.id, None)
        waiting = self._leaving.pop(room.id, None)
        if waiting is not None:
            waiting.cancel()


def _plain(update: Update, texts: Catalogue) -> dict[str, Any]:
    plain = update.to_dict()
    for cue, said in zip(plain["cues"], update.cues, strict=True):
        cue["text"] = _text(said, texts)
    return plain


def _text(cue: Cue, texts: Catalogue) -> str:
    return texts.text(cue.key, **cue.fill) if cue.key else ""
