"""Whether a camera or a microphone is in use on Linux, from what the kernel shows of one's own programs."""

from __future__ import annotations

from pathlib import Path


def camera_in_use(root: Path = Path("/")) -> bool:
    """Return whether a program holds a camera open; of other people's programs nobody may know."""
    for folder in (root / "proc").glob("[0-9]*/fd"):
        try:
            if any(_leads_to_camera(entry) for entry in folder.iterdir()):
                return True
        except OSError:  # it ended meanwhile, or is somebody else's
            continue
    return False


def microphone_in_use(root: Path = Path("/")) -> bool:
    """Return whether a sound card records."""
    for status in (root / "proc/asound").glob("card*/pcm*c/sub*/status"):
        try:
            if "RUNNING" in status.read_text(encoding="ascii"):
                return True
        except OSError:
            continue
    return False


def _leads_to_camera(entry: Path) -> bool:
    try:
        return str(entry.readlink()).startswith("/dev/video")
    except OSError:
        return False
