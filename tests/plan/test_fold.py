"""What is kept of the plan against the plan from scratch, and that nothing is kept that no longer holds."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lives import EASY, LIVES, lived
from lunge.plan.engine import plan
from lunge.plan.fold import Facts, checksums, document_of, folded, holding, kept_from, needed_from
from lunge.plan.records import Comfort, Habits, Illness, Morning
from planned import DAY, MONDAY, RULES, baseline, fresh, planned, screened

PLACES = st.integers(0, 60)


def facts_of(history):
    """What a history says, the dumb way: each record as it prints."""
    always = repr((history.habits.stop_limit, history.prescription, history.baseline))
    sets = [(s.day.isoformat(), repr(s)) for s in history.sessions]
    answers = [(m.on.isoformat(), repr(m)) for m in history.mornings]
    answers += [(s.on.isoformat(), f"{sorted(s.ticked)} {s.doctor_agrees} {s.age_years}") for s in history.screenings]
    answers += [((i.last + DAY).isoformat(), "ill") for i in history.illnesses if i.last is not None]
    return Facts(always, sorted(sets), sorted(answers))


def end_of(history, first):
    """Return a history from a day on, with the last day of practice before it."""
    before = max((s.day for s in history.sessions if s.day < first), default=first)
    return replace(
        history,
        sessions=tuple(s for s in history.sessions if s.day >= before),
        mornings=tuple(m for m in history.mornings if m.on >= first),
    )


def kept_of(history, places):
    days = sorted({MONDAY + n * DAY for n in places})
    return folded(history, RULES, days, facts_of(history), None)


def same_from(kept, history, today):
    return plan(end_of(history, needed_from(kept.known.until, RULES)), RULES, today, kept.known)


LONG = st.builds(lambda days, gap: [EASY] * 4 + days + [EASY | {"days_off": gap}, *days], LIVES, st.integers(0, 60))


@settings(max_examples=15)
@given(LONG, st.lists(PLACES, min_size=1, max_size=4), st.integers(0, 70))
def test_from_what_is_kept_the_plan_is_the_one_from_scratch(days, places, later):
    history, _ = lived(days)
    for kept in kept_of(history, places):
        today = kept.known.until + later * DAY
        assert same_from(kept, history, today) == planned(history, today)


CHANGES = {
    "a set less": lambda h, n: replace(h, sessions=without(h.sessions, n)),
    "a set that hurt": lambda h, n: replace(h, sessions=changed(h.sessions, n, after=Comfort(7, 7))),
    "a set stopped": lambda h, n: replace(h, sessions=changed(h.sessions, n, stopped="unwell")),
    "a morning more": lambda h, n: replace(h, mornings=(*h.mornings, Morning(MONDAY + n * DAY, Comfort(5, 5)))),
    "a morning less": lambda h, n: replace(h, mornings=without(h.mornings, n)),
    "answers": lambda h, n: replace(h, screenings=(*h.screenings, screened("path.knee", on=MONDAY + n * DAY))),
    "an illness": lambda h, n: replace(h, illnesses=(Illness(MONDAY + n * DAY, MONDAY + (n + 2) * DAY),)),
    "a limit": lambda h, n: replace(h, habits=Habits(weekdays=tuple(range(7)), stop_limit=2)),
    "the first set": lambda h, n: replace(h, baseline=baseline(comfort=Comfort(4, 4))),
}


def without(items, n):
    return tuple(one for i, one in enumerate(items) if not items or i != n % len(items))


def changed(items, n, **by):
    return tuple(replace(one, **by) if i == n % len(items) else one for i, one in enumerate(items))


@settings(max_examples=40)
@given(LONG, st.lists(PLACES, min_size=1, max_size=4), st.sampled_from(sorted(CHANGES)), st.integers(0, 40))
def test_after_a_change_in_the_past_only_what_still_holds_is_used(days, places, change, n):
    history, seen = lived(days)
    other = CHANGES[change](history, n)
    today = max(seen[-1][0], MONDAY + max(places) * DAY)
    for kept in holding(kept_of(history, places), facts_of(other), RULES):
        assert same_from(kept, other, today) == planned(other, today)


def test_a_change_throws_away_what_comes_after_it_and_nothing_else():
    history, _ = lived([EASY] * 20)
    kept = kept_of(history, [5, 10, 15])
    felt = replace(history, mornings=(*history.mornings, Morning(MONDAY + 10 * DAY, Comfort(6, 0))))
    assert holding(kept, facts_of(felt), RULES) == kept[:1]
    assert holding(kept, facts_of(replace(history, habits=Habits(stop_limit=2))), RULES) == ()
    assert holding(kept, facts_of(history), replace(RULES, up=replace(RULES.up, least_sessions=4))) == ()


def test_a_set_is_known_from_the_next_day_on():
    history, _ = lived([EASY] * 10)
    kept = kept_of(history, [5])
    today = replace(history, sessions=tuple(s for s in history.sessions if s.day != MONDAY + 5 * DAY))
    before = replace(history, sessions=tuple(s for s in history.sessions if s.day != MONDAY + 4 * DAY))
    assert holding(kept, facts_of(today), RULES) == kept
    assert holding(kept, facts_of(before), RULES) == ()


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("xy")), max_size=8), st.lists(PLACES, max_size=3))
def test_sums_do_not_depend_on_the_days_that_are_asked_about_together(texts, places):
    lines = sorted((f"2026-01-{5 + ord(day) - ord('a'):02}", text) for day, text in texts)
    facts, days = Facts("", lines, lines), sorted({MONDAY + n * DAY for n in places})
    assert checksums(facts, RULES, days) == [checksums(facts, RULES, [day])[0] for day in days]


@settings(max_examples=10)
@given(LONG, st.lists(PLACES, min_size=1, max_size=4))
def test_what_is_kept_comes_back_as_it_was(days, places):
    history, _ = lived(days, fresh(screenings=(screened(), screened("path.back", on=MONDAY + 9 * DAY))))
    kept = kept_of(history, places)
    assert kept_from(json.loads(json.dumps(document_of(kept))), history, RULES) == kept


def test_before_the_first_set_there_is_nothing_to_stand_on():
    kept = kept_of(fresh(baseline=None), [3])
    assert kept[0].known.standing is None
    assert kept_from(document_of(kept), fresh(baseline=None), RULES) == kept
