"""Every text that the coach can ask for, in every language."""

import pytest

from lunge.coaching.constants import importance
from lunge.coaching.guides import guides
from lunge.coaching.holding import TOO_SHORT
from lunge.coaching.news import SAID, TURNS
from lunge.exercises import exercise_names, load
from lunge.messages import DEFAULT, catalogue, languages

MISSING = (
    *("nobody", "too_dark", "two_people", "too_near", "too_far", "feet_out", "head_out", "hands_out"),
    *("turn_sideways", "turn_to_front", "camera_tilted", "stand_straight", "stand_still", "feet_together"),
    *("lens_covered", "slow_frames"),
)
LONGEST_WORDS = 7
CHECKS = [(name, check) for name in exercise_names() for check in load(name).checks]


def ends(check):
    """Return the limits that a value can pass."""
    return [end for end, limit in zip(("low", "high"), check.limit, strict=True) if limit is not None]


def guiding():
    names = {name for guide in guides().values() for said in guide.says.values() for name in said}
    return (names - {"leg_back"}) | {"leg_back_left", "leg_back_right", "leg_back_any"}


CUES = {
    *(f"coach.{c.check}.{c.measure}.{end}" for _, c in CHECKS for end in ends(c)),
    *(f"coach.{name}" for name in guiding()),
    *(f"coach.{name}" for name in (*SAID, "nothing", "hold", "half_way", "last_one")),
    *(f"coach.count.{n}" for n in (1, 2, 3)),
    *(f"coach.better.{c.check}" for _, c in CHECKS),
    *(f"setup.{name}" for name in MISSING),
}


def test_the_catalogue_holds_what_the_coach_says_and_nothing_else() -> None:
    assert {key for key in catalogue(DEFAULT).texts if key.startswith(("coach.", "setup."))} == CUES
    assert {*TURNS.values(), *TOO_SHORT.values()} <= CUES


@pytest.mark.parametrize("language", languages())
def test_what_the_coach_says_is_short(language: str) -> None:
    texts = catalogue(language).texts
    assert not {key: texts[key] for key in CUES if len(texts[key].split()) > LONGEST_WORDS}
    assert [key for key in CUES if not texts[key]] == ["coach.nothing"]


def test_every_check_has_its_importance_or_cannot_be_seen() -> None:
    assert {c.check for _, c in CHECKS} - set(importance()) == {c.check for _, c in CHECKS if c.statistic == "unseen"}


def test_every_check_says_why() -> None:
    measures: dict[str, set[str]] = {}
    for _, check in CHECKS:
        measures.setdefault(check.check, set()).add(check.measure)
    keys = {
        key
        for check, names in measures.items()
        for key in ([check] if len(names) == 1 else [f"{check}_{name}" for name in names])
    }
    assert set(catalogue(DEFAULT).section("why")) == keys


@pytest.mark.parametrize(("exercise", "check"), CHECKS)
def test_the_advice_of_the_exercise_files_stands_in_the_catalogue(exercise, check) -> None:
    texts = catalogue(DEFAULT).section("checks")
    for end, advice in (("low", check.low_advice), ("high", check.high_advice)):
        key = f"{check.check}.{check.measure}"
        places = (f"{key}.{exercise}.{end}", f"{key}.{check.steps[0]}.{end}", f"{key}.{end}")
        assert not advice or next(texts[place] for place in places if place in texts) == advice


def test_the_catalogue_has_no_advice_that_no_exercise_gives() -> None:
    given = {advice for _, check in CHECKS for advice in (check.low_advice, check.high_advice)}
    texts = catalogue(DEFAULT).section("checks")
    assert {text for key, text in texts.items() if key.endswith((".low", ".high"))} == given - {""}
