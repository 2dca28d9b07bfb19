"""Judge the steps of a repetition: pass, fail, or cannot judge, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.constants import constants
from lunge.exercises.records import Check, Limit
from lunge.geometry import angle_between_deg
from lunge.kinematics.error_model import UNKNOWN, MeasureError, error_over
from lunge.kinematics.situation import Situation
from lunge.phases import Episode
from lunge.poses import Floats
from lunge.records import Finding, Reason, Result, Step, Target


@dataclass(frozen=True)
class Judged:
    """What a repetition is judged from.

    Attributes
    ----------
    episode : Episode
    time_s : array (T,)
    series : dict of str to array (T,)
        From `role_series`.
    hidden, outside : dict of str to array of bool (T,)
        Per role (`front`, `rear`, `both`, `trunk`, `all`): points not seen, or out of the picture.
    azimuth_deg : float
        The camera during the repetition.
    situation : Situation
        What the errors depend on, per frame (T,).
    has_baseline : bool
        Whether quiet standing was seen.
    target : Target
        What was asked for.
    """

    episode: Episode
    time_s: Floats
    series: dict[str, Floats]
    hidden: dict[str, NDArray[np.bool_]]
    outside: dict[str, NDArray[np.bool_]]
    azimuth_deg: float
    situation: Situation
    has_baseline: bool
    target: Target = field(default_factory=Target)


def findings(judged: Judged, checks: tuple[Check, ...]) -> tuple[Finding, ...]:
    """Return what every check of the repetition's variant says, in the order of the file."""
    out: list[Finding] = []
    for check in checks:
        if judged.episode.kind in check.variants:
            out.extend(_finding(judged, check, name) for name in check.steps)
    return tuple(out)


def limit_of(target: Target, check: Check) -> Limit:
    """Return the limit that holds for this person: the asked depth's, step's or hold's, or the stretch step's."""
    asked = _asked_hold_s(target, check.check)
    if asked is not None:
        low, high = check.limit
        return (None if low is None else low + asked - 1.0, high)
    if target.stretch and check.stretch_limit is not None:
        return check.stretch_limit
    return _asked_limit(target, check) or check.limit


def _asked_limit(target: Target, check: Check) -> Limit | None:
    """Return the limit of a check that the asked depth, or the step that goes with it, replaces; else None."""
    if check.check == "step_length" and target.least_step_heights is not None:
        return target.least_step_heights, check.limit[1]
    if target.front_thigh_limit_deg is None:
        return None
    if check.check in ("front_thigh_depth", "squat_thigh_depth"):
        return target.front_thigh_limit_deg
    if check.check == "return_thigh_parallel":
        return _highest_on_the_way_back(target.front_thigh_limit_deg[1], check)
    return None


def _highest_on_the_way_back(asked_deg: float | None, check: Check) -> Limit:
    """Return the limit of the way back: a peak, so it may pass the asked mean by what the check may err."""
    low, high = check.limit
    if asked_deg is None or high is None:
        return low, None
    return low, max(high, asked_deg + check.margin)


def _asked_hold_s(target: Target, check: str) -> float | None:
    squat = target.hold_s if target.squat_hold_s is None else target.squat_hold_s
    return {"lunge_hold": target.hold_s, "squat_hold": squat}.get(check)


def is_asked(target: Target, check: Check) -> bool:
    """Return whether what the person asked for leaves a check in place."""
    return not any(getattr(target, wish) for wish in check.not_with)


def span_of(episode: Episode, name: str) -> tuple[float, float] | None:
    """Return when a step, or several (``squat to squat_2``), begins and ends; None if it is not there."""
    first, _, last = name.partition(" to ")
    steps = {s.name: s for s in episode.steps}
    if first not in steps or (last or first) not in steps:
        return None
    return steps[first].start_s, steps[last or first].end_s


def _finding(judged: Judged, check: Check, name: str) -> Finding:
    limit = limit_of(judged.target, check)
    reason, value, error = _measured(judged, check, name)
    sd = None if not np.isfinite(error.sd) else error.sd
    people = None if not np.isfinite(error.sd_people) else error.sd_people
    if reason is None and (sd is None or sd > check.judge_sd):
        reason = "uncertain"
    result: Result = "cannot_judge" if reason is not None or value is None else _compare(value, limit)
    return Finding(
        check=check.check,
        measure=check.measure,
        step=name,
        result=result,
        value=value,
        sd=sd,
        sd_people=people,
        unit=check.unit,
        limit=limit,
        reason=reason,
        why=_why(result, reason, check, value, limit),
        advice=_advice(result, check, value, limit),
    )


def _measured(judged: Judged, check: Check, name: str) -> tuple[Reason | None, float | None, MeasureError]:
    """Return why it cannot be judged (or None), the value and its error."""
    span = span_of(judged.episode, name)
    if not is_asked(judged.target, check):
        return "not_asked", None, UNKNOWN
    if not in_view(check, judged.azimuth_deg):
        return "view", None, UNKNOWN
    if check.statistic == "unseen" or span is None:
        return "view" if check.statistic == "unseen" else "hidden", None, UNKNOWN
    frames = frames_of(judged, check, span)
    error = error_over(_error_key(check), judged.situation.at(frames), judged.episode.front)
    if check.statistic == "duration":
        return None, round(span[1] - span[0], 3), error
    if check.check == "full_standing" and not judged.has_baseline:
        return "no_baseline", None, error
    reason, value = _from_series(judged, check, frames)
    return reason, value, error


def _error_key(check: Check) -> str:
    """Return the error model's name of a value: a mean, a peak and a scatter of a series err differently."""
    return f"{check.measure}:{check.statistic}"


def in_view(check: Check, azimuth_deg: float) -> bool:
    """Return whether the camera stands where a check can be seen from."""
    if not check.azimuths_deg:
        return True
    return bool(min(angle_between_deg(azimuth_deg, a) for a in check.azimuths_deg) <= check.span_deg)


def role_of(check: Check) -> str:
    """Return which points a check needs: of the front or rear leg, both, the trunk or the hands."""
    part = check.measure.partition("_")[0]
    if part in ("front", "rear") and "hip" not in check.measure:
        return part
    if part in ("trunk", "pelvic", "hands", "rear"):
        return "trunk"
    return "both"


def _from_series(judged: Judged, check: Check, frames: NDArray[np.int_]) -> tuple[Reason | None, float | None]:
    """Return why a series cannot be judged (or None), and its statistic."""
    role = role_of(check)
    if judged.outside[role][frames].mean() > 1 - constants().checks.seen_share:
        return "out_of_frame", None
    if judged.hidden[role][frames].mean() > 1 - constants().checks.seen_share:
        return "hidden", None
    series = judged.series[check.measure][frames]
    if np.isfinite(series).mean() < constants().checks.seen_share:
        return "hidden", None
    return None, round(float(_statistic(check.statistic, series)), 4)


def frames_of(judged: Judged, check: Check, span: tuple[float, float]) -> NDArray[np.int_]:
    """Return the frames of a span; at least the one nearest to its middle."""
    start, end = span
    if check.statistic == "end":
        start = end - constants().checks.full_standing_s
    frames = np.flatnonzero((judged.time_s >= start) & (judged.time_s <= end))
    if len(frames):
        return frames
    return np.array([int(np.argmin(np.abs(judged.time_s - (start + end) / 2)))])


def _statistic(name: str, series: Floats) -> float:
    if name == "max":
        return float(np.nanmax(series))
    if name == "sd":
        return float(np.nanstd(series))
    return float(np.nanmean(series))


def _compare(value: float, limit: Limit) -> Result:
    low, high = limit
    below, above = low is not None and value < low, high is not None and value > high
    return "fail" if below or above else "pass"


WHY: Final = {
    "view": "It cannot be seen from where the camera stands.",
    "hidden": "Something hides what is needed for this.",
    "out_of_frame": "Part of the body is out of the picture.",
    "no_baseline": "Quiet standing was not seen, so there is nothing to compare with.",
    "uncertain": "The picture does not show it surely enough.",
    "not_asked": "Your plan does not ask for it.",
}


def _why(result: Result, reason: Reason | None, check: Check, value: float | None, limit: Limit) -> str:
    if reason is not None or value is None:
        return WHY[reason or "hidden"]
    number = f"{value:.0f}°" if check.unit == "deg" else f"{value:.2f} {check.unit}"
    if result == "pass":
        return f"{check.title}: {number}, within the limits."
    low = limit[0]
    side = "below" if low is not None and value < low else "above"
    return f"{check.title}: {number}, {side} the limit."


def _advice(result: Result, check: Check, value: float | None, limit: Limit) -> str:
    if result != "fail" or value is None:
        return ""
    low = limit[0]
    return check.low_advice if low is not None and value < low else check.high_advice


POSTURE: Final = ("mean", "share")


def in_form_s(judged: Judged, checks: tuple[Check, ...], found: tuple[Finding, ...], step: Step) -> float:
    """Return how long of a hold no check of posture failed, frame by frame, seconds.

    Checks that cannot be judged do not stop the clock; the holds themselves and
    `steadiness` are no posture.
    """
    inside = (judged.time_s >= step.start_s) & (judged.time_s <= step.end_s)
    frames = np.flatnonzero(inside)
    if len(frames) < 2:
        return 0.0
    good = np.ones(len(frames), bool)
    judged_checks = {(f.check, f.measure, f.step) for f in found if f.result != "cannot_judge"}
    for check in checks:
        for name in check.steps:
            if check.statistic not in POSTURE or (check.check, check.measure, name) not in judged_checks:
                continue
            if _covers(judged.episode, name, step):
                good &= _within(judged, check, frames)
    gaps = np.diff(judged.time_s[frames], append=judged.time_s[frames[-1]])
    share = float(gaps[good].sum() / gaps.sum()) if gaps.sum() > 0 else 0.0
    return round(share * step.duration_s, 3)


def _covers(episode: Episode, name: str, step: Step) -> bool:
    span = span_of(episode, name)
    return span is not None and span[0] <= step.start_s and step.end_s <= span[1]


def _within(judged: Judged, check: Check, frames: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Return the frames in which a measure is inside its limits, or not seen."""
    low, high = limit_of(judged.target, check)
    value = judged.series[check.measure][frames]
    out: NDArray[np.bool_] = ~(value < (-np.inf if low is None else low)) & ~(
        value > (np.inf if high is None else high)
    )
    return out
