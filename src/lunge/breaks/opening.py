"""Open the coach in the browser at the page of a break; start it where it does not run."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path
from typing import Final

PORT: Final = 8765
"""Where `lunge coach` answers by itself."""

LONGEST_START_S: Final = 60.0
AGAIN_S: Final = 0.1
HERE: Final = "/breaks/here"
"""Answered by the coach alone, with the data folder's mark."""


def coach_answers(port: int) -> bool:
    """Return whether a coach of ours answers at a port of this machine."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{HERE}", timeout=1.0) as answer:
            return bool(answer.read(5) == b"lunge")
    except (OSError, ValueError, urllib.error.URLError):
        return False


def opened(folder: Path, path: str, port: int = PORT) -> bool:
    """Open a page of the coach, started first where it does not run; return whether it answers.

    Parameters
    ----------
    folder : Path
        The data folder.
    path : str
        Of the page, such as ``/live?break=1``.
    port : int
    """
    if not coach_answers(port):
        started(folder, port)
    if not answers_soon(port):
        return False
    webbrowser.open(f"http://127.0.0.1:{port}{path}")
    return True


def started(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the coach; it goes on when this program ends.

    Parameters
    ----------
    folder : Path
        The data folder.
    port : int
        Where it is to answer.
    """
    command = [sys.executable, "-m", "lunge", "coach", "--no-browser", "--port", str(port), "--folder", str(folder)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


def answers_soon(port: int) -> bool:
    """Wait until a coach answers at a port of this machine; return whether it does."""
    until = time.monotonic() + LONGEST_START_S
    while not coach_answers(port):
        if time.monotonic() > until:
            return False
        time.sleep(AGAIN_S)
    return True
