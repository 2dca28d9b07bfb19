"""Numbers that decide something: each in a data file, with its unit and its source."""

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import get_type_hints

import pytest

import lunge.breaks.constants
import lunge.causal.constants
import lunge.coaching.constants
import lunge.constants
import lunge.evaluation.constants
import lunge.exports.constants
import lunge.guide.constants
import lunge.handbook.constants
import lunge.kinematics.constants
import lunge.live.constants
import lunge.live.postures
import lunge.lowering.constants
import lunge.mechanics.constants
import lunge.plan.constants
import lunge.pose.constants
import lunge.questionnaires.constants
import lunge.report.constants
import lunge.storage.constants
import lunge.trends.constants
import lunge.web.constants
from lunge.constants import read

FILES = {
    "lunge/constants.toml": lunge.constants,
    "lunge/breaks/breaks.toml": lunge.breaks.constants,
    "lunge/causal/causal.toml": lunge.causal.constants,
    "lunge/exports/exports.toml": lunge.exports.constants,
    "lunge/live/live.toml": lunge.live.constants,
    "lunge/coaching/policy.toml": lunge.coaching.constants,
    "lunge/evaluation/evaluation.toml": lunge.evaluation.constants,
    "lunge/guide/guide.toml": lunge.guide.constants,
    "lunge/handbook/handbook.toml": lunge.handbook.constants,
    "lunge/kinematics/kinematics.toml": lunge.kinematics.constants,
    "lunge/questionnaires/questionnaires.toml": lunge.questionnaires.constants,
    "lunge/report/report.toml": lunge.report.constants,
    "lunge/lowering/lowering.toml": lunge.lowering.constants,
    "lunge/live/postures.toml": lunge.live.postures,
    "lunge/mechanics/mechanics.toml": lunge.mechanics.constants,
    "lunge/plan/rules.toml": lunge.plan.constants,
    "lunge/pose/blazepose.toml": lunge.pose.constants,
    "lunge/storage/storage.toml": lunge.storage.constants,
    "lunge/trends/trends.toml": lunge.trends.constants,
    "lunge/web/web.toml": lunge.web.constants,
}
SOURCE_AT_THE_TOP = "lunge/pose/blazepose.toml"
"""All of its numbers are MediaPipe's, which it says once; its last section has its own."""

ROW = re.compile(r"^(?P<key>\w+) = (?P<value>[^#]+?)\s*(?:#\s*(?P<said>.+))?$")
UNITS = (
    *(
        "_s",
        "_fps",
        "_px",
        "_deg",
        "_heights",
        "_m",
        "_heights_per_s",
        "_heights_per_s2",
        "_m_per_s2",
        "_mm_per_deg",
        "_band",
        "_share",
        "_percentile",
        "_factor",
        "_weight",
    ),
    *("_frames", "_points", "_trunks", "_confidence", "_medians", "_long_sides", "_legs_per_frame", "_per_shift"),
    *("_m_per_s2", "_mm_per_deg", "_nm_per_kg", "_band"),
    *("_hz", "_hz_per_heights_per_s"),
    *("_results", "_mib", "_count", "_days", "_messages_per_s"),
    *("_checks", "_texts", "_repetitions", "_direction"),
    *("_sessions", "_years", "_weeks", "_hours"),
)


def text_of(file):
    package, _, name = file.rpartition("/")
    return (resources.files(package.replace("/", ".")) / name).read_text(encoding="utf-8")


def rows():
    """Return every number as (file, key, what the comment beside or right above it says)."""
    for file in FILES:
        above, text = "", text_of(file)
        for line in (text[text.index("\n[tracker]") :] if file == SOURCE_AT_THE_TOP else text).splitlines():
            found = ROW.match(line)
            if found:
                yield pytest.param(found["key"], f"{above} {found['said'] or ''}".strip(), id=f"{file}: {found['key']}")
            above = f"{above} {line.removeprefix('#').strip()}" if line.startswith("#") else ""


@pytest.mark.parametrize(("key", "said"), list(rows()))
def test_a_number_has_its_unit_and_its_source(key, said):
    assert key.endswith(UNITS), f"{key}: the unit ends the name"
    assert len(said.split()) >= 5, f"{key}: say where it comes from, or why it was chosen"


@pytest.mark.parametrize("file", FILES)
def test_every_number_is_of_the_kind_that_the_record_says(file):
    found, data = FILES[file].constants(), tomllib.loads(text_of(file))
    for name, section in get_type_hints(type(found)).items():
        for key, kind in get_type_hints(section).items():
            value = getattr(getattr(found, name), key)
            assert type(value) is getattr(kind, "__origin__", kind), f"{name}.{key}"
            assert value == (tuple(data[name][key]) if type(value) is tuple else data[name][key])


@dataclass(frozen=True)
class Walk:
    pace_s: float


@dataclass(frozen=True)
class Shop:
    walk: Walk


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[walk]\npace_s = 1.0\nrun_s = 2.0", r"\[walk\]: expected pace_s, got pace_s, run_s"),
        ("[walk]", r"\[walk\]: expected pace_s, got "),
        ("[walk]\npace_s = 1.0\n[run]", r"expected walk, got run, walk"),
        ("", r"expected walk, got "),
    ],
)
def test_a_file_that_does_not_fit_is_refused(tmp_path, monkeypatch, text, said):
    (tmp_path / "shop.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("lunge.constants.resources.files", lambda package: tmp_path)
    with pytest.raises(ValueError, match=said):
        read(Shop, "shop", "shop.toml")


def test_a_file_that_fits_is_read(tmp_path, monkeypatch):
    (tmp_path / "shop.toml").write_text("[walk]\npace_s = 1.5", encoding="utf-8")
    monkeypatch.setattr("lunge.constants.resources.files", lambda package: tmp_path)
    assert read(Shop, "shop", "shop.toml") == Shop(Walk(1.5))
