"""Several inputs at once, each in a process of its own with one core for its network."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Final

import numpy as np

from lunge.batch import Job, Outcome, Told, outcome
from lunge.errors import LungeError
from lunge.session import Options
from lunge.signals import Signals

TELL_EVERY_S: Final = 0.5
"""How often a worker says how far it is."""

Heard = tuple[Path, float, float | None] | None


class _StoppedError(Exception):
    """Ends the work on a file from within when everything is to stop."""


def outcomes(work: list[Job], options: Options, told: Told) -> Iterator[Outcome]:
    """Yield what became of each job, in order; a job that fails does not stop the others.

    Parameters
    ----------
    work : list of Job
    options : Options
    told : callable
        Hears how far each input is; from another thread when there are several.
    """
    at_once = min(len(work), os.cpu_count() or 1)
    if at_once < 2:
        yield from (outcome(job, options, told) for job in work)
        return
    yield from _in_processes(work, replace(options, threads=1), told, at_once)


def _in_processes(work: list[Job], options: Options, told: Told, at_once: int) -> Iterator[Outcome]:
    context = multiprocessing.get_context("spawn")
    heard: Queue[Heard] = context.Queue()
    stopping = context.Event()
    listener = threading.Thread(target=_listen, args=(heard, told), daemon=True)
    listener.start()
    pool = ProcessPoolExecutor(at_once, context, _set_up, (heard, stopping))
    try:
        waiting = [(job, pool.submit(_light_outcome, job, options)) for job in work]
        for job, future in waiting:
            yield _result(job, future)
    finally:
        stopping.set()
        pool.shutdown(cancel_futures=True)
        heard.put(None)
        listener.join(timeout=1.0)
        heard.close()


def _result(job: Job, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        return Outcome(
            job.path,
            error=LungeError("errors.input.broke_off", name=job.path.name),
        )


def _listen(heard: Queue[Heard], told: Told) -> None:
    while (word := heard.get()) is not None:
        told(*word)


# ---------------------------------------------------------------- in the worker

_line: Queue[Heard] | None = None
_stop: Event | None = None
_told_s: dict[Path, float] = {}


def _set_up(heard: Queue[Heard], stopping: Event) -> None:
    """Remember how to speak with the one who asked, and leave Ctrl-C to them."""
    global _line, _stop
    _line, _stop = heard, stopping
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _light_outcome(job: Job, options: Options) -> Outcome:
    """Return an outcome that is light to send: what was written to files stays there."""
    try:
        done = outcome(job, options, _tell)
    except _StoppedError:
        return Outcome(job.path)
    analysis = done.analysis
    if analysis is not None:
        analysis = replace(analysis, poses=analysis.poses[:0], signals=Signals(np.zeros(0)), step_names=())
    return Outcome(done.path, analysis, done.page, done.error)


def _tell(path: Path, done_s: float, total_s: float | None) -> None:
    if _stop is not None and _stop.is_set():
        raise _StoppedError
    now = time.monotonic()
    if _line is not None and now - _told_s.get(path, 0.0) >= TELL_EVERY_S:
        _told_s[path] = now
        _line.put((path, done_s, total_s))
