"""The door to typst, which sets pages for paper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst


def pdf(template: str, data: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """Return a PDF.

    Parameters
    ----------
    template : str
        A typst document. It reads the data with ``json("data.json")``.
    data : mapping
        Plain values that JSON can hold.
    files : mapping of str to bytes
        What the document reads besides, such as pictures, by name.

    Returns
    -------
    bytes
        Fonts inside; the system's own are not used, so that every machine sets the same page.
    """
    # From memory, typst takes texts only; pictures have to lie in a folder.
    with TemporaryDirectory(prefix="lunge-") as scratch:
        folder = Path(scratch)
        for name, content in {**files, "main.typ": template.encode(), "data.json": json.dumps(data).encode()}.items():
            (folder / name).write_bytes(content)
        made: bytes = typst.compile(folder / "main.typ", root=folder, format="pdf", ignore_system_fonts=True)
    return made
