"""Start with the person's login: a systemd user unit, a launchd agent, or a task of Windows."""

from __future__ import annotations

import plistlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from lunge.errors import LungeError
from lunge.files import made_folder, write_text

LABEL: Final = "lunge-breaks"
AGENT: Final = "org.lunge.breaks"
Run = Callable[[list[str]], int]


class AutostartError(LungeError):
    """The system did not take the entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written, and what is called then.

    Attributes
    ----------
    path : Path
    text : str
    on, off : tuple of list of str
        Commands that begin it, and that end it.
    """

    path: Path
    text: str
    on: tuple[list[str], ...]
    off: tuple[list[str], ...]


def command_here(folder: Path) -> list[str]:
    """Return what starts the background program."""
    return [sys.executable, "-m", "lunge.breaks.background", str(folder)]


def entry_for(platform: str, home: Path, command: list[str]) -> Entry:
    """Return the entry for a system.

    Parameters
    ----------
    platform : str
        As in ``sys.platform``.
    home : Path
        Of the person.
    command : list of str
    """
    if platform == "darwin":
        path = home / "Library/LaunchAgents" / f"{AGENT}.plist"
        return Entry(
            path, _plist(command), (["launchctl", "load", "-w", str(path)],), (["launchctl", "unload", str(path)],)
        )
    if platform == "win32":
        path = home / "AppData/Local/lunge" / f"{LABEL}.xml"
        on = ["schtasks", "/create", "/f", "/tn", LABEL, "/xml", str(path)]
        return Entry(path, _task(command), (on,), (["schtasks", "/delete", "/f", "/tn", LABEL],))
    unit = f"{LABEL}.service"
    path = home / ".config/systemd/user" / unit
    control = ["systemctl", "--user"]
    begin = ([*control, "daemon-reload"], [*control, "enable", "--now", unit])
    return Entry(path, _unit(command), begin, ([*control, "disable", "--now", unit],))


def install(entry: Entry, run: Run) -> None:
    """Write the entry and begin.

    Raises
    ------
    OutputError
        If it cannot be written.
    AutostartError
        If the system does not take it; nothing is left behind then.
    """
    made_folder(entry.path.parent)
    write_text(entry.path, entry.text)
    for command in entry.on:
        if run(command) != 0:
            entry.path.unlink(missing_ok=True)
            raise AutostartError("errors.breaks.no_entry")


def uninstall(entry: Entry, run: Run) -> bool:
    """End it and take the entry away; return whether there was one."""
    there = entry.path.is_file()
    if there:
        for command in entry.off:
            run(command)
        entry.path.unlink(missing_ok=True)
    return there


def run_quietly(command: list[str]) -> int:
    """Return the exit code of a command; 127 where there is no such program."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode
    except OSError:
        return 127


def _unit(command: list[str]) -> str:
    words = " ".join('"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"' for word in command)
    return f"""[Unit]
Description=lunge: breaks from long sitting
PartOf=graphical-session.target
After=graphical-session.target

[Service]
ExecStart={words}
Restart=on-failure
Nice=10

[Install]
WantedBy=graphical-session.target
"""


def _plist(command: list[str]) -> str:
    document = {"Label": AGENT, "ProgramArguments": command, "RunAtLoad": True, "ProcessType": "Background"}
    return plistlib.dumps(document).decode("utf-8")


def _task(command: list[str]) -> str:
    arguments = escape(subprocess.list2cmdline(command[1:]))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions><Exec><Command>{escape(command[0])}</Command><Arguments>{arguments}</Arguments></Exec></Actions>
</Task>
"""
