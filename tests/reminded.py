"""The background program of breaks, run beside a test that presses its notification."""

import asyncio
import queue
import threading
from contextlib import contextmanager

from lunge.breaks.control import ask
from lunge.breaks.program import Program

LONGEST_S = 60.0


class Desk:
    """Somebody who always sits there, and is in no call."""

    lacks = ()

    async def open(self, changed):
        self.changed = changed

    async def is_present(self):
        return True

    async def hindrance(self):
        return None

    def close(self):
        pass


class Reminders:
    """The background program, with a notification that a test presses."""

    def __init__(self, folder):
        self.opened = queue.Queue()
        self._program = Program(folder, Desk(), self._bell, lambda place, path: self.opened.put(path))
        self._shown, self._gone = threading.Event(), threading.Event()

    def _bell(self, answered):
        self._answered, self._loop = answered, None
        return self

    async def ring(self, title, text, buttons):
        self._loop = asyncio.get_running_loop()
        self._gone.clear()
        self._shown.set()
        return True

    async def hush(self):
        self._gone.set()

    def is_shown_soon(self):
        """Return whether the notification comes."""
        return self._shown.wait(LONGEST_S)

    def is_gone_soon(self):
        """Return whether the notification goes."""
        return self._gone.wait(LONGEST_S)

    def begin(self):
        """Press *Begin* once it is shown, and return the page that is opened."""
        assert self.is_shown_soon()
        self._loop.call_soon_threadsafe(self._answered, "begin")
        return self.opened.get(timeout=LONGEST_S)

    def run(self):
        asyncio.run(self._program.run())


@contextmanager
def reminders(folder):
    """Run the background program, and end it."""
    made = Reminders(folder)
    thread = threading.Thread(target=made.run)
    thread.start()
    until = threading.Event()
    while ask(folder, {"what": "status"}) is None:
        until.wait(0.05)
    try:
        yield made
    finally:
        ask(folder, {"what": "stop"})
        thread.join(LONGEST_S)
