"""The page that brings a phone in, and frames by plain requests where it refuses the socket."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from lunge.documents import json_text
from lunge.errors import LungeError
from lunge.live.records import PROTOCOL
from lunge.web.constants import constants
from lunge.web.live import item_from
from lunge.web.messages import Order, hello_from, too_many
from lunge.web.pairing import Pairing
from lunge.web.room import Room
from lunge.web.rooms import Rooms
from lunge.web.views import language_of, shown

router = APIRouter()


@router.get("/phone")
def phone(request: Request) -> Response:
    """Show how to bring a phone in, with a new code where phones are let in."""
    pairing: Pairing | None = request.app.state.config.pairing
    # A phone that is in already needs no code, and must not let in others.
    link = pairing.new_link() if pairing is not None and request.url.scheme == "http" else ""
    return shown(request, "phone.html", link=link, picture=_picture(link) if link else "")


@router.post("/live/frame")
async def frame(request: Request, session: str = "") -> Response:
    """Take one message of the protocol, and give what the socket would say to it."""
    body = await request.body()
    try:
        said = await _answer(request.app.state.rooms, session, body, request.headers.get("content-type", ""))
    except LungeError as error:
        said = {"type": "error", "text": error.text(language_of(request))}
    return Response(json_text(said), media_type="application/json")


def _picture(link: str) -> str:
    from lunge.web.lan import qr_picture

    return qr_picture(link)


async def _answer(rooms: Rooms, session: str, body: bytes, content_type: str) -> dict[str, Any]:
    text = body.decode("utf-8", errors="replace") if content_type.startswith("application/json") else None
    room = rooms.find(session)
    if room is None:
        room, resumed = await rooms.enter(hello_from(text or ""), _Caller())
        rooms.linger(room)
        return {"type": "ready", "protocol": PROTOCOL, "session": room.id, "resumed": resumed}
    rooms.linger(room)
    return await _item(rooms, room, item_from(body if text is None else None, text))


async def _item(rooms: Rooms, room: Room, item: Any) -> dict[str, Any]:
    if room.calls.count() > constants().live.most_messages_per_s:
        raise too_many()
    if not isinstance(item, Order):
        return await room.see(item)
    if item.name == "finish":
        return {"type": "done", "summary": f"/after/{await rooms.finish(room)}"}
    await room.command(item.name)
    return {"type": "taken"}


class _Caller:
    """A guest that comes anew with every request."""

    def leave(self) -> None:
        """Nothing is open that could be closed."""
