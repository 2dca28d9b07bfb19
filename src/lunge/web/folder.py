"""The folder in which everything is kept on this machine, and small JSON files in it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from lunge.documents import json_text
from lunge.files import made_folder, write_text


def default_folder() -> Path:
    """Return where this system keeps a program's data; ``LUNGE_HOME`` names another place."""
    own = os.environ.get("LUNGE_HOME")
    if own:
        return Path(own)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "lunge"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "lunge"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "lunge"


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file; empty when there is none, or none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, document: dict[str, Any]) -> None:
    """Write a JSON file, whole or not at all.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    made_folder(path.parent)
    write_text(path, json_text(document, indent=2))
