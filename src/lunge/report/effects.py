"""What the exercise did inside, in words: the whole set, left and right beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import Any, Final, Literal

from lunge.mechanics.effects import LEVELS, Effect, Name, answer_of, levels_of
from lunge.mechanics.figures import Figure
from lunge.records import Analysis, Repetition
from lunge.report.words import amount, listed, number, words

Leg = Literal["left", "right"]

LEGS: Final[tuple[Leg, ...]] = ("left", "right")
OTHER: Final[dict[Leg, Leg]] = {"left": "right", "right": "left"}
TOLD: Final[dict[str, tuple[Name, ...]]] = {
    "rear": ("rectus_femoris", "psoas", "rear_knee", "rear_thigh_effort"),
    "front": ("gluteus", "front_demand", "front_hip_share", "front_gluteus_effort", "front_thigh_effort"),
    "both": ("lower_back", "pelvis"),
}
SHARE: Final = "front_hip_share"
ENDS: Final = ("value", "low", "high")


@dataclass(frozen=True, slots=True)
class Band:
    """Where the hip's share of a leg may lie, from 0 to 1; the leg's name only where two bands stand together."""

    leg: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in one cell: of a leg, or of both where the same is true of them.

    Attributes
    ----------
    leg : str
        In words; empty for what belongs to no leg.
    answer : {'more', 'less', 'class', 'unsure', 'cannot_judge'}
    text, why : str
    bands : tuple of Band
        Empty where there is nothing to draw.
    """

    leg: str
    answer: str
    text: str
    why: str
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One effect: its name, and what is said of the left and of the right leg, or once."""

    title: str
    hint: str
    cells: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The effects of the leg behind, of the leg in front, or of both."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the page shows of the effects; ``lean`` says how the trunk was held, if the camera saw it."""

    groups: tuple[Group, ...]
    lean: str


def panel(analysis: Analysis) -> Panel | None:
    """Return the panel of the whole set; None where no repetition has an effect."""
    if not any(analysis.effects):
        return None
    names = words()["effects"]["groups"]
    groups = (Group(names[role], _rows(analysis, told)) for role, told in TOLD.items())
    return Panel(tuple(groups), _lean(analysis))


def typical(analysis: Analysis, name: Name, leg: Leg | None = None) -> Effect | None:
    """Return the median of an effect over the repetitions that tell it; None where there is none.

    Parameters
    ----------
    analysis : Analysis
    name : str
        As in `lunge.mechanics.effects`.
    leg : {'left', 'right'}, optional
        The leg that it belongs to; None for an effect of both.

    Returns
    -------
    Effect or None
        With the medians of value, low and high. Where no repetition judged it, as most of them say.
    """
    found = [e for r in analysis.repetitions for e in analysis.effects_of(r) if e.name == name and _leg(r, e) == leg]
    known = [e for e in found if e.value is not None]
    if not found:
        return None
    if not known:
        return Counter(found).most_common(1)[0][0]
    value, low, high = _medians(known)
    answer, levels = answer_of(name, low, high), levels_of(name, low, high)
    figures = [e.figure for e in known if e.figure is not None]
    figure = Figure(*_medians(figures), figures[0].unit) if figures else None
    return replace(known[0], answer=answer, value=value, low=low, high=high, levels=levels, figure=figure)


def _medians(found: Sequence[Effect | Figure]) -> tuple[float, float, float]:
    value, low, high = (median(getattr(one, end) for one in found) for end in ENDS)
    return value, low, high


def of_each_leg(analysis: Analysis, name: Name) -> tuple[Effect | None, ...]:
    """Return the median of an effect of the left and the right leg, or once if it belongs to both."""
    return (typical(analysis, name),) if name in TOLD["both"] else tuple(typical(analysis, name, g) for g in LEGS)


def _leg(repetition: Repetition, effect: Effect) -> Leg | None:
    stepping: Any = repetition.stepping_leg
    if effect.role == "both" or stepping not in OTHER:
        return None
    return stepping if effect.role == "rear" else OTHER[stepping]


def _rows(analysis: Analysis, told: tuple[Name, ...]) -> tuple[Row, ...]:
    """Return a row for each effect, or one for all of them where the same keeps them all from being judged."""
    rows = tuple(_row(analysis, name) for name in told)
    first = rows[0].cells
    if len(first) == 1 and first[0].answer == "cannot_judge" and all(row.cells == first for row in rows):
        return (Row(", ".join(row.title for row in rows), "", first),)
    return rows


def _row(analysis: Analysis, name: Name) -> Row:
    texts = words()["effects"]
    legs = ("",) if name in TOLD["both"] else tuple(texts[leg] for leg in LEGS)
    found = of_each_leg(analysis, name)
    cells = tuple(_said(name, effect, leg) for effect, leg in zip(found, legs, strict=True))
    against = next((e.against for e in found if e is not None and e.against is not None), None)
    hint = texts["instead"].get(against, texts["hints"].get(name, ""))
    return Row(texts["names"][name], hint, _once(cells))


def _once(cells: tuple[Said, ...]) -> tuple[Said, ...]:
    """Return one cell in place of two that say the same, with the bands of both."""
    first, last = cells[0], cells[-1]
    if first is last or (first.text, first.why) != (last.text, last.why):
        return cells
    bands = tuple(replace(band, leg=cell.leg) for cell in cells for band in cell.bands)
    return (replace(first, leg=words()["effects"]["both"], bands=bands),)


def _said(name: Name, effect: Effect | None, leg: str) -> Said:
    texts = words()["effects"]
    if effect is None:
        return Said(leg, "cannot_judge", texts["answers"]["not_done"], "")
    if effect.value is None or effect.low is None or effect.high is None:
        return Said(leg, effect.answer, texts["answers"][effect.answer], _reason(name, effect))
    bands = (Band("", max(effect.low, 0.0), min(effect.high, 1.0)),) if name == SHARE else ()
    if effect.levels and len(effect.levels) < len(LEVELS):
        return Said(leg, "class", texts["levels"]["_".join(effect.levels)], "", bands)
    if effect.levels or effect.answer == "unsure":
        return Said(leg, "unsure", texts["answers"]["unsure"], texts["unsure"][name], bands)
    return Said(leg, effect.answer, texts[effect.answer][name].format(n=number(abs(effect.value))), "", bands)


def _reason(name: Name, effect: Effect) -> str:
    texts = words()["effects"]
    return str(texts["reasons"].get(f"{name}_{effect.reason}", texts["reasons"].get(effect.reason or "view")))


def _lean(analysis: Analysis) -> str:
    """Return how far the trunk leaned in the lunges with each leg back; empty where it was not seen."""
    texts = words()["effects"]["trade"]
    seen = [(leg, _leaned(analysis, leg)) for leg in LEGS]
    told = [texts[leg].format(lean=amount(fmean(by), "deg")) for leg, by in seen if by]
    return str(texts["lean"].format(each=listed(told))) if told else ""


def _leaned(analysis: Analysis, leg: Leg) -> list[float]:
    return [value for r in analysis.repetitions if r.stepping_leg == leg for value in _leans(r)]


def _leans(repetition: Repetition) -> Iterator[float]:
    for finding in repetition.findings:
        told = (finding.measure, finding.step) == ("trunk_forward_deg", "lunge") and finding.result != "cannot_judge"
        if told and finding.value is not None:
            yield finding.value
