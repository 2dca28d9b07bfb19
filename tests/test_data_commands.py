"""`lunge export`, `import`, `delete`, `backup`, `restore` as people meet them."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lunge.cli import app
from lunge.storage import Store
from stored import OWN, own_in, populate, put_own

COMMANDS = ("export", "import", "delete", "backup", "restore")
PAGE = Path(__file__).parents[1] / "docs" / "data.md"


@pytest.fixture(autouse=True)
def _no_database_elsewhere(monkeypatch):
    monkeypatch.delenv("LUNGE_DATABASE_URL", raising=False)


@pytest.fixture
def home(tmp_path):
    with Store.open(tmp_path / "home") as store:
        populate(store)
    return tmp_path / "home"


def lunge(*arguments, said=""):
    return CliRunner().invoke(app, [str(one) for one in arguments], input=said, env={"COLUMNS": "200"})


def left(folder):
    with Store.open(folder) as store:
        return len(store.sets.all()), len(store.diary.all())


def test_everything_goes_to_another_machine(home, tmp_path):
    run = lunge("export", tmp_path / "all.zip", "--folder", home)
    assert run.exit_code == 0
    assert run.stdout == ""
    assert "holds everything" in run.stderr
    run = lunge("import", tmp_path / "all.zip", "--folder", tmp_path / "other")
    assert run.exit_code == 0
    assert "2 sets, 13 other entries" in run.stderr
    assert left(tmp_path / "other") == left(home) == (2, 1)


def test_a_backup_comes_back(home, tmp_path):
    assert lunge("backup", tmp_path / "copy", "--folder", home).exit_code == 0
    lunge("delete", "--from", "2026-03-04", "--to", "2026-03-04", "--yes", "--folder", home)
    assert left(home) == (1, 0)
    assert not (tmp_path / "copy").exists()
    assert lunge("backup", tmp_path / "copy", "--folder", home).exit_code == 0
    run = lunge("restore", tmp_path / "copy", "--yes", "--folder", tmp_path / "other")
    assert run.exit_code == 0
    assert "1 sets are there" in run.stderr
    assert left(tmp_path / "other") == (1, 0)


def test_files_of_ones_own_go_along_and_go_with_everything(home, tmp_path):
    put_own(home)
    assert lunge("export", tmp_path / "all.zip", "--folder", home).exit_code == 0
    assert lunge("backup", tmp_path / "copy", "--folder", home).exit_code == 0
    run = lunge("import", tmp_path / "all.zip", "--folder", tmp_path / "other")
    assert "2 files of your own" in run.stderr
    assert lunge("restore", tmp_path / "copy", "--yes", "--folder", tmp_path / "third").exit_code == 0
    assert own_in(tmp_path / "other") == own_in(tmp_path / "third") == OWN
    lunge("delete", "--from", "2026-03-04", "--yes", "--folder", home)
    assert own_in(home).keys() > OWN.keys()
    run = lunge("delete", "--all", "--yes", "--folder", home)
    assert "2 files of your own" in run.stderr
    assert own_in(home) == {"exercises/notes.txt": b"mine"}


def test_a_damaged_database_is_said_and_put_aside_only_when_asked(home):
    (home / "lunge.db").write_bytes(b"damaged" * 1000)
    run = lunge("export", home / "all.zip", "--folder", home)
    assert run.exit_code == 2
    assert "lunge restore --new" in run.stderr
    assert (home / "lunge.db").read_bytes() == b"damaged" * 1000
    run = lunge("restore", "--new", "--yes", "--folder", home)
    assert run.exit_code == 0
    assert re.search(r"What was there before: .*lunge\.db\.corrupt-\d{8}-\d{6}", run.stderr)
    assert left(home) == (2, 0)


@pytest.mark.parametrize("said", ["n\n", "", "\n"])
@pytest.mark.parametrize("what", [("delete", "--all"), ("restore", "--new")])
def test_nothing_happens_without_a_yes(home, what, said):
    run = lunge(*what, "--folder", home, said=said)
    assert run.exit_code == 130
    assert "Nothing was changed" in run.stderr
    assert left(home) == (2, 1)


def test_everything_is_deleted_after_a_yes(home):
    run = lunge("delete", "--all", "--folder", home, said="y\n")
    assert run.exit_code == 0
    assert "SSD" in run.stderr
    assert left(home) == (0, 0)


@pytest.mark.parametrize(
    "arguments",
    [
        ("delete",),
        ("delete", "--all", "--from", "2026-01-01"),
        ("delete", "--from", "2026-02-01", "--to", "2026-01-01"),
        ("delete", "--from", "yesterday"),
        ("restore",),
        ("restore", "copy", "--new"),
    ],
)
def test_half_a_wish_is_asked_for_whole(arguments, tmp_path):
    run = lunge(*arguments, "--yes", "--folder", tmp_path / "home")
    assert run.exit_code == 2
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("command", ["import", "restore"])
def test_what_is_not_there_is_one_sentence(command, home, tmp_path):
    more = ["--yes"] if command == "restore" else []
    run = lunge(command, tmp_path / "none", *more, "--folder", home)
    assert run.exit_code == 2
    assert run.stderr.count("\n") == 1
    assert "There is no file at" in run.stderr
    assert left(home) == (2, 1)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_on_data_has_every_option(command):
    offered = set(re.findall(r"(?<![\w-])--[a-z]+", lunge(command, "--help").stdout)) - {"--help"}
    page = PAGE.read_text(encoding="utf-8")
    assert f"`lunge {command}" in page
    assert not [option for option in offered if f"`{option}" not in page and f" {option}" not in page]
