"""OpenSim's text files: ``.trc`` with points, ``.mot`` with coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from lunge.exports.about import about
from lunge.exports.coordinates import coordinates_of
from lunge.exports.room import evened, room_of
from lunge.files import write_text
from lunge.poses import Floats
from lunge.records import Analysis

MM_PER_M: Final = 1000.0
DECIMALS: Final = 5
"""Of seconds, millimetres, metres and degrees: finer than any of them is known."""


def write_trc(analysis: Analysis, path: Path) -> Path:
    """Write the points as markers: millimetres, y up, constant rate; a gap is an empty field.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    room = evened(room_of(analysis))
    said = about(analysis, room)
    frames, markers, rate = len(room.time_s), len(room.labels), f"{room.rate_hz:g}"
    name = f"{path.name} ({said['made_with']}, {said['pose_model']}, {said['axes']}, scale {said['scale']})"
    head = [
        f"PathFileType\t4\t(X/Y/Z)\t{name}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames",
        f"{rate}\t{rate}\t{frames}\t{markers}\tmm\t{rate}\t1\t{frames}",
        "\t".join(["Frame#", "Time", *(f"{label}\t\t" for label in room.labels)]).rstrip(),
        "\t".join(["", "", *(f"{axis}{i + 1}" for i in range(markers) for axis in "XYZ")]),
        "",
    ]
    points = MM_PER_M * room.points_m.reshape(frames, -1)
    # OpenSim cuts a row's empty end off and then misses a column, so the last field of a gap says nan.
    rows = (
        f"{i + 1}\t{line}nan" if line.endswith("\t") else f"{i + 1}\t{line}"
        for i, line in enumerate(_lines(room.time_s, points, missing=""))
    )
    return write_text(path, "\n".join([*head, *rows]) + "\n")


def write_mot(analysis: Analysis, path: Path) -> Path:
    """Write the coordinates of Rajagopal's model: degrees and metres, constant rate; a gap is ``nan``.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    room = room_of(analysis)
    time_s, coordinates = coordinates_of(analysis, room)
    head = [
        "Coordinates",
        "version=1",
        f"nRows={len(time_s)}",
        f"nColumns={1 + len(coordinates)}",
        "inDegrees=yes",
        "lengths=metres",
        *(f"{name}={text}" for name, text in about(analysis, room).items()),
        "endheader",
        "\t".join(["time", *coordinates]),
    ]
    values = np.column_stack(list(coordinates.values()))
    return write_text(path, "\n".join([*head, *_lines(time_s, values, missing="nan")]) + "\n")


def _lines(time_s: Floats, values: Floats, missing: str) -> Iterator[str]:
    """Yield each time and its values (N, C) as one line, divided by tabs."""
    for when, row in zip(time_s, values, strict=True):
        numbers = (f"{v:.{DECIMALS}f}" if np.isfinite(v) else missing for v in row)
        yield "\t".join([f"{when:.{DECIMALS}f}", *numbers])
