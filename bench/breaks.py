"""The background program in figures: its memory, and its share of a core, with nobody answering but D-Bus.

dbus-run-session -- uv run python bench/breaks.py [--minutes M]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lunge.breaks.autostart import command_here

SETTLED_S = 90.0


def cpu_s(pid: int) -> float:
    """Return the processor time of a program and of those that it started and that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(int(fields[i]) for i in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid: int) -> float:
    """Return the most memory that a program ever held."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(command_here(Path(folder))) as program:
        time.sleep(SETTLED_S)
        before, begun = cpu_s(program.pid), time.monotonic()
        time.sleep(60 * minutes)
        share = (cpu_s(program.pid) - before) / (time.monotonic() - begun)
        sys.stdout.write(f"{100 * share:.3f} % of a core, {memory_mib(program.pid):.1f} MiB\n")
        program.terminate()


if __name__ == "__main__":
    main()
