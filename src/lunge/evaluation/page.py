"""The picture page of an evaluation: one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lunge.errors import LungeError
from lunge.evaluation.lowered_figures import confusion
from lunge.evaluation.plots import bland_altman, error_by_view
from lunge.evaluation.ratios import Figure
from lunge.evaluation.scoring import AngleRow, ClipScore
from lunge.evaluation.summary import sideless, unit_of
from lunge.evaluation.tables import MAIN_ANGLES, is_main, shown
from lunge.files import made_folder, write_text
from lunge.report.pictures import jpeg_address
from lunge.video import read_frames_at

PAGE_NAME: Final = "evaluation.html"
WORST: Final = 2
"""Worst moments shown of each measure."""


def write_page(name: str, scores: Sequence[ClipScore], figures: Sequence[Figure], videos: Path, out: Path) -> Path:
    """Write the page into a folder and return where it is.

    Parameters
    ----------
    name : str
        Of the data set.
    scores : sequence of ClipScore
    figures : sequence of Figure
    videos : Path
        Where the clips' videos lie, if they do: worst moments are shown from them.
    out : Path

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    made_folder(out)
    main = [f for f in figures if is_main(f)]
    content = {
        "name": name,
        "clips": len(scores),
        "persons": len({s.person for s in scores}),
        "tables": [(g, [(f, *shown(f)) for f in rows]) for g, rows in groupby(main, lambda f: f.group)],
        "confusion": confusion(scores),
        "plots": _plots(scores),
        "worst": _worst(scores, videos),
    }
    environment = Environment(loader=PackageLoader("lunge.evaluation"), undefined=StrictUndefined, autoescape=True)
    page = out / PAGE_NAME
    write_text(page, environment.get_template(PAGE_NAME).render(content))
    return page


def _plots(scores: Sequence[ClipScore]) -> list[tuple[str, list[Markup]]]:
    out = []
    for measure in MAIN_ANGLES:
        rows = [r for _, r in _rows(scores, measure)]
        pair = [error_by_view(rows, unit_of(measure)), bland_altman(rows, unit_of(measure))]
        if all(pair):
            # Made by our own functions from numbers and fixed words, which they escape.
            out.append((measure, [Markup(svg) for svg in pair]))
    return out


def _rows(scores: Sequence[ClipScore], measure: str) -> list[tuple[str, AngleRow]]:
    return [(s.name, r) for s in scores for r in s.angles if sideless(r.measure) == measure and r.frames]


def _worst(scores: Sequence[ClipScore], videos: Path) -> list[dict[str, Any]]:
    out = []
    for measure in MAIN_ANGLES:
        rows = sorted(_rows(scores, measure), key=lambda pair: -abs(pair[1].worst))
        for clip, row in rows[:WORST]:
            out.append(
                {
                    "measure": measure,
                    "error": f"{row.worst:+.3g} {unit_of(measure)}",
                    "clip": clip,
                    "at": f"{row.worst_s:.1f} s",
                    "step": row.step,
                    "picture": _picture(videos, clip, row.worst_s),
                }
            )
    return out


def _picture(videos: Path, clip: str, time_s: float) -> str:
    """Return the picture of a moment as a data address; empty where there is no video."""
    video = next((p for p in (videos / f"{clip}.mp4", videos / clip) if p.is_file()), None)
    if video is None:
        return ""
    try:
        return jpeg_address(read_frames_at(video, [time_s])[0])
    except LungeError:
        return ""
