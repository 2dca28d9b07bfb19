"""How far one foot is ahead: the picture helps where the metric points see a step too short."""

from dataclasses import replace

import numpy as np
import pytest

from lunge.kinematics.body import body_from_poses
from lunge.kinematics.feet_apart import left_ahead_heights
from lunge.kinematics.measures import foot_ahead_heights, frame_of
from people import PX_PER_M, standing

STANDS = slice(0, 60)
MOVED = slice(60, 90)


def lowered(poses, **px):
    """Return poses in which points show lower in the picture from two seconds on, by so many pixels."""
    image = poses.image_px.copy()
    for name, by in px.items():
        image[MOVED, poses.names.index(name), 1] += by
    return replace(poses, image_px=image)


def ahead(azimuth, **px):
    """Return the median of both readings while a point is lowered: the metric points' own, and all witnesses'."""
    still = standing(3.0, azimuth_deg=azimuth)
    body, poses = body_from_poses(still), lowered(still, **px)
    axes = frame_of(poses, body, np.full(len(poses), azimuth))
    readings = foot_ahead_heights(poses, body, axes), left_ahead_heights(poses, body, axes)
    assert np.abs(readings[1][STANDS]).max() < 0.01
    return [float(np.median(r[MOVED])) for r in readings]


@pytest.mark.parametrize(("azimuth", "sign"), [(0.0, 1.0), (180.0, -1.0)])
def test_the_nearer_foot_shows_lower(azimuth, sign):
    alone, together = ahead(azimuth, left_foot_index=0.1 * PX_PER_M)
    assert abs(alone) < 0.01
    assert sign * together > 0.05


@pytest.mark.parametrize("azimuth", [0.0, 180.0])
def test_the_knee_in_front_is_the_higher_one(azimuth):
    assert ahead(azimuth, right_knee=0.2 * PX_PER_M)[1] > 0.05


def test_seen_from_the_side_the_metric_points_stand_alone():
    alone, together = ahead(90.0, left_foot_index=0.1 * PX_PER_M, right_knee=0.2 * PX_PER_M)
    assert together == pytest.approx(alone, abs=1e-6)
