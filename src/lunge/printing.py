"""From a template and data to a printable PDF: the only door to Typst."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from lunge.documents import json_text
from lunge.errors import PrintingError

MAIN: Final = "main.typ"
DATA: Final = "data.json"
PACKAGES: Final = "packages"
FETCHED: Final = "@preview"
"""The only packages that Typst would fetch from the network."""

STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, with a title and a language, so that a screen reader can read it."""


def pdf(
    template: str, data: Mapping[str, Any], files: Mapping[str, bytes] | None = None, made: datetime | None = None
) -> bytes:
    """Return a tagged PDF. The same template, data, files and time give the same bytes.

    Parameters
    ----------
    template : str
        Typst source. It reads `data` with ``json("data.json")``, and a file by its name, such as ``image("a.svg")``.
        Fonts are those that Typst brings along: Libertinus Serif, New Computer Modern, DejaVu Sans Mono.
    data : mapping
        Plain data; NaN and infinity become null.
    files : mapping of str to bytes, optional
        By name, without folders.
    made : datetime, optional
        The date in the PDF's description, with its zone; now when left out.

    Raises
    ------
    PrintingError
        If Typst cannot make a PDF of it.
    ValueError
        If a file's name has a folder, or is one of the names that are taken; if the template wants a package,
        which Typst would fetch from the network.
    """
    if FETCHED in template:
        raise ValueError(f"template: expected no packages from the network, got one of {FETCHED}")
    given = dict(files or {})
    wrong = sorted(name for name in given if PurePosixPath(name).name != name or name in (MAIN, DATA, PACKAGES))
    if wrong:
        raise ValueError(
            f"files: expected names without folders, none of them {MAIN}, {DATA} or {PACKAGES}, got {wrong}"
        )
    given |= {MAIN: template.encode(), DATA: json_text(dict(data)).encode()}
    with TemporaryDirectory(prefix="lunge-print-") as folder:
        _fill(Path(folder), given)
        return _compiled(Path(folder), made or datetime.now(UTC))


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise PrintingError("errors.printing.no_room", cause=error.strerror or str(error)) from error


def _compiled(folder: Path, made: datetime) -> bytes:
    try:
        compiler = typst.Compiler(
            str(folder / MAIN),
            root=str(folder),
            ignore_system_fonts=True,
            # Empty: the pages must not depend on what lies on this computer.
            package_path=str(folder / PACKAGES),
            package_cache_path=str(folder / PACKAGES),
        )
        made_pdf = compiler.compile(format="pdf", timestamp=int(made.timestamp()), pdf_standards=STANDARD)
    except typst.TypstError as error:
        said = error.message.rstrip(".")
        raise PrintingError("errors.printing.other", cause=said, diagnostic=error.diagnostic) from error
    return bytes(made_pdf)  # type: ignore[arg-type]  # a list only where there are pictures instead of a PDF
