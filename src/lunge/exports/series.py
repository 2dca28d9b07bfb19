"""One table of everything over time, for statistics: CSV and Parquet."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lunge.exports.room import room_of
from lunge.poses import Floats
from lunge.records import Analysis
from lunge.report.tables import signal_columns, write_columns


def write_series(analysis: Analysis, path: Path) -> Path:
    """Write one row a frame, at its own time; a gap is empty.

    The columns are ``time_s``, ``step``, each measure and its ``_sd``, each point's
    ``_x_m``, ``_y_m``, ``_z_m`` and ``_confidence``, and ``lunge``, ``pose_model`` and
    ``source``, the same in every row, so that tables of many files can be put together.

    Raises
    ------
    OutputError
        If it cannot be written, or Parquet was asked for and pyarrow is not installed.
    """
    words = {
        "lunge": analysis.engine.lunge,
        "pose_model": analysis.engine.pose_model,
        "source": Path(analysis.input.path).name,
    }
    return write_columns(analysis, path, signal_columns(analysis) | _point_columns(analysis), words)


def _point_columns(analysis: Analysis) -> dict[str, Floats]:
    room = room_of(analysis)
    columns: dict[str, Floats] = {}
    for k, label in enumerate(room.labels):
        for axis, name in enumerate("xyz"):
            columns[f"{label}_{name}_m"] = room.points_m[:, k, axis]
        columns[f"{label}_confidence"] = np.asarray(room.confidence[:, k], float)
    return columns
