"""Exercise files: what is refused, and what ships."""

from importlib import resources

import pytest

from lunge.errors import ExerciseError
from lunge.exercises import exercise_names, load
from lunge.exercises.loading import parse

TEXT = (resources.files("lunge.exercises") / "reverse_lunge.toml").read_text(encoding="utf-8")


def test_the_reverse_lunge_ships():
    assert "reverse_lunge" in exercise_names()
    exercise = load("reverse_lunge")
    assert [v.name for v in exercise.variants] == ["reverse_lunge", "reverse_lunge_from_standing"]


def test_an_unknown_exercise_is_refused_with_the_known_ones():
    with pytest.raises(ExerciseError, match=r"Known are: .*reverse_lunge"):
        load("handstand")


@pytest.mark.parametrize(
    "change",
    [
        ('title = "Reverse lunge"', 'title = "Reverse lunge"\nsurprise = 1'),
        ("opens_heights = 0.20", "opens_heigths = 0.20"),
        ('check = "front_shin"', 'check = "front_shin"\nlimits = [0, 1]'),
        ("margin = 0.15", "marginal = 0.15"),
        ("[stance]", "[stance"),
    ],
)
def test_a_slip_in_the_file_is_refused(change):
    assert change[0] in TEXT
    with pytest.raises(ExerciseError):
        parse(TEXT.replace(*change, 1))
