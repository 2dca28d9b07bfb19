"""Hidden points and points outside the picture, against counting them one by one."""

from statistics import fmean

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lunge.kinematics.constants import constants
from lunge.kinematics.visibility import visibility
from lunge.poses import KEYPOINTS, Poses

WIDTH, HEIGHT = 480, 640
LEG = ("hip", "knee", "ankle")
TRUNK = [f"{side}_{part}" for side in ("left", "right") for part in ("shoulder", "hip")]
SHARES = st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]), min_size=len(KEYPOINTS), max_size=len(KEYPOINTS))
PLACES = st.lists(
    st.sampled_from([(100.0, 100.0)] * 8 + [(-1.0, 100.0), (100.0, HEIGHT + 1.0), (float("nan"), float("nan"))]),
    min_size=len(KEYPOINTS),
    max_size=len(KEYPOINTS),
)


def outside(place):
    x, y = place
    return x < 0 or y < 0 or x > WIDTH or y > HEIGHT


@given(seen=SHARES, places=PLACES, front=st.sampled_from(["left", "right"]))
def test_each_role_is_hidden_or_outside_by_its_own_points(seen, places, front):
    points = len(KEYPOINTS)
    image = np.array(places).reshape(1, points, 2)
    poses = Poses(np.zeros(1), image, np.zeros((1, points, 3)), np.array([seen]), WIDTH, HEIGHT)
    hidden, beyond = visibility(poses, front)
    rear = "right" if front == "left" else "left"
    roles = {"front": [f"{front}_{p}" for p in LEG], "rear": [f"{rear}_{p}" for p in LEG], "trunk": TRUNK}
    share = {role: fmean(seen[KEYPOINTS.index(name)] for name in names) for role, names in roles.items()}
    share["both"] = max(share["front"], share["rear"])
    out = {role: any(outside(places[KEYPOINTS.index(name)]) for name in names) for role, names in roles.items()}
    out["both"] = out["front"] or out["rear"]
    least = constants().visibility.hidden_below_confidence
    assert {role: bool(value[0]) for role, value in beyond.items()} == out
    for role, value in hidden.items():
        assert abs(share[role] - least) < 1e-9 or bool(value[0]) == (share[role] < least)
