"""Write files whole or not at all, and delete them."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from lunge.errors import OutputError

CAUSES: Final = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "quota",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.EISDIR: "is_folder",
    errno.ENOTDIR: "not_folder",
    errno.EEXIST: "exists",
    errno.ENAMETOOLONG: "long_name",
}


def output_error(path: Path, error: OSError) -> OutputError:
    """Return the error that says in one sentence why a file could not be written, and what to do."""
    key = f"errors.output.{CAUSES.get(error.errno or 0, 'other')}"
    return OutputError(key, path=str(path), cause=error.strerror or str(error))


def made_folder(folder: Path) -> Path:
    """Return a folder, made with its parents where it was missing.

    Raises
    ------
    OutputError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(folder, error) from error
    return folder


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a place beside `path` to write to, and move it there when the block ends well.

    Raises
    ------
    OutputError
        If it cannot be written; nothing is left behind then, as when interrupted.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        yield beside
        beside.replace(path)
    except OSError as error:
        raise output_error(path, error) from error
    finally:
        _forget(beside)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # A folder that cannot be written cannot hold the file either.
        return


def write_text(path: Path, text: str) -> Path:
    """Write a text file in UTF-8, whole or not at all, and return its path.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    with whole_file(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")
    return path


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file's bytes, whole or not at all, and return its path.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    with whole_file(path) as beside:
        beside.write_bytes(content)
    return path


def delete_file(path: Path) -> None:
    """Delete a file; nothing happens where there is none.

    Raises
    ------
    OutputError
        If it cannot be deleted.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(path, error) from error
