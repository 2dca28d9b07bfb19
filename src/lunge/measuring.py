"""From landmarks to measures: smoothing, the body, the view, the motion, and every series.

Pure: arrays in, arrays out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lunge.constants import constants
from lunge.kinematics.body import Body, body_from_poses
from lunge.kinematics.measures import frame_of, measure_series
from lunge.kinematics.pelvis import pelvic_tilt_deg
from lunge.kinematics.perspective import without_perspective
from lunge.kinematics.sides import with_sides_settled
from lunge.kinematics.situation import Situation, situation_of
from lunge.kinematics.step import step_length_heights
from lunge.kinematics.view import azimuth_deg
from lunge.motion import Motion, motion_from_poses
from lunge.poses import PELVIS, Floats, Poses
from lunge.smoothing import fill_gaps, smooth


@dataclass(frozen=True, slots=True)
class Prepared:
    """Smooth landmarks with the legs settled, as the picture shows them and with perspective undone.

    Where feet are planted is read from the picture itself; angles and lengths from
    the picture without perspective.
    """

    seen: Poses
    seen_body: Body
    flat: Poses
    flat_body: Body


@dataclass(frozen=True)
class Measured:
    """Everything that is measured in a part of a video, before anything is judged.

    Attributes
    ----------
    raw, poses : Poses
        As the network gave them; smooth, settled, without perspective.
    body : Body
    azimuth_deg : array (T,)
    motion : Motion
    series : dict of str to array (T,)
        Both legs' and the trunk's measures.
    situation : Situation
        What their errors depend on.
    """

    raw: Poses
    poses: Poses
    body: Body
    azimuth_deg: Floats
    motion: Motion
    series: dict[str, Floats]
    situation: Situation


def prepared(poses: Poses) -> Prepared:
    """Return landmarks made ready for measuring."""
    c = constants().measuring
    settled, _ = with_sides_settled(poses)
    image = fill_gaps(settled.time_s, settled.image_px, c.longest_gap_s)
    world = fill_gaps(settled.time_s, settled.world_m, c.longest_gap_s)
    calm = replace(
        settled,
        image_px=smooth(settled.time_s, image, c.smoothing_s, c.spike_s),
        world_m=smooth(settled.time_s, world, c.smoothing_s, c.spike_s),
    )
    body = body_from_poses(calm)
    flat = without_perspective(calm, body)
    return Prepared(calm, body, flat, body_from_poses(flat))


def measured(poses: Poses, known: Prepared | None = None, model: str = "full") -> Measured:
    """Return the measures in landmarks.

    Parameters
    ----------
    poses : Poses
        Raw landmarks of one person; NaN where nobody was seen.
    known : Prepared, optional
        An earlier part of the same video: its body stands in where no standing is seen in this one.
    model : {'lite', 'full', 'heavy'}
        The network that saw them.
    """
    return measured_as(with_known_body(prepared(poses), known), poses, model)


def measured_as(ready: Prepared, raw: Poses, model: str = "full") -> Measured:
    """Return the measures in landmarks that are prepared already.

    Parameters
    ----------
    ready : Prepared
        With the body that holds.
    raw : Poses
        The same landmarks as the network gave them.
    model : {'lite', 'full', 'heavy'}
    """
    flat, body = ready.flat, ready.flat_body
    azimuth = azimuth_deg(flat)
    motion = motion_from_poses(ready.seen, ready.seen_body, azimuth)
    series = measure_series(flat, body, frame_of(flat, body, azimuth))
    axes = frame_of(ready.seen, ready.seen_body, azimuth)
    series["step_length_heights"] = step_length_heights(ready.seen, axes, motion.left_ahead)
    if set(PELVIS) <= set(ready.seen.names):
        # Perspective is undone with metric points, which the pelvis's lack.
        series["pelvic_tilt_deg"] = pelvic_tilt_deg(ready.seen, axes)
    situation = situation_of(raw, body, azimuth, motion.drop, motion.speed, model)
    return Measured(raw, flat, body, azimuth, motion, series, situation)


def without_frames(ready: Prepared) -> Prepared:
    """Return a body without the landmarks it was read from: they would stay in memory."""
    empty = ready.seen[:0]
    nowhere = np.zeros(0, bool)
    return Prepared(
        empty, replace(ready.seen_body, standing=nowhere), empty, replace(ready.flat_body, standing=nowhere)
    )


def with_known_body(ready: Prepared, known: Prepared | None) -> Prepared:
    """Return landmarks with the body of an earlier part of the same video, unless they show a standing of their own."""
    if known is None or ready.seen_body.baseline == "standing":
        return ready
    nowhere = np.zeros(len(ready.seen), bool)
    flat = without_perspective(ready.seen, known.seen_body)
    return Prepared(
        ready.seen,
        replace(known.seen_body, standing=nowhere),
        flat,
        replace(known.flat_body, standing=nowhere),
    )
