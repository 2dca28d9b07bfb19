"""What the live picture shows beside the camera's own: the body's points, and what this view can judge."""

from __future__ import annotations

import numpy as np

from lunge.checks import in_view, is_asked
from lunge.exercises.records import Exercise
from lunge.kinematics.view import view_kind
from lunge.poses import Poses
from lunge.records import Target

Points = tuple[tuple[float, float, float], ...]
Names = tuple[str, ...]


def points_of(frame: Poses) -> Points:
    """Return the points of one frame as (x, y, confidence), x and y as shares of the picture; empty without anybody."""
    if not bool(frame.anybody[0]):
        return ()
    rows = np.empty((len(frame.names), 3))
    rows[:, :2] = frame.image_px[0] / (frame.width_px, frame.height_px)
    rows[:, 2] = frame.confidence[0]
    rows[np.isnan(rows)] = 0.0
    return tuple((x, y, c) for x, y, c in rows.round(4).tolist())


class ViewOfChecks:
    """Which checks of a variant a view shows; worked out anew when the view has changed by a degree.

    Parameters
    ----------
    exercise : Exercise
    variant : str
    target : Target
        What was asked for.
    """

    def __init__(self, exercise: Exercise, variant: str, target: Target) -> None:
        self._checks = [c for c in exercise.checks if variant in c.variants and is_asked(target, c)]
        self._known: dict[int, tuple[Names, Names]] = {}

    def at(self, azimuth_deg: float) -> tuple[Names, Names]:
        """Return the names of the checks that are shown, and of those that are not; both empty for NaN.

        A check with several measures is shown where one of them is.
        """
        if not np.isfinite(azimuth_deg):
            return (), ()
        degree = round(azimuth_deg)
        if degree not in self._known:
            self._known[degree] = self._split(azimuth_deg)
        return self._known[degree]

    @staticmethod
    def kind(azimuth_deg: float) -> str | None:
        """Return the kind of view, None where it is not known."""
        return view_kind(azimuth_deg)

    def _split(self, azimuth_deg: float) -> tuple[Names, Names]:
        shown = [c.check for c in self._checks if c.statistic != "unseen" and in_view(c, azimuth_deg)]
        names = dict.fromkeys(c.check for c in self._checks)
        return tuple(dict.fromkeys(shown)), tuple(n for n in names if n not in shown)
