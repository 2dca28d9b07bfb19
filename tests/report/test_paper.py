"""The report on one page as PDF, and pictures without a face."""

from dataclasses import replace

import numpy as np
import pytest

from analyses import analysis, effects, finding, repetition
from lunge.errors import OutputError
from lunge.mechanics.figures import Figure
from lunge.messages import catalogue
from lunge.poses import KEYPOINTS
from lunge.records import Lowering
from lunge.report import FacelessStills, paper, write_paper
from lunge.report.faces import faceless
from lunge.report.paper import _data
from lunge.report.words import speaking


def data(made, language="en"):
    with speaking(language):
        return _data(made, catalogue(language))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("count", [0, 1, 12])
def test_it_is_one_page_whatever_was_done(language, count):
    legs = ("left", "right")
    done = [repetition(i + 1, start_s=0.3 * i, stepping_leg=legs[i % 2]) for i in range(count)]
    made = analysis(*done, effects=tuple(effects(gluteus=(10.0, 5.0, 15.0)) for _ in done))
    document = paper(made, None, language)
    assert document.startswith(b"%PDF")
    assert b"/Count 1" in document


def test_checks_are_gathered_by_leg():
    reps = (
        repetition(1, stepping_leg="left", findings=(finding(value=10.0, result="pass"), finding(step="squat"))),
        repetition(2, stepping_leg="right", findings=(finding(value=30.0),)),
        repetition(3, stepping_leg="right", findings=(finding(value=20.0), finding(check="x", result="cannot_judge"))),
    )
    rows = data(analysis(*reps))["checks"]
    assert len(rows) == 2
    lunge = next(row for row in rows if row[1] == "Lunge")
    assert lunge[3:] == ["about 10° ± 8°", "about 25° ± 8°", "1 of 3"]


def test_more_repetitions_than_fit_are_counted():
    made = data(analysis(*(repetition(i + 1) for i in range(13))))
    assert len(made["repetitions"]) == 10
    assert "3 more" in made["more"]


def test_effects_stand_with_their_interval_by_leg():
    steps = repetition(1, stepping_leg="left"), repetition(2, 6.0, stepping_leg="right")
    told = (*effects(rectus_femoris=(13.0, 12.4, 13.6), front_demand=(1.456, 1.2, 1.8)),)
    rows = {row[0]: row[1:] for row in data(analysis(*steps, effects=(told, effects())))["effects"]}
    assert rows["Rectus femoris, rear leg: length beyond standing"] == [
        "more: 13 (12 to 14) %",
        "not judged: not visible in this view",
    ]
    assert rows["Hip + knee, front leg: extension moments"][1] == "more: 1.46 (1.20 to 1.80) Nm/kg"
    assert rows["Pelvic tilt against standing"] == ["unsure: not visible in this view"]


def test_without_effects_there_is_no_table():
    assert data(analysis(repetition()))["effects"] == []


def test_it_says_what_it_was_made_with():
    said = data(analysis(repetition()))["versions"]
    assert "blazepose-full" in said
    assert "0" * 12 in said


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        write_paper(analysis(repetition()), None, tmp_path / "missing" / "report.pdf")
    assert not list(tmp_path.iterdir())


def test_the_head_and_the_room_are_made_coarse_and_the_body_stays():
    poses = analysis().poses
    picture = np.random.default_rng(1).integers(0, 256, (poses.height_px, poses.width_px, 3), np.uint8)
    shown = faceless(picture, poses, 1.0)
    points = np.rint(poses.image_px[30]).astype(int)
    same = (shown == picture).all(axis=2)
    for name in ("nose", "left_eye", "right_ear", "mouth_left"):
        x, y = points[KEYPOINTS.index(name)]
        assert not same[y - 3 : y + 4, x - 3 : x + 4].any()
    assert not same[:20, :20].any()
    x, y = points[KEYPOINTS.index("left_knee")]
    assert same[y, x]


def test_where_nobody_is_known_nothing_is_sharp():
    poses = analysis().poses
    poses.image_px[30, 0] = np.nan
    picture = np.random.default_rng(1).integers(0, 256, (poses.height_px, poses.width_px, 3), np.uint8)

    class Still:
        def at(self, times_s):
            return [picture.copy() for _ in times_s]

    (shown,) = FacelessStills(Still(), poses).at([1.0])
    assert (shown == picture).mean() < 0.05


def test_the_title_is_that_of_the_exercise():
    made = analysis(repetition())
    assert data(made)["title"] == "Reverse lunge: what a camera measured"
    seated = replace(made, engine=replace(made.engine, exercise="seated_lunge"))
    assert data(seated, "de")["title"] == "Ausfallschritt im Sitzen: was eine Kamera gemessen hat"
    own = replace(made, engine=replace(made.engine, exercise="gentle_lunge"))
    assert data(own)["title"].startswith("Gentle lunge:")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("count", [1, 12])
def test_everyday_lowerings_stand_on_the_page(language, count):
    down = Lowering("stoop", 1.0, 2.0, 3.0, "left", "seen", 0.24, 70.0, "high")
    made = analysis(lowerings=(down,) * count)
    shown = data(made, language)
    assert len(shown["lowerings"]) == min(count, 10)
    assert len(shown["lowerings"][0]) == len(shown["lowering_heads"])
    assert ("2" in shown["more_lowerings"]) == (count == 12)
    assert b"/Count 1" in paper(made, None, language)


def test_millimetres_are_those_of_a_height_that_was_given():
    length = Figure(57.0, 34.0, 77.0, "mm")
    told = tuple(
        replace(one, figure=length) if one.name == "rectus_femoris" else one
        for one in effects(rectus_femoris=(11.0, 7.0, 15.0))
    )
    made = analysis(repetition(), effects=(told,))
    assert "mm" not in str(data(made)["effects"])
    tall = data(replace(made, body=replace(made.body, height_m=1.75)))
    assert "57\u00a0mm (34 to 77)" in str(tall["effects"]).replace("\\xa0", "\u00a0")
    assert tall["figures_note"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_it_is_one_page_however_much_is_said(language):
    found = tuple(finding(measure=f"some_measure_{i}_deg", step=("lunge", "squat")[i % 2]) for i in range(24))
    length = Figure(57.0, 34.0, 77.0, "mm")
    names = ("rectus_femoris", "psoas", "rear_knee", "gluteus", "front_demand", "front_hip_share", "lower_back")
    told = tuple(
        one if one.value is None else replace(one, figure=length)
        for one in effects(**dict.fromkeys(names, (11.0, 7.0, 15.0)))
    )
    done = [repetition(i + 1, 5.0 * i, stepping_leg=("left", "right")[i % 2], findings=found) for i in range(12)]
    made = analysis(*done, effects=(told,) * 12)
    tall = replace(made, body=replace(made.body, height_m=1.75, mass_kg=70.0))
    assert b"/Count 1" in paper(tall, None, language)
