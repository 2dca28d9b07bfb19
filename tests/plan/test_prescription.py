"""Prescriptions: read, checked line by line, obeyed within the rules of safety, signed."""

import json
from dataclasses import replace
from datetime import date
from importlib import resources
from itertools import pairwise

import jsonschema
import pytest

from lunge.errors import WrittenFileError
from lunge.messages import languages
from lunge.plan.book import form_share
from lunge.plan.ladder import ladder, on_strength_days, raised, rank
from lunge.plan.prescription import FIELDS, parse
from lunge.plan.records import Comfort, Count, Habits
from lunge.plan.selftest import may_test
from lunge.plan.signature import fingerprint, new_key, signature_of, signer_of
from lunge.plan.ways import prescribed_start, rungs_for
from planned import DAY, MONDAY, RULES, baseline, fresh, planned, practised_until, session

SCHEMA = json.loads((resources.files("lunge") / "schema" / "prescription.schema.json").read_text(encoding="utf-8"))

WHOLE = """\
schema = "lunge.prescription/1"
exercise = "reverse_lunge"
by = "A. Physio"
issued = 2026-01-05
valid_until = 2026-03-01
note = "Take it slowly."

[ranges]
depth_deg = [60, 75]
support = "one_hand"
hold_s = [2, 5]
repetitions = [3, 5]
stretch = false
focus_repetitions = 0

[schedule]
weekdays = ["monday", "thursday"]
sessions_a_day = 2

[stop]
limit = 4
"""
AS_JSON = {
    "schema": "lunge.prescription/1",
    "exercise": "reverse_lunge",
    "by": "A. Physio",
    "issued": "2026-01-05",
    "valid_until": "2026-03-01",
    "note": "Take it slowly.",
    "ranges": {
        "depth_deg": [60, 75],
        "support": "one_hand",
        "hold_s": [2, 5],
        "repetitions": [3, 5],
        "stretch": False,
        "focus_repetitions": 0,
    },
    "schedule": {"weekdays": ["monday", "thursday"], "sessions_a_day": 2},
    "stop": {"limit": 4},
}
LEAST = {name: AS_JSON[name] for name in ("schema", "exercise", "by", "issued")}


def problems(text):
    with pytest.raises(WrittenFileError) as caught:
        parse(text, "plan.toml")
    return caught.value.facts["problems"]


def test_toml_and_json_say_the_same():
    found = parse(WHOLE)
    assert found == parse(json.dumps(AS_JSON, indent=1))
    assert (found.by, found.issued, found.valid_until) == ("A. Physio", date(2026, 1, 5), date(2026, 3, 1))
    assert found.least == {
        "depth_deg": 60.0,
        "support": "one_hand",
        "hold_s": 2.0,
        "repetitions": 3,
        "stretch": False,
        "focus_repetitions": 0,
    }
    assert found.most == found.least | {"depth_deg": 75.0, "hold_s": 5.0, "repetitions": 5}
    assert (found.weekdays, found.sessions_a_day, found.stop_limit) == ((0, 3), 2, 4)


def test_it_holds_from_its_first_to_its_last_day():
    found = parse(WHOLE)
    assert [found.holds_on(d) for d in (date(2026, 1, 4), date(2026, 1, 5), date(2026, 3, 1), date(2026, 3, 2))] == [
        False,
        True,
        True,
        False,
    ]
    assert replace(found, valid_until=None).holds_on(date(2036, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ('by = "A. Physio"', 'by = " "', 3, "no_text"),
        ("issued = 2026-01-05", 'issued = "soon"', 4, "no_date"),
        ("issued = 2026-01-05", "issued = 2026-04-05", 5, "ends_before"),
        ("depth_deg = [60, 75]", "depth_deg = [60, 120]", 9, "no_range"),
        ("depth_deg = [60, 75]", "depth_deg = [60]", 9, "no_range"),
        ("depth_deg = [60, 75]", "depth_deg = [75, 60]", 9, "from_above_to"),
        ('support = "one_hand"', 'support = ["none", "one_hand"]', 10, "from_above_to"),
        ("hold_s = [2, 5]", "hold_s = 30", 11, "no_range"),
        ("repetitions = [3, 5]", "repetitions = true", 12, "no_range"),
        ("stretch = false", "stretch = 1", 13, "no_range"),
        ("hold_s = [2, 5]", "hold_seconds = [2, 5]", 11, "unknown"),
        ('weekdays = ["monday", "thursday"]', 'weekdays = ["someday"]', 17, "no_weekdays"),
        ('weekdays = ["monday", "thursday"]', "weekdays = []", 17, "no_weekdays"),
        ("sessions_a_day = 2", "sessions_a_day = 20", 18, "no_number"),
        ('by = "A. Physio"', 'sides = "middle"\nby = "A. Physio"', 3, "no_choice"),
        ("[stop]", "[sides]\nright = 3.0\n[stop]", 21, "no_number"),
        ("[stop]", "[sides]\nboth = 3\n[stop]", 21, "unknown"),
        ("[stop]", "[sides]\nleft = 0\nright = 0\n[stop]", 21, "no_leg"),
        ("limit = 4", "limit = 8", 21, "no_number"),
        ("limit = 4", "limit = 4.0", 21, "no_number"),
        ('exercise = "reverse_lunge"', 'exercise = "squat"', 2, "exactly"),
        ("limit = 4", "limit = ", 21, "no_toml"),
    ],
)
def test_a_mistake_is_told_with_its_line(old, new, line, key):
    (problem,) = problems(WHOLE.replace(old, new))
    assert (problem.line, problem.key) == (line, f"written.{key}")
    for language in languages():
        assert str(line) in problem.text(language)
        assert "{" not in problem.text(language)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file():
    found = problems(WHOLE.replace("limit = 4", "limit = 9").replace('by = "A. Physio"\n', ""))
    assert [(p.line, p.key) for p in found] == [(1, "written.missing"), (20, "written.no_number")]


def test_a_mistake_in_json_has_its_line_too():
    text = json.dumps(AS_JSON | {"stop": {"limit": 9}}, indent=1)
    (problem,) = problems(text)
    assert text.splitlines()[problem.line - 1].strip() == '"limit": 9'
    (broken,) = problems(text.replace('"by": "A. Physio",', '"by": "A. Physio"'))
    assert broken.key == "written.no_json"


def test_the_schema_says_the_same_as_the_reader():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(AS_JSON, SCHEMA)
    jsonschema.validate(LEAST, SCHEMA)
    parse(json.dumps(LEAST))
    inside = {
        f"{part}.{key}" for part in ("ranges", "schedule", "stop") for key in SCHEMA["properties"][part]["properties"]
    } | {f"sides.{leg}" for leg in SCHEMA["properties"]["sides"]["anyOf"][1]["properties"]}
    assert inside | set(SCHEMA["properties"]) - {"ranges", "schedule", "stop"} == set(FIELDS)


@pytest.mark.parametrize("sides", ["both", "left", {"left": 0}, {"left": 12, "right": 0}, {}])
def test_what_the_schema_lets_pass_of_the_legs_the_reader_reads(sides):
    jsonschema.validate(AS_JSON | {"sides": sides}, SCHEMA)
    parse(json.dumps(AS_JSON | {"sides": sides}))


@pytest.mark.parametrize(
    "change",
    [
        {"ranges": {"hold_s": 7}},
        {"ranges": {"depth_deg": [60, 61]}},
        {"ranges": {"support": ["one_hand"]}},
        {"ranges": {"focus_repetitions": 9}},
        {"schedule": {"sessions_a_day": 5}},
        {"stop": {"limit": 1}},
        {"sides": "middle"},
        {"sides": 3},
        {"sides": {"left": 13}},
        {"sides": {"left": -1}},
        {"sides": {"left": 0, "right": 0}},
        {"sides": {"both": 3}},
        {"by": ""},
        {"issued": "today"},
        {"surprise": 1},
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(AS_JSON | change, SCHEMA)
    assert problems(json.dumps(AS_JSON | change))


# ---------------------------------------------------------------- obeyed, within the rules of safety
def test_the_plan_begins_where_it_was_prescribed():
    history = fresh(prescription=parse(WHOLE))
    found = planned(history, MONDAY)
    assert found.log[0].reasons[0].fill == {"by": "A. Physio"}
    assert (found.day.targets.depth_deg, found.day.targets.support, found.day.targets.hold_s) == (60.0, "one_hand", 2.0)


@pytest.mark.parametrize("trouble", [{"comfort": Comfort(3, 0)}, {"unsure": True}, {"share": 0.2}])
def test_a_prescription_does_not_lift_the_start_of_somebody_in_trouble(trouble):
    history = fresh(prescription=parse(WHOLE), baseline=baseline(**trouble))
    assert planned(history, MONDAY).level == 0


def test_the_plan_ends_where_it_was_prescribed():
    history = fresh(prescription=replace(parse(WHOLE), valid_until=None, weekdays=None))
    found = planned(practised_until(history, MONDAY, 40), MONDAY + 40 * DAY)
    targets = found.day.targets
    assert (targets.depth_deg, targets.support, targets.hold_s, targets.repetitions) == (75.0, "one_hand", 5.0, 5)
    assert not targets.stretch


def test_days_sets_and_limit_are_those_prescribed():
    history = fresh(prescription=parse(WHOLE), habits=Habits(sessions_a_day=3, stop_limit=5))
    assert [planned(history, MONDAY + i * DAY).status for i in range(7)] == [
        "go", "rest", "rest", "go", "rest", "rest", "rest",
    ]  # fmt: skip
    assert planned(history, MONDAY).day.sessions == 2
    assert planned(history, MONDAY).stop_limit == 4
    assert planned(history, date(2026, 3, 3)).stop_limit == 5


def test_a_prescription_that_comes_later_lifts_nothing_at_once():
    history = practised_until(fresh(), MONDAY, 3)
    before = planned(history, MONDAY + 3 * DAY).day.targets
    later = replace(parse(WHOLE), issued=MONDAY + 3 * DAY)
    assert not raised(before, planned(replace(history, prescription=later), MONDAY + 3 * DAY).day.targets)


def test_every_start_lies_on_the_ladder_and_within_the_lower_ends():
    found = parse(WHOLE)
    rungs = rungs_for(frozenset(), found)
    place = prescribed_start(rungs, found)
    assert not raised(replace(ladder().usual[-1].targets, **found.least), rungs[place].targets)
    assert all(rank(r.targets, "depth_deg") <= 75.0 for r in rungs)


# ---------------------------------------------------------------- each leg its own number
def with_sides(sides, **more):
    return parse(json.dumps(AS_JSON | {"sides": sides} | more))


@pytest.mark.parametrize(
    ("sides", "found"),
    [
        ("both", {}),
        ("left", {"right": 0}),
        ("right", {"left": 0}),
        ({"right": 3}, {"right": 3}),
        ({"left": 5, "right": 2}, {"left": 5, "right": 2}),
    ],
)
def test_a_leg_has_its_own_number_or_as_many_as_the_other(sides, found):
    assert with_sides(sides).sides == found


def test_the_plan_asks_each_leg_for_no_more_than_was_prescribed():
    history = fresh(prescription=with_sides({"right": 3}, ranges={"repetitions": [3, 5]}, valid_until="2026-12-31"))
    found = planned(practised_until(history, MONDAY, 60), MONDAY + 60 * DAY)
    targets = found.log[-1].rung.targets
    assert (targets.with_leg("left"), targets.with_leg("right")) == (5, 3)


def test_more_with_one_leg_from_the_first_day_on():
    start = {"depth_deg": 90, "support": "none", "hold_s": 5, "repetitions": 5}
    targets = planned(fresh(prescription=with_sides({"right": 3}, ranges=start)), MONDAY).day.targets
    assert (targets.with_leg("left"), targets.with_leg("right")) == (5, 3)


@pytest.mark.parametrize(("sides", "counts"), [("left", (3, 0)), ({"right": 2}, (3, 2)), ("both", (3, 3))])
def test_the_first_set_asks_each_leg_for_its_own_number(sides, counts):
    found = planned(fresh(prescription=with_sides(sides), baseline=None), MONDAY)
    assert found.status == "baseline"
    assert (found.day.targets.with_leg("left"), found.day.targets.with_leg("right")) == counts
    assert found.reasons[0].key == f"plan.today.baseline{'' if sides == 'both' else '_uneven'}"


@pytest.mark.parametrize("sides", ["left", {"left": 2, "right": 1}, {"right": 4}, {"left": 8, "right": 10}])
def test_neighbours_on_the_ladder_differ_in_one_thing_for_a_leg_at_least(sides):
    for lower, higher in pairwise(rungs_for(frozenset(), with_sides(sides, ranges={}))):
        assert len(raised(lower.targets, higher.targets)) == 1
        assert lower.targets.movement == "sit_to_stand" or raised(higher.targets, lower.targets) == ()


def test_days_of_strength_keep_the_number_of_a_leg():
    top = rungs_for(frozenset(), with_sides({"right": 3}, ranges={}))[-1].targets
    slow = on_strength_days(top)
    assert (slow.with_leg("left"), slow.with_leg("right")) == (12, 3)


def test_a_leg_that_did_none_begins_anew_once_the_prescription_is_over():
    history = practised_until(fresh(prescription=with_sides("left", valid_until="2026-02-01")), MONDAY, 28)
    during, after = (planned(history, day).log[-1].rung.targets for day in (date(2026, 2, 1), date(2026, 2, 2)))
    assert during.with_leg("right") == 0
    assert not raised(during, after)


def test_no_self_test_where_a_leg_does_fewer_than_it_asks_for():
    rung = planned(fresh(prescription=with_sides({"right": 2}, ranges={"depth_deg": 90})), MONDAY).day.targets
    assert not may_test(rung, RULES)
    assert may_test(replace(rung, most_right=3), RULES) == may_test(replace(rung, most_right=None), RULES)


def test_more_with_one_leg_does_not_make_up_for_the_other():
    targets = planned(fresh(), MONDAY).day.targets
    one = session(MONDAY, targets, left=Count(3, 6, 6, 6), right=Count(3, 0, 0, 0))
    assert form_share(one) == 0.5


# ---------------------------------------------------------------- signed
def test_a_signature_names_its_signer_and_fits_these_bytes_only():
    key, other = new_key(), new_key()
    signature = signature_of(WHOLE.encode(), key)
    signer = signer_of(WHOLE.encode(), signature)
    assert signer is not None
    assert signer == signer_of(b"x", signature_of(b"x", key)) != signer_of(b"x", signature_of(b"x", other))
    assert signer_of(WHOLE.encode() + b" ", signature) is None
    assert len(fingerprint(signer).split()) == 8
    assert fingerprint(signer) != fingerprint(other)


@pytest.mark.parametrize("spoil", [{"schema": "x"}, {"key": "AAAA"}, {"signature": "?"}, {"signature": None}])
def test_what_is_no_signature_names_nobody(spoil):
    signature = json.dumps(json.loads(signature_of(b"x", new_key())) | spoil)
    assert signer_of(b"x", signature) is None
    assert signer_of(b"x", "no json") is None


def test_a_key_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32"):
        signature_of(b"x", b"short")
