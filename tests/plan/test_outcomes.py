"""Questions about how somebody is doing: scores, changes that mean something, and packs."""

import json

import pytest

from lunge.errors import WrittenFileError
from lunge.messages import catalogue, languages
from lunge.plan.outcomes import ACTIVITIES, compared, instruments, pack_from, score

PACK = {
    "schema": "lunge.questions/1",
    "key": "rmdq",
    "language": "en",
    "notice": "Unmodified, with the owners' permission.",
    "citation": "Somebody 1983",
    "items": [f"Statement {i}" for i in range(24)],
}


@pytest.mark.parametrize("instrument", instruments().values(), ids=lambda i: i.key)
def test_each_has_its_source_range_and_texts(instrument):
    assert instrument.lowest < instrument.highest
    assert len(instrument.source.split()) >= 5
    texts = catalogue("de").section("outcomes")
    assert f"{instrument.key}.title" in texts
    ships = instrument.entry in ("item", "activities")
    assert (f"{instrument.key}.question" in texts) == ships


def test_of_measures_with_an_owner_no_question_ships():
    owned = [i.key for i in instruments().values() if i.entry in ("total", "pack")]
    assert owned == ["rmdq", "odi", "koos", "promis_function", "promis_interference"]
    for language in languages():
        keys = catalogue(language).section("outcomes")
        assert [key for key in keys if key.partition(".")[0] in owned] == [f"{key}.title" for key in owned]


def test_pgic_has_its_seven_steps():
    texts = catalogue("en").section("outcomes")
    assert [f"pgic.{i}" in texts for i in range(9)] == [False, *[True] * 7, False]


@pytest.mark.parametrize(
    ("key", "answers", "expected"), [("nprs_back", [3], 3), ("psfs", [2, 4, 9], 5), ("odi", [42], 42)]
)
def test_a_score_is_the_answer_or_the_mean_of_the_own_activities(key, answers, expected):
    assert score(instruments()[key], answers) == expected


@pytest.mark.parametrize(
    ("key", "answers"), [("nprs_back", [11]), ("nprs_back", [1, 2]), ("psfs", [1, 2]), ("psfs", [1] * 6), ("pgic", [0])]
)
def test_an_answer_out_of_range_is_refused(key, answers):
    with pytest.raises(ValueError, match=key):
        score(instruments()[key], answers)


# Ostelo 2008 (2 points and 30 %; 5 and 30 %; 10 and 30 %), Abbott 2014 (2.3), Lee 2017 (2.2)
@pytest.mark.parametrize(
    ("key", "before", "after", "expected"),
    [
        ("nprs_back", 4, 3, "same"),
        ("nprs_back", 4, 2, "better"),
        ("nprs_back", 8, 6, "same"),
        ("nprs_back", 2, 4, "worse"),
        ("psfs", 4, 6.2, "same"),
        ("psfs", 4, 6.3, "better"),
        ("psfs", 6.3, 4, "worse"),
        ("rmdq", 20, 15, "same"),
        ("rmdq", 12, 7, "better"),
        ("odi", 20, 10, "better"),
        ("promis_function", 40, 42.1, "same"),
        ("promis_function", 40, 42.2, "better"),
        ("global", 0, -2, "worse"),
    ],
)
def test_a_change_has_to_mean_something(key, before, after, expected):
    assert compared(instruments()[key], before, after) == expected


# ---------------------------------------------------------------- packs
def test_a_pack_counts_what_applies_and_keeps_its_words():
    pack = pack_from(json.dumps(PACK))
    assert (pack.notice, pack.citation, pack.items[3]) == (PACK["notice"], PACK["citation"], "Statement 3")
    assert (pack.score(set()), pack.score({0, 5, 23})) == (0.0, 3.0)
    with pytest.raises(ValueError, match="24"):
        pack.score({24})


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        ({"notice": ""}, "no_text"),
        ({"schema": "x"}, "exactly"),
        ({"key": "odi"}, "exactly"),
        ({"items": ["one"]}, "count"),
        ({"items": "one"}, "no_texts"),
        ({"items": ["", ""]}, "no_texts"),
        ({"surprise": 1}, "unknown"),
    ],
)
def test_a_pack_without_its_notice_or_statements_is_refused_with_the_line(spoil, key):
    text = json.dumps(PACK | spoil, indent=1)
    with pytest.raises(WrittenFileError) as caught:
        pack_from(text)
    (problem,) = caught.value.facts["problems"]
    assert problem.key == f"written.{key}"
    assert next(iter(spoil)) in text.splitlines()[problem.line - 1]


def test_a_missing_key_is_named():
    with pytest.raises(WrittenFileError, match="citation is missing"):
        pack_from(json.dumps({k: v for k, v in PACK.items() if k != "citation"}))


def test_own_activities_are_three_to_five():
    assert ACTIVITIES == (3, 5)
