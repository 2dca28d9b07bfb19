"""Start the server, say where it is, open the browser."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette

from lunge.errors import LungeError
from lunge.web.app import Config, create_app
from lunge.web.constants import MIB, constants
from lunge.web.pairing import Pairing

LOOPBACK: Final = "127.0.0.1"
GOODBYE_S: Final = 2
"""Open connections get this long when the program is ended."""


class PortError(LungeError):
    """Another program listens at that port."""


def serve(config: Config, port: int, open_browser: bool, say: Callable[[str], None]) -> None:
    """Serve this computer until Ctrl-C.

    Parameters
    ----------
    config : Config
    port : int
        0 takes any that is free.
    open_browser : bool
    say : callable
        Told the address, once it answers.

    Raises
    ------
    PortError
        If the port is taken.
    """
    with closing(bound(LOOPBACK, port)) as listening:
        _Server(_settings(create_app(config)), _opening(listening, "", open_browser, say)).run([listening])


def serve_lan(config: Config, port: int, open_browser: bool, say: Callable[[str], None]) -> None:
    """Serve this computer, and over HTTPS at the next port phones that are let in, until Ctrl-C.

    Parameters are those of `serve`; `say` is told a QR picture too.

    Raises
    ------
    PortError
        If a port is taken.
    NoNetworkError
        If this computer is in no network.
    """
    from lunge.web.lan import certificate, own_address

    address = own_address()
    with (
        closing(bound(LOOPBACK, port)) as near,
        closing(bound(address, near.getsockname()[1] + 1)) as far,
        certificate(address) as (certificate_file, key_file),
    ):
        pairing = Pairing(f"https://{address}:{far.getsockname()[1]}")
        app = create_app(replace(config, hosts=config.hosts | {address}, pairing=pairing))
        settings = _settings(app, ssl_certfile=certificate_file, ssl_keyfile=key_file, lifespan="off")
        phones = _Beside(settings, far, lambda: _invite(pairing, say))
        _Server(_settings(app), _opening(near, "phone", open_browser, say), phones).run([near])


def _opening(listening: socket.socket, path: str, open_browser: bool, say: Callable[[str], None]) -> Callable[[], None]:
    address = f"http://{LOOPBACK}:{listening.getsockname()[1]}/"

    def started() -> None:
        say(f"The coach is at {address} (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(address + path)

    return started


def _invite(pairing: Pairing, say: Callable[[str], None]) -> None:
    from lunge.web.lan import qr_text

    link = pairing.new_link()
    say(f"For a phone in the same network: {link} (works once)\n{qr_text(link)}")


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises
    ------
    PortError
        If the port is taken, or may not be used.
    """
    listening = socket.socket()
    try:
        if os.name == "posix":  # elsewhere it would share a port that is taken
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise _port_error(port, error) from error
    return listening


def _port_error(port: int, error: OSError) -> PortError:
    if error.errno in (errno.EADDRINUSE, errno.EACCES):
        return PortError("errors.coach.port_taken", port=port, next=port + 1)
    return PortError("errors.coach.port", port=port, cause=error.strerror or str(error))


def _settings(app: Starlette, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="websockets-sansio",
        ws_max_size=int(constants().live.largest_message_mib * MIB),
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=GOODBYE_S,
        **more,
    )


class _Beside(uvicorn.Server):
    """A second server in the same program: it begins and ends with the first one."""

    def __init__(self, settings: uvicorn.Config, listening: socket.socket, started: Callable[[], None]) -> None:
        super().__init__(settings)
        self._listening, self._tell = listening, started
        self._running: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave Ctrl-C to the first server."""
        yield

    def begin(self) -> None:
        self._running = asyncio.create_task(self.serve([self._listening]))

    async def end(self) -> None:
        self.should_exit = True
        if self._running is not None:
            await self._running


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, settings: uvicorn.Config, started: Callable[[], None], beside: _Beside | None = None) -> None:
        super().__init__(settings)
        self._tell, self._beside = started, beside

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()
        if self._beside is not None:
            self._beside.begin()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._beside is not None:
            await self._beside.end()
        await super().shutdown(sockets)
