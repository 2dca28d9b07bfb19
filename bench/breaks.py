"""The background program in figures: its memory, and its share of a core, with nobody answering but D-Bus.

dbus-run-session -- uv run python bench/breaks.py [--minutes M] [--camera FILE]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path

from lunge.breaks.autostart import command_here
from lunge.breaks.control import ask
from lunge.breaks.keeping import change
from lunge.guide.clock import Clock
from lunge.storage import Store

SETTLED_S = 90.0
LOOKS = b"lunge.breaks.glancing"
ALWAYS = {"quiet_from": "00:00", "quiet_until": "00:00"}


def cpu_s(pid: int) -> float:
    """Return the processor time of a program and of those that it started and that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(int(fields[i]) for i in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid: int, what: str = "VmHWM") -> float:
    """Return the most memory that a program ever held, or holds now (``VmRSS``)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith(what))
    return int(line.split()[1]) / 1024


def looking(pid: int) -> list[int]:
    """Return the program that looks through the camera, where it runs."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children if LOOKS in Path(f"/proc/{child}/cmdline").read_bytes()]


def measured(pid: int, minutes: float, folder: Path) -> None:
    """Print the figures of a program, and of the one that looks."""
    time.sleep(SETTLED_S)
    pids = [pid, *looking(pid)]
    before, begun = [cpu_s(each) for each in pids], time.monotonic()
    time.sleep(60 * minutes)
    passed = time.monotonic() - begun
    shares = [(cpu_s(each) - used) / passed for each, used in zip(pids, before, strict=True)]
    for name, each, share in zip(("reminds", "looks"), pids, shares, strict=False):
        memory = f"{memory_mib(each):.1f} MiB at most, {memory_mib(each, 'VmRSS'):.1f} MiB now"
        print(f"{name}: {100 * share:.3f} % of a core, {memory}")
    print(f"together: {100 * sum(shares):.3f} % of a core over {minutes:g} minutes; {ask(folder, {'what': 'status'})}")


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--camera", type=Path, help="a file that is played as the camera; glances are on then")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if asked.camera is not None:
            with Store.open(folder) as store:
                change(store, {"glance": True, "camera": str(asked.camera.resolve()), **ALWAYS}, Clock())
        with subprocess.Popen(command_here(folder)) as program:
            measured(program.pid, asked.minutes, folder)
            program.terminate()


if __name__ == "__main__":
    main()
