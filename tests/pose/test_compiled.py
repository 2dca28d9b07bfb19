"""Compiled networks that are kept: taken up only where they are right."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from lunge.pose import compiled as kept
from lunge.pose import networks
from lunge.pose.networks import Network, model_path

NAME = "pose_landmark_lite"
PICTURE = np.random.default_rng(5).integers(0, 256, (1, 256, 256, 3), np.uint8)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the networks that were read and compiled."""
    names: list[str] = []
    read = networks.graph

    def spied(name: str) -> object:
        names.append(name)
        return read(name)

    monkeypatch.setattr(networks, "graph", spied)
    return names


def answers(**options: int) -> list[bytes]:
    return [output.tobytes() for output in Network(NAME, **options)(PICTURE)]


def test_the_second_start_takes_up_what_the_first_made_and_answers_the_same(folder: Path, made: list[str]) -> None:
    first = answers()
    assert answers() == first
    assert made == [NAME]


@pytest.mark.parametrize("spoilt", [b"", b"x" * 1000], ids=["emptied", "overwritten"])
def test_a_damaged_file_is_made_anew(folder: Path, made: list[str], spoilt: bytes) -> None:
    first = answers()
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(spoilt)
    assert answers() == first
    assert made == [NAME, NAME]
    assert len(file.read_bytes()) == len(whole)


def test_a_file_that_was_cut_off_is_made_anew(folder: Path, made: list[str]) -> None:
    first = answers()
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert answers() == first
    assert made == [NAME, NAME]


def test_another_openvino_makes_it_anew_and_leaves_one_file(
    folder: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers()
    before = set(folder.iterdir())
    monkeypatch.setattr(kept.ov, "get_version", lambda: "another")
    answers()
    assert made == [NAME, NAME]
    assert len(set(folder.iterdir())) == 1
    assert set(folder.iterdir()) != before


def test_another_network_file_makes_it_anew(
    folder: Path, made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers()
    other = shutil.copy(model_path(NAME), tmp_path / f"{NAME}.tflite")
    with Path(other).open("ab") as file:
        file.write(b"\0")
    monkeypatch.setattr(networks, "model_path", lambda _: Path(other))
    answers()
    assert made == [NAME, NAME]


def test_other_settings_have_a_file_of_their_own(folder: Path, made: list[str]) -> None:
    answers()
    answers(threads=1)
    answers()
    assert made == [NAME, NAME]


def test_a_folder_that_cannot_be_written_is_done_without(folder: Path, made: list[str]) -> None:
    folder.write_text("in the way", encoding="utf-8")
    assert answers() == answers()
    assert made == [NAME, NAME]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one place for it alone")
def test_tests_keep_theirs_apart_from_those_of_the_person(cache_folder: Path) -> None:
    assert kept.cache_folder() == cache_folder / "lunge"


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, "home/.cache/lunge"),
        ("linux", {"XDG_CACHE_HOME": "caches"}, "caches/lunge"),
        ("darwin", {}, "home/Library/Caches/lunge"),
        ("win32", {"LOCALAPPDATA": "local"}, "local/lunge/cache"),
    ],
)
def test_where_they_are_kept(
    platform: str, variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(kept.sys, "platform", platform)
    monkeypatch.setattr(kept.Path, "home", lambda: Path("home"))
    assert kept.cache_folder() == Path(expected)
