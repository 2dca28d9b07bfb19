"""Add exercises of one's own, and take them away again."""

from __future__ import annotations

from pathlib import Path

from lunge.errors import MissingFileError
from lunge.exercises.loading import own_names, parse_new, text_from
from lunge.exercises.records import Exercise
from lunge.files import made_folder, output_error, write_text


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
    text = text_from(content, name)
    exercise = parse_new(text)
    write_text(made_folder(folder) / f"{exercise.name}.toml", text)
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
    path = folder / f"{name}.toml"
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(path, error) from error
