"""What an analysis says about its source."""

import pytest

import people
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
