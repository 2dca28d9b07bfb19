"""Hand-labelled clips: ``labels.json`` beside videos, with counts, bottoms and legs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from lunge.errors import InputError
from lunge.evaluation.truth import TrueRepetition, Truth

FILE: Final = "labels.json"


def truths_from_labels(path: Path) -> list[Truth]:
    """Return the truth of each labelled clip, its `name` the video's file name.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    try:
        clips: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["clips"]
        return [_truth(name, label) for name, label in clips.items()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError("errors.truth.no_clips", name=path.name, path=str(path)) from error


def _truth(name: str, label: dict[str, Any]) -> Truth:
    """Return one clip's truth; only reverse lunges are repetitions of the exercise."""
    marked = [r for r in label.get("reps") or [] if r.get("bottom_s") is not None]
    count = int(label["reverse_lunges"])
    reps = tuple(_repetition(r) for r in marked[:count])
    reps += tuple(TrueRepetition("reverse_lunge", None, 0.0, 0.0, None) for _ in range(count - len(reps)))
    return Truth(name=name, person=name, kind="labelled", repetitions=reps)


def _repetition(raw: dict[str, Any]) -> TrueRepetition:
    bottom = float(raw["bottom_s"])
    leg = raw.get("rear_leg")
    return TrueRepetition("", leg if leg in ("left", "right") else None, bottom, bottom, bottom)
