"""Pictures of a set under way: kept by their time, given back, forgotten."""

import cv2
import numpy as np
import pytest

from lunge.web.messages import Shot
from lunge.web.shots import Shots


def shot(grey):
    return Shot(0.0, cv2.imencode(".png", np.full((48, 64, 3), grey, np.uint8))[1].tobytes())


def test_the_nearest_picture_comes_back():
    shots = Shots()
    for second in range(5):
        shots.add(shot(40 * second), float(second))
    assert [int(p.mean()) for p in shots.at([0.0, 1.4, 1.6, 9.0, -1.0])] == [0, 40, 80, 160, 0]
    assert len(shots) == 5
    shots.close()
    with pytest.raises(ValueError, match="closed"):
        shots.at([1.0])


def test_a_picture_may_be_drawn_on():
    shots = Shots()
    shots.add(shot(10), 0.0)
    shots.at([0.0])[0][:] = 255
    assert int(shots.at([0.0])[0].mean()) == 10
    shots.close()
