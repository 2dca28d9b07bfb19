"""How other programs speak to the background program, and how there is never more than one of it.

It holds a lock for as long as it runs, and answers on a port of this machine whose number and password lie in a file
that only its owner may read.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Final

from lunge.errors import LungeError
from lunge.files import made_folder, output_error

LOCK: Final = "breaks.lock"
"""The file that the one program holds locked."""

DOOR: Final = "breaks.door"
"""The file with its port and its password."""

OWNER_ONLY: Final = 0o600
"""The rights of both."""

ANSWER_S: Final = 5.0
"""Whoever says nothing for this long is not listened to any more."""

LONGEST: Final = 65536
"""The longest line that is read, bytes."""

Document = dict[str, Any]
"""What is asked and what is answered: one JSON object, in a line of its own."""


class RunningError(LungeError):
    """The background program runs already."""


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of a data folder, as long as the context lasts.

    Parameters
    ----------
    folder : Path
        Made where it is missing.

    Raises
    ------
    RunningError
        If another program holds it.
    OutputError
        If the folder cannot be written.
    """
    path = made_folder(folder) / LOCK
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    except OSError as error:
        raise output_error(path, error) from error
    try:
        if not _locked(handle):
            raise RunningError("errors.breaks.running")
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


async def listen(folder: Path, answer: Callable[[Document], Awaitable[Document]]) -> asyncio.Server:
    """Answer to whoever knows the password.

    Parameters
    ----------
    folder : Path
        The data folder, where port and password are written.
    answer : callable
        Given what is asked, gives what is answered.

    Returns
    -------
    asyncio.Server
        It listens on this machine alone.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    password = secrets.token_urlsafe(16)

    async def spoken_to(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, TimeoutError):
            asked = json.loads(await asyncio.wait_for(reader.readline(), ANSWER_S))
            if secrets.compare_digest(str(asked.pop("password")), password):
                writer.write(json.dumps(await answer(asked)).encode() + b"\n")
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(spoken_to, "127.0.0.1", 0, limit=LONGEST)
    door = {"port": server.sockets[0].getsockname()[1], "password": password}
    _write_private(folder / DOOR, json.dumps(door))
    return server


def ask(folder: Path, asked: Document) -> Document | None:
    """Return what the background program answers.

    Parameters
    ----------
    folder : Path
        The data folder.
    asked : dict
        ``what`` names the errand.

    Returns
    -------
    dict or None
        None when it does not run, or does not answer within `ANSWER_S`.
    """
    try:
        door = json.loads((folder / DOOR).read_text(encoding="ascii"))
        with socket.create_connection(("127.0.0.1", int(door["port"])), ANSWER_S) as line:
            line.sendall(json.dumps({**asked, "password": door["password"]}).encode() + b"\n")
            with line.makefile("r", encoding="utf-8") as answers:
                answer = json.loads(answers.readline(LONGEST))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answer if isinstance(answer, dict) else None


def _write_private(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.touch(OWNER_ONLY)
        beside.write_text(text, encoding="ascii")
        beside.replace(path)
    except OSError as error:
        raise output_error(path, error) from error
