"""Form cues: the one fault that matters most, once it has lasted."""

from __future__ import annotations

from collections.abc import Iterator

from lunge.coaching.constants import constants, importance
from lunge.coaching.guides import guide_of
from lunge.coaching.records import Fault, Moment
from lunge.coaching.state import Line, PolicyState


def cue_key(fault: Fault) -> str:
    """Return the key of the cue for a fault: ``coach.<check>.<measure>.<low or high>``."""
    return f"coach.{fault.check}.{fault.measure}.{fault.end}"


def form_line(state: PolicyState, moment: Moment) -> Line | None:
    """Return the cue for the fault that matters most, or None.

    It is to be said when it was not yet in this repetition, and only shown otherwise.
    """
    lasting = [f for f in present(state, moment) if moment.time_s - f.since_s >= _persistence_s(f)]
    if not lasting:
        return None
    stopping = moment.hold.stopped_by if moment.hold else None
    worst = min(lasting, key=lambda f: (not _is_safety(f), f != stopping, importance()[f.check], -f.over))
    key = cue_key(worst)
    return Line(
        key,
        "safety" if _is_safety(worst) else "form",
        spoken=state.told.get(key, -1) < moment.repetition,
        seen_since_s=worst.since_s,
    )


def present(state: PolicyState, moment: Moment) -> list[Fault]:
    """Return the faults of the step that is on, and those that are known only after theirs."""
    if moment.mode != "active" or moment.step is None:
        return []
    return [f for f in _all(moment) if f.check in importance() and _belongs(f, state, moment)]


def _all(moment: Moment) -> Iterator[Fault]:
    stopping = moment.hold.stopped_by if moment.hold else None
    if stopping is not None and stopping not in moment.faults:
        yield stopping
    yield from moment.faults


def _belongs(fault: Fault, state: PolicyState, moment: Moment) -> bool:
    steps = _steps_of(fault.step, moment.variant)
    afterwards = fault.check in constants().faults.afterwards_checks
    return moment.step in steps or (afterwards and state.step_before in steps)


def _steps_of(step: str, variant: str) -> tuple[str, ...]:
    """Return the steps that a fault's step stands for: one, or all of ``squat to squat_2``."""
    order = guide_of(variant).steps
    first, _, last = step.partition(" to ")
    if not last:
        return (step,)
    return order[order.index(first) : order.index(last) + 1]


def _persistence_s(fault: Fault) -> float:
    return constants().faults.persistence[f"{fault.check}_s"]


def _is_safety(fault: Fault) -> bool:
    return fault.check in constants().faults.safety_checks
