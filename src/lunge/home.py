"""Where this program keeps what is its own on this computer."""

from __future__ import annotations

import os
import sys
from pathlib import Path


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


def exercises_folder() -> Path:
    """Return where exercise files of the person's own lie."""
    return default_folder() / "exercises"


def models_folder() -> Path:
    """Return where optional networks lie."""
    return default_folder() / "models"
