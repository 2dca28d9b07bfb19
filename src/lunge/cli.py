"""The command line: `lunge analyze`, `lunge coach`, `lunge demo`. It parses, calls and prints; the work is elsewhere.

What takes long to import is imported when it is needed: `lunge --help` answers at once.
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from lunge import cli_breaks, cli_data, cli_handbook, cli_models, cli_prescribe
from lunge import cli_options as asked
from lunge.cli_speech import FAILED, INTERRUPTED, Folder, one_sentence, say
from lunge.cli_values import Language, Model, Network, Watch
from lunge.documents import json_text

if TYPE_CHECKING:
    from lunge.batch import Beside, Outcome, Wanted
    from lunge.session import Options

SOME_FAILED: Final = 1
REPORTS: Final = Path("lunge-report")

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
app.add_typer(cli_data.app)
app.add_typer(cli_models.app, name="models")
app.add_typer(cli_prescribe.app)
app.add_typer(cli_handbook.app)
app.add_typer(cli_breaks.app, name="breaks")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"lunge {version('lunge')}")
        raise typer.Exit


@app.callback()
def lunge(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Look at reverse lunges in videos: what went well, what to work on, and what a camera cannot tell.

    Begin with: lunge demo
    """


@app.command()
def analyze(  # noqa: PLR0913  one parameter for each option
    videos: asked.Videos,
    height: asked.Height = None,
    mass: asked.Mass = None,
    exercise: asked.Exercise = "reverse_lunge",
    model: asked.AnyNetwork = Network.FULL,
    from_: asked.From = None,
    to: asked.To = None,
    out: asked.Out = None,
    video: asked.Film = None,
    report: asked.Report = True,
    save_poses: asked.SavePoses = None,
    signals: asked.Series = None,
    hold: asked.Hold = None,
    stretch: asked.Stretch = False,
    mirrored: asked.Mirrored = False,
    time_scale: asked.TimeScale = 1.0,
    person: asked.Person = None,
    exports: asked.Exports = "",
    pdf: asked.Pdf = False,
    language: asked.Spoken = Language.EN,
    anonymous: asked.Anonymous = False,
    refine: asked.Refine = False,
    watch: asked.Watched = Watch.EXERCISE,
    as_json: asked.AsJson = False,
) -> None:
    """Analyse videos of reverse lunges.

    Prints each repetition with its steps and checks, and writes a report into
    lunge-report/NAME, with what --export and --pdf ask for. Landmark files saved
    with --save-poses are as good as videos. With several inputs, --video,
    --save-poses and --signals name folders.
    """
    if from_ is not None and to is not None and from_ >= to:
        raise typer.BadParameter("--from must lie before --to.")
    with one_sentence():
        from lunge.batch import Manner, Wanted
        from lunge.session import Options

        options = Options(
            *(height, exercise, model.value, from_, to, hold, stretch, mirrored, time_scale, person),
            refine=refine,
            lowering=watch is Watch.LOWERING,
            mass_kg=mass,
        )
        page = out or (None if as_json else REPORTS)
        manner = Manner(language.value, anonymous)
        beside = _beside(out or REPORTS, exports, pdf)
        wanted = Wanted(page if report else None, video, save_poses, signals, beside, manner)
        code = _analyzed(videos, wanted, options, own_folder=out is None, as_json=as_json)
    raise typer.Exit(code)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the report goes.")] = REPORTS,
) -> None:
    """Analyse the clip that comes with the package, and show the result."""
    with one_sentence():
        from importlib import resources

        from lunge.batch import Wanted
        from lunge.session import Options

        with resources.as_file(resources.files("lunge") / "demo" / "demo.mp4") as clip:
            code = _analyzed([clip], Wanted(report=out), Options(), own_folder=False, as_json=False)
    raise typer.Exit(code)


@app.command()
def evaluate(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="Clips or landmark files with truth beside them.")],
    model: Annotated[Model, typer.Option(help="The pose network for videos.")] = Model.FULL,
    exercise: asked.Exercise = "reverse_lunge",
    poses: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Landmark files (NAME.npz) that stand in for the videos.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write JSON, CSV and a page with pictures.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document, and nothing else.")] = False,
) -> None:
    """Score lunge against ground truth: angles, times, legs, checks, and whether it is as sure as it says.

    DATASET is a folder of videos with truth, a folder with labels.json, landmark
    files with truth, or a file of marker trials.
    """
    with one_sentence():
        from lunge.evaluation.command import evaluate as evaluated
        from lunge.evaluation.command import write_evaluation
        from lunge.session import Options
        from lunge.terminal import Counter, show_evaluation

        with Counter() as told:
            found = evaluated(dataset, Options(model=model.value, exercise=exercise), poses, told)
        if as_json:
            _print_json(found.document)
        else:
            show_evaluation(found)
        if out is not None:
            say(f"The page: {write_evaluation(found, dataset, out)}")


@app.command()
def coach(
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="Where it answers; 0 takes a free one.")
    ] = 8765,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    lan: Annotated[bool, typer.Option("--lan", help="Let a phone in your network be the camera.")] = False,
    model: Annotated[Model | None, typer.Option(help="The pose network, in place of the one set on the page.")] = None,
    folder: Folder = None,
) -> None:
    """Coach you live: the browser shows your camera, counts, times and speaks.

    Pictures stay on this computer. Ctrl-C ends it.
    """
    with one_sentence():
        from lunge.cli_coach import coach as coached

        coached(folder, port, model.value if model else None, say, browser=browser, lan=lan)


def _beside(place: Path, exports: str, pdf: bool) -> Beside | None:
    """Return what is written beside the report; None where nothing was asked for."""
    from lunge.batch import Beside
    from lunge.exports import kind_of

    kinds = tuple(dict.fromkeys(kind_of(name) for name in exports.split(",") if name.strip()))
    return Beside(place, kinds, pdf) if kinds or pdf else None


def _analyzed(paths: list[Path], wanted: Wanted, options: Options, own_folder: bool, as_json: bool) -> int:
    """Analyse everything that was named, print the results and return the exit code.

    `own_folder`: a single input's report, too, goes into a folder of its name.
    """
    from lunge.batch import found_inputs, jobs
    from lunge.exercises import load
    from lunge.terminal import Meter
    from lunge.workers import outcomes

    load(options.exercise)  # an unknown exercise is said before any work
    inputs, missing = found_inputs(paths)
    several = len(paths) > 1 or paths[0].is_dir()
    work = jobs(inputs, wanted, several, own_folder)
    meter, results = Meter(), _Results(as_json, several)
    try:
        for outcome in chain(missing, outcomes(work, options, meter)):
            meter.finish(outcome.path)
            results.add(outcome)
    finally:
        meter.finish()
    results.finish()
    return results.code()


class _Results:
    """Prints outcomes as they come, or gathers them into one JSON document."""

    def __init__(self, as_json: bool, several: bool) -> None:
        from lunge.terminal import console

        self._json, self._several = as_json, several
        self._console = console()
        self._documents: list[dict[str, Any]] = []
        self._errors: list[dict[str, str]] = []
        self._done = 0

    def add(self, outcome: Outcome) -> None:
        if outcome.error is not None:
            self._errors.append({"path": str(outcome.path), "message": outcome.error.message})
            say(f"{outcome.path.name}: {outcome.error.message}" if self._several else outcome.error.message)
            return
        self._done += 1
        if outcome.analysis is None:
            return
        if self._json:
            self._documents.append(outcome.analysis.as_dict())
        else:
            from lunge.terminal import show

            show(outcome.analysis, outcome.page, self._console)

    def finish(self) -> None:
        if self._json and self._several:
            _print_json({"schema": "lunge.analyses/1", "analyses": self._documents, "errors": self._errors})
        elif self._json and self._documents:
            _print_json(self._documents[0])
        if self._several:
            say(f"{self._done} of {self._done + len(self._errors)} analysed.")
            for error in self._errors:
                say(f"Not analysed: {error['path']}")

    def code(self) -> int:
        if not self._errors:
            return 0
        return SOME_FAILED if self._done else FAILED


def _print_json(document: dict[str, Any]) -> None:
    print(json_text(document, indent=2))


def main() -> None:
    """Run the command line; the entry point of the `lunge` command."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
