"""The report in another language than English."""

import re

import pytest

from analyses import analysis, finding, repetition
from lunge.exercises import load
from lunge.messages import catalogue
from lunge.report import page, write_report
from lunge.report.camera import camera_advice
from lunge.report.words import advice_of, listed, number, speaking, title_of, word

ADVICE = load("reverse_lunge").checks[0].low_advice
LUNGES = analysis(repetition(findings=(finding(advice=ADVICE, value=10.44, sd_people=0.5),)))
UNSEEN = analysis(
    repetition(
        findings=(finding(check="hips_level", measure="rear_hip_drop_deg", result="cannot_judge", reason="view"),)
    )
)


def test_numbers_lists_titles_and_advice_follow_the_language() -> None:
    with speaking("de"):
        assert number(-1.25, 1) == "−1,2"
        assert listed(["a", "b", "c"]) == "a, b und c"
        assert title_of("trunk_upright", "trunk_forward_deg") == "Rücken aufrecht"
        assert advice_of(finding(advice=ADVICE)) == catalogue("de").text(
            "checks.feet_width.feet_apart_shoulder_widths.low"
        )
        assert advice_of(finding(advice="An exercise of your own.")) == "An exercise of your own."
    assert number(-1.25, 1) == "−1.2"
    assert advice_of(finding(advice=ADVICE)) == ADVICE


def test_titles_keep_their_great_letter_where_the_language_has_one_inside_sentences() -> None:
    assert any("hips level" in text for text in camera_advice(UNSEEN))
    with speaking("de"):
        assert any("Hüften auf einer Höhe" in text for text in camera_advice(UNSEEN))


def test_a_page_is_whole_in_another_language(tmp_path) -> None:
    html = write_report(LUNGES, None, tmp_path, "de").read_text(encoding="utf-8")
    assert '<html lang="de">' in html
    assert advice_of(finding(advice=ADVICE)) not in html
    assert "10,4° ± 0,5°" in html
    shown = re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)
    for key in ("page.next", "summary.work_one", "results.fail", "page.purpose", "frames.lunge"):
        assert catalogue("de").text(f"report.{key}") in shown
        assert catalogue("en").text(f"report.{key}") not in shown


def test_a_language_ends_with_its_page_and_an_unknown_one_is_refused() -> None:
    page(LUNGES, None, "de")
    assert word("sides", "left") == "left"
    with pytest.raises(ValueError, match="xx"):
        page(LUNGES, None, "xx")
