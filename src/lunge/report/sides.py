"""Left and right side by side: the same measures of both, and whether they differ."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from statistics import fmean

from lunge.records import Analysis, Finding
from lunge.report.charts import Mark, range_chart
from lunge.report.words import amount, measured_value, raised, spread_of, title_of, word

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class SideRow:
    """One measure of both sides in words, and as a small chart."""

    title: str
    step: str
    left: str
    right: str
    difference: str
    chart: str


def side_rows(analysis: Analysis) -> list[SideRow]:
    """Return the measures that were judged with either leg back; none unless both sides were done."""
    left, right = (_judged(analysis, side) for side in ("left", "right"))
    return [_row(analysis, left[key], right[key]) for key in left if key in right]


def _judged(analysis: Analysis, side: str) -> dict[Key, list[Finding]]:
    out: dict[Key, list[Finding]] = {}
    for repetition in (r for r in analysis.repetitions if r.stepping_leg == side):
        for finding in repetition.findings:
            if finding.result != "cannot_judge" and finding.value is not None:
                out.setdefault((finding.check, finding.measure, finding.step), []).append(finding)
    return out


def _row(analysis: Analysis, left: list[Finding], right: list[Finding]) -> SideRow:
    height, first = analysis.body.height_m, left[0]
    marks = tuple(Mark(kind, _mean(f), _spread(f)) for kind, f in (("left", left), ("right", right)))
    texts = [measured_value(m.value, m.spread or None, first.unit, height) for m in marks]
    title = title_of(first.check, first.measure)
    alt = f"{title}: {word('page', 'left_back')} {texts[0]}, {word('page', 'right_back')} {texts[1]}"
    return SideRow(
        title=title,
        step=word("steps", first.step),
        left=texts[0],
        right=texts[1],
        difference=_difference(marks, first.unit, height),
        chart=range_chart(marks, first.limit, alt),
    )


def _mean(findings: list[Finding]) -> float:
    return fmean(f.value for f in findings if f.value is not None)


def _spread(findings: list[Finding]) -> float:
    """Return the spread of one value; the mean of several keeps it, for the error is mostly the same each time."""
    return fmean(spread_of(f) or 0.0 for f in findings)


def _difference(marks: tuple[Mark, ...], unit: str, height_m: float | None) -> str:
    """Return which side is more and by how much; nothing below what the camera can tell."""
    left, right = marks
    by = left.value - right.value
    if abs(by) <= hypot(left.spread, right.spread):
        return word("page", "same")
    side = raised(word("sides", "left" if by > 0 else "right"))
    return word("page", "more", side=side, by=amount(abs(by), unit, height_m))
