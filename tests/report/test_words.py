"""Numbers and names as people read them."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyses import finding
from lunge.exercises import load
from lunge.records import Reason, Result, ViewKind
from lunge.report.constants import constants
from lunge.report.words import (
    amount,
    limit_text,
    listed,
    measured,
    measured_value,
    number,
    praise_of,
    rank_of,
    title_of,
    word,
    words,
)

VALUES = st.floats(-1e6, 1e6)
EXERCISE = load("reverse_lunge")


def value_of(text):
    """Return the first number in a text, as a person reads it."""
    return float(re.search(r"[−\d][\d.]*", text)[0].replace("−", "-"))


@given(VALUES, st.integers(0, 3))
def test_a_number_reads_back_as_the_value_rounded(value, decimals):
    text = number(value, decimals)
    assert abs(value_of(text) - value) <= 0.5 * 10**-decimals * (1 + 1e-9)
    assert len(text.partition(".")[2]) == decimals


@given(VALUES, st.integers(0, 3))
def test_a_number_has_a_true_minus_sign_and_zero_has_none(value, decimals):
    text = number(value, decimals)
    assert "-" not in text
    assert text.startswith("−") == (value_of(text) < 0)


@pytest.mark.parametrize(
    ("value", "unit", "height_m", "text"),
    [
        (12.4, "deg", None, "12°"),
        (-0.3, "deg", None, "0°"),
        (1.25, "s", None, "1.2 s"),
        (0.5, "share", None, "50 % of the time"),
        (1.04, "shoulder widths", None, "1.0 shoulder widths"),
        (0.51, "body heights", None, "51 % of body height"),
        (0.044, "body heights", None, "4.4 % of body height"),
        (0.51, "body heights", 1.8, "92 cm"),
        (3.14159, "furlongs", None, "3.14 furlongs"),
    ],
)
def test_every_unit_has_words(value, unit, height_m, text):
    assert amount(value, unit, height_m) == text


@given(st.floats(0.0, 1.0), st.floats(0.8, 2.6))
def test_body_heights_become_centimetres_of_this_body(share, height_m):
    assert abs(value_of(amount(share, "body heights", height_m)) - 100 * share * height_m) <= 0.5 + 1e-9


def test_every_unit_of_the_checks_has_words_of_its_own():
    """What has none is spelled out with two decimals and the unit's bare name."""
    for check in EXERCISE.checks:
        assert not amount(0.123, check.unit).startswith("0.12 "), check.unit


@pytest.mark.parametrize(
    ("value", "spread", "unit", "text"),
    [
        (12.4, 8.0, "deg", "about 12° ± 8°"),
        (1.24, 0.31, "deg", "about 1.2° ± 0.3°"),
        (12.4, None, "deg", "about 12°"),
        (1.2, 0.1, "s", "1.2 ± 0.1 s"),
        (0.05, 0.006, "body heights", "5.0 ± 0.6 % of body height"),
        (None, 8.0, "deg", "–"),
    ],
)
def test_a_value_with_its_spread(value, spread, unit, text):
    assert measured_value(value, spread, unit) == text


@given(st.floats(0.0, 90.0), st.floats(0.01, 30.0))
def test_a_decimal_is_shown_only_where_it_is_known(value, spread):
    assert ("." in measured_value(value, spread, "deg")) == (spread < 1.0)


def test_people_are_shown_the_wider_spread_where_it_is_known():
    assert measured(finding(value=10.0, sd=2.0, sd_people=8.0)) == "about 10° ± 8°"
    assert measured(finding(value=10.0, sd=2.0, sd_people=None)) == "about 10° ± 2°"


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        ((-5.0, 20.0), "−5° to 20°"),
        ((0.0, None), "at least 0°"),
        ((None, 0.0), "at most 0°"),
        ((None, None), "no limit"),
    ],
)
def test_limits_with_open_ends(limit, text):
    assert limit_text(finding(limit=limit)) == text


@given(st.lists(st.text("abc", min_size=1, max_size=4), max_size=6))
def test_a_list_in_a_sentence_holds_every_item_once_in_order(items):
    text = listed(items)
    assert re.split(", | and ", text) == (items or [""])
    assert text.count(" and ") == (len(items) > 1)


def test_a_key_without_a_text_is_spelled_out():
    assert word("movements", "side_lunge") == "a side lunge"
    assert word("movements", "cart_wheel") == "cart wheel"
    assert word("sides", None) == "one"
    assert title_of("moon_walk", "speed") == "Moon walk"
    assert praise_of("moon_walk", "speed") == ""


def test_a_measure_of_a_check_may_have_a_title_of_its_own():
    usual, front = (title_of("trunk_upright", m) for m in ("trunk_forward_deg", "trunk_to_front_side_deg"))
    assert usual != front
    assert front == words()["checks"]["trunk_upright"]["trunk_to_front_side_deg"]["title"]


def test_every_check_of_the_exercise_has_a_title_praise_and_rank():
    names = {c.check for c in EXERCISE.checks}
    assert names <= set(words()["checks"])
    assert all(praise_of(c.check, c.measure) for c in EXERCISE.checks)
    assert names == set(constants().story.first_checks)
    assert sorted(rank_of(n) for n in names) == list(range(len(names)))
    assert rank_of("moon_walk") == len(names)


def test_every_step_result_reason_and_view_has_a_word():
    steps = {s for v in EXERCISE.variants for s in v.steps} | {s for c in EXERCISE.checks for s in c.steps}
    for section, keys in (
        ("steps", steps),
        ("variants", {v.name for v in EXERCISE.variants}),
        ("results", get_args(Result)),
        ("reasons", get_args(Reason)),
        ("views", (*get_args(ViewKind), "unknown")),
    ):
        assert set(keys) <= set(words()[section]), section
