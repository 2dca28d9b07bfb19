"""Packed clips of rendered people who pick things up, where they are there: part of the repository alone."""

from pathlib import Path

import pytest

from lunge.evaluation.packed import load_packed

CLIPS = Path(__file__).parents[1] / "bench" / "lowering"

needs_clips = pytest.mark.skipif(not CLIPS.is_dir(), reason="bench/lowering is not here")


def lowered(name):
    """Return the landmarks and the truth of one clip."""
    poses, _, truth = load_packed(CLIPS / f"{name}.npz")
    return poses, truth
