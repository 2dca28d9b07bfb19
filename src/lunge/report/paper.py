"""The report on one page, as PDF, for the clinician."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from statistics import median
from typing import Any

from lunge.files import whole_file
from lunge.mechanics.effects import LEVELS, Effect
from lunge.messages import DEFAULT, Catalogue, catalogue
from lunge.printing import pdf
from lunge.records import Analysis, Finding, Repetition
from lunge.report import effects, story
from lunge.report.camera import unseen
from lunge.report.constants import constants
from lunge.report.footage import Stills
from lunge.report.pictures import KeyFrame, strip
from lunge.report.words import (
    amount,
    limit_text,
    measured_value,
    number,
    raised,
    rank_of,
    speaking,
    spread_of,
    title_of,
    told,
    word,
)


def write_paper(analysis: Analysis, footage: Stills | None, path: Path, language: str = DEFAULT) -> Path:
    """Write the page; return its path. Parameters as in `paper`.

    Raises
    ------
    ValueError
        If there is no such language.
    OutputError
        If it cannot be written; nothing half-written stays behind.
    """
    made = paper(analysis, footage, language)
    with whole_file(path) as beside:
        beside.write_bytes(made)
    return path


def paper(analysis: Analysis, footage: Stills | None = None, language: str = DEFAULT) -> bytes:
    """Return the report on one page, as PDF.

    Parameters
    ----------
    analysis : Analysis
    footage : Stills, optional
        What the pictures come from; without it skeletons are drawn on a plain ground.
    language : str
        A code of `lunge.messages.languages`.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    template = (resources.files("lunge.report") / "templates" / "paper.typ").read_text(encoding="utf-8")
    texts = catalogue(language)
    with speaking(language):
        shown = _shown(analysis)
        pictures = [] if shown is None else strip(shown, analysis.poses, footage)
        data = _data(analysis, texts) | {"pictures": [_picture(i, p) for i, p in enumerate(pictures)]}
        data["texts"]["pictures"] = texts.text("paper.pictures", n=shown.index if shown else 1)
    files = {f"picture{i}.jpg": base64.b64decode(p.source.partition(",")[2]) for i, p in enumerate(pictures)}
    return pdf(template, data, files)


def _shown(analysis: Analysis) -> Repetition | None:
    """Return the repetition whose pictures are shown: the first complete one, else the first."""
    complete = (r for r in analysis.repetitions if r.complete)
    return next(complete, analysis.repetitions[0] if analysis.repetitions else None)


def _picture(index: int, frame: KeyFrame) -> dict[str, str]:
    return {
        "file": f"picture{index}.jpg",
        "caption": frame.caption,
        "alt": frame.alt,
        "time": " · ".join(t for t in (frame.time, frame.legs) if t),
    }


def _data(analysis: Analysis, texts: Catalogue) -> dict[str, Any]:
    t = texts.section("paper")
    most = constants().paper.most_repetitions
    left_out = len(analysis.repetitions) - most
    return {
        "language": texts.language,
        "texts": dict(t),
        "title": t["title"],
        "made": Path(analysis.input.path).name,
        "headline": f"{story.headline(analysis)}.",
        "verdict": story.verdict_sentence(analysis) or story.empty_sentence(analysis),
        "facts": _facts(analysis, texts),
        "repetition_heads": [t[k] for k in ("number", "leg", "kind", "time", "hold", "depth", "step_length")],
        "repetitions": [_repetition(r, analysis.body.height_m) for r in analysis.repetitions[:most]],
        "more": texts.text("paper.more", n=left_out) if left_out > 0 else "",
        "check_heads": [t[k] for k in ("check", "step", "aim", "left", "right", "result")],
        "checks": _checks(analysis, texts),
        "effect_heads": [t[k] for k in ("effect", "left_leg", "right_leg")],
        "effects": _effects(analysis, texts),
        "unseen": [list(pair) for pair in unseen(analysis)],
        "notes": told(analysis.notes),
        "versions": _versions(analysis, texts),
    }


def _facts(analysis: Analysis, texts: Catalogue) -> list[tuple[str, str]]:
    t, view, height_m = texts.section("paper"), analysis.view, analysis.body.height_m
    seen = raised(word("views", view.kind))
    place = seen
    if view.azimuth_deg is not None and view.sd_deg is not None:
        fill = {"view": seen, "n": number(view.azimuth_deg), "sd": number(view.sd_deg)}
        place = texts.text("paper.camera_at", **fill)
    tall = t["no_height"] if height_m is None else texts.text("paper.height", n=number(height_m, 2))
    if analysis.body.mass_kg is not None:
        tall = texts.text("paper.person_mass", height=tall, n=number(analysis.body.mass_kg))
    return [
        (t["person"], tall),
        (t["camera"], place),
        (t["baseline"], t[analysis.body.baseline]),
        (t["length"], amount(analysis.input.duration_s, "s")),
        (t["people"], str(analysis.people)),
    ]


def _repetition(repetition: Repetition, height_m: float | None) -> list[str]:
    told = dict(story.repetition_facts(repetition, height_m))
    facts = [
        told.get(word("page", key), word("values", "unknown")) for key in ("length", "hold", "depth", "step_length")
    ]
    return [str(repetition.index), word("sides", repetition.stepping_leg), word("variants", repetition.variant), *facts]


def _checks(analysis: Analysis, texts: Catalogue) -> list[list[str]]:
    """Return one row for each check, measure and step that was judged at least once, the most telling first."""
    rows: dict[tuple[str, str, str], list[tuple[Repetition, Finding]]] = {}
    for repetition in analysis.repetitions:
        for finding in (f for f in repetition.findings if f.result != "cannot_judge"):
            rows.setdefault((finding.check, finding.measure, finding.step), []).append((repetition, finding))
    ranked = sorted(rows.items(), key=lambda item: rank_of(item[0][0]))
    return [_check(found, analysis.body.height_m, texts) for _, found in ranked]


def _check(found: list[tuple[Repetition, Finding]], height_m: float | None, texts: Catalogue) -> list[str]:
    first = found[0][1]
    sides = [_median((f for r, f in found if r.stepping_leg == side), height_m) for side in ("left", "right")]
    good = sum(f.result == "pass" for _, f in found)
    return [
        title_of(first.check, first.measure),
        word("steps", first.step),
        limit_text(first, height_m),
        *sides,
        texts.text("paper.of", good=good, n=len(found)),
    ]


def _median(findings: Iterable[Finding], height_m: float | None) -> str:
    known = [f for f in findings if f.value is not None]
    if not known:
        return word("values", "unknown")
    spreads = [s for s in map(spread_of, known) if s is not None]
    value = median(f.value for f in known if f.value is not None)
    return measured_value(value, median(spreads) if spreads else None, known[0].unit, height_m)


def _effects(analysis: Analysis, texts: Catalogue) -> list[list[str]]:
    """Return each effect: its name, then its class and estimate of the left and of the right leg, or once of both."""
    names = [name for told in effects.TOLD.values() for name in told] if any(analysis.effects) else []
    return [
        [
            texts.text(f"paper.effects_of.{name}"),
            *(_effect(found, texts) for found in effects.of_each_leg(analysis, name)),
        ]
        for name in names
    ]


def _effect(effect: Effect | None, texts: Catalogue) -> str:
    if effect is None:
        return word("values", "unknown")
    said = texts.text(f"paper.classes.{'_'.join(effect.levels) if _is_classed(effect) else effect.answer}")
    if effect.value is None or effect.low is None or effect.high is None:
        return texts.text("paper.silent", said=said, why=texts.text(f"paper.reasons.{effect.reason}"))
    decimals = 0 if effect.unit == "percent" else 2
    value, low, high = (number(end, decimals) for end in (effect.value, effect.low, effect.high))
    against = "" if effect.against is None else texts.text(f"paper.against.{effect.against}")
    unit = f"{texts.text(f'paper.units.{effect.unit}')} {against}".strip()
    text = texts.text("paper.interval", said=said, value=value, low=low, high=high, unit=unit).rstrip()
    if effect.figure is None:
        return text
    ends = {end: number(getattr(effect.figure, end)) for end in effects.ENDS}
    return texts.text("paper.figure", said=text, unit=texts.text(f"paper.units.{effect.figure.unit}"), **ends)


def _is_classed(effect: Effect) -> bool:
    """Return whether an effect is told by classes, and not every one of them is possible."""
    return 0 < len(effect.levels) < len(LEVELS)


def _versions(analysis: Analysis, texts: Catalogue) -> str:
    engine = analysis.engine
    return texts.text(
        "paper.versions",
        lunge=engine.lunge,
        model=engine.pose_model,
        precision=engine.precision,
        exercise=engine.exercise,
        mode=texts.text(f"paper.{engine.mode}"),
        file=Path(analysis.input.path).name,
        sum=(analysis.input.sha256 or "–")[: constants().paper.sum_letters_count],
    )
