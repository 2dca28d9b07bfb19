"""The programs in bench/ are run by hand, and rarely: what they import must still be there."""

import importlib.util
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"
OTHER_ENVIRONMENTS = {"opensim", "mujoco", "mediapipe"}
"""What a program names that runs in an environment of its own."""


@pytest.mark.skipif(not BENCH.is_dir(), reason="bench/ is not here")
@pytest.mark.parametrize("name", sorted(file.stem for file in BENCH.glob("*.py")))
def test_what_a_bench_imports_is_there(name, monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    try:
        spec.loader.exec_module(module)
    except ModuleNotFoundError as error:
        if error.name not in OTHER_ENVIRONMENTS:
            raise
        pytest.skip(f"{error.name} is not installed")
