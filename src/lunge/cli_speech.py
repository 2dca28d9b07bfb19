"""How the commands speak and end: one sentence, and the exit code for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

FAILED: Final = 2
INTERRUPTED: Final = 130

Folder = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where your sets are kept [your own data folder].")]


def say(text: str) -> None:
    """Tell the person something, beside what is printed for programs."""
    typer.echo(f"lunge: {text}", err=True)


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turn what went wrong outside into one sentence and the exit code for it."""
    from lunge.errors import LungeError

    try:
        yield
    except LungeError as error:
        say(error.message)
        raise typer.Exit(FAILED) from error
    except KeyboardInterrupt:
        say("Stopped. Nothing half-written was left behind.")
        raise typer.Exit(INTERRUPTED) from None
