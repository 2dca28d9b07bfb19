"""Hands on the hips: what cannot be told is neither yes nor no."""

import numpy as np
import pytest

from lunge.kinematics.roles import hands_on_hips

ON, OFF, DOUBT, UNSEEN = (0.10, 0.06, 80.0), (0.10, 0.0, 20.0), (0.10, 0.03, 20.0), (np.nan, np.nan, 20.0)


def share(left, right):
    series = {}
    for side, (away, above, elbow) in (("left", left), ("right", right)):
        series[f"{side}_hand_to_hip_heights"] = np.array([away])
        series[f"{side}_hand_above_hip_heights"] = np.array([above])
        series[f"{side}_hand_elbow_flexion_deg"] = np.array([elbow])
    return hands_on_hips(series)[0]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (ON, ON, 1.0),
        (ON, UNSEEN, 1.0),
        (ON, OFF, 0.0),
        (OFF, DOUBT, 0.0),
        ((0.4, 0.06, 80.0), ON, 0.0),
        (ON, DOUBT, np.nan),
        (UNSEEN, UNSEEN, np.nan),
        ((0.10, 0.01, 80.0), ON, 1.0),
    ],
)
def test_hands_on_hips(left, right, expected):
    np.testing.assert_equal(share(left, right), expected)
    np.testing.assert_equal(share(right, left), expected)
