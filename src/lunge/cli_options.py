"""The options of `lunge analyze`: what each is called, what it takes, and what its help says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from lunge.cli_values import Language, Network, Watch, height_from, mass_from, scale_from, seconds_from

HOLD_S: Final = (1.0, 10.0)
"""How long holds may be asked to be."""

Videos = Annotated[list[Path], typer.Argument(metavar="VIDEO...", help="Videos, landmark files or folders of them.")]
Height = Annotated[
    float | None,
    typer.Option(parser=height_from, metavar="M", help="Body height, 1.75 or 175; lengths are then in metres."),
]
Mass = Annotated[
    float | None,
    typer.Option(parser=mass_from, metavar="KG", help="Body mass; for professionals loads are then in Nm."),
]
Exercise = Annotated[str, typer.Option(metavar="NAME", help="What is done in the video.")]
AnyNetwork = Annotated[Network, typer.Option(help="The pose network: fast, usual, slow and careful, or fetched.")]
From = Annotated[
    float | None, typer.Option("--from", parser=seconds_from, metavar="TIME", help="Begin here: 12.5 or 1:15.")
]
To = Annotated[float | None, typer.Option("--to", parser=seconds_from, metavar="TIME", help="Stop here.")]
Out = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where reports go [lunge-report/NAME].")]
Film = Annotated[
    Path | None, typer.Option("--video", metavar="FILE", help="Write the video with skeleton and results here.")
]
Report = Annotated[bool, typer.Option("--report/--no-report", help="Write the report page.")]
SavePoses = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Save the landmarks here (.npz), to analyse them again.")
]
Series = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the angles over time here (.csv or .parquet).")
]
Hold = Annotated[
    float | None,
    typer.Option(min=HOLD_S[0], max=HOLD_S[1], metavar="SECONDS", help="How long holds shall be; without it 1."),
]
Stretch = Annotated[bool, typer.Option("--stretch", help="The longer step was asked for.")]
Mirrored = Annotated[bool, typer.Option("--mirrored", help="The video is mirrored, as selfies are.")]
TimeScale = Annotated[
    float, typer.Option(parser=scale_from, metavar="X", help="Real seconds per second of video; slow motion: 0.25.")
]
Person = Annotated[int | None, typer.Option(min=1, metavar="N", help="Follow the Nth person from the left.")]
Exports = Annotated[
    str, typer.Option("--export", metavar="KINDS", help="For other programs: trc,mot,c3d,nc,csv,parquet.")
]
Pdf = Annotated[bool, typer.Option("--pdf", help="Write the report on one page as PDF, too.")]
Spoken = Annotated[Language, typer.Option(help="Of the report.")]
Anonymous = Annotated[bool, typer.Option("--anonymous", help="Pictures show the body only: no face, no room.")]
Refine = Annotated[bool, typer.Option("--refine", help="Judge a live recording again with all of it in hand.")]
Watched = Annotated[Watch, typer.Option(help="Look for the exercise, or for every lowering in everyday life, too.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document, and nothing else.")]
