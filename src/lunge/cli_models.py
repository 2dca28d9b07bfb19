"""The command for optional networks: `lunge models fetch synthpose`."""

from __future__ import annotations

from typing import Annotated

import typer

from lunge.cli_speech import one_sentence, say

app = typer.Typer(no_args_is_help=True, help="Optional pose networks.")


@app.callback()
def models() -> None:
    """Get optional pose networks; nothing is fetched unless you ask."""


@app.command()
def fetch(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which one: synthpose.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Get an optional network from its makers, after you have seen its licence and size."""
    with one_sentence():
        from lunge.home import models_folder
        from lunge.pose.fetching import fetch as fetched
        from lunge.pose.synthpose import NAME, listed

        if name != NAME:
            raise typer.BadParameter(f"There is no network {name}. Choose: {NAME}.")
        source = listed()["source"]
        say(f"SynthPose, {source['paper']}. Licence: {source['licence']}. Size: {source['size']}.")
        say(f"It comes from its makers' repository {source['repository']}, not from lunge.")
        if not yes and not typer.confirm("Fetch it?"):
            raise typer.Exit
        place = models_folder() / NAME
        for file, found in fetched(place).items():
            say(f"{file}: SHA-256 {found}")
        say(f"It lies in {place}. Use it with: lunge analyze VIDEO --model {NAME}")
