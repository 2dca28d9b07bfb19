"""The program that looks through the camera, as the background program sees it: begun, asked, ended."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from lunge.breaks.clock import steady_s
from lunge.breaks.constants import constants
from lunge.messages import Sentence

LOG = logging.getLogger("lunge.breaks")
COMMAND: Final = (sys.executable, "-m", "lunge.breaks.glancing")


@dataclass(frozen=True, slots=True)
class Glance:
    """What a glance told.

    Attributes
    ----------
    seen : bool, optional
        Whether somebody is there; None where that could not be told.
    lack : Sentence, optional
        What kept it from telling.
    """

    seen: bool | None = None
    lack: Sentence | None = None


@dataclass
class Watcher:
    """Takes glances; its program runs from the first one until `rest`.

    Parameters
    ----------
    command : tuple of str
        What starts the program.
    """

    command: tuple[str, ...] = COMMAND
    _program: asyncio.subprocess.Process | None = field(default=None, init=False)
    _failures_s: list[float] = field(default_factory=list, init=False)

    @property
    def pid(self) -> int | None:
        """The number of its program, while that runs."""
        return None if self._program is None or self._program.returncode is not None else self._program.pid

    async def glance(self, camera: str) -> Glance:
        """Take a glance through a camera, whose name may be empty for the first one.

        A program that ended, or does not answer, is begun anew at the next glance; after some such times it rests for
        an hour, and that is the lack.
        """
        since_s = steady_s() - constants().glance.forgiven_s
        self._failures_s = [failed_s for failed_s in self._failures_s if failed_s > since_s]
        if len(self._failures_s) > constants().glance.restarts_count:
            return Glance(lack=Sentence("breaks.lack.watcher"))
        try:
            return _told(await asyncio.wait_for(self._answer(camera), constants().glance.answer_s))
        except (OSError, ValueError, TimeoutError):
            LOG.warning("the program that looks through the camera gave no answer")
            self._failures_s.append(steady_s())
            await self.rest()
            return Glance()

    async def _answer(self, camera: str) -> dict[str, Any]:
        program = self._program
        if program is None:
            pipe = asyncio.subprocess.PIPE
            program = await asyncio.create_subprocess_exec(*self.command, stdin=pipe, stdout=pipe)
            self._program = program
        if program.stdin is None or program.stdout is None:
            raise ValueError("program: expected one with pipes, got one without")
        program.stdin.write(json.dumps(camera).encode() + b"\n")
        await program.stdin.drain()
        found: dict[str, Any] = json.loads(await program.stdout.readline())
        return found

    async def rest(self) -> None:
        """End the program, where it runs; the camera is free then, whatever it was doing."""
        program, self._program = self._program, None
        if program is not None:
            with suppress(ProcessLookupError):
                program.kill()
            await program.wait()


def _told(found: dict[str, Any]) -> Glance:
    if "seen" in found:
        return Glance(seen=bool(found["seen"]))
    key, facts = str(found["key"]), found["facts"]
    return Glance(lack=Sentence(key, facts))
