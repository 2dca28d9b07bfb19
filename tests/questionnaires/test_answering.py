"""Answers: what is asked after them, whether they are complete, their score, and how FHIR writes them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asked import ALL, EVERYTHING_SEEN, coding, daily, seen
from lunge.questionnaires.answering import asked_items, filled, form_of, initial_answers, score
from lunge.questionnaires.reading import parse
from lunge.questionnaires.responding import response_to


def read(change=lambda data: None):
    return parse(json.dumps(daily(change)), "daily")


def answered(questionnaire, form):
    return filled(questionnaire, form | EVERYTHING_SEEN)


def test_at_first_only_what_hangs_on_nothing_is_asked():
    found = read()
    assert asked_items(found, initial_answers(found)) == {"about", "1", "1.1", "1.2", "2", "3", "5", "6", "7", "9"}


def test_what_follows_from_an_answer_is_asked_before_anything_is_kept():
    form = {"one:1.1": "0", "one:2": "yes"} | seen("1.1", "1.2", "2", "3", "5", "6", "7")
    first = filled(read(), form)
    assert first.came_up == {"2.1"}
    assert not first.is_complete
    again = filled(read(), form | seen("2.1"))
    assert again.wrong == {"2.1": "missing"}
    assert filled(read(), form | seen("2.1") | {"one:2.1": "20"}).is_complete


def test_what_is_no_longer_asked_counts_for_nothing():
    found = answered(read(), {"one:1.1": "0", "one:2": "no", "one:2.1": "nonsense"})
    assert found.is_complete
    assert "2.1" not in found.answers


def test_what_hangs_on_an_item_that_is_not_asked_is_not_asked():
    def change(data):
        data["item"][5]["enableWhen"] = [{"question": "2.1", "operator": ">=", "answerInteger": 10}]

    form = {"one:1.1": "0", "one:2.1": "30", "one:4": "Anna"}
    assert "4" in answered(read(change), form | {"one:2": "yes"}).answers
    assert "4" not in answered(read(change), form | {"one:2": "no"}).answers


@pytest.mark.parametrize(
    ("conditions", "behaviour", "asked"),
    [
        ([("2", "=", "answerBoolean", True)], None, True),
        ([("2", "!=", "answerBoolean", True)], None, False),
        ([("2", "exists", "answerBoolean", True)], None, True),
        ([("7", "exists", "answerBoolean", True)], None, False),
        ([("7", "exists", "answerBoolean", False)], None, True),
        ([("5", ">", "answerDecimal", 2)], None, True),
        ([("5", "<=", "answerDecimal", 2)], None, False),
        ([("5", ">", "answerString", "2")], None, False),
        ([("2", "=", "answerInteger", 1)], None, False),
        ([("6", "<", "answerDate", "2026-03-05")], None, True),
        ([("1.1", "=", "answerCoding", coding("hard", "whatever"))], None, True),
        ([("1.1", "=", "answerCoding", {"code": "hard"})], None, True),
        ([("1.1", "=", "answerCoding", {"system": "urn:other", "code": "hard"})], None, False),
        ([("2", "=", "answerBoolean", True), ("7", "exists", "answerBoolean", True)], "any", True),
        ([("2", "=", "answerBoolean", True), ("7", "exists", "answerBoolean", True)], "all", False),
    ],
)
def test_conditions(conditions, behaviour, asked):
    def change(data):
        names = ("question", "operator")
        rows = [dict(zip(names, one[:2], strict=True)) | {one[2]: one[3]} for one in conditions]
        data["item"][5] |= {"enableWhen": rows} | ({"enableBehavior": behaviour} if behaviour else {})

    found = read(change)
    said = answered(found, {"one:1.1": "1", "one:2": "yes", "one:2.1": "5", "one:5": "2,5", "one:6": "2026-03-04"})
    assert ("4" in asked_items(found, said.answers)) == asked


def test_two_that_wait_for_each_other_come_to_an_end():
    def change(data):
        for one, other in ((6, "6"), (7, "5")):
            data["item"][one]["enableWhen"] = [{"question": other, "operator": "exists", "answerBoolean": False}]

    form = {"one:5": "1", "one:6": "2026-03-04", "one:1.1": "0"}
    assert answered(read(change), form).answers.keys() <= {"1.1", "5", "6", "9"}


def test_questions_in_a_question_come_once_it_is_answered_and_texts_at_once():
    def change(data):
        inner = [{"linkId": "hint", "type": "display", "text": "Hint"}, {"linkId": "7.1", "type": "string"}]
        data["item"][8]["item"] = inner

    found = read(change)
    assert "hint" in asked_items(found, {})
    assert "7.1" not in asked_items(found, {})
    said = filled(found, EVERYTHING_SEEN | seen("7.1") | {"one:1.1": "0", "one:7": "More", "one:7.1": "and more"})
    (seven,) = [one for one in response_to(found, said.answers)["item"] if one["linkId"] == "7"]
    inside = {"linkId": "7.1", "answer": [{"valueString": "and more"}]}
    assert seven["answer"] == [{"valueString": "More", "item": [inside]}]


@pytest.mark.parametrize(
    ("field", "said", "kind"),
    [
        ("one:1.1", "2", "choice"),
        ("one:1.1", "x", "choice"),
        ("one:2", "perhaps", "boolean"),
        ("one:2.1", "0", "integer"),
        ("one:2.1", "601", "integer"),
        ("one:2.1", "2.5", "integer"),
        ("one:4", "x" * 21, "string"),
        ("one:5", "nan", "decimal"),
        ("one:5", "inf", "decimal"),
        ("one:6", "yesterday", "date"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept_for_it(field, said, kind):
    found = answered(read(), ALL | {field: said})
    name = field.partition(":")[2]
    assert found.wrong.get(name) == kind
    assert name not in found.answers


def test_the_score_is_the_sum_of_the_points():
    found = read()
    assert score(found, answered(found, ALL).answers) == 3.5
    assert score(found, answered(found, ALL | {"one:1.1": "0", "one:1.2": "0"}).answers) == 0


def test_a_question_with_points_that_is_open_leaves_no_score():
    found = read()
    assert score(found, answered(found, {k: v for k, v in ALL.items() if k != "one:1.2"}).answers) is None


def test_an_answer_without_points_leaves_no_score():
    def change(data):
        data["item"][1]["item"][0]["answerOption"].append({"valueCoding": coding("unknown", "I do not know")})

    found = read(change)
    assert score(found, answered(found, ALL | {"one:1.1": "2"}).answers) is None


def test_of_a_list_to_tick_nothing_ticked_is_zero():
    def change(data):
        data["item"] = [
            {"linkId": "3", "type": "choice", "repeats": True, "answerOption": [{"valueCoding": coding("a", "A", 1)}]}
        ]

    found = read(change)
    assert score(found, {}) == 0
    assert score(found, filled(found, seen("3") | {"many:0:3": "on"}).answers) == 1


def test_without_points_there_is_no_score():
    def change(data):
        del data["item"][1]

    found = read(change)
    assert score(found, answered(found, ALL).answers) is None


def test_the_response_says_what_was_answered_and_not_what_was_asked():
    found = read()
    response = response_to(found, answered(found, ALL).answers)
    assert response["resourceType"] == "QuestionnaireResponse"
    assert response["questionnaire"] == "http://example.org/Questionnaire/daily|2"
    said = {one["linkId"]: one.get("answer") for one in response["item"]}
    assert list(said) == ["1", "2", "2.1", "3", "4", "5", "6", "7", "9"]
    assert said["2"] == [{"valueBoolean": True}]
    assert said["2.1"] == [{"valueInteger": 30}]
    assert said["3"] == [{"valueString": "Company"}]
    assert said["5"] == [{"valueDecimal": 2.5}]
    assert said["6"] == [{"valueDate": "2026-03-04"}]
    assert said["9"] == [{"valueString": "paper"}]
    first = response["item"][0]["item"][0]
    assert first == {"linkId": "1.1", "answer": [{"valueCoding": coding("hard", "Hard")}]}
    assert "How were stairs?" not in json.dumps(response)


FORMS = st.fixed_dictionaries(
    {"one:1.1": st.sampled_from(["0", "1"])},
    optional={
        "one:1.2": st.sampled_from(["0", "1"]),
        "one:2": st.sampled_from(["yes", "no"]),
        "one:2.1": st.integers(1, 600).map(str),
        "many:0:3": st.just("on"),
        "many:1:3": st.just("on"),
        "one:4": st.sampled_from(["Anna", "Ö ß"]),
        "one:5": st.decimals(-9, 9, places=2).map(str),
        "one:6": st.dates().map(str),
    },
)


@settings(max_examples=60, deadline=None)
@given(FORMS)
def test_a_form_made_of_answers_says_the_same_answers(form):
    found = read()
    said = answered(found, form).answers
    assert answered(found, form_of(found, said)).answers == said
