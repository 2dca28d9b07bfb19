"""Notes about a video file that an option answers, by their keys in the catalogues."""

from __future__ import annotations

from typing import Final

SLOW_MOTION: Final = "notes.slow_motion"
FROM_FRONT: Final = "notes.front_camera"
