"""`lunge prescribe`: check, sign and write a prescription."""

from datetime import date

import pytest
from typer.testing import CliRunner

from lunge.cli import app
from lunge.plan.drafting import draft, ranges_of_levels, spread_days
from lunge.plan.ladder import ladder
from lunge.plan.prescription import WEEKDAYS, parse

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


# ---------------------------------------------------------------- written from options


def written(path, *args):
    return run("--write", path, "--by", "A. Physio", *args)


def test_a_file_is_written_from_options_and_told_in_plain_words(tmp_path):
    path = tmp_path / "plan.toml"
    made = written(path, "--level", "2-4", "--days", "3", "--weeks", "6", "--from", "2026-01-05", "--hold", "2-5")
    assert made.exit_code == 0
    found = parse(path.read_text(encoding="utf-8"))
    assert (found.by, found.issued, found.valid_until) == ("A. Physio", date(2026, 1, 5), date(2026, 2, 15))
    assert (found.least["depth_deg"], found.most["depth_deg"]) == (60, 90)
    assert (found.least["hold_s"], found.most["hold_s"]) == (2, 5)
    assert found.weekdays == (0, 2, 4)
    for words in ("From A. Physio", "Depth: 60° to 90°", "Hold: 2 seconds to 5 seconds", "Monday, Wednesday, Friday"):
        assert words in made.output
    assert "Halten: 2 Sekunden bis 5 Sekunden" in run(path, "--language", "de").output


def test_every_option_arrives_in_the_file(tmp_path):
    path = tmp_path / "plan.toml"
    options = {
        "--depth": "60",
        "--repetitions": "3-5",
        "--hands": "one_hand-none",
        "--long-step": "later",
        "--strength": "8-12",
        "--sets-a-day": "2",
        "--days": "friday,Monday",
        "--stop-above": "4",
        "--note": 'Langsam "und" ruhig \x7f\n\\ ü',
        "--exercise": "reverse_lunge",
    }
    assert written(path, *[part for option in options.items() for part in option]).exit_code == 0
    found = parse(path.read_text(encoding="utf-8"))
    assert found.least == {"depth_deg": 60, "repetitions": 3, "support": "one_hand", "stretch": False} | {
        "focus_repetitions": 8
    }
    assert found.most == {"depth_deg": 60, "repetitions": 5, "support": "none", "stretch": True} | {
        "focus_repetitions": 12
    }
    assert (found.weekdays, found.sessions_a_day, found.stop_limit) == ((0, 4), 2, 4)
    assert (found.note, found.issued, found.valid_until) == (options["--note"], date.today(), None)


@pytest.mark.parametrize(
    ("typed", "found", "words"),
    [
        ("both", {}, "Repetitions with each leg: 3 to 6"),
        ("left", {"right": 0}, "With the right leg back: none"),
        ("6, 3", {"left": 6, "right": 3}, "With the right leg back: at most 3"),
    ],
)
def test_each_leg_can_have_its_own_number(tmp_path, typed, found, words):
    path = tmp_path / "plan.toml"
    made = written(path, "--sides", typed, "--repetitions", "3-6")
    assert made.exit_code == 0
    assert parse(path.read_text(encoding="utf-8")).sides == found
    assert words in made.output


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--level", "0-2"),
        ("--level", "4-2"),
        ("--level", "high"),
        ("--depth", "50"),
        ("--depth", "90-45"),
        ("--hold", "5-2"),
        ("--hold", "nan"),
        ("--repetitions", "3-4-5"),
        ("--hands", "feet"),
        ("--sides", "middle"),
        ("--sides", "0,0"),
        ("--sides", "6,"),
        ("--sides", "6,99"),
        ("--weeks", "0"),
        ("--weeks", "105"),
        ("--days", "0"),
        ("--days", "9"),
        ("--days", "someday"),
        ("--sets-a-day", "9"),
        ("--stop-above", "9"),
        ("--note", " "),
        ("--exercise", "squat"),
    ],
)
def test_what_does_not_fit_is_said_by_its_option_and_nothing_is_written(tmp_path, option, value):
    made = written(tmp_path / "plan.toml", option, value)
    assert made.exit_code == 2
    assert f"lunge: {option}: " in made.output
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over_without_being_told(tmp_path):
    path, key = tmp_path / "plan.toml", tmp_path / "key"
    run("--new-key", key)
    assert "Signed, and unchanged" in written(path, "--hold", "2", "--sign", key).output
    before = path.read_bytes()
    again = written(path, "--hold", "5")
    assert again.exit_code == 2
    assert "--overwrite" in again.output
    assert path.read_bytes() == before
    over = written(path, "--hold", "5", "--overwrite")
    assert "It is not signed" in over.output
    assert path.read_bytes() != before
    assert not (tmp_path / "plan.toml.sig").exists()


def test_with_a_key_that_is_none_nothing_is_written(tmp_path):
    (tmp_path / "key").write_text("hello", encoding="utf-8")
    assert written(tmp_path / "plan.toml", "--sign", tmp_path / "key").exit_code == 2
    assert not (tmp_path / "plan.toml").exists()


@pytest.mark.parametrize(
    "args", [("--write", "x"), ("--write", "--by", "Y"), ("x", "--hold", "2"), ("x", "--overwrite")]
)
def test_half_a_wish_is_asked_for_whole(args):
    assert run(*args).exit_code == 2


@pytest.mark.parametrize("count", range(1, 8))
def test_days_of_a_week_lie_as_far_apart_as_they_can(count):
    places = [WEEKDAYS.index(day) for day in spread_days(count)]
    gaps = [(b - a) % 7 or 7 for a, b in zip(places, [*places[1:], places[0]], strict=True)]
    assert len(set(places)) == count
    assert max(gaps) - min(gaps) <= 1


@pytest.mark.parametrize("first", range(1, 7))
def test_a_level_is_what_the_ladder_says(first):
    ranges = ranges_of_levels(first, first)
    found = parse(
        draft(
            {"exercise": "reverse_lunge", "by": "X", "issued": date(2026, 1, 5)}
            | {f"ranges.{name}": ends for name, ends in ranges.items()}
        )
    )
    rungs = [rung.targets for rung in ladder().usual if rung.level == first]
    for name in ranges:
        assert (found.least[name], found.most[name]) == (getattr(rungs[0], name), getattr(rungs[-1], name))
