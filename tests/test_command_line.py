"""The command line as people and programs meet it: what it prints, writes and returns."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

import lunge

SOURCE = str(Path(lunge.__file__).parents[1])
CLIPS = Path(__file__).parent / "clips"
CLIP = CLIPS / "from_standing_270.mp4"
PROGRAM = "import sys; sys.argv[0] = 'lunge'; from lunge.cli import main; main()"


def environment():
    return {**os.environ, "PYTHONPATH": SOURCE, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "COLUMNS": "100"}


def command(*arguments, folder, before=""):
    """Run `lunge`, after lines of Python that change it."""
    return subprocess.run(
        [sys.executable, "-c", before + PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=environment(),
        check=False,
    )


def sound_only(path):
    with av.open(str(path), "w") as out:
        stream = out.add_stream("aac", rate=16000)
        for _ in range(20):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            frame.sample_rate = 16000
            for packet in stream.encode(frame):
                out.mux(packet)
        for packet in stream.encode():
            out.mux(packet)
    return path


def bad_inputs(folder):
    """Return inputs that cannot be analysed, by what is wrong with them."""
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "text.mp4").write_text("this is no video", encoding="utf-8")
    (folder / "cut.mp4").write_bytes(CLIP.read_bytes()[:3000])
    (folder / "bad.npz").write_bytes(b"no landmarks")
    (folder / "nothing").mkdir()
    sound_only(folder / "sound.mp4")
    names = ("missing.mp4", "empty.mp4", "text.mp4", "cut.mp4", "bad.npz", "nothing", "sound.mp4")
    return {name: folder / name for name in names} | {"nobody": CLIPS / "empty_room.mp4"}


KINDS = ("missing.mp4", "empty.mp4", "text.mp4", "cut.mp4", "bad.npz", "nothing", "sound.mp4", "nobody")


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_analysed_is_said_in_a_sentence(kind, tmp_path):
    run = command("analyze", bad_inputs(tmp_path)[kind], "--model", "lite", folder=tmp_path)
    assert run.returncode == 2
    assert "Traceback" not in run.stdout + run.stderr
    assert run.stderr.strip().endswith((".", kind))
    assert not list((tmp_path / "lunge-report").rglob("*.html")) if (tmp_path / "lunge-report").exists() else True


def test_json_is_one_document_and_nothing_else(tmp_path):
    run = command("analyze", CLIP, "--json", "--model", "lite", folder=tmp_path)
    assert run.returncode == 0
    document = json.loads(run.stdout)
    assert document["schema"] == "lunge.analysis/1"
    assert [r["stepping_leg"] for r in document["repetitions"]] == ["left", "right"]
    assert not (tmp_path / "lunge-report").exists()


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    (tmp_path / "text.mp4").write_text("no video", encoding="utf-8")
    run = command("analyze", "text.mp4", CLIP, "--json", "--model", "lite", folder=tmp_path)
    assert run.returncode == 1
    document = json.loads(run.stdout)
    assert document["schema"] == "lunge.analyses/1"
    assert len(document["analyses"]) == 1
    assert [Path(e["path"]).name for e in document["errors"]] == ["text.mp4"]


def test_a_report_and_its_tables_are_written_whole(tmp_path):
    run = command("analyze", CLIP, "--out", "here", "--model", "lite", folder=tmp_path)
    assert run.returncode == 0
    page = next((tmp_path / "here").rglob("*.html"))
    text = page.read_text(encoding="utf-8")
    assert text.rstrip().endswith("</html>")
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "https://" not in text
    assert {p.name for p in page.parent.glob("*.csv")} >= {"repetitions.csv", "signals.csv"}
    assert not [p for p in (tmp_path / "here").rglob("*") if p.name.startswith(".")]


def test_two_videos_of_one_name_keep_their_own_reports(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        shutil.copy(CLIP, tmp_path / name / "clip.mp4")
    run = command("analyze", "a/clip.mp4", "b/clip.mp4", "--out", "both", "--model", "lite", folder=tmp_path)
    assert run.returncode == 0
    assert len(list((tmp_path / "both").rglob("*.html"))) >= 2


def test_everything_that_can_be_asked_for_is_written(tmp_path):
    asked = ("--no-report", "--video", "film.mp4", "--save-poses", "kept.npz", "--signals", "series.csv")
    asked += ("--export", "trc, mot", "--pdf", "--language", "de", "--anonymous")
    run = command("analyze", CLIP, *asked, "--to", "4", "--model", "lite", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert sum(1 for _ in film.decode(video=0)) == pytest.approx(120, abs=3)
    first = (tmp_path / "series.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("time_s,step,")
    assert "trunk_forward_deg,trunk_forward_deg_sd" in first
    beside = sorted(path.name for path in (tmp_path / "lunge-report" / CLIP.stem).iterdir())
    assert beside == [f"{CLIP.stem}.mot", f"{CLIP.stem}.trc", "report.pdf"]
    again = command("analyze", "kept.npz", "--json", folder=tmp_path)
    assert json.loads(again.stdout)["input"]["frames"] == pytest.approx(121, abs=2)


@pytest.mark.skipif(os.name != "posix" or not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_and_nothing_is_left_half_written(tmp_path):
    full = (
        "import errno, pathlib, sys\n"
        "from lunge import files\n"
        "def full(self, *a, **k): raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "pathlib.Path.replace = full\n"
    )
    run = command("analyze", CLIP, "--out", "here", "--model", "lite", folder=tmp_path, before=full)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert not [p for p in (tmp_path / "here").rglob("*") if p.is_file()]


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX knows them")
def test_ctrl_c_ends_cleanly(tmp_path):
    interrupted = (
        "import os, signal\n"
        "from lunge.landmark_stream import PoseStore\n"
        "add = PoseStore.add\n"
        "def interrupted(self, block):\n"
        "    add(self, block)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "PoseStore.add = interrupted\n"
    )
    run = command("analyze", CLIP, "--out", "here", "--model", "lite", folder=tmp_path, before=interrupted)
    assert run.returncode == 130
    assert "Traceback" not in run.stderr
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize(
    "wrong",
    [
        ("--model", "huge"),
        ("--height", "tall"),
        ("--hold", "99"),
        ("--exercise", "none"),
        ("--surprise",),
        ("--export", "bvh"),
    ],
)
def test_a_wrong_option_ends_with_two(wrong, tmp_path):
    run = command("analyze", CLIP, *wrong, folder=tmp_path)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_help_does_not_load_what_is_heavy(tmp_path):
    script = PROGRAM.replace("main()", "\ntry:\n main()\nexcept SystemExit: print(sorted(sys.modules))")
    run = subprocess.run(
        [sys.executable, "-c", script, "--help"], capture_output=True, text=True, env=environment(), check=True
    )
    assert "analyze" in run.stdout
    for heavy in ("'openvino'", "'av'", "'cv2'"):
        assert heavy not in run.stdout
