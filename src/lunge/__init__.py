"""lunge: see the reverse lunge, judge it, and say what cannot be judged.

>>> import lunge
>>> analysis = lunge.analyze("clip.mp4")  # doctest: +SKIP
>>> [r.stepping_leg for r in analysis.repetitions]  # doctest: +SKIP
['right', 'left']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lunge.errors import LungeError
    from lunge.exercises import Exercise, load
    from lunge.exports import export
    from lunge.posefile import load_poses, save_poses
    from lunge.poses import Poses
    from lunge.records import Analysis, Finding, Repetition
    from lunge.session import Options, analyze
    from lunge.signals import Signals

__all__ = [
    "Analysis",
    "Exercise",
    "Finding",
    "LungeError",
    "Options",
    "Poses",
    "Repetition",
    "Signals",
    "analyze",
    "export",
    "load",
    "load_poses",
    "save_poses",
]

_HOMES = {
    "Analysis": "lunge.records",
    "Exercise": "lunge.exercises",
    "Finding": "lunge.records",
    "LungeError": "lunge.errors",
    "Options": "lunge.session",
    "Poses": "lunge.poses",
    "Repetition": "lunge.records",
    "Signals": "lunge.signals",
    "analyze": "lunge.session",
    "export": "lunge.exports",
    "load": "lunge.exercises",
    "load_poses": "lunge.posefile",
    "save_poses": "lunge.posefile",
}


def __getattr__(name: str) -> Any:
    """Return a public name; its module is imported only now, so that the command line starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module 'lunge' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
