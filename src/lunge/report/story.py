"""What an analysis means in words: the same for the page and for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lunge.exercises.records import LUNGES
from lunge.records import Analysis, Finding, Repetition
from lunge.report.constants import constants
from lunge.report.words import (
    advice_of,
    amount,
    limit_text,
    listed,
    measured,
    measured_value,
    number,
    praise_of,
    rank_of,
    title_of,
    word,
    words,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One check of one step, in words."""

    title: str
    step: str
    result: str
    verdict: str
    value: str
    limit: str
    advice: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do differently, and when it was seen."""

    text: str
    when: str


@dataclass(frozen=True, slots=True)
class RepetitionStory:
    """One repetition in words."""

    title: str
    leg: str
    variant: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    unseen: tuple[tuple[str, str], ...]
    advice: tuple[str, ...]
    counts: dict[str, int]


def headline(analysis: Analysis) -> str:
    """Return how many repetitions were seen."""
    count = len(analysis.repetitions)
    section = _section(analysis, "summary")
    if count == 0:
        return word(section, "none")
    return word(section, "count_one" if count == 1 else "count_many", n=count)


def _section(analysis: Analysis, usual: str) -> str:
    """Return where the words for an exercise stand: in a section of its own, or in the usual one."""
    return analysis.engine.exercise if analysis.engine.exercise in words() else usual


def sides_sentence(analysis: Analysis) -> str:
    """Return which leg went back how often; empty when it is not known."""
    legs = Counter(r.stepping_leg for r in analysis.repetitions if r.stepping_leg is not None)
    if len(legs) == 2:
        return word("summary", "sides_both", left=legs["left"], right=legs["right"])
    if not legs:
        return ""
    side, count = next(iter(legs.items()))
    which = word("summary", "all_one" if count == 1 else "all_many")
    return word("summary", "side_all", which=which, side=word("sides", side))


def verdict_sentence(analysis: Analysis) -> str:
    """Return in one sentence how it went; empty when there is no repetition."""
    results = {f.result for r in analysis.repetitions for f in r.findings}
    if not analysis.repetitions:
        return ""
    if "fail" in results:
        count = len({f.check for r in analysis.repetitions for f in r.findings if f.result == "fail"})
        return word("summary", "work_one" if count == 1 else "work_many", n=count)
    return word("summary", "all_good" if "pass" in results else "nothing_judged")


def praise(analysis: Analysis) -> list[str]:
    """Return what went well wherever it was judged, the most telling first."""
    judged: dict[tuple[str, str], set[str]] = {}
    for finding in (f for r in analysis.repetitions for f in r.findings):
        judged.setdefault((finding.check, finding.measure), set()).add(finding.result)
    failed = {check for (check, _), results in judged.items() if "fail" in results}
    good = [key for key, results in judged.items() if "pass" in results and key[0] not in failed]
    texts = dict.fromkeys(praise_of(*key) for key in sorted(good, key=lambda k: rank_of(k[0])))
    return [t for t in texts if t][: constants().story.praise_texts]


def advice(analysis: Analysis) -> list[Advice]:
    """Return what to do differently, the most useful first: what happens most often, then what matters most."""
    seen: dict[str, list[int]] = {}
    rank: dict[str, int] = {}
    for repetition in analysis.repetitions:
        for finding in (f for f in repetition.findings if f.result == "fail" and f.advice):
            text = advice_of(finding)
            rank[text] = rank_of(finding.check)
            if repetition.index not in seen.setdefault(text, []):
                seen[text].append(repetition.index)
    texts = sorted(seen, key=lambda text: (-len(seen[text]), rank[text]))
    total = len(analysis.repetitions)
    return [Advice(t, _when(seen[t], total)) for t in texts[: constants().story.advice_texts]]


def _when(indices: list[int], total: int) -> str:
    if len(indices) == total:
        return word("summary", "each_time") if total > 1 else ""
    which = listed([str(i) for i in indices])
    return word("summary", "in_one" if len(indices) == 1 else "in_many", which=which)


def repetition_story(analysis: Analysis, repetition: Repetition) -> RepetitionStory:
    """Return one repetition in words: what to work on first, then what was good."""
    height = analysis.body.height_m
    judged = [f for f in repetition.findings if f.result != "cannot_judge"]
    lines = [_line(f, height) for f in sorted(judged, key=lambda f: f.result != "fail")]
    failed = sorted((f for f in judged if f.result == "fail" and f.advice), key=lambda f: rank_of(f.check))
    return RepetitionStory(
        title=word("page", "repetition", n=repetition.index),
        leg=word("stepping", repetition.stepping_leg),
        variant=word("variants", repetition.variant),
        facts=tuple(repetition_facts(repetition, height)),
        lines=tuple(lines),
        unseen=tuple(_unseen(repetition)),
        advice=tuple(dict.fromkeys(advice_of(f) for f in failed)),
        counts=dict(Counter(f.result for f in (*judged, *unjudged(repetition.findings)))),
    )


def _line(finding: Finding, height_m: float | None) -> Line:
    return Line(
        title=title_of(finding.check, finding.measure),
        step=word("steps", finding.step),
        result=finding.result,
        verdict=word("results", finding.result),
        value=measured(finding, height_m),
        limit=limit_text(finding, height_m),
        advice=advice_of(finding),
    )


def unjudged(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that were not judged, less those whose check was judged by another measure.

    A check that is read from the side in one way and from the front in another
    has a row for each; the one that the view gives is enough.
    """
    everything = list(findings)
    judged = {title_of(f.check, f.measure) for f in everything if f.result != "cannot_judge"}
    missed = (f for f in everything if f.result == "cannot_judge")
    return [f for f in missed if title_of(f.check, f.measure) not in judged]


def _unseen(repetition: Repetition) -> list[tuple[str, str]]:
    """Return why checks were not judged, and which: one entry a reason."""
    by_reason: dict[str, list[str]] = {}
    for finding in unjudged(repetition.findings):
        by_reason.setdefault(finding.reason or "uncertain", []).append(title_of(finding.check, finding.measure))
    return [(word("reasons", reason), ", ".join(dict.fromkeys(titles))) for reason, titles in by_reason.items()]


def repetition_facts(repetition: Repetition, height_m: float | None) -> list[tuple[str, str]]:
    """Return the few numbers that a person looks for first."""
    out = [(word("page", "length"), amount(repetition.end_s - repetition.start_s, "s"))]
    name = next((step for step in LUNGES if repetition.step(step)), LUNGES[0])
    hold, in_form = (repetition.holds_s.get(f"{name}_{which}") for which in ("hold_s", "hold_in_form_s"))
    if hold is not None:
        text = amount(hold, "s")
        whole = in_form is None or abs(in_form - hold) < 0.05  # the same to one decimal
        extra = "" if whole or in_form is None else f" ({word('page', 'in_form', n=amount(in_form, 's'))})"
        out.append((word("page", "hold"), text + extra))
    out += _depth(repetition)
    if repetition.step_length is not None:
        per_height = repetition.step_length / (height_m or 1.0)
        out.append((word("page", "step_length"), amount(per_height, "body heights", height_m)))
    return out


def _depth(repetition: Repetition) -> list[tuple[str, str]]:
    depth = repetition.front_thigh_above_horizontal_deg
    if depth is None:
        return []
    finding = next((f for f in repetition.findings if f.check == "front_thigh_depth" and f.step == "lunge"), None)
    spread = None if finding is None else finding.sd_people or finding.sd
    if spread is not None and number(depth) == number(0.0):
        return [(word("page", "depth"), word("page", "depth_level", sd=amount(spread, "deg")))]
    key = "depth_value" if depth >= 0 else "depth_below"
    return [(word("page", "depth"), word("page", key, value=measured_value(abs(depth), spread, "deg")))]


def movements(analysis: Analysis) -> list[tuple[str, str]]:
    """Return what else was seen, and when; what is told as a lowering is not told twice."""
    told = [(low.start_s, low.end_s) for low in analysis.lowerings or ()]
    return [
        (word("movements", m.kind), f"{amount(m.start_s, 's')} – {amount(m.end_s, 's')}")
        for m in analysis.other_movements
        if not any(start <= (m.start_s + m.end_s) / 2 <= end for start, end in told)
    ]


def empty_sentence(analysis: Analysis) -> str:
    """Return what a clip without a repetition shows instead."""
    kinds = list(dict.fromkeys(word("movements", m.kind) for m in analysis.other_movements))
    section = _section(analysis, "empty")
    return word(section, "seen", what=listed(kinds)) if kinds else word(section, "nothing")
