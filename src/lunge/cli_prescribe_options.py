"""The options of `lunge prescribe`: what each is called, what it takes, and what its help says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from lunge.cli_draft import LongStep
from lunge.cli_values import Language

File = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A prescription, TOML or JSON.")]
Sign = Annotated[Path | None, typer.Option(metavar="KEYFILE", help="Sign FILE with this key, into FILE.sig.")]
NewKey = Annotated[Path | None, typer.Option(metavar="KEYFILE", help="Make a key of your own to sign with.")]
Write = Annotated[bool, typer.Option("--write", help="Write FILE from the options below.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who prescribes it.")]
Exercise = Annotated[str | None, typer.Option(metavar="NAME", help="Which exercise [reverse_lunge].")]
Level = Annotated[str | None, typer.Option(metavar="N[-N]", help="Level of the ladder, first and last: 2-4, or 2.")]
Depth = Annotated[str | None, typer.Option(metavar="DEG[-DEG]", help="Front knee: 45, 60, 70, 75, 90.")]
Hold = Annotated[str | None, typer.Option(metavar="S[-S]", help="Seconds to hold.")]
Repetitions = Annotated[str | None, typer.Option(metavar="N[-N]", help="Repetitions with each leg.")]
Sides = Annotated[
    str | None,
    typer.Option(
        metavar="LEG|N,N", help="Which leg steps back: both, left, right; or the most of left and right: 6,3."
    ),
]
Hands = Annotated[str | None, typer.Option(metavar="HOW[-HOW]", help="On a chair: both_hands, one_hand, none.")]
Longer = Annotated[LongStep | None, typer.Option("--long-step", help="The longer step back.")]
Strength = Annotated[str | None, typer.Option(metavar="N[-N]", help="Repetitions on days of strength.")]
SetsADay = Annotated[int | None, typer.Option(metavar="N", help="Sets a day.")]
Days = Annotated[str | None, typer.Option(metavar="N|DAYS", help="Days a week: how many, or monday,thursday.")]
Weeks = Annotated[int | None, typer.Option(metavar="N", help="For how many weeks.")]
From = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY", help="The first day [today].")
]
StopAbove = Annotated[int | None, typer.Option(metavar="N", help="Back or knee above this, of 10, ends a set.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="For the person, in your words.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write over a FILE that is there.")]
Spoken = Annotated[Language, typer.Option(help="Of what is said about the file.")]
