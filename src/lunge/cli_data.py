"""The commands for what is kept: `lunge export`, `import`, `delete`, `backup`, `restore`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lunge.cli_speech import INTERRUPTED, Folder, one_sentence, say

if TYPE_CHECKING:
    from lunge.storage import Store

app = typer.Typer()

DAY = ["%Y-%m-%d"]
Sure = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.command("export")
def export_everything(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="Where the archive goes.")],
    folder: Folder = None,
) -> None:
    """Write everything that is kept of you into one archive, in open formats.

    JSON and CSV of every table, landmark files and reports, exercises and
    questionnaires of your own, a FHIR R4 bundle, Open mHealth data points.
    lunge import takes it over elsewhere.
    """
    with one_sentence():
        from lunge.storage.archive import export

        with _store(folder) as store:
            count = export(store, file)
        say(f"{file} holds everything: {count} rows, and the files of your sets.")


@app.command("import")
def import_everything(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="An archive that lunge export wrote.")],
    folder: Folder = None,
) -> None:
    """Take over what an export has and is not here yet; a second time changes nothing."""
    with one_sentence():
        from lunge.storage.importing import take_over

        with _store(folder) as store:
            taken = take_over(store, file)
        counts = f"{taken.sets} sets, {taken.entries} other entries, {taken.files} files of your own"
        say(f"Taken over: {counts}. What was here stayed as it was.")


@app.command()
def delete(
    from_: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, metavar="DAY", help="The first day, 2026-01-31.")
    ] = None,
    to: Annotated[datetime | None, typer.Option(formats=DAY, metavar="DAY", help="The last day.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All days, choices and settings too.")] = False,
    yes: Sure = False,
    folder: Folder = None,
) -> None:
    """Delete what is kept of a period, or everything: recordings and lunge's own backups too.

    With --all, exercises and questionnaires of your own go too. Exports that
    you made are yours to delete.
    """
    first, last = _day(from_), _day(to)
    if everything == (first is not None or last is not None):
        raise typer.BadParameter("Say --from and --to, or --all.")
    if first is not None and last is not None and first > last:
        raise typer.BadParameter("--from must not lie after --to.")
    what = "everything" if everything else f"everything from {first or 'the first day'} to {last or 'today'}"
    _ask(f"Delete {what}, with recordings and backups? This cannot be undone.", yes)
    with one_sentence():
        from lunge.storage.erasing import Period, erase

        with _store(folder) as store:
            gone = erase(store, Period(first, last))
        counts = f"{gone.sets} sets, {gone.entries} other entries, {gone.own_files} files of your own"
        say(f"Deleted: {counts}, {len(gone.files)} backups.")
        say("The file was written anew without them. A solid-state disk (SSD) may still keep traces.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the backup goes.")],
    folder: Folder = None,
) -> None:
    """Write a backup of everything; the coach may go on meanwhile."""
    with one_sentence():
        from lunge.storage.backup import backup as written

        with _store(folder) as store:
            say(f"The backup: {written(store, file)}. lunge restore takes it over.")


@app.command()
def restore(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A backup that lunge backup wrote.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Begin anew, with the sets in the folder.")] = False,
    yes: Sure = False,
    folder: Folder = None,
) -> None:
    """Put a backup in the place of what is kept now, which is put aside, not deleted.

    With --new and no FILE: begin anew where the database is damaged.
    """
    if new == (file is not None):
        raise typer.BadParameter("Say which FILE, or --new.")
    _ask("Put what is kept now aside, and go on with this?", yes)
    with one_sentence():
        from lunge.storage import Store, default_folder
        from lunge.storage.backup import begin_anew
        from lunge.storage.backup import restore as restored
        from lunge.storage.places import place_of

        place = place_of(folder or default_folder())
        aside = begin_anew(place) if file is None else restored(place, file)
        with Store.open(place.folder) as store:
            say(f"Done: {len(store.sets.ids())} sets are there.")
        if aside is not None:
            say(f"What was there before: {aside}")


def _store(folder: Path | None) -> Store:
    from lunge.storage import Store, default_folder

    return Store.open(folder or default_folder())


def _day(at: datetime | None) -> date | None:
    return None if at is None else at.date()


def _ask(question: str, yes: bool) -> None:
    """End the command unless the person agrees; nobody there to ask is no agreement."""
    try:
        agreed = yes or typer.confirm(question)
    except typer.Abort:
        agreed = False
    if not agreed:
        say("Nothing was changed. With --yes nobody is asked.")
        raise typer.Exit(INTERRUPTED)
