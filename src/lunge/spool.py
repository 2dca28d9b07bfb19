"""Long series on disk instead of in memory: however long a video is, memory stays flat."""

from __future__ import annotations

import tempfile
import weakref
from contextlib import suppress
from typing import IO, Final

import numpy as np

from lunge.errors import OutputError
from lunge.poses import Floats

DTYPE: Final = np.float32
"""Landmarks and measures are far less exact than its seven digits."""


class Column:
    """One series that grows at its end, kept in a temporary file that vanishes with it.

    Parameters
    ----------
    shape : tuple of int
        Of one frame's values; () for a number.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._shape = shape
        self._frames = 0
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="lunge-")  # noqa: SIM115  lives as long as the column
        weakref.finalize(self, _close, self._file)

    def append(self, values: Floats) -> None:
        """Add frames (N, *shape).

        Raises
        ------
        OutputError
            If the temporary folder is full.
        """
        try:
            self._file.write(np.ascontiguousarray(values, DTYPE).tobytes())
        except OSError as error:
            raise OutputError("errors.output.no_room", folder=tempfile.gettempdir()) from error
        self._frames += len(values)

    def array(self) -> Floats:
        """Return all frames (T, *shape), read from the file only where they are looked at."""
        if not self._frames:
            return np.zeros((0, *self._shape), DTYPE)
        try:
            self._file.flush()
        except OSError as error:
            raise OutputError("errors.output.no_room", folder=tempfile.gettempdir()) from error
        out: Floats = np.memmap(self._file, DTYPE, "r", shape=(self._frames, *self._shape))
        return out


def _close(file: IO[bytes]) -> None:
    """Close a file that is not wanted any more, though what is left in its buffer finds no room."""
    with suppress(OSError):
        file.close()
