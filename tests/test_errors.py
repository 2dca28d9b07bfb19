"""Every error and note is said in all languages: it has the key of a text, and all that the text's gaps need."""

import ast
import inspect
import pickle
import string
from collections.abc import Iterator

import pytest

from lunge import errors
from lunge.errors import ExerciseError, LungeError, MissingFileError, VideoError
from lunge.exercises import exercise_names
from lunge.messages import Listed, Sentence, catalogue, languages
from lunge.written import Problem, refused
from test_layers import TREES

ENGLISH = catalogue().texts
TOLD = ("errors.", "notes.")
MADE = {
    "lunge.files": ("errors.output.",),
    "lunge.storage.faults": ("errors.store.",),
    "lunge.storage.zips": ("errors.archive.no_", "errors.archive.damaged_"),
    "lunge.pictures": ("notes.",),
    "lunge.session": ("notes.exercise.", "notes.movement."),
}
"""The beginnings of keys that are put together, by the module that does it."""


def kinds_of_error() -> set[str]:
    """Return the names of `LungeError` and of all that come from it, anywhere in the package."""
    names = {"LungeError"}
    classes = [node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while True:
        more = {c.name for c in classes if names & {b.id for b in c.bases if isinstance(b, ast.Name)}} - names
        if not more:
            return names
        names |= more


KINDS = kinds_of_error() - {"MissingFileError"}  # this one has a sentence of its own and takes a path


def calls(*names: str) -> Iterator[object]:
    """Yield each call of something of that name, named by its place."""
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield pytest.param(node, id=f"{module}:{node.lineno}")


def is_made(key: ast.expr) -> bool:
    """Return whether a key is passed on, or put together from the beginning of keys."""
    if isinstance(key, ast.JoinedStr):
        start = key.values[0]
        return isinstance(start, ast.Constant) and str(start.value).startswith(TOLD)
    if isinstance(key, ast.Name):
        return key.id == "key" or key.id.isupper()
    return ast.unparse(key).endswith((".key", "['key']"))


def keys_in(tree: ast.AST) -> set[str]:
    """Return every text in a piece of code that begins as a key of an error or a note does."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(TOLD)
    }


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_errors_are_all_found():
    declared = {name for name, kind in vars(errors).items() if inspect.isclass(kind) and issubclass(kind, LungeError)}
    assert declared - {"MissingFileError"} < KINDS


@pytest.mark.parametrize("call", list(calls(*KINDS)))
def test_an_error_is_raised_with_a_key_and_with_what_fills_its_gaps(call):
    key = call.args[0]
    if not isinstance(key, ast.Constant):
        assert is_made(key), "expected the key of a text in errors.toml, not a sentence"
        return
    assert key.value in ENGLISH, f"{key.value!r} is no key of a text in errors.toml"
    assert gaps(ENGLISH[key.value]) <= {keyword.arg for keyword in call.keywords}


@pytest.mark.parametrize("call", list(calls("Sentence")))
def test_a_note_is_made_with_a_key_and_with_what_fills_its_gaps(call):
    key = call.args[0]
    if not isinstance(key, ast.Constant):
        assert is_made(key), "expected the key of a text in the catalogues, not a sentence"
        return
    fill = call.args[1] if len(call.args) > 1 else ast.Dict([], [])
    if isinstance(fill, ast.Dict):
        assert {name.value for name in fill.keys} == gaps(ENGLISH[key.value])


def test_every_key_in_the_code_is_in_the_catalogue_and_the_other_way_round():
    used = {key for tree in TREES.values() for key in keys_in(tree)}
    begun = {start for starts in MADE.values() for start in starts}
    assert used - begun <= set(ENGLISH)
    begun.remove("notes.")
    known = {key for key in ENGLISH if key.startswith(TOLD)}
    unused = {k for k in known - used if not k.startswith((*begun, "notes.feet_", "notes.head_"))}
    assert not unused


def test_every_exercise_that_ships_is_called_something_in_a_note():
    assert {f"notes.exercise.{name}" for name in exercise_names()} <= set(ENGLISH)


def test_the_movements_of_a_note_are_those_of_the_report():
    def names(section: str) -> set[str]:
        return {key.rpartition(".")[2] for key in ENGLISH if key.startswith(section)}

    assert names("notes.movement.") == names("report.movements.") - {"unknown"}


@pytest.mark.parametrize("language", languages())
def test_an_error_says_the_same_in_every_language(language):
    said = VideoError("errors.video.part_beyond", name="clip.mp4", lasts_s=12.3).text(language)
    assert "clip.mp4" in said
    assert ("12,3" if language == "de" else "12.3") in said


def test_an_error_is_a_plain_sentence_and_survives_being_sent():
    error = MissingFileError("a.mp4")
    again = pickle.loads(pickle.dumps(error))
    assert str(error) == error.message == "There is no file at a.mp4. Check the name and try again."
    assert (type(again), again.facts, again.text("de")) == (MissingFileError, error.facts, error.text("de"))


def test_what_is_wrong_in_a_file_is_said_in_the_language_of_the_sentence():
    error = refused("plan.toml", (Problem(3, "written.no_toml"), Problem(5, "written.missing", {"name": "hold_s"})))
    said = ExerciseError(error.key, **error.facts).text("de")
    assert said.startswith("plan.toml lässt sich noch nicht verwenden. Zeile 3: ")
    assert said.endswith(" Zeile 5: hold_s fehlt.")


def test_a_sentence_within_a_sentence_is_in_the_same_language():
    seen = Listed((Sentence("notes.movement.squat"), Sentence("notes.movement.walking")))
    note = Sentence("notes.none_but", {"exercise": Sentence("notes.exercise.reverse_lunge"), "movements": seen})
    assert str(note) == "No reverse lunge was seen, but: squat, walking."
    assert note.text("de").endswith("eine Kniebeuge, Gehen.")
