"""The questions before the first set and before every set, stopping, and the letter for the doctor."""

from datetime import date, timedelta

import pytest

from lunge.messages import catalogue
from lunge.plan.records import Comfort, Consent
from lunge.plan.screening import (
    asked_today,
    is_emergency,
    latest,
    letter_for,
    outcome_of,
    paths_of,
    questions,
    valid_until,
)
from lunge.plan.stops import ACTIONS, PAUSING, action_of, stops, what_to_do
from planned import MONDAY, RULES, fresh, planned, screened

KEYS = [question.key for question in questions()]


# ---------------------------------------------------------------- outcomes (NHS texts, Verhagen 2016; exercise.md A1)
@pytest.mark.parametrize("question", questions(), ids=KEYS)
def test_each_tick_leads_where_its_tier_says(question):
    expected = {"emergency": "stop", "urgent": "stop", "ask": "go", "path": "go"}[question.tier]
    assert outcome_of(screened(question.key)) == expected
    without = {"emergency": "stop", "urgent": "stop", "ask": "ask_first", "path": "ask_first"}[question.tier]
    assert outcome_of(screened(question.key, doctor_agrees=False)) == without


def test_the_questions_are_those_of_the_pages_and_the_ways():
    texts = catalogue().section("safety")
    asked = {key for key in texts if key.partition(".")[0] in ("emergency", "urgent", "ask") and "." in key}
    assert {key for key in KEYS if not key.startswith("path.")} == asked
    assert len(set(KEYS)) == len(KEYS)


def test_an_emergency_is_told_apart_from_what_is_urgent():
    assert is_emergency(screened("emergency.legs", "path.knee"))
    assert not is_emergency(screened("urgent.fever"))


def test_a_key_that_is_no_question_is_refused():
    with pytest.raises(ValueError, match=r"urgent\.surprise"):
        outcome_of(screened("urgent.surprise"))


# ---------------------------------------------------------------- how long they hold (12 months)
def test_answers_hold_for_a_year():
    answers = screened()
    assert valid_until(answers, RULES) == MONDAY + timedelta(days=365)
    assert planned(fresh(), valid_until(answers, RULES) + timedelta(days=1)).status == "screen"
    assert planned(fresh(), valid_until(answers, RULES)).status != "screen"
    assert planned(fresh(screenings=()), MONDAY).status == "screen"


def test_the_last_answers_count_and_of_one_day_the_most_careful():
    first, stop, go = screened(), screened("urgent.fever", on=MONDAY + timedelta(days=9)), screened()
    assert latest((stop, first), MONDAY) == first
    assert latest((first, stop), MONDAY + timedelta(days=9)) == stop
    assert latest((go, screened("urgent.fever")), MONDAY) == screened("urgent.fever")
    assert latest((first,), date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("ticked", "age", "paths"),
    [
        ((), 40, set()),
        (("path.knee", "path.back"), 40, {"knee", "back"}),
        (("ask.balance",), 40, {"balance"}),
        ((), 64, set()),
        ((), 65, {"balance"}),
        ((), None, set()),
    ],
)
def test_answers_and_age_choose_the_way(ticked, age, paths):
    assert paths_of(screened(*ticked, age_years=age), RULES) == paths


# ---------------------------------------------------------------- before every set (chosen; Thomeé 1997)
@pytest.mark.parametrize(
    ("today", "felt", "may_start", "reason"),
    [
        ("nothing", 0, True, "answer_go"),
        ("nothing", 2, True, "answer_go"),
        ("nothing", 3, True, "answer_gently"),
        ("nothing", 5, True, "answer_gently"),
        ("nothing", 6, False, "answer_sore"),
        ("nothing", None, True, "answer_go"),
        ("ill", 0, False, "answer_ill"),
        ("list", 0, False, "answer_list"),
    ],
)
def test_is_anything_new(today, felt, may_start, reason):
    found = asked_today(today, Comfort(0, felt) if felt is not None else Comfort(), 5, RULES)
    assert (found.may_start, found.reason.key) == (may_start, f"screening.today.{reason}")
    assert (found.is_ill, found.asks_anew) == (today == "ill", today == "list")


# ---------------------------------------------------------------- stopping (Allina Health; red flags; Thomeé 1997)
@pytest.mark.parametrize(
    ("answers", "action"),
    [
        ((), "go_on"),
        (("pause",), "go_on"),
        (("balance",), "chair"),
        (("tired",), "set"),
        (("sore",), "set"),
        (("sharp",), "session"),
        (("knee_gave_way",), "screen"),
        (("numb",), "screen"),
        (("breathless",), "emergency"),
        (("tired", "unwell", "sharp"), "emergency"),
        (("balance", "tired"), "set"),
    ],
)
def test_the_strongest_answer_decides(answers, action):
    found = what_to_do(answers, Comfort(1, 1), Comfort(1, 1), 5)
    assert found.action == action
    assert (
        found.reasons[0].key == f"plan.stop.then.{next(k for k in (answers or ('pause',)) if action_of(k) == action)}"
    )


@pytest.mark.parametrize(
    ("before", "now", "limit", "action"),
    [
        (Comfort(6, 0), Comfort(6, 0), 5, "set"),
        (Comfort(5, 0), Comfort(5, 0), 5, "go_on"),
        (Comfort(5, 0), Comfort(5, 0), 4, "set"),
        (Comfort(1, 0), Comfort(2, 0), 5, "set"),
        (Comfort(2, 0), Comfort(1, 0), 5, "go_on"),
        (Comfort(), Comfort(3, 3), 5, "go_on"),
    ],
)
def test_more_than_the_limit_or_a_rise_within_the_set_ends_it(before, now, limit, action):
    assert what_to_do((), before, now, limit).action == action


def test_every_answer_has_its_action_and_source():
    assert [s.action for s in stops()] == sorted((s.action for s in stops()), key=ACTIONS.index)
    assert all(len(s.source.split()) >= 5 for s in stops())
    assert {s.action for s in stops()} == set(ACTIONS)
    assert set(ACTIONS) > PAUSING
    with pytest.raises(ValueError, match="bored"):
        action_of("bored")


# ---------------------------------------------------------------- the letter
def test_the_letter_says_what_was_ticked_and_nothing_else():
    consent = Consent(MONDAY, "My doctor agrees.")
    letter = letter_for(screened("ask.heart", "path.knee", age_years=50), consent)
    assert letter.ticked == ("safety.ask.heart", "screening.path.knee")
    assert (letter.on, letter.age_years, letter.consent) == (MONDAY, 50, consent)
    assert letter_for(screened()).ticked == ()
    for key in (*letter.about, *letter.ticked, *letter.asks):
        assert catalogue("de").text(key)
