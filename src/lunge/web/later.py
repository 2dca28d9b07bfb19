"""What is loaded beside everything else, once: when somebody asks for it, or when there is time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from starlette.types import ASGIApp, Receive, Scope, Send


class Later:
    """An application that is made in a thread of its own; whoever asks for it before waits for it.

    Parameters
    ----------
    make : callable
        Imports and returns it.
    """

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._made: Future[ASGIApp] | None = None

    def begin(self) -> Future[ASGIApp]:
        """Begin to make it, unless that was begun before."""
        if self._made is None:
            beside = ThreadPoolExecutor(1, thread_name_prefix="later")
            self._made = beside.submit(self._make)
            beside.shutdown(wait=False)
        return self._made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        made = await asyncio.wrap_future(self.begin())
        await made(scope, receive, send)
