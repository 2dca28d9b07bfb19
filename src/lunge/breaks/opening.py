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


def opened(folder: Path, path: str, port: int = PORT, browse: bool = True) -> bool:
    """Open a page of the coach, started first where it does not run; return whether it answers.

    Parameters
    ----------
    folder : Path
        The data folder.
    path : str
        Of the page, such as ``/live?break=1``.
    port : int
    browse : bool
        Whether to open the browser.
    """
    if not coach_answers(port):
        command = [sys.executable, "-m", "lunge", "coach", "--no-browser", "--port", str(port), "--folder", str(folder)]
        quiet = subprocess.DEVNULL
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    until = time.monotonic() + LONGEST_START_S
    while not coach_answers(port):
        if time.monotonic() > until:
            return False
        time.sleep(AGAIN_S)
    if browse:
        webbrowser.open(f"http://127.0.0.1:{port}{path}")
    return True
