"""Packed landmark clips with truth, where they are there: part of the repository, not of a source archive."""

from pathlib import Path

import pytest

from lunge.evaluation.packed import load_packed

CLIPS = Path(__file__).parents[1] / "bench" / "groundtruth" / "test"

needs_clips = pytest.mark.skipif(not CLIPS.is_dir(), reason="bench/groundtruth is not here")


def clip(name):
    """Return the landmarks and the truth of one clip."""
    poses, _, truth = load_packed(CLIPS / f"{name}.npz")
    return poses, truth
