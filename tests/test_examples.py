"""The examples run and print what they say."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

import lunge

EXAMPLES = Path(__file__).parents[1] / "examples"
DEMO = Path(lunge.__file__).parent / "demo" / "demo.mp4"
SOURCE = str(Path(lunge.__file__).parents[1])


def printed(name, *arguments):
    run = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": SOURCE, "PYTHONIOENCODING": "utf-8"},
    )
    return run.stdout


def test_every_example_is_run():
    assert {p.name for p in EXAMPLES.glob("*.py")} == {
        "count_and_advise.py",
        "depth_over_time.py",
        "save_and_judge_again.py",
    }


def test_count_and_advise():
    lines = printed("count_and_advise.py", DEMO).splitlines()
    assert lines[0] == "2 repetitions"
    assert lines[1].startswith("1: right leg back")
    assert "chest" in lines[2]


def test_depth_over_time():
    rows = list(csv.DictReader(io.StringIO(printed("depth_over_time.py", DEMO))))
    lunge_rows = [float(r["front_thigh_above_horizontal_deg"]) for r in rows if r["step"] == "lunge"]
    assert len(lunge_rows) > 60
    assert sum(lunge_rows) / len(lunge_rows) == pytest.approx(0, abs=8)


def test_save_and_judge_again(tmp_path):
    lines = printed("save_and_judge_again.py", DEMO, tmp_path / "kept.npz").splitlines()
    assert lines == ["asked to hold for 1 s: pass, pass", "asked to hold for 3 s: fail, fail"]
