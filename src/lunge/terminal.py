"""What the terminal shows: tables with colours that also work without them, and progress."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from lunge.evaluation.command import Evaluation
from lunge.evaluation.ratios import Figure
from lunge.evaluation.tables import is_main, shown
from lunge.records import Analysis, Repetition
from lunge.report import lowered, story
from lunge.report.camera import camera_advice
from lunge.report.words import amount, told, word, words

SIGNS: Final = {"pass": ("✓", "green"), "fail": ("!", "bold yellow"), "cannot_judge": ("–", "dim")}

LONG_WORK_S: Final = 1.5
"""Progress is shown for work that takes longer than this: shorter work only flickers."""


def console() -> Console:
    """Return where results are printed; what the terminal's letters lack is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    return Console(highlight=False, soft_wrap=False)


def show(analysis: Analysis, page: Path | None, out: Console) -> None:
    """Print one analysis: a summary, each repetition with its steps and checks, and where its page is."""
    view = word("page", "seen", view=word("views", analysis.view.kind)).lower()
    name = Path(analysis.input.path).name
    out.print(Text(f"{name} · {amount(analysis.input.duration_s, 's')} · {view}", "dim"))
    if analysis.lowerings is None or analysis.repetitions:
        out.print(Text(f"{story.headline(analysis)}.", "bold"), Text(_sentences(analysis)))
    for repetition in analysis.repetitions:
        _show_repetition(analysis, repetition, out)
    _show_lowerings(analysis, out)
    _show_list(out, word("page", "next"), [_with_time(a) for a in story.advice(analysis)])
    if analysis.repetitions:
        _show_list(out, words()["camera"]["title"], camera_advice(analysis))
    _show_list(out, word("page", "others"), [f"{what}, {when}" for what, when in story.movements(analysis)])
    _show_list(out, word("page", "notes"), told(analysis.notes))
    out.print()
    if page is not None:
        out.print(Text(word("terminal", "report", page=page)), soft_wrap=True)


def _show_lowerings(analysis: Analysis, out: Console) -> None:
    if analysis.lowerings is None:
        return
    out.print()
    counts = ", ".join(f"{name} {count}" for name, count in lowered.lowering_counts(analysis))
    out.print(Text(f"{lowered.lowering_headline(analysis)}.", "bold"), Text(counts))
    out.print(Text(lowered.lowering_sentence(analysis)))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in lowered.COLUMNS:
        table.add_column(word("lowerings", heading), overflow="fold")
    for row in lowered.lowering_rows(analysis):
        table.add_row(*row)
    if analysis.lowerings:
        out.print(table)


def _sentences(analysis: Analysis) -> str:
    if not analysis.repetitions:
        return story.empty_sentence(analysis)
    return " ".join(s for s in (story.sides_sentence(analysis), story.verdict_sentence(analysis)) if s)


def _with_time(advice: story.Advice) -> str:
    return f"{advice.text} ({advice.when})" if advice.when else advice.text


def _show_repetition(analysis: Analysis, repetition: Repetition, out: Console) -> None:
    told = story.repetition_story(analysis, repetition)
    out.print()
    out.print(Text.assemble((f"{told.title} · {told.leg}", "bold cyan"), f" · {told.variant}"))
    out.print(Text(" · ".join(f"{name.lower()} {value}" for name, value in told.facts)))
    out.print(_steps(repetition))
    out.print(_checks(told))
    for reason, titles in told.unseen:
        out.print(Padding(Text(f"– {reason}: {titles}", "dim"), (0, 0, 0, 2)))


def _steps(repetition: Repetition) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(word("page", "step"))
    for heading in ("from", "to", "duration"):
        table.add_column(word("terminal", heading), justify="right")
    for step in repetition.steps:
        times = (amount(t, "s") for t in (step.start_s, step.end_s, step.duration_s))
        table.add_row(word("steps", step.name), *times)
    return table


def _checks(told: story.RepetitionStory) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("check", "step", "result", "measured", "aim"):
        table.add_column(word("page", heading), overflow="fold")
    for line in told.lines:
        sign, style = SIGNS[line.result]
        table.add_row(line.title, line.step, Text(f"{sign} {line.verdict}", style), line.value, line.limit)
        if line.advice:
            table.add_row(Text(f"  {line.advice}", "italic"))
    return table


def _show_list(out: Console, title: str, lines: list[str]) -> None:
    if not lines:
        return
    out.print()
    out.print(Text(title, "bold"))
    for line in lines:
        grid = Table.grid(padding=(0, 1))
        grid.add_row("-", Text(line))
        out.print(grid)


class Meter:
    """Progress with the time left, on standard error, once the work turns out to be long.

    Quiet where standard error is no terminal. May be told from several threads.
    """

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._progress: Progress | None = None
        self._tasks: dict[Path, TaskID] = {}
        self._began = time.monotonic()
        self._lock = threading.Lock()

    def __call__(self, path: Path, done: float, total: float | None) -> None:
        """Show that so many seconds of a file, of so many, are done."""
        if not self._console.is_terminal or time.monotonic() - self._began < LONG_WORK_S:
            return
        with self._lock:
            shown = self._shown()
            if path not in self._tasks:
                self._tasks[path] = shown.add_task(path.name, total=total)
            shown.update(self._tasks[path], completed=done)

    def finish(self, path: Path | None = None) -> None:
        """Take the line of one file away, or all progress."""
        with self._lock:
            if self._progress is None:
                return
            if path is None:
                self._progress.stop()
                self._progress, self._tasks = None, {}
            elif path in self._tasks:
                self._progress.remove_task(self._tasks.pop(path))

    def _shown(self) -> Progress:
        if self._progress is None:
            columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(compact=True))
            self._progress = Progress(*columns, console=self._console, transient=True)
            self._progress.start()
        return self._progress


class Counter:
    """Shows how many clips of a data set are done, on standard error."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
        self._progress = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
        self._task: TaskID | None = None

    def __enter__(self) -> Counter:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, name: str, done: int, total: int) -> None:
        """Show that a clip is done."""
        if self._task is None:
            self._task = self._progress.add_task(name, total=total)
        self._progress.update(self._task, completed=done, description=name)


WIDE: Final = 100
"""Columns of a terminal from which on the intervals fit beside the values."""


def show_evaluation(evaluation: Evaluation) -> None:
    """Print the main figures of an evaluation, and which way of lowering was called what."""
    show_figures(evaluation.figures)
    _show_confusion(evaluation.document["lowerings"], console())


def _show_confusion(counts: dict[str, dict[str, int]], out: Console) -> None:
    if not counts:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title="lowerings: true kind, and what it was called")
    table.add_column("")
    for called in next(iter(counts.values())):
        table.add_column(called, justify="right")
    for kind, row in counts.items():
        table.add_row(kind, *(str(count) for count in row.values()))
    out.print(table)


def show_figures(figures: Sequence[Figure]) -> None:
    """Print the main figures of an evaluation, one table; a narrow terminal shows no intervals."""
    out = console()
    wide = out.width >= WIDE
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for title in ("", "what", "view", "", "value", *(["95 % over persons"] if wide else []), "n"):
        table.add_column(
            title, justify="right" if title in ("value", "n") else "left", no_wrap=title != "what", overflow="fold"
        )
    last = ""
    for figure in (f for f in figures if is_main(f)):
        value, ends = shown(figure)
        group = "" if figure.group == last else figure.group
        last = figure.group
        cells = (value, ends) if wide else (value,)
        table.add_row(group, figure.name.replace("_", " "), figure.view, figure.statistic, *cells, str(figure.n))
    out.print(table)
