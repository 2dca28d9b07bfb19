"""What the coach says in each moment, and what it keeps to itself.

Pure: the same moments give the same cues. Of everything that could be said, the most
urgent is, and only when the last words are long enough ago. What is shown stays until
the next cue that is no count; a cue of the kind ``clear`` takes it away.

Keys: ``coach.<check>.<measure>.<low or high>`` for a fault, ``coach.better.<check>`` for
praise, ``coach.count.<n>`` for numbers, ``setup.<missing>`` for requests, and
``coach.<name>`` for everything else.
"""

from __future__ import annotations

from dataclasses import replace

from lunge.coaching.constants import constants
from lunge.coaching.faults import cue_key, form_line, present
from lunge.coaching.guiding import guided, paced, pacing_from
from lunge.coaching.holding import countdown, hold_sounds, in_peace
from lunge.coaching.news import FAREWELLS, informed, news_sounds
from lunge.coaching.records import Cue, Moment, Sound
from lunge.coaching.setup import request, still_missing, watched
from lunge.coaching.state import URGENCY, Line, PolicyState

NOTHING = "coach.nothing"


def step(state: PolicyState, moment: Moment) -> tuple[PolicyState, tuple[Cue | Sound, ...]]:
    """Return what is said, shown and heard in a moment.

    Parameters
    ----------
    state : PolicyState
        ``PolicyState()`` at the start of a set, then what the moment before returned.
    moment : Moment
        Later than the one before. A hold must be seen once with ``done_s`` at its target: that
        is how it is known to be done.

    Returns
    -------
    PolicyState
        For the next moment.
    tuple of Cue or Sound
        Sounds first, then counts, then at most one other cue.

    Raises
    ------
    ValueError
        If its time is not later than that of the moment before, or its variant cannot be coached.
    """
    if state.before is not None and moment.time_s <= state.before.time_s:
        raise ValueError(f"time_s: expected more than {state.before.time_s}, got {moment.time_s}")
    sounds = (*news_sounds(moment), *hold_sounds(state, moment))
    counts = countdown(state, moment)
    state = watched(_step_noted(state, moment), moment)
    state = guided(informed(state, moment), moment)
    state, pace = paced(state, moment)
    state, cue = _cued(state, moment)
    return replace(state, before=moment), (*sounds, *counts, *pace, *cue)


def _step_noted(state: PolicyState, moment: Moment) -> PolicyState:
    before = state.before.step if state.before else None
    return state if before == moment.step else replace(state, step_before=before)


def _cued(state: PolicyState, moment: Moment) -> tuple[PolicyState, tuple[Cue, ...]]:
    """Say the most urgent line, else show a fault that lasts, else take away what is over."""
    form = form_line(state, moment)
    lines = [*state.waiting, request(state, moment), form]
    ready = [line for line in lines if line is not None and line.spoken and _may_be_said(line, state, moment)]
    if ready:
        line = min(ready, key=lambda x: URGENCY.index(x.kind))
        return _said(state, line, moment), (_cue(line, moment),)
    if form is not None and not form.spoken and _may_be_shown(form, state, moment):
        return replace(state, shown=form, shown_since_s=moment.time_s), (_cue(form, moment),)
    if _is_over(state, moment):
        return replace(state, shown=None), (Cue(NOTHING, "clear", moment.time_s, spoken=False),)
    return state, ()


def _may_be_said(line: Line, state: PolicyState, moment: Moment) -> bool:
    numbers, now = constants(), moment.time_s
    if line.kind == "safety" or line.key in FAREWELLS:
        return True
    if line.kind == "form" and in_peace(moment):
        return False
    too_soon = now - state.spoken_s < max(numbers.speech.gap_s, line.gap_s)
    after_form = line.kind == "form" and now - state.form_spoken_s < numbers.faults.gap_s
    return line.from_s <= now <= line.until_s and not too_soon and not after_form


def _may_be_shown(line: Line, state: PolicyState, moment: Moment) -> bool:
    shown = state.shown.key if state.shown else None
    if line.kind == "form" and in_peace(moment):
        return False
    return line.key != shown and moment.time_s - state.spoken_s >= constants().speech.gap_s


def _is_over(state: PolicyState, moment: Moment) -> bool:
    """Return whether what is shown asks for something that is there by now."""
    line = state.shown
    if line is None or moment.time_s - state.shown_since_s < constants().speech.shown_s:
        return False
    if line.key.startswith("setup."):
        return not still_missing(line, moment)
    if line.kind == "guide":
        moved_on_s = moment.time_s - moment.step_since_s
        return moment.step_since_s > state.shown_since_s and moved_on_s >= constants().speech.moved_on_s
    faulty = line.kind in ("form", "safety")
    return faulty and line.key not in {cue_key(f) for f in present(state, moment)}


def _said(state: PolicyState, line: Line, moment: Moment) -> PolicyState:
    now = moment.time_s
    state = replace(
        pacing_from(state, line, moment),
        waiting=tuple(x for x in state.waiting if x.key != line.key),
        spoken_s=now,
        shown=line,
        shown_since_s=now,
    )
    if line.kind in ("form", "safety"):
        return replace(state, form_spoken_s=now, told={**state.told, line.key: moment.repetition})
    if line.kind == "setup":
        return replace(state, setup_spoken_s=now, requested=line.key)
    return state


def _cue(line: Line, moment: Moment) -> Cue:
    return Cue(line.key, line.kind, moment.time_s, spoken=line.spoken, seen_since_s=line.seen_since_s)
