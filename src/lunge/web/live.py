"""The live socket: see ``docs/live-protocol.md``."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, Final

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from lunge.documents import json_text
from lunge.errors import LungeError
from lunge.live.records import PROTOCOL
from lunge.live.session import Command
from lunge.messages import DEFAULT
from lunge.web.constants import MIB, constants
from lunge.web.messages import Frame, Order, ProtocolError, hello_from, said, shot_from, too_large, too_many
from lunge.web.room import Rate, Room
from lunge.web.rooms import Rooms

POLICY_VIOLATION = 1008


class Mailbox:
    """What came and was not taken yet: commands in order, and of frames only the latest."""

    def __init__(self) -> None:
        self.dropped = 0
        self._commands: deque[Command] = deque()
        self._frame: Frame | None = None
        self._news = asyncio.Event()

    def put(self, item: Frame | Order) -> None:
        """Put something in; a frame takes the place of one that waits."""
        if isinstance(item, Order):
            self._commands.append(item.name)
        else:
            self.dropped += self._frame is not None
            self._frame = item
        self._news.set()

    async def take(self) -> Frame | Command:
        """Return the next command, or else the latest frame; wait for one."""
        while True:
            if self._commands:
                return self._commands.popleft()
            if self._frame is not None:
                frame, self._frame = self._frame, None
                return frame
            self._news.clear()
            await self._news.wait()


class Visit:
    """One connection to one room.

    Parameters
    ----------
    socket : WebSocket
        Accepted.
    rooms : Rooms

    Attributes
    ----------
    language : str
        What it is spoken in: as the client asked, once it said so.
    """

    def __init__(self, socket: WebSocket, rooms: Rooms) -> None:
        self._socket, self._rooms = socket, rooms
        self._mailbox = Mailbox()
        self._gone = asyncio.Event()
        self.language = DEFAULT

    def leave(self) -> None:
        """Go, because the same page came over a new connection."""
        self._gone.set()

    async def run(self) -> None:
        """Speak the protocol until the set is done or the connection ends.

        Raises
        ------
        ProtocolError
            If a message is none of the protocol.
        LungeError
            If the set cannot be coached or kept.
        WebSocketDisconnect
            If the client is gone.
        """
        hello = hello_from(await self._first_text(PROTOCOL))
        self.language = hello.spoken
        room, resumed = await self._rooms.enter(hello, self)
        try:
            await self._send({"type": "ready", "protocol": PROTOCOL, "session": room.id, "resumed": resumed})
            await self._until_first(self._read(), self._coach(room), self._gone.wait())
        finally:
            await self._rooms.leave(room, self)

    async def _until_first(self, *works: Any) -> None:
        tasks = [asyncio.ensure_future(work) for work in works]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _first_text(self, protocol: str) -> str:
        try:
            return await asyncio.wait_for(self._socket.receive_text(), constants().live.first_message_s)
        except (TimeoutError, KeyError):
            raise ProtocolError("errors.protocol.no_hello", protocol=protocol) from None

    async def _read(self) -> None:
        rate = Rate()
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1000))
            if rate.count() > constants().live.most_messages_per_s:
                raise too_many()
            self._mailbox.put(item_from(message.get("bytes"), message.get("text")))

    async def _coach(self, room: Room) -> None:
        while True:
            item = await self._mailbox.take()
            if item == "finish":
                return await self._finish(room)
            if isinstance(item, str):
                await room.command(item)
                continue
            room.dropped += self._mailbox.dropped
            self._mailbox.dropped = 0
            update = await room.see(item)
            await self._send(update)
            if update["mode"] == "finished":
                return await self._finish(room)

    async def _finish(self, room: Room) -> None:
        await self._send({"type": "done", "summary": f"/after/{await self._rooms.finish(room)}"})

    async def _send(self, document: dict[str, Any]) -> None:
        await self._socket.send_text(json_text(document))


def item_from(data: bytes | None, text: str | None) -> Frame | Order:
    """Return what a message says.

    Raises
    ------
    ProtocolError
        If it is none of the protocol.
    """
    if data is not None:
        return shot_from(data)
    if text is None or len(text) > constants().live.largest_message_mib * MIB:
        raise too_large()
    return said(text)


async def live(socket: WebSocket) -> None:
    """Coach one set over one socket."""
    await socket.accept()
    await attend(socket, Visit(socket, socket.app.state.rooms))


async def attend(socket: WebSocket, visit: Visit) -> None:
    """See a visit to its end; what went wrong is told in its language."""
    try:
        await visit.run()
        await socket.close()
    except WebSocketDisconnect:
        return
    except LungeError as error:
        await socket.send_text(json_text({"type": "error", "text": error.text(visit.language)}))
        await socket.close(POLICY_VIOLATION)


ROUTES: Final = (WebSocketRoute("/live/socket", live),)
