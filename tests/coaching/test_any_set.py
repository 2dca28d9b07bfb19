"""What holds for every set, however strange."""

from itertools import pairwise
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from lunge.coaching.constants import constants, importance
from lunge.coaching.guides import guide_of, guides
from lunge.coaching.news import FAREWELLS
from lunge.coaching.policy import step
from lunge.coaching.records import Cue, Fault, Hold, Moment
from lunge.coaching.state import PolicyState
from lunge.exercises import load
from lunge.messages import catalogue, languages

ROWS = [
    (check.check, check.measure, step, end)
    for check in load("reverse_lunge").checks
    for step in check.steps
    for end, limit in zip(("low", "high"), check.limit, strict=True)
    if limit is not None
]
KNOWN = {variant: [r for r in ROWS if set(r[2].split(" to ")) <= set(guide_of(variant).steps)] for variant in guides()}
TEXTS = [catalogue(language).texts for language in languages()]
HAPPENINGS = ("started", "repetition_done", "turn", "set_done", "time_over", "lost", "found", "paused", "resumed")
GAP_S, LAST_S = constants().speech.gap_s, constants().hold.last_s
LONGEST = 60


def any_set(seed):
    """Return the moments of a set in which anything may follow anything.

    Drawn by a seed, not part by part: what fails is read from its moments, and shrinking them takes minutes.
    """
    draw = Random(seed)
    variant = draw.choice(sorted(guides()))
    out = [any_moment(draw, Moment(0.0, "active", variant=variant))]
    while len(out) < LONGEST:
        out.append(any_moment(draw, out[-1]))
    return out


def any_moment(draw, before):
    now = before.time_s + draw.choice((0.05, 0.1, 0.3, 0.7, 1.0))
    stays = draw.random() < 0.75
    name = before.step if stays else draw.choice((None, *guide_of(before.variant).steps))
    here = [row for row in KNOWN[before.variant] if row[2] == name] or KNOWN[before.variant]
    rows = [draw.choice(here) for _ in range(draw.randrange(4))]
    faults = tuple(Fault(*row, since_s=now - draw.choice((0.0, 0.2, 0.5, 2.0)), over=1.0) for row in rows)
    return Moment(
        now,
        draw.choice(("active",) * 12 + ("setting_up", "paused", "finished")),
        missing=draw.choice(((),) * 6 + (("nobody",), ("too_near", "turn_sideways"))),
        step=name,
        step_since_s=before.step_since_s if stays else now,
        hold=any_hold(draw, name, faults),
        faults=faults,
        repetition=before.repetition + (draw.random() < 0.1),
        next_leg=draw.choice((None, "left", "right")),
        happened=(draw.choice(HAPPENINGS),) if draw.random() < 0.2 else (),
        went_well=tuple(draw.choices(sorted(importance()), k=draw.randrange(3))),
        variant=before.variant,
        asked=draw.choice((0, 6)),
        turn_to=draw.choice((None,) * 6 + ("side", "front")),
    )


def any_hold(draw, name, faults):
    if name not in ("squat", "lunge", "squat_2"):
        return None
    done_s, target_s = draw.choice((0.0, 0.4, 1.2, 2.9, 4.5, 5.0)), draw.choice((1.0, 2.0, 5.0))
    return Hold(name, target_s, done_s, draw.random() < 0.7, draw.choice((None, *faults)))


SEEDS = st.integers(0, 2**32 - 1)


def answered(seed):
    state = PolicyState()
    for moment in any_set(seed):
        state, answers = step(state, moment)
        yield moment, answers


def said(seed):
    return [a for _, answers in answered(seed) for a in answers if isinstance(a, Cue) and a.spoken]


@given(SEEDS)
def test_no_two_things_are_said_within_the_gap(seed):
    talk = [cue for cue in said(seed) if cue.kind != "count"]
    for before, after in pairwise(talk):
        assert after.kind == "safety" or after.key in FAREWELLS or after.time_s - before.time_s >= GAP_S


@given(SEEDS)
def test_no_form_cue_falls_into_the_last_second_of_a_hold(seed):
    for moment, answers in answered(seed):
        hold = moment.hold
        if hold is not None and hold.running and hold.target_s - hold.done_s <= LAST_S:
            assert not [a for a in answers if isinstance(a, Cue) and a.kind == "form"]


@given(SEEDS)
@example(3154)
def test_a_form_cue_is_said_once_a_repetition(seed):
    seen = []
    for moment, answers in answered(seed):
        spoken = [a for a in answers if isinstance(a, Cue) and a.spoken and a.kind in ("form", "safety")]
        seen += [(moment.repetition, cue.key) for cue in spoken]
    assert len(seen) == len(set(seen))


@given(SEEDS)
def test_at_most_one_cue_a_frame_is_no_count_and_every_text_is_there(seed):
    for _, answers in answered(seed):
        cues = [a for a in answers if isinstance(a, Cue)]
        assert sum(cue.kind != "count" for cue in cues) <= 1
        assert all(cue.key in texts for cue in cues for texts in TEXTS)
        assert all((cue.kind == "clear") == (TEXTS[0][cue.key] == "") for cue in cues)


@given(SEEDS)
def test_nothing_is_said_about_form_but_in_an_active_set_with_that_fault(seed):
    for moment, answers in answered(seed):
        for cue in (a for a in answers if isinstance(a, Cue) and a.seen_since_s is not None):
            stopping = moment.hold.stopped_by if moment.hold else None
            there = {f"coach.{f.check}.{f.measure}.{f.end}" for f in (*moment.faults, stopping) if f is not None}
            assert moment.mode == "active"
            assert cue.key in there
