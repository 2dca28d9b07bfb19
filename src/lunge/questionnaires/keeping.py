"""The folder with questionnaire files of the person's own: read, added to, taken from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from lunge.errors import MissingFileError, WrittenFileError
from lunge.files import delete_file
from lunge.own_texts import keep, text_from, text_of
from lunge.questionnaires.constants import constants
from lunge.questionnaires.reading import parse
from lunge.questionnaires.records import Questionnaire

ENDING: Final = ".json"
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
            usable.append(parse(text_of(path, _largest_mib()), path.stem))
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
    return parse(text_of(_path(name, folder), _largest_mib()), name)


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
    text = text_from(content, stem, _largest_mib())
    found = parse(text, stem)
    keep(folder, f"{stem}{ENDING}", text)
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
    delete_file(_path(name, folder))


def _paths(folder: Path) -> list[Path]:
    found = folder.glob(f"*{ENDING}") if folder.is_dir() else ()
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def _path(name: str, folder: Path) -> Path:
    path = next((path for path in _paths(folder) if path.stem == name), None)
    if path is None:
        raise MissingFileError(name)
    return path


def _largest_mib() -> float:
    return constants().files.largest_mib
