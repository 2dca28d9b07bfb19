"""Files that the person put into folders beside the database: exercises and questionnaires of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from lunge.files import delete_file, output_error
from lunge.storage.set_files import private_folder, write_bytes_durably

ENDINGS: Final = {"exercises": ".toml", "questionnaires": ".json"}
"""The folders, each with the ending of its files."""

SAFE: Final = re.compile(r'[^\x00-\x1f/\\:*?"<>|.][^\x00-\x1f/\\:*?"<>|]{0,199}')
"""A name that leaves its folder on no system."""

BEFORE: Final = ".before-"
"""In the name of a file that was put aside."""


class OwnFiles:
    """The files of the person's own.

    They are named as in an archive: ``exercises/NAME.toml``, ``questionnaires/NAME.json``.

    Parameters
    ----------
    folder : Path
        The data folder, in which their folders lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def paths(self) -> dict[str, Path]:
        """Return where they lie, by their names, in the order of these."""
        found = {f"{kind}/{path.name}": path for kind in ENDINGS for path in self._in(kind)}
        return {name: path for name, path in sorted(found.items()) if is_own(name)}

    def take(self, found: Mapping[str, bytes]) -> list[str]:
        """Write the files of which there is none yet, and return their names.

        Raises
        ------
        OutputError
            If one cannot be written; none is left behind then.
        """
        missing = [name for name in found if is_own(name) and not (self._folder / name).exists()]
        try:
            for name in missing:
                self._write(name, found[name])
        except BaseException:
            self.remove(missing)
            raise
        return missing

    def put_back(self, found: Mapping[str, bytes]) -> None:
        """Write files in the place of those of the same names, which are put aside where they differ.

        Raises
        ------
        OutputError
            If that does not work.
        """
        stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
        for name, content in found.items():
            path = self._folder / name
            try:
                differs = is_own(name) and (not path.exists() or path.read_bytes() != content)
                if differs and path.exists():
                    path.replace(path.with_name(f"{path.name}{BEFORE}{stamp}"))
            except OSError as error:
                raise output_error(path, error) from error
            if differs:
                self._write(name, content)

    def remove(self, names: list[str]) -> None:
        """Delete files, as far as that works."""
        for name in names:
            with suppress(OSError):
                (self._folder / name).unlink(missing_ok=True)

    def clear(self) -> int:
        """Delete all of them, with those that were put aside, and return how many that were.

        Raises
        ------
        OutputError
            If one cannot be deleted.
        """
        asides = [path for kind in ENDINGS for path in self._in(kind, f"{BEFORE}*")]
        gone = [*self.paths().values(), *asides]
        for path in gone:
            delete_file(path)
        return len(gone)

    def _in(self, kind: str, more: str = "") -> list[Path]:
        folder = self._folder / kind
        found = folder.glob(f"*{ENDINGS[kind]}{more}") if folder.is_dir() else ()
        return [path for path in found if path.is_file()]

    def _write(self, name: str, content: bytes) -> None:
        path = self._folder / name
        try:
            private_folder(path.parent)
        except OSError as error:
            raise output_error(path, error) from error
        write_bytes_durably(path, content)


def is_own(name: str) -> bool:
    """Return whether an archive's entry is a file of the person's own, and lands in one of their folders."""
    kind, slash, file = name.partition("/")
    return bool(slash) and kind in ENDINGS and file.endswith(ENDINGS[kind]) and SAFE.fullmatch(file) is not None
