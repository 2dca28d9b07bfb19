"""The background program: it looks at the desk, asks `core` what follows, and does it."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, cast

from lunge.breaks.clock import now_here, steady_s
from lunge.breaks.constants import constants
from lunge.breaks.control import Document, listen, only_one
from lunge.breaks.core import answer, look, next_in_s, silence_of
from lunge.breaks.desk import Desk
from lunge.breaks.onlooker import Onlooker
from lunge.breaks.records import Answer, Event, Hindrance, Moment, State
from lunge.breaks.settings import Settings, settings_from
from lunge.breaks.watcher import Watcher
from lunge.messages import DEFAULT, catalogue, languages

LOG = logging.getLogger("lunge.breaks")
ANSWERS = ("begin", "here", "done", "skip", "snooze", "now")


class Rings(Protocol):
    """What shows a reminder."""

    async def ring(self, title: str, text: str, buttons: dict[str, str]) -> bool:
        """Show it, and return whether it was shown."""

    async def hush(self) -> None:
        """Take it off the screen."""


MakeBell = Callable[[Callable[[Answer], None]], Rings]


class Program:
    """Reminds.

    Parameters
    ----------
    folder : Path
        The data folder.
    desk : Desk
    make_bell : callable
    open_page : callable
        Opens a page of the coach; may take seconds.
    now : callable
        Gives what the clock on the wall says, with its zone.
    watcher : Watcher, optional
        Takes glances through the camera, where the person wants it.
    """

    def __init__(
        self,
        folder: Path,
        desk: Desk,
        make_bell: MakeBell,
        open_page: Callable[[Path, str], object],
        now: Callable[[], datetime] = now_here,
        watcher: Watcher | None = None,
    ) -> None:
        self._onlooker = Onlooker(desk, watcher or Watcher())
        self._folder, self._desk, self._open_page, self._now = folder, desk, open_page, now
        self._bell = make_bell(self._pressed)
        self._state, self._settings = State(), settings_from(None)
        self._rest_day, self._present, self._bell_works = False, True, True
        self._hindrance: Hindrance | None = None
        self._busy: list[tuple[datetime, datetime]] = []
        self._problems: dict[str, str] = {}
        self._read_s: float | None = None
        self._busy_s: float | None = None
        self._wake, self._ended = asyncio.Event(), False
        self._works: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Remind until it is stopped.

        Raises
        ------
        RunningError
            If another one runs in this data folder.
        OutputError
            If the folder cannot be written.
        """
        with only_one(self._folder):
            server = await listen(self._folder, self._asked)
            await self._desk.open(self._wake.set)
            try:
                await self._until_stopped()
            finally:
                await self._bell.hush()
                await self._onlooker.close()
                self._desk.close()
                server.close()

    async def _until_stopped(self) -> None:
        while not self._ended:
            await self._look()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._pause_s())
            self._wake.clear()

    def _pause_s(self) -> float:
        return constants().glance.every_s if self._settings.glance else constants().looking.every_s

    # ---------------------------------------------------------------- looking
    async def _look(self) -> None:
        if self._is_older(self._read_s, constants().looking.read_s):
            await self._read()
        if self._is_older(self._busy_s, constants().looking.calendar_s):
            await self._read_calendar()
        self._present = await self._is_somebody_there()
        near = self._state.phase in ("waiting", "offered") or next_in_s(self._state, self._settings.rules) <= 0
        self._hindrance = await self._in_the_way() if near else None
        state, events = look(self._state, self._moment(), self._settings.rules, _new_id)
        if state.phase != self._state.phase == "resting" and not near:
            # What is in the way was not asked for before this look.
            self._hindrance = await self._in_the_way()
            state, events = look(self._state, self._moment(), self._settings.rules, _new_id)
        self._state = state
        await self._happened(events)

    async def _is_somebody_there(self) -> bool:
        wanted = self._settings.glance and self._state.phase != "doing"
        quiet = silence_of(self._state, self._moment(), self._settings.rules) is not None
        present = await self._onlooker.is_present(self._settings.camera if wanted and not quiet else None)
        lack = self._onlooker.lack
        self._note("glance", None if lack is None else lack.text(self._language()))
        return present

    def _moment(self) -> Moment:
        return Moment(self._now(), steady_s(), self._present, self._hindrance, self._rest_day)

    async def _in_the_way(self) -> Hindrance | None:
        now = self._now()
        if any(start <= now < end for start, end in self._busy):
            return "meeting"
        return await self._desk.hindrance()

    async def _read(self) -> None:
        """Read what the person set, and how the day stands."""
        self._read_s = steady_s()
        found = await self._errand({"what": "read", "at": self._now().isoformat()})
        if "problem" not in found:
            self._settings = settings_from(found["settings"])
            self._rest_day = bool(found["rest_day"])
            self._state = replace(
                self._state, day=self._now().date(), offered=max(self._state.offered, found["offered"])
            )
        wrong = self._settings.wrong
        self._note("settings", self._text("breaks.fault.settings", names=", ".join(wrong)) if wrong else None)
        self._busy_s = None

    def _is_older(self, read_s: float | None, than_s: float) -> bool:
        return read_s is None or steady_s() - read_s > than_s

    async def _read_calendar(self) -> None:
        self._busy_s = steady_s()
        self._busy = await self._meetings(self._settings)

    async def _meetings(self, settings: Settings) -> list[tuple[datetime, datetime]]:
        if not settings.calendar:
            self._note("busy", None)
            return []
        found = await self._errand({"what": "busy", "calendar": settings.calendar, "at": self._now().isoformat()})
        return [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in found.get("busy", [])]

    async def _errand(self, asked: Document) -> Document:
        """Have something done by a program that ends at once; what goes wrong with it is a sentence in the answer."""
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "lunge.breaks.errands", str(self._folder))
        program = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
        try:
            said, _ = await asyncio.wait_for(
                program.communicate(json.dumps(asked).encode()), constants().looking.errand_s
            )
            found = json.loads(said)
        except (TimeoutError, ValueError):
            with suppress(ProcessLookupError):
                program.kill()
            found = {"problem": self._text(f"breaks.fault.{asked['what']}")}
        self._note(str(asked["what"]), found.get("problem"))
        return cast("Document", found)

    def _note(self, about: str, problem: str | None) -> None:
        if problem is not None and self._problems.get(about) != problem:
            LOG.warning("%s", problem)
        if problem is None:
            self._problems.pop(about, None)
        else:
            self._problems[about] = problem

    # ---------------------------------------------------------------- doing
    def _pressed(self, what: Answer, reason: str | None = None) -> None:
        work = asyncio.get_running_loop().create_task(self._answer(what, reason))
        self._works.add(work)
        work.add_done_callback(self._works.discard)

    async def _answer(self, what: Answer, reason: str | None = None) -> None:
        due = self._state.due
        self._state, events = answer(self._state, what, self._moment(), _new_id, reason)
        await self._happened(events)
        if what == "begin" and due is not None and self._state.phase == "doing":
            page = "live" if self._settings.with_camera else "breaks/timer"
            LOG.info("begun")
            await asyncio.to_thread(self._open_page, self._folder, f"/{page}?break={due.id}")

    async def _happened(self, events: tuple[Event, ...]) -> None:
        for event in events:
            LOG.info("%s", event.what)
            if event.what == "withdraw":
                await self._bell.hush()
            if event.what == "offer":
                await self._offer(event)
            if event.what in ("postponed", "skipped"):
                await self._keep(event, event.what)

    async def _offer(self, event: Event) -> None:
        buttons = {what: self._text(f"breaks.button.{what}") for what in ("begin", "snooze", "skip")}
        self._bell_works = await self._bell.ring(
            self._text("breaks.note.title"), self._text("breaks.note.text"), buttons
        )
        self._note("bell", None if self._bell_works else self._text("breaks.lack.bell"))
        await self._keep(event, "offered")

    async def _keep(self, event: Event, outcome: str) -> None:
        due = event.due
        row = {
            "id": due.id,
            "at": due.at.isoformat(),
            "taken": False,
            "outcome": outcome,
            "reason": event.reason,
            "postponed_by": due.postponed_by,
        }
        await self._errand({"what": "keep", "break": row})

    def _text(self, key: str, **fill: object) -> str:
        return catalogue(self._language()).text(key, **fill)

    def _language(self) -> str:
        return self._settings.language if self._settings.language in languages() else DEFAULT

    # ---------------------------------------------------------------- being asked
    async def _asked(self, asked: Document) -> Document:
        what = asked.get("what")
        if what == "stop":
            self._ended = True
            self._wake.set()
        elif what == "reload":
            self._read_s = None
            self._wake.set()
        elif what in ANSWERS:
            # What it leads to may take a while; the state has changed once it has begun.
            self._pressed(cast("Answer", what), asked.get("reason"))
            await asyncio.sleep(0)
        return self._status()

    def _status(self) -> dict[str, Any]:
        rules, due = self._settings.rules, self._state.due
        lacks = [self._text(f"breaks.lack.{name}") for name in self._desk.lacks]
        return {
            "phase": self._state.phase,
            "next_in_s": round(next_in_s(self._state, rules)),
            "silence": silence_of(self._state, self._moment(), rules),
            "present": self._present,
            "break": None if due is None else due.id,
            "postponed_by": None if due is None else due.postponed_by,
            "bell": self._bell_works,
            "problems": [*self._problems.values(), *lacks],
        }


def _new_id() -> str:
    return secrets.token_hex(16)
