"""`lunge prescribe`: check and sign a prescription."""

import pytest
from typer.testing import CliRunner

from lunge.cli import app

GOOD = 'schema = "lunge.prescription/1"\nexercise = "reverse_lunge"\nby = "A. Physio"\nissued = 2026-01-05\n'


def run(*args):
    return CliRunner().invoke(app, ["prescribe", *map(str, args)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_signed_file_is_known_until_a_byte_changes(tmp_path, file):
    key = tmp_path / "key"
    assert run("--new-key", key).exit_code == 0
    assert key.stat().st_mode & 0o077 == 0
    assert run(file, "--sign", key).exit_code == 0
    assert "Signed, and unchanged" in run(file).output
    file.write_text(GOOD + "\n", encoding="utf-8")
    changed = run(file)
    assert changed.exit_code == 2
    assert "one of them was changed" in changed.output


def test_every_mistake_is_told_with_its_line(file):
    file.write_text(GOOD.replace("2026-01-05", '"soon"') + "sets = 3\n", encoding="utf-8")
    found = run(file)
    assert found.exit_code == 2
    assert [row for row in found.output.splitlines() if "ine 4" in row]
    assert [row for row in found.output.splitlines() if "ine 5" in row]


def test_a_key_is_never_written_over(tmp_path):
    key = tmp_path / "key"
    run("--new-key", key)
    before = key.read_bytes()
    assert run("--new-key", key).exit_code == 2
    assert key.read_bytes() == before


def test_what_is_no_key_is_said(tmp_path, file):
    (tmp_path / "key").write_text("hello", encoding="utf-8")
    found = run(file, "--sign", tmp_path / "key")
    assert found.exit_code == 2
    assert "is no key" in found.output
    assert not (tmp_path / "plan.toml.sig").exists()


def test_a_file_that_is_not_there_is_said(tmp_path):
    assert run(tmp_path / "none.toml").exit_code == 2
