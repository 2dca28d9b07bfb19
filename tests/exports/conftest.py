"""A rendered lunge with its analysis, once for all tests of this folder."""

from pathlib import Path

import pytest

import lunge

CLIP = Path(__file__).parents[1] / "clips" / "from_standing_270.mp4"


@pytest.fixture(scope="session")
def analysed():
    """Return the analysis of a clip seen from the right, of a person who is taken as 1.70 m tall."""
    return lunge.analyze(CLIP, lunge.Options(height_m=1.7))
