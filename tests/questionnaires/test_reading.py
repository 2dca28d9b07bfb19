"""Reading FHIR questionnaires: what they ask, and what in them cannot be asked."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asked import DAILY, HIDDEN, POINTS, daily
from lunge.errors import MissingFileError, WrittenFileError
from lunge.questionnaires.keeping import add, load, own_questionnaires, remove
from lunge.questionnaires.reading import parse


def written(data):
    return json.dumps(data, indent=1)


def problems_of(data):
    text = data if isinstance(data, str) else written(data)
    with pytest.raises(WrittenFileError) as caught:
        parse(text, "daily")
    return text, caught.value.facts["problems"]


def item(data, link_id):
    """Return an item of a file's data, wherever it is."""

    def walk(rows):
        for row in rows:
            yield row
            yield from walk(row.get("item", []))

    return next(row for row in walk(data["item"]) if row["linkId"] == link_id)


def test_everything_is_read():
    found = parse(written(DAILY), "daily")
    by_name = {one.link_id: one for one in found.walk()}
    assert (found.title, found.version, found.language) == ("Daily things", "2", "en")
    assert found.notice == "Made up for a test; nobody owns it."
    assert list(by_name) == ["about", "1", "1.1", "1.2", "2", "2.1", "3", "4", "5", "6", "7", "9"]
    assert [(option.text, option.points) for option in by_name["1.1"].options] == [("Easy", 0), ("Hard", 1.5)]
    assert [(option.text, option.points) for option in by_name["1.2"].options] == [("Never", 0), ("Often", 2)]
    assert (by_name["2.1"].lowest, by_name["2.1"].highest, by_name["4"].longest) == (1, 600, 20)
    assert by_name["5"].initial == (1.5,)
    assert [one.link_id for one in found.walk() if one.hidden] == ["9"]
    assert [one.link_id for one in found.walk() if one.required] == ["1.1", "2.1"]


def test_an_expanded_set_of_values_and_points_of_the_next_fhir_are_read():
    weight = {"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": 4}
    contains = [{"system": "urn:x", "code": "a", "display": "A", "extension": [weight]}]

    def change(data):
        data["contained"][0] |= {"expansion": {"contains": contains}}

    (option,) = {one.link_id: one for one in parse(written(daily(change)), "daily").walk()}["1.2"].options
    assert (option.text, option.plain, option.points) == ("A", ("urn:x", "a"), 4)


def test_without_a_url_the_file_names_it():
    def change(data):
        del data["url"], data["title"]

    found = parse(written(daily(change)), "mein Bogen")
    assert found.canonical == "urn:lunge:questionnaire:mein%20Bogen"
    assert found.title == "mein Bogen"


@pytest.mark.parametrize(
    ("link_id", "change", "said"),
    [
        ("7", {"type": "attachment"}, "item 7: lunge cannot ask for “attachment” yet"),
        ("8", {"readOnly": False}, "item 8: lunge cannot ask for “quantity” yet"),
        ("7", {"repeats": True}, "item 7: several answers work with choices only"),
        ("1.1", {"answerOption": []}, "item 1.1: there is nothing to choose from"),
        ("1.2", {"answerValueSet": "http://example.org/set"}, "not “http://example.org/set”"),
        ("1.2", {"answerValueSet": "#none"}, "item 1.2: there is nothing to choose from"),
        ("1.1", {"answerOption": [{"valueString": "A"}, {"valueString": "A"}]}, "two of its answers are the same"),
        ("1.1", {"answerOption": [{"valueTime": "10:00:00"}]}, "item 1.1: valueTime cannot be 10:00:00"),
        ("7", {"linkId": "6"}, "item 6: another item has the same linkId"),
        ("7", {"linkId": ""}, "an item has no linkId: Anything else?"),
        ("7", {"required": "yes"}, "item 7: required cannot be yes"),
        ("7", {"text": 5}, "item 7: text cannot be 5"),
        ("4", {"enableWhen": [{"question": "z", "operator": "exists", "answerBoolean": True}]}, "asks about z"),
        ("4", {"enableWhen": [{"question": "3", "operator": "~", "answerString": "A"}]}, "has “~”"),
        ("4", {"enableWhen": [{"question": "3", "operator": "="}]}, "item 4: answer[x] cannot be None"),
        ("5", {"initial": [{"valueString": "much"}]}, "item 5: initial cannot be much"),
        ("1", {"item": 3}, "item 1: item cannot be 3"),
        ("7", {"extension": [3]}, "item 7: extension cannot be [3]"),
    ],
)
def test_what_cannot_be_asked_is_named_with_its_line(link_id, change, said):
    data = daily()
    row = item(data, link_id)
    row |= change
    text, problems = problems_of(data)
    (found,) = [problem for problem in problems if said in problem.text("en")]
    if row["linkId"]:
        rows = text.splitlines()
        assert f'"linkId": "{row["linkId"]}"' in rows[found.line - 1]
    assert found.text("de") != found.text("en")


def test_all_that_is_wrong_is_said_at_once():
    data = daily()
    for name in ("5", "6", "7"):
        item(data, name)["type"] = "reference"
    assert [problem.fill["item"] for problem in problems_of(data)[1]] == ["5", "6", "7"]


def test_long_values_are_cut_in_what_is_said():
    data = daily()
    item(data, "7")["type"] = "x" * 10_000
    assert len(problems_of(data)[1][0].text("en")) < 400


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "<Questionnaire/>",
        "[]",
        "{",
        '{"resourceType": "Patient"}',
        '{"resourceType": "Questionnaire"}',
        '{"resourceType": "Questionnaire", "item": {}}',
        '{"resourceType": "Questionnaire", "contained": 3}',
        '{"resourceType": "Questionnaire", "item": [{"linkId": "\\ud800", "type": "string"}]}',
        '{"resourceType": "Questionnaire", "item": [{"linkId": "a\\u0000", "type": "string"}]}',
        '{"resourceType": "Questionnaire", "item": ' + "[" * 3000 + "]" * 3000 + "}",
        '{"resourceType": "Questionnaire", "item": '
        + '[{"linkId": "a", "type": "group", "item": ' * 200
        + "[]"
        + "}]" * 200
        + "}",
    ],
)
def test_what_is_no_questionnaire_is_refused_in_sentences(text):
    for problem in problems_of(text)[1]:
        assert problem.text("en").endswith(".")
        assert problem.text("de").endswith(".")


def test_more_questions_than_anybody_answers_are_refused():
    many = [{"linkId": str(n), "type": "string"} for n in range(501)]
    (problem,) = problems_of({"resourceType": "Questionnaire", "item": many})[1]
    assert "far too long" in problem.text("en")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "1", "choice", "#often"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["linkId", "url"]), inner, max_size=2),
    max_leaves=6,
)
PLACES = ("type", "text", "item", "enableWhen", "answerOption", "extension", "initial", "repeats", "maxLength")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["1", "1.1", "2.1", "5"]), st.sampled_from(PLACES), JUNK)
def test_whatever_stands_there_it_is_read_or_refused(link_id, place, junk):
    data = daily()
    item(data, link_id)[place] = junk
    # Anything else that is raised fails the test.
    with suppress(WrittenFileError):
        assert parse(written(data), "daily").items


def test_files_are_kept_found_and_removed(tmp_path):
    folder = tmp_path / "questionnaires"
    assert own_questionnaires(folder) == ([], [])
    assert add(written(DAILY).encode(), "C:\\my:file?.json", folder).file == "C-my-file-"
    (folder / "broken.json").write_text("{")
    (folder / "notes.txt").write_text("{")
    (folder / "ansi.json").write_bytes(b"\xff\xfe")
    (folder / "big.json").write_bytes(b" " * 2_000_000)
    usable, unusable = own_questionnaires(folder)
    assert [one.file for one in usable] == ["C-my-file-"]
    assert [name for name, _ in unusable] == ["ansi", "big", "broken"]
    assert load("C-my-file-", folder).title == "Daily things"
    remove("C-my-file-", folder)
    for name in ("C-my-file-", "../home", "notes", ""):
        with pytest.raises(MissingFileError):
            remove(name, folder)


def test_what_cannot_be_used_is_not_kept(tmp_path):
    with pytest.raises(WrittenFileError):
        add(b"{}", "x.json", tmp_path)
    assert not list(tmp_path.iterdir())


def test_hidden_questions_and_those_that_a_program_works_out_may_be_of_any_kind():
    calculated = {"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"}
    for extension in ({"url": HIDDEN, "valueBoolean": True}, calculated | {"valueExpression": {"expression": "1"}}):
        data = daily()
        item(data, "7").update(type="quantity", extension=[extension])
        assert "7" not in [one.link_id for one in parse(written(data), "daily").walk()]
    data = daily()
    item(data, "1")["extension"] = [{"url": HIDDEN, "valueBoolean": True}]
    assert {one.link_id for one in parse(written(data), "daily").walk() if one.hidden} >= {"1", "1.1", "1.2"}


def test_points_must_be_numbers():
    data = daily()
    item(data, "1.1")["answerOption"][0]["valueCoding"]["extension"] = [{"url": POINTS, "valueString": "two"}]
    assert "ordinalValue cannot be two" in problems_of(data)[1][0].text("en")
