"""Pictures of a set, kept while it is under way for whoever ticked the box; gone with the program's temporary file."""

from __future__ import annotations

import tempfile
from bisect import bisect_left

from lunge.pose.decoding import picture_from_bytes
from lunge.pose.region import Picture
from lunge.web.constants import constants
from lunge.web.messages import Shot


class Shots:
    """The pictures of one set, on disk, by their time."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="lunge-set-")  # noqa: SIM115  it lives as long as the set
        self._times_s: list[float] = []
        self._places: list[tuple[int, int]] = []

    def add(self, shot: Shot, time_s: float) -> None:
        """Keep the next picture."""
        self._places.append((self._file.seek(0, 2), len(shot.data)))
        self._file.write(shot.data)
        self._times_s.append(time_s)

    def at(self, times_s: list[float]) -> list[Picture]:
        """Return the pictures nearest to some times, seconds; at least one must have been kept."""
        return [self._read(self._nearest(time_s)) for time_s in times_s]

    def close(self) -> None:
        """Forget them all."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._times_s)

    def _nearest(self, time_s: float) -> int:
        after = bisect_left(self._times_s, time_s)
        around = range(max(0, after - 1), min(after + 1, len(self._times_s)))
        return min(around, key=lambda i: abs(self._times_s[i] - time_s))

    def _read(self, index: int) -> Picture:
        start, length = self._places[index]
        self._file.seek(start)
        return picture_from_bytes(self._file.read(length), constants().live.longest_picture_px)
