"""The joint moments against MuJoCo's inverse dynamics: see bench/moments.py."""

import runpy
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "moments.py"


def test_moments_are_those_of_inverse_dynamics():
    pytest.importorskip("mujoco", reason="MuJoCo is not installed")
    if not BENCH.is_file():
        pytest.skip("bench/moments.py is not here")
    differences = runpy.run_path(str(BENCH))["largest_differences"](75.0, 20)
    assert max(differences.values()) < 2.0
