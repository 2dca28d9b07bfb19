"""Start the server, say where it is, open the browser."""

from __future__ import annotations

import errno
import socket
import webbrowser
from collections.abc import Callable
from contextlib import closing
from typing import Final

import uvicorn

from lunge.errors import LungeError
from lunge.web.app import Config, create_app
from lunge.web.constants import MIB, constants

LOOPBACK: Final = "127.0.0.1"
GOODBYE_S: Final = 2
"""Open connections get this long when the program is ended."""


class PortError(LungeError):
    """Another program listens at that port."""


def serve(config: Config, port: int, open_browser: bool, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C.

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
        address = f"http://{LOOPBACK}:{listening.getsockname()[1]}/"

        def started() -> None:
            say(address)
            if open_browser:
                webbrowser.open(address)

        _Server(_settings(config), started).run([listening])


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises
    ------
    PortError
        If the port is taken, or may not be used.
    """
    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise _port_error(port, error) from error
    return listening


def _port_error(port: int, error: OSError) -> PortError:
    if error.errno in (errno.EADDRINUSE, errno.EACCES):
        return PortError(f"Port {port} is taken by another program. Try another one: --port {port + 1}.", port=port)
    return PortError(f"Port {port} cannot be used: {error.strerror or error}. Try another one: --port 0.", port=port)


def _settings(config: Config) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(config),
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=int(constants().live.largest_message_mib * MIB),
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=GOODBYE_S,
    )


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()
