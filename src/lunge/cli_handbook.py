"""The command for the days without a screen: `lunge handbook`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lunge.cli_speech import Folder, one_sentence, say
from lunge.cli_values import Language

app = typer.Typer()


class Paper(StrEnum):
    """The sizes of paper."""

    A4 = "a4"
    US_LETTER = "us-letter"


@app.command()
def handbook(
    file: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="Where the pages go.")],
    language: Annotated[Language, typer.Option(help="Of the pages.")] = Language.EN,
    paper: Annotated[Paper, typer.Option(help="The size of your paper.")] = Paper.A4,
    folder: Folder = None,
) -> None:
    """Write pages to print, for days without a screen.

    The seven steps with pictures, when to stop, your plan for the coming weeks,
    and diary sheets to fill in.
    """
    with one_sentence():
        from lunge.files import write_bytes
        from lunge.guide.clock import Clock
        from lunge.guide.days import Guide
        from lunge.handbook import handbook as pages
        from lunge.storage import Store, default_folder

        with Store.open(folder or default_folder()) as store:
            guide = Guide(store, Clock())
            made = pages(guide.lately(), guide.plan(), language.value, paper.value)
        say(f"The handbook: {write_bytes(file, made)}. It is ready to print.")
