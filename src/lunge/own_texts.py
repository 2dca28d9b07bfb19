"""Text files of the person's own: read within a limit, and kept in their folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lunge.files import made_folder, write_text
from lunge.written import Problem, refused

MIB: Final = 1024 * 1024


def text_of(path: Path, largest_mib: float) -> str:
    """Return the text of a file.

    Raises
    ------
    WrittenFileError
        If it cannot be read, is larger than that, or is no text in UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_bytes_from(largest_mib) + 1)
    except OSError as error:
        raise refused(path.name, (Problem(1, "written.unreadable"),)) from error
    return text_from(content, path.name, largest_mib)


def text_from(content: bytes, name: str, largest_mib: float) -> str:
    """Return the text of a file's bytes.

    Parameters
    ----------
    content : bytes
    name : str
        Of the file, for the error.
    largest_mib : float

    Raises
    ------
    WrittenFileError
        If it is larger than that, or no text in UTF-8.
    """
    if len(content) > _bytes_from(largest_mib):
        raise refused(name, (Problem(1, "written.too_much"),))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(name, (Problem(1, "written.no_utf8"),)) from error


def keep(folder: Path, name: str, text: str) -> None:
    """Write a file into a folder, which is made where it is missing; one of that name is replaced.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    write_text(made_folder(folder) / name, text)


def _bytes_from(mib: float) -> int:
    return round(MIB * mib)
