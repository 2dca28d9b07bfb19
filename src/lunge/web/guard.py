"""What stands before every request: who may ask, how much may be sent, and the headers of every answer."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lunge.web.constants import MIB, constants
from lunge.web.pairing import Pairing

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
PAIR: Final = "/pair/"
PAIR_COOKIE: Final = "lunge_paired"
UPLOADS: Final = "/look"
"""Where a video is sent to: as long as it likes, for it goes to disk as it comes."""

HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), display-capture=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def content_policy(scheme: str, host: str) -> str:
    """Return the Content-Security-Policy of our own pages.

    Parameters
    ----------
    scheme : {'http', 'https'}
    host : str
        With its port, as the browser asked for it: some browsers do not take ``'self'`` for a socket.
    """
    socket = "wss" if scheme == "https" else "ws"
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            f"connect-src 'self' {socket}://{host}",
            "media-src 'self' blob:",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def page_headers(scheme: str, host: str) -> dict[str, str]:
    """Return the headers of our own pages; see `content_policy`."""
    return {**HEADERS, "content-security-policy": content_policy(scheme, host), "cache-control": "no-store"}


class Guard:
    """Refuses what is not for us, and puts the headers on every answer.

    Parameters
    ----------
    app : ASGI application
    hosts : frozenset of str
        Names and addresses, without ports, under which we are asked: any other is a page elsewhere
        whose name was bent to this machine.
    pairing : Pairing, optional
        Whoever asks over HTTPS, from another machine, must have been let in by it.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], pairing: Pairing | None = None) -> None:
        self._app, self._hosts, self._pairing = app, hosts, pairing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refuse(refusal, scope, receive, send)
            return
        if _secure(scope) and not self._let_in(headers):
            await self._pair(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        ours = page_headers(scope["scheme"], headers["host"])
        bounded = receive if scope["path"] == UPLOADS else _Bounded(receive)
        await self._app(scope, bounded, _with_headers(send, ours))

    def _let_in(self, headers: Headers) -> bool:
        token = cookie_parser(headers.get("cookie", "")).get(PAIR_COOKIE, "")
        return self._pairing is not None and self._pairing.knows(token)

    async def _pair(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in who comes with the code; nobody else gets anything."""
        code = str(scope["path"]).removeprefix(PAIR)
        asks = scope["type"] == "http" and scope["method"] == "GET" and code != scope["path"]
        token = self._pairing.take(code) if asks and self._pairing is not None else None
        if token is None:
            await refuse(403, scope, receive, send)
            return
        answer = RedirectResponse("/", 303, headers=HEADERS)
        answer.set_cookie(PAIR_COOKIE, token, secure=True, httponly=True, samesite="lax")
        await answer(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> int | None:
        host = headers.get("host", "")
        if urlsplit(f"//{host}").hostname not in self._hosts:
            return 421
        if not _same_origin(scope, headers):
            return 403
        if scope["type"] == "http" and scope["path"] != UPLOADS and _announced(headers) > _largest_form():
            return 413
        return None


async def refuse(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with nothing but a status, before anything of the request was read."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await Response(status_code=status, headers={**HEADERS, "content-security-policy": "default-src 'none'"})(
        scope, receive, send
    )


def _same_origin(scope: Scope, headers: Headers) -> bool:
    """Return whether a request that may change something comes from one of our pages.

    With our referrer policy browsers send a form with the origin ``null``; they then say in
    ``Sec-Fetch-Site``, which no page can set, where it comes from.
    """
    if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
        return True
    origin = headers.get("origin")
    if origin in (None, "null"):
        return scope["type"] == "http" and headers.get("sec-fetch-site") == "same-origin"
    return origin == f"{'https' if _secure(scope) else 'http'}://{headers.get('host', '')}"


def _secure(scope: Scope) -> bool:
    return scope["scheme"] in ("https", "wss")


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isdecimal() else 0


def _largest_form() -> float:
    c = constants()
    return max(c.requests.largest_form_mib, c.live.largest_message_mib) * MIB


class _Bounded:
    """Lets no more through than a form, or a frame, may have: for bodies that do not announce their length."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._left = receive, _largest_form()

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413)
        return message


def _with_headers(send: Send, ours: dict[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ours.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
