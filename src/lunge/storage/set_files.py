"""The folders of the sets: written whole and durably, or not at all.

``sets/ID/`` holds the landmarks, the findings, the report, and ``set.json``, the set's own record: with it
a new database can take the folder up. ``.ID.part`` is being written, ``.ID.gone`` is being deleted.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from lunge.errors import MissingFileError
from lunge.files import output_error
from lunge.storage.constants import constants

LANDMARKS, FINDINGS, REPORT, CARD = "landmarks.npz", "findings.json", "report.html", "set.json"
KEPT: Final = (LANDMARKS, FINDINGS, REPORT, CARD)
ID: Final = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}")
PART, GONE = ".part", ".gone"
OWNER_ONLY, PRIVATE = 0o600, 0o700


class SetFolders:
    """The folders of all sets.

    Parameters
    ----------
    folder : Path
        In which they lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, set_id: str, fill: Callable[[Path], object]) -> Path:
        """Write the folder of a set; it is durable when this returns.

        Parameters
        ----------
        set_id : str
        fill : callable
            Writes the files into the folder that it is given.

        Raises
        ------
        OutputError
            If it cannot be written; nothing is left behind then.
        """
        part, final = self.folder / f".{set_id}{PART}", self.folder / set_id
        try:
            private_folder(self.folder)
            private_folder(part)
            fill(part)
            for file in part.iterdir():
                file.chmod(OWNER_ONLY)
                sync(file)
            sync(part)
            part.rename(final)
            sync(self.folder)
        except OSError as error:
            raise output_error(final, error) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return final

    def file(self, set_id: str, name: str) -> Path:
        """Return where a file of a set lies.

        Raises
        ------
        MissingFileError
            If there is no such file.
        """
        path = self.folder / set_id / name
        if not ID.fullmatch(set_id) or name not in KEPT or not path.is_file():
            raise MissingFileError(f"{set_id}/{name}")
        return path

    def files(self, set_id: str) -> list[Path]:
        """Return the files of a set, as far as they are there."""
        paths = (self.folder / set_id / name for name in KEPT)
        return [path for path in paths if path.is_file()]

    def ids(self) -> set[str]:
        """Return the names of all sets that have a folder."""
        return {path.name for path in self._folders() if ID.fullmatch(path.name)}

    def hide(self, set_ids: list[str]) -> None:
        """Mark folders as deleted; from now on no database takes them up.

        Raises
        ------
        OutputError
            If that cannot be written.
        """
        for set_id in set_ids:
            path = self.folder / set_id
            try:
                if path.is_dir():
                    path.rename(self.folder / f".{set_id}{GONE}")
            except OSError as error:
                raise output_error(path, error) from error
        if set_ids and self.folder.is_dir():
            sync(self.folder)

    def remove(self, set_ids: list[str]) -> None:
        """Delete folders of which no row speaks."""
        for set_id in set_ids:
            shutil.rmtree(self.folder / set_id, ignore_errors=True)

    def hidden(self) -> list[str]:
        """Return the names of the sets that are marked as deleted."""
        return [p.name[1 : -len(GONE)] for p in self._folders() if p.name.startswith(".") and p.name.endswith(GONE)]

    def sweep(self) -> None:
        """Delete what is marked as deleted, and what a program left half-written long ago."""
        before = time.time() - constants().database.leftover_s
        for path in self._folders():
            if path.name.endswith(GONE) or (path.name.endswith(PART) and path.stat().st_mtime < before):
                shutil.rmtree(path, ignore_errors=True)

    def _folders(self) -> Iterator[Path]:
        if not self.folder.is_dir():
            return
        with os.scandir(self.folder) as entries:
            yield from (Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False))


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may look into, if it is missing."""
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk; Windows does that to folders by itself."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, text: str) -> None:
    """Write a text file in the place of what is there, whole or not at all, and durably.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    write_bytes_durably(path, text.encode())


def write_bytes_durably(path: Path, content: bytes) -> None:
    """Write a file in the place of what is there, whole or not at all, and durably.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    beside = path.with_name(f".{path.name}{PART}")
    try:
        beside.write_bytes(content)
        beside.chmod(OWNER_ONLY)
        sync(beside)
        beside.replace(path)
        sync(path.parent)
    except OSError as error:
        raise output_error(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of a file; None where there is none."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
