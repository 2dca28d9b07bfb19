"""Repetitions found in made-up motions whose every time is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunge.exercises import load
from lunge.motion import Motion
from lunge.phases import episodes

EXERCISE = load("reverse_lunge")

STAND, LOW, STEP = 0.45, 0.24, 0.45
FPS = 30.0


# ---------------------------------------------------------------- motions of which every time is known


def eased(time, start, end):
    """Return 0 before, 1 after, and a minimum-jerk way between two times."""
    tau = np.clip((time - start) / (end - start), 0, 1)
    return 10 * tau**3 - 15 * tau**4 + 6 * tau**5


class Script:
    """Builds a motion from what happens when; heights in body heights, times in seconds."""

    def __init__(self, duration_s: float) -> None:
        self.time = np.arange(0, duration_s, 1 / FPS)
        self.hip = np.full_like(self.time, STAND)
        self.left = np.zeros_like(self.time)
        self.right = np.zeros_like(self.time)
        self.lean = np.full_like(self.time, 5.0)
        self.hand = np.full_like(self.time, np.nan)
        self.mass = np.zeros_like(self.time)
        self.depth_speed = np.zeros_like(self.time)
        self.knee = np.zeros_like(self.time)
        self.stir = np.zeros_like(self.time)

    def _at(self, series, when):
        return series[min(np.searchsorted(self.time, when), len(series) - 1)]

    def hips(self, start, end, to):
        """Move the hips to a height."""
        here = self._at(self.hip, start)
        self.hip = self.hip + (to - here) * eased(self.time, start, end)
        return self

    def foot(self, side, start, end, by):
        """Move a foot forward (or back) by a length."""
        setattr(self, side, getattr(self, side) + by * eased(self.time, start, end))
        return self

    def bend(self, start, end, to):
        """Bend the trunk."""
        here = self._at(self.lean, start)
        self.lean = self.lean + (to - here) * eased(self.time, start, end)
        return self

    def shake_out(self, start, end, to=45.0):
        """Bend one knee and straighten it again, hips up: the thigh tugs at the hips the while."""
        there = eased(self.time, start, (start + end) / 2) - eased(self.time, (start + end) / 2, end)
        self.knee, self.stir = self.knee + to * there, self.stir + 0.01 * there
        return self

    def motion(self, noise=0.0, seed=0) -> Motion:
        """Return the motion, with noise of a standard deviation in heights."""
        rng = np.random.default_rng(seed)
        stir = np.abs(np.gradient(self.stir, self.time))
        jitter = lambda: noise * rng.standard_normal(len(self.time))  # noqa: E731
        hip = self.hip + jitter()
        body = np.stack([self.hip, (self.left + self.right) / 2, np.radians(self.lean) * 0.3], axis=1)
        speed = np.linalg.norm(np.gradient(body, self.time, axis=0), axis=1)
        feet = {s: np.stack([getattr(self, s) + jitter(), np.zeros_like(self.time)], 1) for s in ("left", "right")}
        hand = np.where(np.isnan(self.hand), hip + 0.06, self.hand)
        return Motion(
            time_s=self.time,
            hip_height=hip,
            standing_height=STAND,
            left_ahead=self.left - self.right + jitter(),
            speed=speed + 4 * stir,
            depth_speed=self.depth_speed,
            rise_speed=np.abs(np.gradient(self.hip, self.time)) + stir,
            hip_speed=speed,
            shoulder_speed=speed,
            knee_speed={s: np.abs(np.gradient(getattr(self, s), self.time)) for s in ("left", "right")},
            feet=feet,
            foot_speed={s: np.abs(np.gradient(getattr(self, s), self.time)) for s in ("left", "right")},
            feet_speed=np.abs(np.gradient(self.left - self.right, self.time)),
            lower_body=np.stack([np.stack([self.hip, self.hip], 1)] * 3, axis=1),
            lowest_hand=hand,
            trunk_lean_deg=self.lean,
            knee_flexion_deg=self.knee + (STAND - self.hip) / (STAND - LOW) * 100,
            trunk_ahead=self.mass,
            standing_lean_deg=0.0,
            standing_ahead=0.0,
            sideways=np.full_like(self.time, 0.18),
            from_behind=np.zeros_like(self.time),
            hidden=np.zeros(len(self.time), bool),
        )


def seven_step(script: Script, start: float, leg: str = "right", hold: float = 2.0) -> tuple[Script, dict]:
    """Add one repetition from the squat; return the script and the true marks."""
    t = start
    marks = {"lowering": t, "squat": t + 1.5, "stepping_back": t + 2.1, "lunge": t + 4.1}
    marks |= {"returning": t + 4.1 + hold, "squat_2": t + 6.1 + hold, "rising": t + 7.5 + hold, "end": t + 9 + hold}
    script.hips(t, t + 1.5, LOW).bend(t, t + 1.5, 27)
    script.foot(leg, t + 2.4, t + 3.6, -STEP).hips(t + 2.6, t + 4.1, LOW - 0.1).bend(t + 2.1, t + 3.6, 4)
    back = t + 4.1 + hold
    script.bend(back, back + 2, 27).hips(back, back + 1.5, LOW).foot(leg, back + 0.6, back + 1.7, STEP)
    script.hips(back + 3.4, back + 4.9, STAND).bend(back + 3.4, back + 4.9, 5)
    return script, marks


def from_standing(script: Script, start: float, leg: str = "left", hold: float = 1.5) -> Script:
    """Add one repetition from standing."""
    t = start
    script.foot(leg, t, t + 1.0, -STEP).hips(t + 0.4, t + 2.2, LOW)
    back = t + 2.2 + hold
    script.hips(back, back + 1.6, STAND).foot(leg, back + 0.9, back + 1.9, STEP)
    return script


def found(script, **noise):
    return episodes(script.motion(**noise), EXERCISE)


def repetitions(script, **noise):
    return [e for e in found(script, **noise) if e.steps]


@pytest.mark.parametrize("leg", ["left", "right"])
@pytest.mark.parametrize("hold", [1.0, 3.0, 10.0])
def test_the_seven_steps_lie_where_they_were_done(leg, hold):
    script, marks = seven_step(Script(14 + hold), 2.0, leg, hold)
    (episode,) = repetitions(script)
    assert episode.kind == "reverse_lunge"
    assert episode.stepping == leg
    assert episode.complete
    for step in episode.steps:
        assert step.start_s == pytest.approx(marks[step.name], abs=0.4), step.name
    assert episode.end_s == pytest.approx(marks["end"], abs=0.4)
    lunge = next(s for s in episode.steps if s.name == "lunge")
    assert lunge.duration_s == pytest.approx(hold, abs=0.45)


def test_from_standing_is_told_apart():
    script = from_standing(Script(10), 2.0, "left")
    (episode,) = repetitions(script)
    assert episode.kind == "reverse_lunge_from_standing"
    assert episode.stepping == "left"
    assert [s.name for s in episode.steps] == ["stepping_back", "lowering", "lunge", "rising", "returning"]


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 0.006), st.integers(0, 1000), st.sampled_from(["left", "right"]))
def test_jitter_adds_and_loses_nothing(noise, seed, leg):
    script, _ = seven_step(Script(16), 2.0, leg)
    legs = [e.stepping for e in repetitions(script, noise=noise, seed=seed)]
    assert legs == [leg]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(["left", "right"]), min_size=1, max_size=4))
def test_as_many_as_were_done(legs):
    script = Script(3 + 13 * len(legs))
    for i, leg in enumerate(legs):
        seven_step(script, 2.0 + 13 * i, leg)
    assert [e.stepping for e in repetitions(script)] == legs


def test_a_pause_in_the_rise_does_not_split():
    script = Script(18)
    script.hips(2, 3.5, LOW).bend(2, 3.5, 27).foot("right", 4.5, 5.6, -STEP)
    script.foot("right", 8, 9.1, STEP)
    script.hips(10, 11, (LOW + STAND) / 2).hips(12.5, 13.5, STAND).bend(12.5, 13.5, 5)
    (episode,) = repetitions(script)
    assert episode.end_s == pytest.approx(13.5, abs=0.3)


def test_a_forward_lunge_is_none():
    script = Script(10).foot("left", 2, 3, STEP).hips(2.5, 4, LOW).hips(6, 7.5, STAND).foot("left", 7, 8, -STEP)
    assert [e.kind for e in found(script)] == ["forward_lunge"]


def test_split_squats_are_none():
    script = Script(16).foot("right", 1, 2, -STEP)
    for t in (3, 6, 9):
        script.hips(t, t + 1, LOW).hips(t + 1.5, t + 2.5, STAND - 0.03)
    script.foot("right", 13, 14, STEP)
    assert [e.kind for e in found(script)] == ["split_squat"]


SPLIT = load("split_squat")


def stance(*depths, opened=None, closed=None):
    """Return lowerings every 3 s from 3 s on, in a stance that opens and closes when said, and the script."""
    script = Script(5 + 3 * len(depths))
    if opened is None:
        script.right, script.hip = script.right - STEP, script.hip - 0.05
    else:
        script.foot("right", opened, opened + 1, -STEP).hips(opened, opened + 1, STAND - 0.05)
    for i, depth in enumerate(depths):
        script.hips(3 + 3 * i, 4 + 3 * i, depth).hips(4.3 + 3 * i, 5.3 + 3 * i, STAND - 0.05)
    if closed is not None:
        script.foot("right", closed, closed + 1, STEP).hips(closed, closed + 1, STAND)
    return script


@pytest.mark.parametrize(("opened", "closed"), [(None, None), (1.0, None), (None, 12.5), (1.0, 12.5)])
def test_each_lowering_in_a_split_stance_is_a_split_squat(opened, closed):
    script = stance(LOW, LOW, LOW + 0.05, opened=opened, closed=closed)
    got = episodes(script.motion(), SPLIT)
    assert [e.kind for e in got] == ["split_squat"] * 3
    assert [(e.front, e.stepping, e.complete) for e in got] == [("left", None, True)] * 3
    for i, e in enumerate(got):
        assert [s.name for s in e.steps] == ["lowering", "lunge", "rising"]
        assert (e.start_s, e.bottom_s, e.end_s) == pytest.approx((3 + 3 * i, 4.15 + 3 * i, 5.3 + 3 * i), abs=0.3)
    assert not repetitions(script)


@settings(max_examples=15, deadline=None)
@given(st.floats(0, 0.006), st.integers(0, 1000))
def test_jitter_adds_and_loses_no_split_squat(noise, seed):
    script = stance(LOW, LOW, opened=1.0, closed=9.5)
    assert len([e for e in episodes(script.motion(noise, seed), SPLIT) if e.steps]) == 2


def test_a_clip_that_begins_low_begins_in_a_split_squat():
    script = stance()
    script.hip -= STAND - LOW
    script.hips(1, 2.5, STAND - 0.05)
    assert [(e.kind, e.complete) for e in episodes(script.motion(), SPLIT)] == [("split_squat", True)]


def test_a_split_stance_that_begins_small_and_unseen_is_no_reverse_lunge():
    script = stance(LOW)
    motion = script.motion()
    motion.left_ahead[:] = np.clip(0.17 + 0.1 * (script.time - 0.5), 0.17, STEP)
    motion.left_ahead[:4] = np.nan
    assert [e.kind for e in episodes(motion, EXERCISE)] == ["split_squat"]
    assert [e.kind for e in episodes(motion, SPLIT)] == ["split_squat"]


def test_a_clip_that_ends_low_ends_in_an_unfinished_split_squat():
    script = stance().hips(3, 4, LOW)
    assert [(e.kind, e.complete) for e in episodes(script.motion(), SPLIT)] == [("split_squat", False)]


@pytest.mark.parametrize("add", [lambda s: seven_step(s, 2.0)[0], lambda s: from_standing(s, 2.0)])
def test_a_reverse_lunge_is_no_split_squat(add):
    script = add(Script(16))
    assert len(repetitions(script)) == 1
    assert not [e for e in episodes(script.motion(), SPLIT) if e.steps]


def test_walking_is_none():
    script = Script(10)
    for i in range(6):
        script.foot("left" if i % 2 else "right", 1 + i, 1.6 + i, STEP)
    assert not repetitions(script)


def test_a_squat_is_none():
    assert not found(Script(8).hips(2, 3, LOW).hips(5, 6, STAND))


def test_picking_something_up_is_none():
    script = from_standing(Script(10), 2.0)
    script.bend(2.5, 4, 45).bend(5.5, 7, 5)
    script.hand = np.where((script.time > 3.5) & (script.time < 6), 0.08, np.nan)
    assert [e.kind for e in found(script)] == ["pick_up"]


def test_a_hand_that_hangs_in_a_squat_on_purpose_picks_nothing_up():
    script, marks = seven_step(Script(16), 2.0)
    script.lean[(script.time > marks["lunge"]) & (script.time < marks["returning"])] = 30.0
    script.hand = script.hip - 0.08
    assert [e.kind for e in found(script)] == ["reverse_lunge"]


@pytest.mark.parametrize(("lean", "mass", "kind"), [(2.0, -0.22, "seated_lunge"), (2.0, -0.1, ""), (25.0, -0.22, "")])
def test_on_a_seat_nobody_has_to_balance(lean, mass, kind):
    script, _ = seven_step(Script(16), 2.0)
    script.lean, script.mass = np.full_like(script.time, lean), np.full_like(script.time, mass)
    script.bend(2.0, 2.5, lean + 35).bend(2.8, 3.4, lean)
    assert [e.kind for e in found(script)] == [kind or "reverse_lunge"]


def test_whoever_bends_no_further_on_the_way_down_squats_freely():
    script, _ = seven_step(Script(16), 2.0)
    script.lean, script.mass = np.full_like(script.time, 2.0), np.full_like(script.time, -0.28)
    assert [e.kind for e in found(script)] == ["reverse_lunge"]


@pytest.mark.parametrize(("rises", "kind"), [(True, "reverse_lunge"), (False, "seated_lunge")])
def test_whoever_stands_before_and_after_hardly_sat(rises, kind):
    script, marks = seven_step(Script(16), 2.0)
    if not rises:
        script.hip[script.time > marks["rising"]] = LOW
    script.lean, script.mass = np.full_like(script.time, 2.0), np.full_like(script.time, -0.18)
    assert [e.kind for e in found(script)] == [kind]


def test_a_hold_ends_when_the_body_moves_in_depth():
    script, marks = seven_step(Script(16), 2.0)
    early = marks["returning"] - 0.6
    script.depth_speed = np.where(script.time > early, 0.1, 0.0)
    (episode,) = repetitions(script)
    assert episode.steps[3].end_s == pytest.approx(early, abs=0.1)


def test_a_blink_of_rest_on_the_way_is_not_the_depth():
    script, marks = seven_step(Script(16), 2.0, hold=2.0)
    plain = repetitions(script)[0].bottom_s
    motion = script.motion()
    landed = int(np.searchsorted(script.time, marks["lunge"] - 0.6))
    motion.hip_height[landed : landed + 3] -= 0.3
    motion.speed[landed : landed + 3] = 0.0
    (episode,) = [e for e in episodes(motion, EXERCISE) if e.steps]
    assert episode.bottom_s == pytest.approx(plain, abs=0.1)


def test_hips_on_their_way_down_are_not_low_already():
    script = Script(10).hips(2.0, 3.2, LOW).foot("left", 2.5, 3.4, -STEP)
    script.hips(5.0, 6.5, STAND).foot("left", 6.0, 7.0, STEP)
    assert [e.kind for e in found(script)] == ["reverse_lunge_from_standing"]


def test_a_clip_that_ends_in_the_lunge_holds_an_unfinished_repetition():
    script, _ = seven_step(Script(7.5), 2.0)
    (episode,) = repetitions(script)
    assert not episode.complete


def test_nobody_seen_is_no_episode():
    motion = Script(4).motion()
    object.__setattr__(motion, "left_ahead", np.full_like(motion.time_s, np.nan))
    assert episodes(motion, EXERCISE) == []


@pytest.mark.parametrize("add", [lambda s: seven_step(s, 2.0)[0], lambda s: from_standing(s, 2.0)])
def test_shaking_a_leg_out_is_no_part_of_standing_up(add):
    (calm,) = repetitions(add(Script(18)))
    (shaken,) = repetitions(add(Script(18)).shake_out(calm.end_s - 0.05, calm.end_s + 0.8))
    assert shaken.end_s == pytest.approx(calm.end_s, abs=0.25)
