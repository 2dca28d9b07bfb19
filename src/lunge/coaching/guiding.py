"""Leading through the steps: what to do next, and the paced way back."""

from __future__ import annotations

from dataclasses import replace

from lunge.coaching.constants import constants
from lunge.coaching.guides import guide_of
from lunge.coaching.holding import count, is_done, just_done, just_started
from lunge.coaching.records import Cue, Moment
from lunge.coaching.state import Line, PolicyState
from lunge.exercises.records import RESTS

LEG_BACK = "leg_back"
COUNT_ALOUD = "count_aloud"


def entered(state: PolicyState, moment: Moment) -> bool:
    """Return whether a step begins in this moment: by moving, or because the set begins or goes on."""
    before = state.before
    return before is None or (before.step, before.mode, before.turn_to) != (moment.step, moment.mode, moment.turn_to)


def guided(state: PolicyState, moment: Moment) -> PolicyState:
    """Return the state with what there is to say about this moment's step."""
    if entered(state, moment):
        kept = tuple(line for line in state.waiting if not line.of_step)
        state = replace(state, waiting=kept, prompted=None)
    lines = _lines(state, moment)
    if lines:
        kept = tuple(line for line in state.waiting if not line.of_step)
        return replace(state, waiting=kept + lines, prompted=lines[-1])
    return _again(state, moment)


def _lines(state: PolicyState, moment: Moment) -> tuple[Line, ...]:
    if moment.mode != "active" or moment.step is None or moment.turn_to is not None:
        return ()
    says = guide_of(moment.variant).says
    when = next((w for w in _occasions(state, moment) if w in says), None)
    if when is None or (moment.step in RESTS and _all_done(moment)):
        return ()
    return tuple(_line(name, moment) for name in says[when] if name != COUNT_ALOUD or _is_long(moment))


def _is_long(moment: Moment) -> bool:
    return moment.hold is not None and moment.hold.target_s >= constants().hold.long_s


def _occasions(state: PolicyState, moment: Moment) -> list[str]:
    """Return what begins or ends in this moment, the latest first."""
    found, hold = [], moment.hold
    if hold is not None and just_done(state, hold):
        found.append(f"{hold.step}_done")
    if hold is not None and just_started(state, hold):
        found.append(f"{hold.step}_held")
    return [*found, str(moment.step)] if entered(state, moment) else found


def _all_done(moment: Moment) -> bool:
    return 0 < moment.asked <= moment.repetition


def _line(name: str, moment: Moment) -> Line:
    numbers = constants().guide
    resting = moment.step in RESTS and moment.repetition > 0
    return Line(
        f"coach.{_spelled(name, moment)}",
        "guide",
        from_s=moment.step_since_s + numbers.relax_s if resting else moment.time_s,
        gap_s=numbers.squeeze_s if name == LEG_BACK else 0.0,
        of_step=True,
    )


def _spelled(name: str, moment: Moment) -> str:
    """Return the key of a guiding line as this moment needs it: which leg."""
    return f"{LEG_BACK}_{moment.next_leg or 'any'}" if name == LEG_BACK else name


def _again(state: PolicyState, moment: Moment) -> PolicyState:
    """Return the state in which the last line is to be said again, once it has been left undone for long."""
    busy = moment.hold is not None and not is_done(moment.hold)
    queued = any(line.of_step for line in state.waiting)
    silent_s = moment.time_s - state.spoken_s
    if state.prompted is None or busy or queued or silent_s < constants().guide.again_s:
        return state
    return replace(state, waiting=(*state.waiting, state.prompted))


def pacing_from(state: PolicyState, line: Line, moment: Moment) -> PolicyState:
    """Return the state after a line was said: the way back is paced once it was announced."""
    numbers = constants().guide
    if line.key != f"coach.{guide_of(moment.variant).paced}":
        return state
    return replace(state, counts_left=int(numbers.return_s), paced_s=moment.time_s + numbers.pace_from_s)


def paced(state: PolicyState, moment: Moment) -> tuple[PolicyState, tuple[Cue, ...]]:
    """Return the count that is due on the way back: one a second, from its beginning."""
    numbers, way_back = constants().guide, guide_of(moment.variant).way_back
    before = state.before.step if state.before else None
    if state.counts_left == 0:
        return state, ()
    if moment.step not in way_back:
        return (state if moment.step == before else replace(state, counts_left=0)), ()
    if before not in way_back:
        state = replace(state, paced_s=max(state.paced_s, moment.time_s + numbers.pace_from_s))
    if moment.time_s < state.paced_s:
        return state, ()
    cue = count(state.counts_left, moment)
    return replace(state, counts_left=state.counts_left - 1, paced_s=state.paced_s + 1.0), (cue,)
