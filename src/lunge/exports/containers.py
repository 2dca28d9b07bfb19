"""Binary files of other programs: C3D, and the netCDF of the library `movement`.

They need packages that the usual installation leaves out: ``pip install "lunge[formats]"``.
"""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from lunge.exports.about import about
from lunge.exports.room import evened, room_of
from lunge.files import whole_file
from lunge.records import Analysis

MM_PER_M: Final = 1000.0
UNSEEN_RESIDUAL: Final = -1.0
"""What a C3D file gives a point that was not seen."""


def write_c3d(analysis: Analysis, path: Path) -> Path:
    """Write the points: millimetres, y up, constant rate; a gap has the residual -1.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    ezc3d = import_module("ezc3d")
    room = evened(room_of(analysis))
    said = about(analysis, room)
    seen = np.isfinite(room.points_m).all(axis=2)
    points = np.ones((4, len(room.labels), len(room.time_s)))
    points[:3] = MM_PER_M * np.nan_to_num(room.points_m).transpose(2, 1, 0)
    made = ezc3d.c3d()
    group = made["parameters"]["POINT"]
    group["RATE"]["value"] = [room.rate_hz]
    group["UNITS"]["value"] = ["mm"]
    group["LABELS"]["value"] = list(room.labels)
    group["DESCRIPTIONS"]["value"] = [said["points"]] * len(room.labels)
    made.add_parameter("POINT", "X_SCREEN", ["+X"])
    made.add_parameter("POINT", "Y_SCREEN", ["+Y"])
    for name, text in said.items():
        made.add_parameter("LUNGE", name.upper(), [text])
    made["data"]["points"] = points
    made["data"]["meta_points"]["residuals"] = np.where(seen, 0.0, UNSEEN_RESIDUAL).T[None]
    # ezc3d gives every file the ending .c3d, so it writes elsewhere first.
    with TemporaryDirectory() as scratch, whole_file(path) as beside:
        made.write(str(Path(scratch) / "points.c3d"))
        shutil.copyfile(Path(scratch) / "points.c3d", beside)
    return path


def write_netcdf(analysis: Analysis, path: Path) -> Path:
    """Write a `movement` dataset of poses: metres, y up, each frame at its own time; a gap is NaN.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    xarray = import_module("xarray")
    room = room_of(analysis)
    said = about(analysis, room) | {"rate": f"median {room.rate_hz:g} Hz, each frame at its own time"}
    dims = ("time", "space", "keypoints", "individuals")
    dataset = xarray.Dataset(
        {
            "position": (dims, room.points_m.transpose(0, 2, 1)[..., None]),
            "confidence": ((dims[0], *dims[2:]), room.confidence[..., None]),
        },
        coords={
            "time": room.time_s,
            "space": list("xyz"),
            "keypoints": list(room.labels),
            "individuals": ["person"],
        },
        attrs={
            "ds_type": "poses",
            "source_software": "lunge",
            "source_file": said["source"],
            "time_unit": "seconds",
            "fps": room.rate_hz,
            "position_unit": "m",
            **said,
        },
    )
    with whole_file(path) as beside:
        dataset.to_netcdf(beside, engine="h5netcdf")
    return path
