"""Everything that can go wrong from outside, as one tree.

::

    LungeError                 one clear sentence, exit code 2
    ├── InputError             what was given cannot be analysed
    │   ├── MissingFileError   nothing at that path
    │   ├── VideoError         no video in it, or none that can be read
    │   ├── NobodySeenError    no person in any picture
    │   ├── PoseFileError      a landmark file that cannot be read
    │   └── WrittenFileError   a prescription, or a pack of questions, that does not hold together
    ├── ModelError             a network file is missing or damaged
    ├── ExerciseError          an exercise file that does not hold together
    ├── OutputError            the result could not be written
    ├── PrintingError          a PDF that could not be made
    └── StorageError           what is kept cannot be read or written
        ├── CorruptStoreError  the database's file is damaged
        ├── NewerStoreError    a newer version of lunge wrote it
        ├── BusyStoreError     another program writes, and does not end
        └── ArchiveError       an archive or backup that cannot be taken over

Missing *data* is no error: it is NaN, and a check that needs it answers
``cannot_judge``. A wrong *call* is a ``ValueError``.
"""

from __future__ import annotations

from pathlib import Path

from lunge.messages import DEFAULT, Sentence


class LungeError(Exception):
    """The root: a sentence for the person in front of the screen, and numbers for a program.

    Parameters
    ----------
    key : str
        Of the text in the catalogues that says in one sentence what is wrong and what to do.
    **facts : object
        What the sentence speaks of, such as ``path`` or ``frames``; they fill its gaps, as in `Sentence`.
    """

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.text()

    def text(self, language: str = DEFAULT) -> str:
        """Return the sentence in a language.

        Raises
        ------
        ValueError
            If there is no such language.
        """
        return Sentence(self.key, self.facts).text(language)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.text()


class InputError(LungeError):
    """What was given cannot be analysed."""


class MissingFileError(InputError):
    """Nothing is at that path."""

    def __init__(self, path: str | Path) -> None:
        super().__init__("errors.input.missing", path=str(path))


class VideoError(InputError):
    """A file without a video in it, or one that cannot be read."""


class NobodySeenError(InputError):
    """No person in any picture."""


class PoseFileError(InputError):
    """A landmark file that cannot be read."""


class WrittenFileError(InputError):
    """A prescription, or a pack of questions, that does not hold together; `facts` has the ``problems``."""


class ModelError(LungeError):
    """A network file is missing or damaged."""


class ExerciseError(LungeError):
    """An exercise file that does not hold together."""


class OutputError(LungeError):
    """The result could not be written."""


class PrintingError(LungeError):
    """A PDF that could not be made."""


class StorageError(LungeError):
    """What is kept cannot be read or written."""


class CorruptStoreError(StorageError):
    """The database's file is damaged."""


class NewerStoreError(StorageError):
    """A newer version of lunge wrote it."""


class BusyStoreError(StorageError):
    """Another program writes, and does not end."""


class ArchiveError(StorageError):
    """An archive or backup that cannot be taken over."""
