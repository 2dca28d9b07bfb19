"""A whole set, from the first picture to the file."""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from lunge.causal.constants import constants as causal
from lunge.errors import NobodySeenError
from lunge.live.constants import constants
from lunge.live.records import Count, Look, Update, Wishes
from lunge.live.session import LiveSession
from lunge.mirroring import mirrored
from lunge.poses import Poses, joined
from lunge.session import Options, analyze
from lunging import Figure

FPS = 15.0
C = constants().setting_up
WISHES = Wishes(
    variant="reverse_lunge_from_standing", hold_s=3.0, repetitions=1, order="left", front_repetitions=0, height_m=1.7
)
START_S = 2.6
"""When the first repetition starts: after the two quiet seconds."""
END_S = START_S + 4.8


@dataclass(frozen=True)
class Played:
    """A session that was given poses, and its updates."""

    session: LiveSession
    poses: Poses
    updates: list[Update]

    def at(self, seconds):
        return self.updates[int(np.searchsorted(self.poses.time_s, seconds - 1e-9))]

    @property
    def modes(self):
        """The modes one after the other, each with the time it began."""
        out = []
        for u in self.updates:
            if not out or u.mode != out[-1][0]:
                out.append((u.mode, u.time_s))
        return out

    def when(self, mode):
        return next(time for name, time in self.modes if name == mode)

    @property
    def sounds(self):
        return [s.name for u in self.updates for s in u.sounds if s.name != "second"]


def play(poses, wishes=WISHES, commands=(), **look):
    """Give a session these poses, and commands, (seconds, name), each just before the frame at that time."""
    session, updates, left = LiveSession(wishes), [], sorted(commands)
    for i in range(len(poses)):
        while left and left[0][0] <= poses.time_s[i] + 1e-9:
            session.command(left.pop(0)[1])
        updates.append(session.step(Look(poses[i : i + 1], **look)))
    return Played(session, poses, updates)


def standing(seconds, first_s=0.0, azimuth_deg=90.0):
    return Figure(seconds, fps=FPS, first_s=first_s).poses(azimuth_deg)


def repetition(seconds, azimuth_deg=90.0):
    return Figure(seconds, fps=FPS).from_standing(START_S, "left").poses(azimuth_deg)


def nobody(poses):
    poses.image_px[:], poses.world_m[:], poses.confidence[:] = np.nan, np.nan, 0.0
    return poses


def same_as_file(session, path, exercise="reverse_lunge"):
    """Check that the analysis of the file that a session saved is that of the session, and return it."""
    live, filed = session.finish(), analyze(session.save(path / "live.npz"), Options(exercise=exercise))
    assert filed.repetitions == live.repetitions
    assert (filed.notes, filed.view, filed.body, filed.step_names) == (
        live.notes,
        live.view,
        live.body,
        live.step_names,
    )
    assert filed.engine == live.engine
    for name, series in live.signals.values.items():
        np.testing.assert_array_equal(filed.signals.values[name], series)
    return filed


@cache
def one_set():
    """Return a set of one repetition, done and closed."""
    return play(repetition(END_S + 2.6))


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    return one_set().session.save(tmp_path_factory.mktemp("live") / "set.npz")


# ---------------------------------------------------------------- a set


def test_a_set_begins_after_quiet_standing_and_closes_itself_after_its_last_repetition():
    found = one_set()
    assert [mode for mode, _ in found.modes] == ["setting_up", "active", "finished"]
    assert found.when("active") == pytest.approx(C.quiet_s, abs=0.1)
    (done,) = (u.time_s for u in found.updates if u.repetitions)
    assert END_S - 0.3 < done < END_S + 1.0
    assert found.when("finished") == pytest.approx(done + constants().set.done_after_s, abs=0.1)


def test_quiet_time_is_shown_while_it_runs():
    found = one_set()
    assert [found.at(t).quiet_s for t in (0.0, 1.0)] == pytest.approx([0.0, 1.0], abs=0.02)
    assert found.at(3.0).quiet_s == 0.0


def test_each_thing_that_happens_is_heard_once():
    heard = one_set().sounds
    assert [heard.count(name) for name in ("started", "repetition_done", "set_done")] == [1, 1, 1]
    assert heard.index("started") < heard.index("repetition_done") < heard.index("set_done")


def test_a_repetition_counts_for_the_leg_that_stepped_back():
    found = one_set()
    before, after = found.at(START_S), found.updates[-1]
    assert (before.left, before.right, before.next_leg) == (Count(0, 1), Count(0, 0), "left")
    assert (after.left, after.right, after.next_leg) == (Count(1, 1), Count(0, 0), None)
    assert [r.stepping_leg for u in found.updates for r in u.repetitions] == ["left"]


def test_the_hold_is_timed_while_it_lasts():
    holds = [u.hold for u in one_set().updates if u.hold is not None]
    assert {h.step for h in holds} == {"lunge"}
    assert {h.target_s for h in holds} == {WISHES.hold_s}
    done = [h.done_s for h in holds]
    assert done == sorted(done)
    assert 0.5 < done[-1] < 2.0


def test_an_update_says_where_the_camera_stands_and_what_it_shows():
    now = one_set().at(START_S)
    assert now.view == "side"
    assert "rear_thigh_vertical" in now.can_judge
    assert "hips_level" in now.cannot_judge
    assert (len(now.points), now.turn_to) == (33, None)


def test_an_update_is_plain_data():
    for update in one_set().updates[:: len(one_set().updates) // 5]:
        assert json.loads(json.dumps(update.to_dict()))["time_s"] == update.time_s


def test_after_the_set_nothing_more_is_judged():
    found = one_set()
    last = found.updates[-1]
    assert (last.mode, last.step, last.faults, last.missing) == ("finished", None, (), ())


# ---------------------------------------------------------------- its file


def test_the_file_judged_again_gives_the_same_to_the_last_digit(tmp_path):
    filed = same_as_file(one_set().session, tmp_path)
    assert filed.engine.mode == "causal"
    assert (len(filed.repetitions), filed.repetitions[0].complete) == (1, True)
    assert filed.body.height_m == 1.7


def test_the_file_begins_with_just_the_standing_that_is_needed(saved):
    times = analyze(saved).poses.time_s
    began = one_set().when("active")
    assert began - causal().baseline.collect_s - 0.1 <= times[0] <= began - causal().baseline.collect_s + 0.01
    assert times[-1] <= one_set().when("finished")


def test_refined_it_is_judged_with_the_whole_recording_in_hand(saved):
    refined = analyze(saved, Options(refine=True))
    assert refined.engine.mode == "refined"
    (one,), (other,) = refined.repetitions, analyze(saved).repetitions
    assert one.end_s == pytest.approx(other.end_s, abs=0.2)


def shortest_hold_s(analysis):
    return [f.limit[0] for r in analysis.repetitions for f in r.findings if f.check == "lunge_hold"]


def test_the_hold_that_was_asked_is_the_one_that_is_judged(saved):
    asked = [pytest.approx(0.8 + WISHES.hold_s - 1.0)]
    assert shortest_hold_s(analyze(saved)) == asked
    assert shortest_hold_s(analyze(saved, Options(refine=True))) == asked
    assert shortest_hold_s(analyze(saved, Options(hold_s=5.0))) == [pytest.approx(4.8)]


def test_finishing_twice_gives_the_same():
    session = one_set().session
    assert session.finish().repetitions == session.finish().repetitions


# ---------------------------------------------------------------- turning


@cache
def turned():
    """Return a set with one repetition from the side, the next asked for from the front; hands on a chair."""
    wishes = Wishes(WISHES.variant, repetitions=1, order="alternate", front_repetitions=1, chair=True)
    side = repetition(END_S + 1.6)
    return play(joined([side, standing(3.0, first_s=END_S + 1.6, azimuth_deg=0.0)]), wishes)


def test_the_set_asks_to_turn_and_goes_on_once_the_person_has():
    found = turned()
    assert [mode for mode, _ in found.modes] == ["setting_up", "active", "setting_up", "active"]
    (_, _, (_, asked), (_, went_on)) = found.modes
    assert found.updates[0].turn_to == "side"
    assert found.at(asked).turn_to == "front"
    assert "turn_to_front" in found.at(asked + 0.2).missing
    assert went_on - (END_S + 1.6) > C.again_quiet_s
    assert (found.updates[-1].view, found.updates[-1].next_leg) == ("front", "right")


def test_with_a_chair_nobody_asks_for_hands_on_hips():
    found = turned()
    hands = [f for r in found.session.finish().repetitions for f in r.findings if f.check == "hands_on_hips"]
    assert [(f.result, f.reason) for f in hands] == [("cannot_judge", "not_asked")] * len(hands)
    assert len(hands) > 0


def test_a_set_in_two_views_is_the_same_from_its_file(tmp_path):
    same_as_file(turned().session, tmp_path)


# ---------------------------------------------------------------- commands


@pytest.mark.parametrize(("stop", "go_on"), [("pause", "resume"), ("gone", "back")])
def test_a_pause_lasts_until_it_is_ended_and_quiet_standing_starts_it_again(stop, go_on):
    found = play(standing(9.0), commands=[(3.0, stop), (4.4, go_on)])
    assert [mode for mode, _ in found.modes] == ["setting_up", "active", "paused", "setting_up", "active"]
    assert (found.when("paused"), found.modes[3][1]) == (3.0, 4.4)
    assert found.modes[4][1] - 4.4 == pytest.approx(max(C.again_quiet_s, causal().baseline.collect_s), abs=0.2)
    assert found.at(3.5).step is None


@pytest.mark.parametrize("name", ["resume", "back", "unknown"])
def test_commands_that_mean_nothing_now_change_nothing(name):
    found = play(standing(3.0), commands=[(2.5, name)])
    assert [mode for mode, _ in found.modes] == ["setting_up", "active"]


def test_start_does_not_wait():
    found = play(standing(2.0), commands=[(0.5, "start")])
    assert found.modes == [("setting_up", 0.0), ("active", pytest.approx(0.5, abs=0.05))]
    assert found.updates[-1].step == "standing", "what came before the start is part of the baseline"


def test_finish_ends_the_set():
    found = play(standing(4.0), commands=[(3.0, "finish"), (3.5, "start"), (3.6, "resume")])
    assert [mode for mode, _ in found.modes] == ["setting_up", "active", "finished"]
    assert found.sounds.count("set_done") == 1


@pytest.mark.parametrize(
    "commands",
    [
        [(4.5, "pause"), (6.2, "resume")],
        [(4.5, "pause"), (4.6, "resume"), (4.7, "start")],
    ],
    ids=["after a while", "at once"],
)
def test_a_repetition_that_was_broken_off_is_the_same_from_its_file(tmp_path, commands):
    found = play(repetition(10.0), commands=commands)
    (broken,) = (r for u in found.updates for r in u.repetitions)
    assert not broken.complete
    assert found.updates[-1].left == Count(0, 1)
    assert same_as_file(found.session, tmp_path).repetitions == (broken,)


def test_a_pause_right_after_a_repetition_stays_one_though_a_turn_is_due():
    wishes = Wishes(WISHES.variant, repetitions=1, front_repetitions=1)
    found = play(repetition(END_S + 1.0), wishes, commands=[(END_S + 0.2, "pause")])
    assert found.updates[-1].left == Count(1, 1)
    assert [mode for mode, _ in found.modes] == ["setting_up", "active", "paused"]
    found.session.command("resume")
    last = found.session.step(Look(standing(0.1, first_s=END_S + 2.0)[0:1]))
    assert (last.turn_to, last.missing) == ("front", ("turn_to_front",))


def test_a_raised_hand_starts_pauses_and_goes_on():
    raised = Figure(9.0, fps=FPS).raise_hand(0.3, 1.3).raise_hand(3.3, 4.3).raise_hand(6.3, 7.3).poses()
    modes = play(raised).modes
    assert [mode for mode, _ in modes[:4]] == ["setting_up", "active", "paused", "setting_up"]
    times = [time for _, time in modes[1:4]]
    assert times == pytest.approx([1.1, 4.1, 7.1], abs=0.2)


# ---------------------------------------------------------------- what may go wrong


def test_time_must_increase():
    session, poses = LiveSession(WISHES), standing(0.2)
    session.step(Look(poses[1:2]))
    for frame in (poses[1:2], poses[0:1]):
        with pytest.raises(ValueError, match="time_s: expected more than"):
            session.step(Look(frame))
    assert session.step(Look(poses[2:3])).mode == "setting_up"


def test_without_anybody_a_set_does_not_begin_and_leaves_nothing(tmp_path):
    found = play(nobody(standing(3.0)))
    assert {u.mode for u in found.updates} == {"setting_up"}
    assert found.updates[-1].missing == ("nobody",)
    for end in (found.session.finish, lambda: found.session.save(tmp_path / "live.npz")):
        with pytest.raises(NobodySeenError):
            end()
    assert list(tmp_path.iterdir()) == []


def test_a_recording_of_nobody_says_so():
    found = play(nobody(standing(3.0)), commands=[(0.5, "start")])
    assert {u.step for u in found.updates} == {None}
    assert found.updates[-1].points == ()
    with pytest.raises(NobodySeenError):
        found.session.finish()


def test_several_people_are_noted(tmp_path):
    found = play(standing(1.0), commands=[(0.1, "start")], people=2)
    filed = same_as_file(found.session, tmp_path)
    assert filed.people == 2
    assert any("2 people" in str(note) for note in filed.notes)


def test_mirrored_pictures_are_turned_back():
    frame = Figure(0.1).squat(-2.0, -1.0).poses()[0:1]
    plain = LiveSession(WISHES).step(Look(frame))
    turned_back = LiveSession(Wishes(mirrored=True)).step(Look(mirrored(frame)))
    np.testing.assert_allclose(turned_back.points, plain.points, atol=1e-4)
    assert turned_back.points != LiveSession(WISHES).step(Look(mirrored(frame))).points


def test_the_camera_may_lose_the_person_for_a_moment():
    poses = standing(4.0)
    away = (poses.time_s > 2.9) & (poses.time_s < 3.4)
    poses.image_px[away], poses.confidence[away] = np.nan, 0.0
    found = play(poses)
    assert found.modes[-1][0] == "active"
    assert found.at(3.2).step is None
    assert found.at(3.6).step == "standing"
