"""One or many inputs: analyse each, and write what was asked for beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lunge.errors import InputError, LungeError, OutputError
from lunge.exports import export
from lunge.files import made_folder
from lunge.messages import DEFAULT
from lunge.posefile import save_poses
from lunge.records import Analysis
from lunge.report import FacelessStills, Footage, Stills, write_film, write_paper, write_report, write_signals
from lunge.session import POSE_FILE_ENDING, Options, analysis_of, landmarks_of
from lunge.video import ENDINGS

Told = Callable[[Path, float, float | None], None]
"""Called with the input, the seconds of it that are done, and of how many (None: unknown)."""

FILM_ENDING, SIGNALS_ENDING, PAPER_NAME = ".mp4", ".csv", "report.pdf"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is written besides the page, into the same folder; files for other programs carry the input's name.

    Attributes
    ----------
    folder : Path
    exports : tuple of str
        Kinds of `lunge.exports`.
    paper : bool
        Whether the report is written as PDF, too.
    """

    folder: Path
    exports: tuple[str, ...] = ()
    paper: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How reports are told: a language of `lunge.messages`, and whether pictures show who it is."""

    language: str = DEFAULT
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be written, as asked for: None writes nothing of the kind.

    With several inputs each is a folder, and files in it carry the inputs' names.
    """

    report: Path | None = None
    film: Path | None = None
    poses: Path | None = None
    signals: Path | None = None
    beside: Beside | None = None
    manner: Manner = Manner()


@dataclass(frozen=True, slots=True)
class Job:
    """One input, and where its results go."""

    path: Path
    wanted: Wanted


@dataclass(frozen=True)
class Outcome:
    """What became of one input: an analysis and the page about it, or an error."""

    path: Path
    analysis: Analysis | None = None
    page: Path | None = None
    error: LungeError | None = None


def found_inputs(paths: list[Path]) -> tuple[list[Path], list[Outcome]]:
    """Return the files to analyse, each once, and an outcome for each folder with nothing in it.

    A folder stands for the videos and landmark files that lie directly in it.
    """
    files: dict[Path, Path] = {}
    empty: list[Outcome] = []
    for path in paths:
        inside = in_folder(path) if path.is_dir() else [path]
        if not inside:
            empty.append(Outcome(path, error=InputError("errors.input.no_videos", path=str(path))))
        for file in inside:
            files.setdefault(file.resolve(), file)
    return list(files.values()), empty


def in_folder(folder: Path) -> list[Path]:
    """Return the videos and landmark files that lie in a folder, by name; hidden ones are left out."""
    endings = {*ENDINGS, POSE_FILE_ENDING}
    found = (p for p in folder.iterdir() if p.suffix.lower() in endings and p.is_file() and p.name[0] != ".")
    return sorted(found, key=lambda p: p.name.casefold())


def jobs(paths: list[Path], wanted: Wanted, several: bool, own_folder: bool) -> list[Job]:
    """Return one job for each input; results of inputs of one name get names of their own.

    Parameters
    ----------
    paths : list of Path
    wanted : Wanted
    several : bool
        Whether the places in `wanted` are folders for many.
    own_folder : bool
        Whether the report of a single input, too, goes into a folder of its name.

    Raises
    ------
    OutputError
        If a place for many looks like the name of one file, or a result would
        overwrite an input.
    """
    if not several:
        wanted = _in_own_folder(wanted, paths[0].stem) if own_folder else wanted
        return [_guarded(Job(paths[0], wanted))]
    for place in (wanted.film, wanted.poses, wanted.signals):
        if place is not None and place.suffix:
            raise OutputError("errors.output.one_file", path=str(place))
    return [_guarded(Job(p, _own(wanted, n))) for p, n in zip(paths, own_names(paths), strict=True)]


def own_names(paths: list[Path]) -> list[str]:
    """Return the name of each file without its ending; a number follows where it was taken already.

    Capital and small letters count as equal, as they do on Windows and macOS.
    """
    taken: set[str] = set()
    out = []
    for path in paths:
        name, number = path.stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{path.stem}-{number}"
        taken.add(name.casefold())
        out.append(name)
    return out


def _in_own_folder(wanted: Wanted, name: str) -> Wanted:
    """Return what is wanted with the report, and what lies beside it, in a folder of a name."""
    return replace(
        wanted,
        report=None if wanted.report is None else wanted.report / name,
        beside=None if wanted.beside is None else replace(wanted.beside, folder=wanted.beside.folder / name),
    )


def _own(wanted: Wanted, name: str) -> Wanted:
    return replace(
        _in_own_folder(wanted, name),
        film=None if wanted.film is None else wanted.film / (name + FILM_ENDING),
        poses=None if wanted.poses is None else wanted.poses / (name + POSE_FILE_ENDING),
        signals=None if wanted.signals is None else wanted.signals / (name + SIGNALS_ENDING),
    )


def _guarded(job: Job) -> Job:
    """Return a job that overwrites neither its input nor its own results."""
    files = [p for p in (job.wanted.film, job.wanted.poses, job.wanted.signals) if p is not None]
    places = [p.resolve() for p in files]
    if job.path.resolve() in places:
        raise OutputError("errors.output.overwrites", path=str(job.path))
    if len(set(places)) < len(places):
        raise OutputError("errors.output.same_name", path=str(files[0]))
    return job


def outcome(job: Job, options: Options, told: Told) -> Outcome:
    """Return what became of one job."""
    try:
        return finished(job, options, told)
    except LungeError as error:
        return Outcome(job.path, error=error)


def finished(job: Job, options: Options, told: Told) -> Outcome:
    """Analyse one input and write everything that was asked for.

    Raises
    ------
    LungeError
        If the input cannot be analysed, or a result cannot be written.
    """
    is_video = job.path.suffix != POSE_FILE_ENDING
    if job.wanted.film is not None and not is_video:
        raise InputError("errors.input.no_pictures", name=job.path.name, path=str(job.path))
    make_room(job.wanted)
    landmarks = landmarks_of(job.path, options, lambda done, total: told(job.path, done, total))
    analysis = analysis_of(landmarks, options)
    if job.wanted.poses is not None:
        # As they were seen: the same options give the same result again.
        save_poses(job.wanted.poses, landmarks.poses(), landmarks.source())
    return Outcome(job.path, analysis, _written(analysis, job, options, is_video))


def make_room(wanted: Wanted) -> None:
    """Make the folders for results before the work, so that a wrong place is known at once.

    Raises
    ------
    OutputError
        If one cannot be made.
    """
    for folder in (wanted.report, None if wanted.beside is None else wanted.beside.folder):
        if folder is not None:
            made_folder(folder)
    for file in (wanted.film, wanted.poses, wanted.signals):
        if file is not None:
            made_folder(file.parent)


def _written(analysis: Analysis, job: Job, options: Options, is_video: bool) -> Path | None:
    """Write what was asked for; return where the page is, or None without one."""
    wanted, manner = job.wanted, job.wanted.manner
    footage = Footage(job.path, options.from_s, options.to_s, options.mirrored, options.time_scale)
    stills: Stills | None = footage if is_video else None
    if stills is not None and manner.anonymous:
        stills = FacelessStills(stills, analysis.poses)
    if wanted.signals is not None:
        write_signals(analysis, wanted.signals)
    if wanted.beside is not None:
        _write_beside(analysis, stills, job.path.stem, wanted.beside, manner)
    if wanted.film is not None:
        write_film(analysis, footage, wanted.film, manner.anonymous)
    if wanted.report is None:
        return None
    return write_report(analysis, stills, wanted.report, manner.language)


def _write_beside(analysis: Analysis, stills: Stills | None, name: str, beside: Beside, manner: Manner) -> None:
    for kind in beside.exports:
        export(analysis, beside.folder / f"{name}.{kind}")
    if beside.paper:
        write_paper(analysis, stills, beside.folder / PAPER_NAME, manner.language)
