"""The panel of what the set did inside: medians by leg, in words."""

import re
from dataclasses import replace

import pytest

from analyses import analysis, effect, effects, finding, repetition
from lunge.mechanics.figures import Figure
from lunge.report import page
from lunge.report.effects import panel, typical
from lunge.report.words import speaking

LEFT, RIGHT = repetition(1, stepping_leg="left"), repetition(2, 6.0, stepping_leg="right")


def shown(*told, steps=(LEFT, RIGHT), language="en"):
    with speaking(language):
        found = panel(analysis(*steps[: len(told)], effects=told))
    return {row.title: row.cells for group in found.groups for row in group.rows}


def row_of(rows, start):
    return next(cells for title, cells in rows.items() if title.startswith(start))


def test_the_median_of_a_leg_is_taken_over_those_that_tell_it():
    steps = [repetition(i, stepping_leg="left") for i in (1, 2, 3, 4)]
    told = [effects(psoas=(v, v - 2.0, v + 2.0)) for v in (1.0, 5.0, 9.0)]
    made = analysis(*steps, effects=(*told, effects()))
    found = typical(made, "psoas", "left")
    assert (found.value, found.low, found.high, found.answer) == (5.0, 3.0, 7.0, "more")
    assert typical(made, "psoas", "right") is None


def test_a_front_leg_effect_belongs_to_the_leg_that_stayed():
    made = analysis(LEFT, effects=(effects(gluteus=(30.0, 20.0, 40.0)),))
    assert typical(made, "gluteus", "right").value == 30.0
    assert typical(made, "gluteus", "left") is None


def test_without_a_leg_only_what_belongs_to_both_is_told():
    told = effects(psoas=(5.0, 3.0, 7.0), lower_back=(0.2, 0.1, 0.3))
    made = analysis(repetition(stepping_leg=None), effects=(told,))
    assert typical(made, "lower_back").answer == "less"
    assert typical(made, "psoas", "left") is None
    assert typical(made, "psoas", "right") is None


def test_where_nothing_was_judged_the_usual_reason_stands():
    steps = [repetition(i, stepping_leg="left") for i in (1, 2, 3)]
    told = (effects("view"), effects("not_still"), effects("not_still"))
    assert typical(analysis(*steps, effects=told), "rear_knee", "left").reason == "not_still"


@pytest.mark.parametrize(("low", "high", "answer"), [(0.6, 0.9, "more"), (0.1, 0.4, "less"), (0.1, 0.6, "unsure")])
def test_a_share_is_held_against_a_half(low, high, answer):
    assert effect("front_hip_share", (0.5, low, high), None).answer == answer


def test_each_leg_says_its_own():
    rows = shown(effects(rectus_femoris=(12.3, 9.0, 15.0)), effects(rectus_femoris=(-20.0, -25.0, -15.0)))
    left, right = row_of(rows, "Front of the thigh")
    assert (left.leg, left.text) == ("Left leg", "About 12 % longer than in standing")
    assert (right.leg, right.text) == ("Right leg", "About 20 % shorter than in standing")


def test_what_is_true_of_both_legs_is_said_once_with_both_bands():
    rows = shown(effects(front_hip_share=(0.3, -0.2, 0.6)), effects(front_hip_share=(0.4, 0.1, 1.3)))
    (said,) = row_of(rows, "Who carries")
    assert (said.leg, said.text) == ("Both legs", "Unsure")
    assert [(band.leg, band.low, band.high) for band in said.bands] == [("Left leg", 0.1, 1.0), ("Right leg", 0.0, 0.6)]


def test_unsure_and_cannot_judge_say_why():
    still = effects("not_still", psoas=(5.0, 3.0, 7.0))
    rows = shown(still, still)
    (knee,), (pelvis,) = row_of(rows, "Work at the knee"), row_of(rows, "Tilt")
    assert (knee.text, knee.why) == ("Cannot judge", "The hold was too short to be still. Hold for a second or longer.")
    assert pelvis.text == "Unsure"
    assert pelvis.why


def test_what_keeps_all_of_a_group_from_being_judged_is_said_once():
    rows = shown(effects("view"), effects("view"))
    assert len(rows) == 4
    front = row_of(rows, "Seat muscle")
    assert [cell.why for cell in front] == ["It needs a camera straight from the side that sees the whole leg."]


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.0, 0.3, "Low"),
        (0.2, 0.5, "Low to middle"),
        (0.5, 0.9, "Middle to high"),
        (0.8, 0.9, "High"),
        (0, 1, "Unsure"),
    ],
)
def test_the_lower_back_is_told_by_the_classes_that_its_interval_touches(low, high, text):
    (back,) = row_of(shown(effects(lower_back=((low + high) / 2, low, high))), "Lower back")
    assert back.text == text
    assert bool(back.why) == (text == "Unsure")


def test_an_effort_is_told_by_its_class_and_the_hint_says_what_stands_in():
    own = replace(effect("rear_thigh_effort", (1.5, 1.4, 1.6), None), against="own_squat")
    usual = replace(own, against="modelled_squat")
    for one, hint in ((own, "in the hold, against your own squat"), (usual, "in the hold, against a usual squat")):
        with speaking("en"):
            found = panel(analysis(LEFT, effects=((one,),)))
        row = next(r for group in found.groups for r in group.rows if r.title.startswith("Effort"))
        assert row.cells[0].text == "High"
        assert row.hint.startswith(hint)


def test_the_median_of_repetitions_has_the_classes_and_the_figure_of_the_median():
    told = [
        replace(effect("rear_knee", (v, v - 0.2, v + 0.2), None), figure=Figure(75 * v, 60 * v, 90 * v, "Nm"))
        for v in (1.0, 1.2, 2.0)
    ]
    steps = [repetition(i, stepping_leg="left") for i in (1, 2, 3)]
    found = typical(analysis(*steps, effects=tuple((one,) for one in told)), "rear_knee", "left")
    assert found.figure == Figure(90.0, 72.0, 108.0, "Nm")


def test_a_leg_that_was_not_done_is_said():
    left, right = row_of(shown(effects(psoas=(5.0, 3.0, 7.0))), "Front of the hip")
    assert (left.answer, right.text) == ("more", "Not in this set")


def test_the_lean_is_shown_where_the_camera_saw_it():
    seen = repetition(1, stepping_leg="left", findings=(finding(value=12.0),))
    hidden = repetition(2, 6.0, stepping_leg="right", findings=(finding(result="cannot_judge"),))
    with speaking("en"):
        found = panel(analysis(seen, hidden, effects=(effects(), effects())))
    assert found.lean == "Your trunk: about 12° forward with the left leg back."


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("value", [-0.7, 0.1, 0.7])
def test_people_read_no_load_no_length_and_no_decimals(language, value):
    names = (
        "psoas",
        "rectus_femoris",
        "gluteus",
        "front_demand",
        "front_hip_share",
        "rear_knee",
        "lower_back",
        "rear_thigh_effort",
    )
    told = effects(**dict.fromkeys(names, (value, value - 0.2, value + 0.2)))
    rows = shown(told, told, language=language)
    said = " ".join(f"{title} {cell.text} {cell.why}" for title, cells in rows.items() for cell in cells)
    assert not re.search(r"\bN?mm?\b|Nm|\d[.,]\d|[{}]", said)


def test_the_page_has_one_panel_or_none():
    assert page(analysis(LEFT, RIGHT, effects=(effects(), effects()))).count('id="inside"') == 1
    assert 'id="inside"' not in page(analysis(LEFT, RIGHT))
