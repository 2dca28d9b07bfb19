"""The folder with questionnaire files of the person's own: read, added to, taken from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from lunge.errors import MissingFileError, WrittenFileError
from lunge.files import made_folder, output_error, write_text
from lunge.questionnaires.constants import constants
from lunge.questionnaires.reading import parse
from lunge.questionnaires.records import Questionnaire
from lunge.written import Problem, refused

ENDING: Final = ".json"
MIB: Final = 1024 * 1024
STRANGE: Final = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')
"""Signs that no file's name has on some system."""

LONGEST_NAME: Final = 80


def own_questionnaires(folder: Path) -> tuple[list[Questionnaire], list[tuple[str, WrittenFileError]]]:
    """Return the questionnaires in a folder, and the files that cannot be used with what is wrong in them.

    Parameters
    ----------
    folder : Path
        It need not be there.
    """
    usable, unusable = [], []
    for path in _paths(folder):
        try:
            usable.append(parse(_text_of(path), path.stem))
        except WrittenFileError as error:
            unusable.append((path.stem, error))
    return usable, unusable


def load(name: str, folder: Path) -> Questionnaire:
    """Return one questionnaire.

    Parameters
    ----------
    name : str
        Of its file, without the ending.
    folder : Path

    Raises
    ------
    MissingFileError
        If there is none of that name.
    WrittenFileError
        If it cannot be used.
    """
    return parse(_text_of(_path(name, folder)), name)


def add(content: bytes, name: str, folder: Path) -> Questionnaire:
    """Keep a file in a folder, and return the questionnaire; it takes the place of one of that name.

    Parameters
    ----------
    content : bytes
        JSON, in UTF-8.
    name : str
        Of the file as it came.
    folder : Path

    Raises
    ------
    WrittenFileError
        If it cannot be used.
    OutputError
        If it cannot be written.
    """
    stem = STRANGE.sub("-", Path(name).stem).strip(" .")[:LONGEST_NAME] or "questionnaire"
    text = _text_from(content, stem)
    found = parse(text, stem)
    write_text(made_folder(folder) / f"{stem}{ENDING}", text)
    return found


def remove(name: str, folder: Path) -> None:
    """Delete a file; what was answered stays.

    Raises
    ------
    MissingFileError
        If there is none of that name.
    OutputError
        If it cannot be deleted.
    """
    path = _path(name, folder)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(path, error) from error


def _paths(folder: Path) -> list[Path]:
    found = folder.glob(f"*{ENDING}") if folder.is_dir() else ()
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def _path(name: str, folder: Path) -> Path:
    path = next((path for path in _paths(folder) if path.stem == name), None)
    if path is None:
        raise MissingFileError(name)
    return path


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_largest_bytes() + 1)
    except OSError as error:
        raise refused(path.name, (Problem(1, "written.unreadable"),)) from error
    return _text_from(content, path.stem)


def _text_from(content: bytes, name: str) -> str:
    if len(content) > _largest_bytes():
        raise refused(name, (Problem(1, "written.too_much"),))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(name, (Problem(1, "written.no_utf8"),)) from error


def _largest_bytes() -> int:
    return round(MIB * constants().files.largest_mib)
