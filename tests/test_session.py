"""What an analysis says about its source."""

import numpy as np
import pytest

import people
from lunge.errors import PoseFileError
from lunge.posefile import save_poses
from lunge.session import Options, analyze
from lunge.video import Video
from test_video import make_tagged

TAGS = {"com.apple.quicktime.camera.lens_model": "iPhone 12 front camera", "com.android.capture.fps": "120"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, ["--time-scale", "--mirrored", "Another"]),
        ({"mirrored": True}, ["--time-scale", "Another"]),
        ({"time_scale": 0.5}, ["--mirrored", "Another"]),
        ({"time_scale": 2.0, "mirrored": True}, ["Another"]),
    ],
)
def test_advice_to_use_an_option_goes_once_it_is_used(tmp_path, asked, said):
    """Also for landmarks saved without it: what the file says is kept, what is said depends on the options."""
    hints = Video(make_tagged(tmp_path / "selfie.mp4", TAGS)).notes
    kept = save_poses(tmp_path / "kept.npz", people.standing(2.0), people.source(*hints, "Another note."))
    notes = analyze(kept, Options(**asked)).notes
    assert [w for w in ("--time-scale", "--mirrored", "Another") if any(w in str(n) for n in notes)] == said


@pytest.mark.parametrize(("part", "times"), [({"from_s": 0.5}, (0.5, 2.0)), ({"from_s": 0.5, "to_s": 1.0}, (0.5, 1.0))])
def test_of_a_landmark_file_the_part_that_was_asked_for_is_looked_at_as_of_a_video(tmp_path, part, times):
    kept = save_poses(tmp_path / "kept.npz", people.standing(2.0), people.source())
    poses = analyze(kept, Options(**part)).poses
    every = people.standing(2.0).time_s
    np.testing.assert_array_equal(poses.time_s, every[(every >= times[0]) & (every <= times[1])])


def test_a_part_behind_the_end_of_a_landmark_file_is_said(tmp_path):
    kept = save_poses(tmp_path / "kept.npz", people.standing(2.0), people.source())
    with pytest.raises(PoseFileError, match=r"2\.0 s"):
        analyze(kept, Options(from_s=9.0))
