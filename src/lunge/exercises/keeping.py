"""Add exercises of one's own, and take them away again."""

from __future__ import annotations

from pathlib import Path

from lunge.errors import MissingFileError
from lunge.exercises.loading import new_from, own_names
from lunge.exercises.records import Exercise
from lunge.files import delete_file
from lunge.own_texts import keep


def add(content: bytes, name: str, folder: Path) -> Exercise:
    """Keep an exercise file in a folder, under the name that it gives itself, and return the exercise.

    Parameters
    ----------
    content : bytes
        TOML, in UTF-8.
    name : str
        Of the file as it came, for the error.
    folder : Path

    Raises
    ------
    ExerciseError
        If it does not hold together; its ``problems`` say why, where its lines tell.
    OutputError
        If it cannot be written.
    """
    text, exercise = new_from(content, name)
    keep(folder, f"{exercise.name}.toml", text)
    return exercise


def remove(name: str, folder: Path) -> None:
    """Delete an exercise file of one's own.

    Raises
    ------
    MissingFileError
        If there is none of that name.
    OutputError
        If it cannot be deleted.
    """
    if name not in own_names(folder):
        raise MissingFileError(name)
    delete_file(folder / f"{name}.toml")
