"""Every key that the plan can answer has its text, and no text claims what nobody can keep."""

import ast
import itertools
import re
from pathlib import Path

import pytest

import lunge.plan
from lunge.messages import catalogue, languages
from lunge.plan.records import VARIABLES
from lunge.plan.screening import questions
from lunge.plan.stops import stops

SOURCE = Path(lunge.plan.__file__).parent
SECTIONS = ("plan", "screening", "progress", "outcomes", "written")
WHOLE = re.compile(rf"^({'|'.join(SECTIONS)})\.[\w.]*\w$")
PREFIXES = {"_why": "plan.why", "WrongValueError": "written"}
MADE = {
    *(f"plan.changed.{kind}.{variable}" for kind in ("up", "down") for variable in VARIABLES),
    *(f"plan.today.{status}" for status in ("screen", "stop", "ask_first", "paused")),
    *(f"plan.cue.{way}" for way in ("knee", "back", "balance")),
    *(f"plan.level.{level}" for level in range(7)),
    *(f"plan.support.{support}" for support in ("both_hands", "one_hand", "none")),
    *(f"plan.stop.{part}{stop.key}" for stop in stops() for part in ("", "then.")),
    *(question.text for question in questions()),
    *(f"screening.today.{answer}" for answer in ("nothing", "ill", "list")),
}


def written_keys():
    """Yield the keys that the code names: whole ones, and the rest of `_why(...)` and of wrong values."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.glob("*.py")]
    for node in itertools.chain.from_iterable(map(ast.walk, trees)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and WHOLE.match(node.value):
            yield node.value
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PREFIXES:
            first = node.args[0]
            yield from [f"{PREFIXES[node.func.id]}.{first.value}"] if isinstance(first, ast.Constant) else []


KEYS = sorted({*written_keys(), *MADE} - {f"{section}.toml" for section in SECTIONS})


def test_the_code_names_many_keys():
    assert len(KEYS) > 100
    assert {"plan.why.up", "plan.why.red", "plan.why.lowest", "written.no_range", "progress.same"} <= set(KEYS)


@pytest.mark.parametrize("language", languages())
def test_every_key_has_its_text(language):
    missing = [key for key in KEYS if key not in catalogue(language).texts]
    assert not missing


def test_whatever_a_set_lacks_has_its_text():
    text = (SOURCE / "book.py").read_text(encoding="utf-8")
    lacks = set(re.findall(r'return "(\w+)"', text)) | {"effort", "trend_back", "trend_knee"}
    assert lacks > {"form", "comfort_unknown", "effort_unknown"}
    assert not [lack for lack in lacks if f"plan.why.{lack}" not in catalogue().texts]


CLAIMS = {
    "en": r"remed|reliev|relief|\btreat(s|ment)\b|prevent|\bcures?\b|rehabilit|weak glut|correct\w* (your )?posture"
    r"|strengthens|safer than|proven|validated|diagnos|monitor|detect|amnesia|neutral pelvi|psoas",
    "de": r"heil(t|en|ung)|linder|vorbeug|verhinder|rehabilit|schwache[rn]? (po|gesäß)|haltung korrig|bewiesen"
    r"|validiert|diagnos|überwach|sicherer als|becken",
}


@pytest.mark.parametrize("language", languages())
def test_no_text_claims_an_effect_on_health(language):
    texts = {k: v for k, v in catalogue(language).texts.items() if k.partition(".")[0] in SECTIONS}
    found = {key: text for key, text in texts.items() if re.search(CLAIMS[language], text, flags=re.IGNORECASE)}
    assert not found


@pytest.mark.parametrize("language", languages())
def test_reasons_are_short(language):
    texts = catalogue(language).texts
    long = {key: text for key, text in texts.items() if key.startswith("plan.why.") and len(text.split()) > 22}
    assert not long
