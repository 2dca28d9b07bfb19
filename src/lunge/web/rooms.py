"""Sets under way: who is in which, and which waits for somebody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from lunge.errors import LungeError
from lunge.guide.days import Guide
from lunge.live.records import Wishes
from lunge.live.session import LiveSession
from lunge.web.break_form import asked_of
from lunge.web.constants import constants
from lunge.web.eyes import Ready
from lunge.web.messages import Hello
from lunge.web.room import Room
from lunge.web.shelf import Shelf

MakeSession = Callable[[Wishes], LiveSession]


class BusyError(LungeError):
    """As many sets are under way as this machine takes."""


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
        room = known or await self._opened(hello, asked_of(ticket, hello))
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
