"""The report: one self-contained HTML page."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lunge.exercises.records import LUNGES
from lunge.files import made_folder, write_text
from lunge.messages import DEFAULT
from lunge.records import Analysis, Repetition
from lunge.report import story
from lunge.report.camera import camera_advice, unseen
from lunge.report.charts import Panel, line_chart
from lunge.report.curves import panels, stretches
from lunge.report.effects import panel
from lunge.report.footage import Footage, Stills
from lunge.report.lowered import lowering_cards, lowering_counts, lowering_headline, lowering_sentence
from lunge.report.pictures import KeyFrame, strip
from lunge.report.sides import side_rows
from lunge.report.tables import write_tables
from lunge.report.words import amount, number, speaking, told, words

PAGE_NAME = "report.html"


@dataclass(frozen=True)
class _Chart:
    panel: Panel
    svg: Markup


@dataclass(frozen=True)
class _Section:
    """What the page shows of one repetition."""

    words: story.RepetitionStory
    pictures: list[KeyFrame]
    steps: list[tuple[str, str, bool]]
    charts: list[_Chart]


def write_report(analysis: Analysis, video: Path | Stills | None, out: Path, language: str = DEFAULT) -> Path:
    """Write the report and its tables into a folder.

    Parameters
    ----------
    analysis : Analysis
    video : Path or Stills, optional
        What the pictures come from; without it skeletons are drawn on a plain ground.
    out : Path
        The folder; made where it is missing.
    language : str
        Of the page: a code of `lunge.messages.languages`.

    Returns
    -------
    Path
        Of the page, ``report.html``. Beside it lie ``repetitions.csv``,
        ``findings.csv`` and ``signals.csv``.

    Raises
    ------
    ValueError
        If there is no such language.
    OutputError
        If something cannot be written; no half-written file stays behind.
    VideoError
        If the video cannot be read any more.
    """
    made_folder(out)
    footage = Footage(video) if isinstance(video, Path) else video
    write_tables(analysis, out)
    return write_text(out / PAGE_NAME, page(analysis, footage, language, with_tables=True))


def page(
    analysis: Analysis, footage: Stills | None = None, language: str = DEFAULT, *, with_tables: bool = False
) -> str:
    """Return the report as HTML; see `write_report`. It says that tables lie beside it only where they do."""
    environment = Environment(
        loader=PackageLoader("lunge.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (resources.files("lunge.report") / "templates" / "report.css").read_text(encoding="utf-8")
    with speaking(language):
        return environment.get_template("report.html").render(
            **_view(analysis, footage),
            with_tables=with_tables,
            style=Markup(style),
            words=words(),
            number=number,
            language=language,
        )


def _view(analysis: Analysis, footage: Stills | None) -> dict[str, Any]:
    sections = _sections(analysis, footage)
    return {
        "analysis": analysis,
        "file": Path(analysis.input.path).name,
        "length": amount(analysis.input.duration_s, "s"),
        "headline": story.headline(analysis),
        "sides_sentence": story.sides_sentence(analysis),
        "verdict": story.verdict_sentence(analysis),
        "praise": story.praise(analysis),
        "advice": story.advice(analysis),
        "sections": sections,
        "hero": _hero(sections),
        "side_rows": [(row, Markup(row.chart)) for row in side_rows(analysis)],
        "effects": panel(analysis),
        "unseen": unseen(analysis),
        "camera": camera_advice(analysis),
        "movements": story.movements(analysis),
        "notes": told(analysis.notes),
        "lowering_headline": lowering_headline(analysis),
        "lowering_counts": lowering_counts(analysis),
        "lowering_sentence": lowering_sentence(analysis),
        "lowering_cards": lowering_cards(analysis, footage),
        "empty_sentence": story.empty_sentence(analysis),
    }


def _sections(analysis: Analysis, footage: Stills | None) -> list[_Section]:
    return [
        _Section(
            words=story.repetition_story(analysis, repetition),
            pictures=strip(repetition, analysis.poses, footage),
            steps=_steps(repetition),
            charts=[_Chart(p, Markup(line_chart(p))) for p in panels(analysis, repetition)],
        )
        for repetition in analysis.repetitions
    ]


def _steps(repetition: Repetition) -> list[tuple[str, str, bool]]:
    return [(s.label, amount(s.end_s - s.start_s, "s"), s.held) for s in stretches(repetition)]


def _hero(sections: list[_Section]) -> KeyFrame | None:
    """Return the picture for the top of the page: the first lunge."""
    pictures = [p for s in sections for p in s.pictures if p.caption in {words()["frames"][name] for name in LUNGES}]
    return pictures[0] if pictures else None
