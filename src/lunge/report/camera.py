"""What could not be judged, and where to put the camera next time."""

from __future__ import annotations

from lunge.errors import ExerciseError
from lunge.exercises import load
from lunge.exercises.records import Check
from lunge.records import Analysis, Finding
from lunge.report.story import unjudged
from lunge.report.words import listed, title_of, word

SIDE_DEG, FRONT_DEG = (90.0, 270.0), (0.0, 180.0)


def unseen(analysis: Analysis) -> list[tuple[str, str]]:
    """Return the checks that were judged in no repetition, one entry a reason: (reason, checks)."""
    by_reason: dict[str, list[str]] = {}
    for finding in _never_judged(analysis):
        by_reason.setdefault(finding.reason or "uncertain", []).append(_title(finding))
    return [(word("reasons", reason), ", ".join(dict.fromkeys(titles))) for reason, titles in by_reason.items()]


def camera_advice(analysis: Analysis) -> list[str]:
    """Return what to do with camera, light and clothes next time; empty when all was seen."""
    missed = _never_judged(analysis)
    reasons = {f.reason for f in missed}
    checks = [(f, _check(analysis, f)) for f in missed if f.reason == "view"]
    never = [_title(f) for f, check in checks if check is not None and check.statistic == "unseen"]
    there = [(f, c) for f, c in checks if c is not None and c.statistic != "unseen"]
    front = [_title(f) for f, c in there if set(c.azimuths_deg) & set(FRONT_DEG)]
    out = []
    if analysis.view.kind == "oblique":
        out.append(word("camera", "oblique"))
    if any(set(c.azimuths_deg) & set(SIDE_DEG) for _, c in there):
        out.append(word("camera", "side"))
    if front:
        out.append(word("camera", "front", what=_titles_listed(front)))
    out += [word("camera", r) for r in ("hidden", "out_of_frame", "no_baseline", "uncertain") if r in reasons]
    if never:
        out.append(word("camera", "never", what=_titles_listed(never)))
    return out


def _never_judged(analysis: Analysis) -> list[Finding]:
    return unjudged(f for r in analysis.repetitions for f in r.findings if f.reason != "not_asked")


def _check(analysis: Analysis, finding: Finding) -> Check | None:
    try:
        checks = load(analysis.engine.exercise).checks
    except ExerciseError:
        # An analysis of an exercise that this version does not know still gets its page.
        return None
    return next((c for c in checks if (c.check, c.measure) == (finding.check, finding.measure)), None)


def _title(finding: Finding) -> str:
    return title_of(finding.check, finding.measure)


def _titles_listed(titles: list[str]) -> str:
    lower = word("grammar", "titles_in_a_sentence") == "lower"
    return listed([t[0].lower() + t[1:] if lower else t for t in dict.fromkeys(titles)])
