"""The commands for breaks: `lunge breaks start`, `stop`, `status`, `now`, `pause`, `install`, `uninstall`."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from lunge.cli_speech import Folder, one_sentence, say

app = typer.Typer(no_args_is_help=True, help="Breaks from long sitting: reminders that wait for the right moment.")

STARTED_WITHIN_S: Final = 10.0
MINUTE_S: Final = 60


@app.command()
def start(
    here: Annotated[bool, typer.Option("--here", help="Stay in this terminal.")] = False, folder: Folder = None
) -> None:
    """Remind of breaks until you log out; lunge breaks install makes it begin with each login."""
    with one_sentence():
        if here:
            from lunge.breaks.background import remind

            remind(_place(folder))
        elif _ask(folder, "status") is not None:
            say("Reminders are on already. lunge breaks status says more.")
        else:
            _begin(_place(folder))
            say(
                "Reminders are on." if _is_there(folder) else f"That did not work: see {_place(folder) / 'breaks.log'}."
            )


@app.command()
def stop(folder: Folder = None) -> None:
    """End the reminders, until the next login where they begin with it."""
    say("Reminders are off." if _ask(folder, "stop") else "Reminders were not on.")


@app.command()
def status(folder: Folder = None) -> None:
    """Say when the next reminder comes, and what keeps it waiting."""
    found = _ask(folder, "status")
    if found is None:
        say("Reminders are off. lunge breaks start turns them on.")
        return
    from lunge.messages import catalogue

    texts = catalogue()
    say(_standing(found, texts.text))
    for problem in found["problems"]:
        say(problem)


@app.command()
def now(folder: Folder = None) -> None:
    """Offer a break now."""
    say("A break is offered." if _ask(folder, "now") else "Reminders are off. lunge breaks start turns them on.")


@app.command()
def pause(
    hours: Annotated[float, typer.Option(min=0, max=24 * 14, metavar="H", help="For how long; 0 ends a pause.")] = 24.0,
    folder: Folder = None,
) -> None:
    """Remind of nothing for some hours."""
    with one_sentence():
        from lunge.breaks.keeping import change
        from lunge.guide.clock import Clock
        from lunge.storage import Store

        until = datetime.now().astimezone() + timedelta(hours=hours)
        with Store.open(_place(folder)) as store:
            change(store, {"paused_until": until.isoformat() if hours else None}, Clock())
        _ask(folder, "reload")
        say(f"No reminders until {until:%Y-%m-%d %H:%M}." if hours else "The pause is over.")


@app.command()
def install(folder: Folder = None) -> None:
    """Begin with each login, and now."""
    with one_sentence():
        from lunge.breaks.autostart import command_here, entry_for, run_quietly
        from lunge.breaks.autostart import install as installed

        entry = entry_for(sys.platform, Path.home(), command_here(_place(folder)))
        installed(entry, run_quietly)
        say(f"Reminders begin with each login: {entry.path}")


@app.command()
def uninstall(folder: Folder = None) -> None:
    """No longer begin with the login, and end."""
    with one_sentence():
        from lunge.breaks.autostart import command_here, entry_for, run_quietly
        from lunge.breaks.autostart import uninstall as uninstalled

        entry = entry_for(sys.platform, Path.home(), command_here(_place(folder)))
        there = uninstalled(entry, run_quietly)
        _ask(folder, "stop")
        say("Reminders no longer begin with the login." if there else "They did not begin with the login.")


def _standing(found: dict[str, Any], text: Any) -> str:
    if found["silence"] is not None and found["phase"] == "resting":
        return str(text(f"breaks.silence.{found['silence']}"))
    if found["phase"] == "waiting":
        return str(text("breaks.state.waiting", why=text(f"breaks.why.{found['postponed_by'] or 'away'}")))
    minutes = -(-int(found["next_in_s"]) // MINUTE_S)
    return str(text(f"breaks.state.{found['phase']}", minutes=minutes))


def _place(folder: Path | None) -> Path:
    if folder is not None:
        return folder
    from lunge.home import default_folder

    return default_folder()


def _ask(folder: Path | None, what: str) -> dict[str, Any] | None:
    from lunge.breaks.control import ask

    return ask(_place(folder), {"what": what})


def _begin(place: Path) -> None:
    quiet = subprocess.DEVNULL
    from lunge.breaks.autostart import command_here

    subprocess.Popen(command_here(place), stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


def _is_there(folder: Path | None) -> bool:
    until = time.monotonic() + STARTED_WITHIN_S
    while time.monotonic() < until:
        if _ask(folder, "status") is not None:
            return True
        time.sleep(0.1)
    return False
