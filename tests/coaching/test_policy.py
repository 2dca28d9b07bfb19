"""What the coach says in scripted sets, and what it leaves unsaid."""

import pytest

from lunge.coaching.constants import constants
from lunge.coaching.guides import guide_of
from lunge.coaching.policy import NOTHING, step
from lunge.coaching.records import Moment
from lunge.coaching.state import PolicyState
from moments import (
    FPS,
    HANDS,
    KNEE,
    LEAN,
    SHALLOW,
    Stretch,
    coached,
    cues,
    finished,
    moments,
    repetition,
    sounds,
    spoken,
)

CHEST, DEEPER, LIFT = (f"coach.{'.'.join(fault)}" for fault in (LEAN, SHALLOW, KNEE))
LUNGE_S = 9.5
"""When the lunge of a scripted repetition begins; its clock starts a quarter of a second later."""

REPETITION_S = 17.25


def setting_up(seconds, *missing):
    return Stretch(None, seconds, moment={"mode": "setting_up", "missing": missing})


# ---------------------------------------------------------------- leading through the steps
def test_a_clean_set_is_led_and_nothing_is_found_fault_with() -> None:
    last = finished(2, happened=("repetition_done", "set_done"), mode="finished")
    first = repetition(1, first={"happened": ("started",)})
    over = Stretch("standing", 3.0, moment={"mode": "finished", "repetition": 2}, first=last)
    answers = coached(moments(*first, *repetition(2, first=finished(1)), over, asked=2))
    assert spoken(answers) == [
        (0.0, "coach.started"),
        (1.5, "coach.sit_down"),
        (5.0, "coach.squeeze"),
        (7.0, "coach.leg_back_left"),
        (9.75, "coach.hold"),
        (11.75, "coach.slowly_back"),
        (12.75, "coach.count.2"),
        (13.75, "coach.count.1"),
        (14.5, "coach.hold_squat"),
        (16.0, "coach.stand_up"),
        (17.5, "coach.last_one"),
        (19.25, "coach.sit_down"),
        (22.25, "coach.squeeze"),
        (24.25, "coach.leg_back_right"),
        (27.0, "coach.hold"),
        (29.0, "coach.slowly_back"),
        (30.0, "coach.count.2"),
        (31.0, "coach.count.1"),
        (31.75, "coach.hold_squat"),
        (33.25, "coach.stand_up"),
        (34.5, "coach.set_done"),
    ]
    assert sounds(answers)[:6] == [
        (0.0, "started"),
        (9.75, "hold_started"),
        (10.75, "second"),
        (11.75, "hold_done"),
        (14.75, "hold_started"),
        (15.75, "hold_done"),
    ]
    assert sounds(answers)[-2:] == [(34.5, "repetition_done"), (34.5, "set_done")]
    assert not cues(answers, "form", "safety", "praise")


def test_the_form_from_standing_squeezes_while_standing() -> None:
    now = {"repetition": 1}
    answers = coached(
        moments(
            Stretch("standing", 4.0),
            Stretch("stepping_back", 0.5, moment=now),
            Stretch("lowering", 1.0, moment=now),
            Stretch("lunge", 2.0, hold=(1.0, 0.5), moment=now),
            Stretch("rising", 1.0, moment=now),
            Stretch("returning", 1.5, moment=now),
            Stretch("standing", 2.0, first=finished(1), moment=now),
            variant="reverse_lunge_from_standing",
        )
    )
    assert spoken(answers) == [
        (0.0, "coach.squeeze"),
        (2.0, "coach.leg_back_any"),
        (6.0, "coach.hold"),
        (7.0, "coach.slowly_up"),
        (8.0, "coach.count.2"),
        (9.0, "coach.count.1"),
    ]


def test_a_long_hold_is_counted_down_aloud() -> None:
    answers = coached(moments(*repetition(1, hold=(6.0, 0.25))))
    said = [(round(at - 9.75, 2), key) for at, key in spoken(answers) if 9.75 <= at <= 16.0]
    assert said == [
        (0.0, "coach.hold"),
        (0.0, "coach.count_aloud"),
        (3.0, "coach.count.3"),
        (4.0, "coach.count.2"),
        (5.0, "coach.count.1"),
        (6.0, "coach.slowly_back"),
    ]
    assert [name for at, name in sounds(answers) if 9.75 < at < 15.75] == ["second"] * 5


def test_who_stays_in_a_step_is_asked_again_but_rarely() -> None:
    answers = coached(moments(Stretch("squat", 25.0, moment={"next_leg": "left"})))
    assert spoken(answers) == [
        (0.0, "coach.squeeze"),
        (2.0, "coach.leg_back_left"),
        (12.0, "coach.leg_back_left"),
        (22.0, "coach.leg_back_left"),
    ]


def test_who_is_ahead_of_the_coach_is_not_told_what_is_done_already() -> None:
    answers = coached(moments(Stretch("squat", 1.0), Stretch("stepping_back", 1.0), Stretch("lunge", 3.0)))
    assert spoken(answers) == [(0.0, "coach.squeeze")]


def test_a_way_back_that_was_not_announced_is_not_counted() -> None:
    early = Stretch("lunge", 1.25, hold=(2.0, 0.25), moment={"repetition": 1})
    answers = coached(moments(early, Stretch("returning", 2.5, moment={"repetition": 1})))
    assert spoken(answers) == [(0.25, "coach.hold"), (1.25, "coach.lunge_hold.lunge_hold_s.low")]


def test_a_hold_that_the_view_does_not_time_is_not_said_to_be_too_short() -> None:
    early = Stretch("lunge", 1.25, hold=(2.0, 0.25), moment={"repetition": 1, "timed": False})
    answers = coached(moments(early, Stretch("returning", 2.5, moment={"repetition": 1, "timed": False})))
    assert spoken(answers) == [(0.25, "coach.hold")]


def test_half_of_the_set_and_the_last_one_are_said() -> None:
    def note(number, asked):
        answers = coached(moments(Stretch("standing", 1.5, first=finished(number)), asked=asked))
        return [key for _, key in spoken(answers)]

    assert [note(n, 6) for n in (1, 2, 3, 4, 5)] == [[], [], ["coach.half_way"], [], ["coach.last_one"]]
    assert [note(n, 3) for n in (1, 2)] == [[], ["coach.last_one"]]
    assert note(1, 0) == []


def test_nothing_more_is_asked_for_when_all_are_done_or_a_turn_is_due() -> None:
    done = coached(moments(Stretch("standing", 5.0, moment={"repetition": 4}), asked=4))
    assert not spoken(done)
    turned = {"repetition": 2, "turn_to": "front"}
    turn = Stretch("standing", 5.0, first={"happened": ("turn",)}, moment=turned)
    going_on = Stretch("standing", 3.0, moment={"repetition": 2})
    assert spoken(coached(moments(turn, going_on))) == [(0.0, "setup.turn_to_front"), (7.0, "coach.sit_down")]


# ---------------------------------------------------------------- what is missing
def test_what_is_missing_is_said_when_it_lasts_and_repeated_rarely() -> None:
    answers = coached(moments(setting_up(30.0, "too_near", "turn_sideways")))
    assert cues(answers, "setup") == [(s, "setup.too_near", True) for s in (1.0, 13.0, 25.0)]


def test_the_next_missing_thing_waits_for_the_one_before() -> None:
    answers = coached(moments(setting_up(1.5, "too_near"), setting_up(5.0, "turn_sideways"), setting_up(4.0)))
    assert cues(answers, "setup", "clear") == [
        (1.0, "setup.too_near", True),
        (2.5, NOTHING, False),
        (5.0, "setup.turn_sideways", True),
        (6.5, NOTHING, False),
    ]


def test_what_is_missing_for_a_moment_only_is_not_said() -> None:
    flicker = [setting_up(0.9, "feet_out"), setting_up(0.1)] * 5
    assert not spoken(coached(moments(*flicker)))


def test_the_person_who_is_lost_is_told_and_led_on_when_found() -> None:
    now = {"repetition": 1}
    lost = Stretch(None, 3.0, moment=now, first={"happened": ("lost",)})
    answers = coached(
        moments(
            Stretch("squat", 1.0, moment=now), lost, Stretch("squat", 4.0, moment=now, first={"happened": ("found",)})
        )
    )
    assert spoken(answers) == [
        (0.0, "coach.squeeze"),
        (1.5, "coach.lost"),
        (4.0, "coach.found"),
        (5.5, "coach.squeeze"),
        (7.5, "coach.leg_back_any"),
    ]
    assert sounds(answers) == [(1.0, "stopped")]


def test_a_pause_is_quiet() -> None:
    paused = {"mode": "paused", "repetition": 1, "missing": ("nobody",)}
    pause = Stretch("lunge", 15.0, faults=((*LEAN, 0.0, 15.0),), moment=paused, first={"happened": ("paused",)})
    going_on = Stretch("standing", 3.0, moment={"repetition": 0}, first={"happened": ("resumed",)})
    answers = coached(moments(pause, going_on))
    assert spoken(answers) == [(0.0, "coach.paused"), (15.0, "coach.resumed"), (16.5, "coach.sit_down")]


# ---------------------------------------------------------------- form
def test_a_fault_is_said_once_it_lasts_and_again_only_in_the_next_repetition() -> None:
    twice = ((*LEAN, 0.25, 1.0), (*LEAN, 1.1, 2.75))
    answers = coached(moments(*repetition(1, twice, (6.0, 0.25)), *repetition(2, twice, (6.0, 0.25), finished(1))))
    period_s = REPETITION_S + 4.0
    assert [at for at, key, said in cues(answers, "form") if said] == [
        LUNGE_S + 0.25 + 1.5,  # after the words at the hold's start
        period_s + LUNGE_S + 0.25 + 1.5,
    ]
    assert {key for _, key, _ in cues(answers, "form")} == {CHEST}


def test_a_cue_comes_after_the_persistence_of_its_check() -> None:
    found = cues(coached(moments(*repetition(1, ((*LEAN, 0.25, 2.0),)))), "form")
    assert found == [(LUNGE_S + 0.25 + constants().faults.persistence["trunk_upright_s"], CHEST, True)]


def test_a_fault_that_is_over_before_it_lasted_is_not_said() -> None:
    flicker = tuple((*LEAN, s / 10, s / 10 + 0.4) for s in range(3, 20, 5))
    assert not cues(coached(moments(*repetition(1, flicker))), "form")


def test_what_is_shown_goes_with_its_fault_and_comes_back_unsaid() -> None:
    faults = ((*LEAN, 0.0, 2.0), (*LEAN, 3.0, 6.0))
    answers = coached(moments(Stretch("lunge", 8.0, faults=faults, moment={"repetition": 1})))
    assert cues(answers, "form", "clear") == [
        (0.5, CHEST, True),
        (2.0, NOTHING, False),
        (3.5, CHEST, False),
        (6.0, NOTHING, False),
    ]


def test_the_screen_keeps_a_cue_long_enough_to_be_read() -> None:
    answers = coached(moments(Stretch("lunge", 4.0, faults=((*LEAN, 0.0, 0.6),), moment={"repetition": 1})))
    assert cues(answers, "form", "clear") == [(0.5, CHEST, True), (2.0, NOTHING, False)]


def test_of_two_faults_the_more_important_is_said_and_the_other_waits() -> None:
    faults = ((*SHALLOW, 0.0, 9.0), (*LEAN, 0.0, 3.0), (*HANDS, 0.0, 9.0))
    answers = coached(moments(Stretch("lunge", 9.0, faults=faults, moment={"repetition": 1})))
    assert cues(answers, "form") == [(0.5, CHEST, True), (4.5, DEEPER, True)]


def test_safety_does_not_wait_and_comes_before_everything() -> None:
    faults = ((*LEAN, 0.0, 4.0), (*KNEE, 0.6, 4.0))
    answers = coached(moments(Stretch("lunge", 4.0, faults=faults, moment={"repetition": 1})))
    assert cues(answers, "form", "safety") == [(0.5, CHEST, True), (0.75, LIFT, True)]


def test_the_last_second_of_a_hold_is_left_in_peace() -> None:
    late = ((*HANDS, 0.75, 3.0),)  # lasts long enough 0.1 s into the last second of the two
    answers = coached(moments(*repetition(1, late)))
    assert not cues(answers, "form")
    earlier = ((*HANDS, 0.55, 3.0),)
    assert cues(coached(moments(*repetition(1, earlier))), "form")


def test_a_stopped_clock_says_why_even_near_its_end() -> None:
    leaning = ((*LEAN, 1.75, 4.0),)
    lunge = Stretch("lunge", 8.0, hold=(2.0, 0.25), faults=leaning, stops=True, moment={"repetition": 1})
    answers = coached(moments(lunge))
    assert cues(answers, "form") == [(2.25, CHEST, True)]
    assert sounds(answers)[:3] == [(0.25, "hold_started"), (1.25, "second"), (1.75, "stopped")]
    assert sounds(answers)[-1][1] == "hold_done"


def test_what_stops_the_clock_comes_before_what_does_not() -> None:
    def said(**lunge):
        faults = ((*SHALLOW, 0.0, 3.0), (*LEAN, 0.1, 3.0))
        return cues(coached(moments(Stretch("lunge", 3.0, faults=faults, moment={"repetition": 1}, **lunge))), "form")

    assert said() == [(0.6, CHEST, True)]
    assert said(hold=(2.0, 0.25), stops=True) == [(0.6, DEEPER, True)]


def test_only_the_posture_of_the_step_that_is_on_is_cued() -> None:
    other = (*LEAN, 0.0, 3.0, "squat")
    ranged = (*HANDS, 0.0, 3.0, "squat to squat_2")
    now = {"repetition": 1}
    assert not cues(coached(moments(Stretch("lunge", 3.0, faults=(other,), moment=now))), "form")
    assert cues(coached(moments(Stretch("lunge", 3.0, faults=(ranged,), moment=now))), "form")
    assert not cues(coached(moments(Stretch("rising", 3.0, faults=(ranged,), moment=now))), "form")


def test_a_way_back_that_was_too_fast_is_said_right_after_it() -> None:
    fast = ("slow_return", "return_s", "low", 0.0, 2.0, "returning")
    now = {"repetition": 1}
    back = (Stretch("returning", 0.5, moment=now), Stretch("squat_2", 2.0, faults=(fast,), moment=now))
    assert cues(coached(moments(*back)), "form") == [(0.5, "coach.slow_return.return_s.low", True)]


def test_a_hold_that_was_long_enough_within_its_error_is_not_called_short() -> None:
    def left_after(seconds):
        lunge = Stretch("lunge", seconds, hold=(2.0, 0.0), moment={"repetition": 1})
        return cues(coached(moments(lunge, Stretch("returning", 1.0, moment={"repetition": 1}))), "form")

    assert left_after(1.5)
    assert not left_after(1.9)


# ---------------------------------------------------------------- praise
def test_praise_is_for_what_got_better_and_is_rare() -> None:
    def standing(number, went_well):
        return Stretch("standing", 1.5, first=finished(number, went_well), moment={"repetition": number})

    done = [standing(n, ("hands_on_hips", "trunk_upright")) for n in (1, 2, 3, 4)]
    assert cues(coached(moments(*done)), "praise") == [
        (0.0, "coach.better.trunk_upright", True),
        (4.5, "coach.better.trunk_upright", True),
    ]
    assert not cues(coached(moments(standing(1, ()))), "praise")


# ---------------------------------------------------------------- the frame around it
def test_the_same_moments_give_the_same_cues() -> None:
    frames = list(moments(*repetition(1, ((*LEAN, 0.3, 2.0),)), *repetition(2, first=finished(1, ("trunk_upright",)))))
    assert coached(frames) == coached(frames)


def test_times_must_grow_and_the_variant_must_be_known() -> None:
    state, _ = step(PolicyState(), Moment(1.0, "active"))
    with pytest.raises(ValueError, match=r"more than 1\.0, got 1\.0"):
        step(state, Moment(1.0, "active"))
    with pytest.raises(ValueError, match="seated_lunge, got 'jump'"):
        guide_of("jump")


def test_the_script_is_as_fine_as_the_times_that_it_checks() -> None:
    shortest_s = min(x for x in constants().faults.persistence.values() if x > 0)
    assert shortest_s * FPS >= 1


def test_the_farewell_waits_for_nothing_for_nothing_comes_after_it() -> None:
    praised = Stretch("standing", 0.25, first={"happened": ("repetition_done",), "went_well": ("trunk_upright",)})
    over = Stretch("standing", 0.25, moment={"mode": "finished"}, first={"happened": ("time_over", "set_done")})
    said = [key for _, key in spoken(coached(moments(Stretch("standing", 2.0), praised, over)))]
    assert said[-2:] == ["coach.better.trunk_upright", "coach.time_over"]
