"""Look through the camera when asked, in a program of its own: ``python -m lunge.breaks.glancing``.

The background program stays small this way, and starts it only where the person wants it. A camera's name, as a line of
JSON, comes in; one JSON object goes out, with ``seen``, or with what keeps the camera from telling. A picture
lives as long as the look: it is neither kept nor written down. The program ends when its input does.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from functools import cache
from typing import Any, Final, TextIO

import numpy as np
from numpy.typing import NDArray

from lunge.breaks.constants import constants
from lunge.camera import CameraError, picture_from, sources_for
from lunge.errors import LungeError
from lunge.pose.networks import Network
from lunge.pose.presence import looks

DETECTOR: Final = "pose_detection"
BRIGHTEST: Final = 255.0


def answer(lines: Iterable[str], out: TextIO) -> None:
    """Answer each line with a glance.

    Parameters
    ----------
    lines : iterable of str
        Names of cameras, each as JSON; empty for the first one.
    out : text file
    """
    for line in lines:
        out.write(json.dumps(glance(json.loads(line))) + "\n")
        out.flush()


def glance(camera: str) -> dict[str, Any]:
    """Return what a glance through a camera tells.

    Parameters
    ----------
    camera : str
        As the person chose it; empty for the first one.

    Returns
    -------
    dict
        ``seen``, whether somebody is there; or ``key`` and ``facts`` of the sentence that says why that cannot be told.
    """
    try:
        return {"seen": is_somebody_in(picture_from(sources_for(camera)))}
    except LungeError as error:
        return {"key": error.key, "facts": error.facts}


def is_somebody_in(picture: NDArray[np.uint8]) -> bool:
    """Return whether a person is in a picture (H, W, 3).

    Raises
    ------
    CameraError
        If nobody is, and it is too dark to tell.
    ModelError
        If the detector's file is missing or damaged.
    """
    looking = constants().glance
    scores = looks(_detector(), picture, looking.close_share, looking.lit_share)
    if any(score >= looking.somebody_confidence for score in scores):
        return True
    if picture.mean() < looking.dark_share * BRIGHTEST or picture.std() < looking.flat_share * BRIGHTEST:
        raise CameraError("errors.camera.dark")
    return False


@cache
def _detector() -> Network:
    return Network(DETECTOR, threads=1)


if __name__ == "__main__":
    answer(sys.stdin, sys.stdout)
