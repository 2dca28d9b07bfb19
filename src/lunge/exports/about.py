"""What a file says of itself: who made it, from what, in which units."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lunge.exports.room import Room
from lunge.records import Analysis

AXES: Final = "x forward, y up, z to the person's right"


def about(analysis: Analysis, room: Room) -> dict[str, str]:
    """Return lines for a file's head by name: plain words, no line breaks, tabs or equals signs."""
    given = analysis.body.height_m
    scale = "the body height given" if given is not None else "none, lengths are as the pose network sees them"
    raw = {
        "made_with": f"lunge {analysis.engine.lunge}",
        "pose_model": analysis.engine.pose_model,
        "source": Path(analysis.input.path).name,
        "axes": AXES,
        "scale": scale,
        "rate": f"{room.rate_hz:g} Hz, resampled on straight lines between frames",
        "place": "reckoned from the planted foot",
        "points": "joint centres and landmarks estimated from one camera, not skin markers",
    }
    return {name: " ".join(text.replace("=", "-").split()) for name, text in raw.items()}
