"""Files for the tools that laboratories use, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from lunge.errors import OutputError
from lunge.exports.containers import write_c3d, write_netcdf
from lunge.exports.opensim import write_mot, write_trc
from lunge.exports.series import write_series
from lunge.records import Analysis

__all__ = ["KINDS", "available", "export", "kind_of"]

_WRITERS: Final[dict[str, Callable[[Analysis, Path], Path]]] = {
    "trc": write_trc,
    "mot": write_mot,
    "c3d": write_c3d,
    "nc": write_netcdf,
    "csv": write_series,
    "parquet": write_series,
}

_PACKAGES: Final = {"c3d": ("ezc3d",), "nc": ("xarray", "h5netcdf", "h5py"), "parquet": ("pyarrow",)}
"""What a kind needs that the usual installation leaves out."""

KINDS: Final = tuple(_WRITERS)
"""The kinds of file, by their endings."""


def export(analysis: Analysis, path: str | Path) -> Path:
    """Write an analysis in a format of another program, chosen by the ending; return the path.

    Parameters
    ----------
    analysis : Analysis
    path : str or Path
        Ends in ``.trc`` or ``.mot`` (OpenSim), ``.c3d``, ``.nc`` (the library
        `movement`), ``.csv`` or ``.parquet``.

    Raises
    ------
    OutputError
        If the ending is none of them, a package that it needs is not installed, or
        the file cannot be written; nothing half-written stays behind.
    """
    path = Path(path)
    kind = kind_of(path.suffix.removeprefix("."))
    try:
        return _WRITERS[kind](analysis, path)
    except ImportError as error:  # a package may need another one since its last version
        raise OutputError(
            "errors.output.needs_package", kind=kind, package=error.name or _PACKAGES[kind][-1]
        ) from error


def kind_of(name: str) -> str:
    """Return the kind of that name, ready to be written.

    Raises
    ------
    OutputError
        If there is none, or a package that it needs is not installed.
    """
    kind = name.strip().lower()
    if kind not in _WRITERS:
        key = "errors.output.no_format" if name else "errors.output.no_name"
        raise OutputError(key, name=name, known=", ".join(KINDS))
    missing = _missing(kind)
    if missing:
        raise OutputError("errors.output.needs_package", kind=kind, package=missing[0])
    return kind


def available() -> tuple[str, ...]:
    """Return the kinds whose packages are installed."""
    return tuple(kind for kind in KINDS if not _missing(kind))


def _missing(kind: str) -> list[str]:
    return [package for package in _PACKAGES.get(kind, ()) if find_spec(package) is None]
