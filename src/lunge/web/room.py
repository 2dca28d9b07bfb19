"""One set under way: its session, and the one thread on which everything of it happens."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any, TypeVar

from lunge.coaching.records import Cue
from lunge.guide.begun import BegunSet
from lunge.live.records import Look, Update
from lunge.live.session import Command, LiveSession
from lunge.messages import Catalogue, catalogue
from lunge.web.break_form import BREAK, is_seen
from lunge.web.constants import constants
from lunge.web.eyes import Eyes, look_from_points, look_from_shot
from lunge.web.messages import Frame, Hello, ProtocolError, Shot
from lunge.web.shelf import Shelf, Told
from lunge.web.shots import Shots

Answer = TypeVar("Answer")


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
        wishes = self._session.wishes
        entered = begun.entered(wishes.repetitions)
        entered["wishes"] = asdict(wishes) | {BREAK: self._break_id} | entered.get("wishes", {})
        card = shelf.keep(analysis, self._session.save, "live", told, entered=entered)
        begun.use()
        if is_seen(analysis.repetitions, wishes, in_break=bool(self._break_id)):
            shelf.seen(self._break_id, card.id)
        return card.id


def _plain(update: Update, texts: Catalogue) -> dict[str, Any]:
    plain = update.to_dict()
    for cue, said in zip(plain["cues"], update.cues, strict=True):
        cue["text"] = _text(said, texts)
    return plain


def _text(cue: Cue, texts: Catalogue) -> str:
    return texts.text(cue.key, **cue.fill) if cue.key else ""
