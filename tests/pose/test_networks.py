"""Network files that are missing or damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from lunge.errors import ModelError
from lunge.pose import networks
from lunge.pose.networks import Network, model_path, verified

NAMES = ["pose_detection", *(f"pose_landmark_{model}" for model in networks.MODELS)]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of an installation with the smallest network, which may be spoilt."""
    real = model_path("pose_landmark_lite").parent
    (tmp_path / "models").mkdir()
    for name in ("models.toml", "pose_landmark_lite.tflite"):
        shutil.copy(real / name, tmp_path / "models" / name)
    monkeypatch.setattr(networks.resources, "files", lambda _: tmp_path)
    return tmp_path / "models" / "pose_landmark_lite.tflite"


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_those_of_the_list(name: str) -> None:
    assert verified(model_path(name))


def test_missing(installed: Path) -> None:
    installed.unlink()
    with pytest.raises(ModelError, match=r"pose_landmark_lite\.tflite is missing.*Install"):
        Network("pose_landmark_lite")


def test_cut_off(installed: Path) -> None:
    installed.write_bytes(installed.read_bytes()[:100_000])
    with pytest.raises(ModelError, match="damaged"):
        Network("pose_landmark_lite")


def test_overwritten(installed: Path) -> None:
    installed.write_bytes(bytes(installed.stat().st_size))
    with pytest.raises(ModelError, match="damaged"):
        Network("pose_landmark_lite")


def test_only_what_is_read_is_computed() -> None:
    shapes = [a.shape for a in Network("pose_landmark_lite")(np.zeros((1, 256, 256, 3), np.uint8))]
    assert shapes == [(1, 195), (1, 1), (1, 64, 64, 39), (1, 117)]
