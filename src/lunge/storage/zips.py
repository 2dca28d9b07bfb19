"""Archives: zip files that are written whole and durably, and read with suspicion."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from lunge.errors import ArchiveError, MissingFileError
from lunge.files import whole_file
from lunge.storage.constants import constants
from lunge.storage.own_files import OwnFiles, is_own
from lunge.storage.plain import json_text
from lunge.storage.set_files import ID, KEPT, OWNER_ONLY, SetFolders, sync

MANIFEST: Final = "manifest.json"
PACKED: Final = (".npz",)
"""What is compressed already."""

FAST: Final = 1
TABLE: Final = "tables/{name}.json"
END: Final = "]}\n"
MIB: Final = 1024 * 1024

Rows = Sequence[Sequence[Any]]


class NewZip:
    """An archive that is being written.

    Parameters
    ----------
    archive : ZipFile
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def entry(self, name: str) -> Iterator[IO[bytes]]:
        """Give a file in the archive to write to; one at a time."""
        # Only what is opened by its name takes the level of the archive; time and rights are the same in both ways.
        entry = zipfile.ZipInfo(name) if name.endswith(PACKED) else name
        with self._archive.open(entry, "w", force_zip64=True) as file:
            yield file

    @contextmanager
    def table(self, name: str, columns: tuple[str, ...]) -> Iterator[Callable[[Rows], str]]:
        """Give a function that adds rows to a table and returns them as JSON; in the document a line holds many."""
        with self.entry(TABLE.format(name=name)) as file:
            file.write(f'{{"columns":{json_text(columns)},"data":[\n'.encode())
            separator = ""

            def add(rows: Rows) -> str:
                nonlocal separator
                text = json_text([tuple(row) for row in rows])[1:-1]
                if rows:
                    file.write(f"{separator}{text}\n".encode())
                    separator = ","
                return text

            yield add
            file.write(END.encode())

    def add_text(self, name: str, text: str) -> None:
        """Write a text."""
        with self.entry(name) as file:
            file.write(text.encode())

    def add_sets(self, folders: SetFolders, set_ids: list[str]) -> None:
        """Write the files of sets, as far as they are there."""
        for set_id in set_ids:
            for path in folders.files(set_id):
                with self.entry(f"sets/{set_id}/{path.name}") as inside, path.open("rb") as file:
                    shutil.copyfileobj(file, inside)

    def add_own(self, files: OwnFiles) -> None:
        """Write the files of the person's own."""
        for name, path in files.paths().items():
            with self.entry(name) as inside, path.open("rb") as file:
                shutil.copyfileobj(file, inside)


@contextmanager
def new_zip(path: Path, manifest: dict[str, Any]) -> Iterator[NewZip]:
    """Give an archive to write; it is durable when the block ends well, and not there otherwise.

    Parameters
    ----------
    path : Path
    manifest : dict
        What it is: ``schema`` and more.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    with whole_file(path) as beside:
        beside.touch(OWNER_ONLY)
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=FAST) as archive:
            made = NewZip(archive)
            made.add_text(MANIFEST, json_text(manifest))
            yield made
        sync(beside)
    sync(path.parent)


class OldZip:
    """An archive that is read.

    Parameters
    ----------
    archive : ZipFile
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())

    def open(self, name: str) -> IO[bytes]:
        """Return a file in the archive to read from."""
        return self._archive.open(name)

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table by column, many of them never at once; none where it is not there."""
        if TABLE.format(name=name) not in self._names:
            return
        with io.TextIOWrapper(self._archive.open(TABLE.format(name=name)), encoding="utf-8", newline="\n") as lines:
            columns = json.loads(next(lines).rstrip() + "]}")["columns"]
            for line in lines:
                rows = [] if line == END else json.loads(f"[{line.removeprefix(',')}]")
                yield from (dict(zip(columns, row, strict=True)) for row in rows)

    def set_ids(self) -> list[str]:
        """Return the names of the sets of which there are files."""
        parts = (name.split("/") for name in self._names if name.startswith("sets/"))
        return sorted({part[1] for part in parts if len(part) == len(("sets", "id", "name")) and ID.fullmatch(part[1])})

    def own_files(self) -> dict[str, bytes]:
        """Return the files of the person's own, by their names.

        Raises
        ------
        ArchiveError
            If they are larger than any of ours.
        """
        names = sorted(name for name in self._names if is_own(name))
        if sum(self._archive.getinfo(name).file_size for name in names) > constants().archive.largest_own_mib * MIB:
            raise ArchiveError("errors.archive.own_too_large")
        return {name: self._archive.read(name) for name in names}

    def place(self, folders: SetFolders) -> list[str]:
        """Place the folders of the sets that have none yet, and return the names of these.

        Raises
        ------
        ArchiveError
            If a file in it is larger than any of ours.
        OutputError
            If they cannot be written; none is left behind then.
        """
        placed: list[str] = []
        there = folders.ids()
        try:
            for set_id in self.set_ids():
                if set_id not in there:
                    folders.place(set_id, self._filling(set_id))
                    placed.append(set_id)
        except BaseException:
            folders.remove(placed)
            raise
        return placed

    def _filling(self, set_id: str) -> Callable[[Path], None]:
        def fill(folder: Path) -> None:
            for name in KEPT:
                if f"sets/{set_id}/{name}" in self._names:
                    self._extract(f"sets/{set_id}/{name}", folder / name)

        return fill

    def _extract(self, name: str, path: Path) -> None:
        if self._archive.getinfo(name).file_size > constants().archive.largest_entry_mib * MIB:
            raise ArchiveError("errors.archive.too_large", name=name)
        with self._archive.open(name) as inside, path.open("wb") as file:
            shutil.copyfileobj(inside, file)


@contextmanager
def old_zip(path: Path, schema: str, wanted: str) -> Iterator[OldZip]:
    """Give an archive to read.

    Parameters
    ----------
    path : Path
    schema : str
        Which it must have.
    wanted : str
        What it should be, in words: ``an export of lunge``.

    Raises
    ------
    MissingFileError
        If there is no such file.
    ArchiveError
        If it is none, a newer one, or damaged; also when that shows only while it is read.
    """
    if not path.is_file():
        raise MissingFileError(path)
    try:
        with zipfile.ZipFile(path) as archive:
            found = json.loads(archive.read(MANIFEST))
            if found.get("schema") != schema:
                raise ArchiveError(f"errors.archive.no_{wanted}", path=str(path))
            yield OldZip(archive)
    except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, AttributeError, EOFError) as error:
        raise ArchiveError(f"errors.archive.damaged_{wanted}", path=str(path)) from error
