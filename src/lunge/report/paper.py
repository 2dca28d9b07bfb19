"""The report on one page, as PDF, for the clinician."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
from lunge.report.lowered import COLUMNS, lowering_cards, lowering_headline, lowering_rows, lowering_sentence
from lunge.report.pictures import strip
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
        title, pictures = _pictures(analysis, footage, texts)
        data = _data(analysis, texts) | {"pictures": [p.told(f"picture{i}.jpg") for i, p in enumerate(pictures)]}
        data["texts"]["pictures"] = title
    files = {f"picture{i}.jpg": base64.b64decode(p.source.partition(",")[2]) for i, p in enumerate(pictures)}
    return pdf(template, data, files)


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture with what stands below it; `source` is a data address."""

    source: str
    caption: str
    time: str
    alt: str

    def told(self, file: str) -> dict[str, str]:
        return {"file": file, "caption": self.caption, "alt": self.alt, "time": self.time}


def _pictures(analysis: Analysis, footage: Stills | None, texts: Catalogue) -> tuple[str, list[_Picture]]:
    """Return the pictures of one repetition, or of the first ways down where there is none, and their title."""
    shown = _shown(analysis)
    if shown is not None:
        frames = strip(shown, analysis.poses, footage)
        times = [" · ".join(t for t in (frame.time, frame.legs) if t) for frame in frames]
        found = [_Picture(f.source, f.caption, t, f.alt) for f, t in zip(frames, times, strict=True)]
        return texts.text("paper.pictures", n=shown.index), found
    first = (analysis.lowerings or ())[: constants().paper.most_pictures_count]
    cards = lowering_cards(replace(analysis, lowerings=first), footage)
    return texts.text("paper.lowest"), [_Picture(c.source, c.title, c.when, c.alt) for c in cards]


def _shown(analysis: Analysis) -> Repetition | None:
    """Return the repetition whose pictures are shown: the first complete one, else the first."""
    complete = (r for r in analysis.repetitions if r.complete)
    return next(complete, analysis.repetitions[0] if analysis.repetitions else None)


def _data(analysis: Analysis, texts: Catalogue) -> dict[str, Any]:
    t = texts.section("paper")
    most = constants().paper.most_repetitions
    left_out = len(analysis.repetitions) - most
    lowered = lowering_rows(analysis)
    return {
        "language": texts.language,
        "texts": dict(t),
        "title": _title(analysis, texts),
        "made": Path(analysis.input.path).name,
        "headline": _headline(analysis),
        "facts": _facts(analysis, texts),
        "repetition_heads": [t[k] for k in ("number", "leg", "kind", "time", "hold", "depth", "step_length")],
        "repetitions": [_repetition(r, analysis.body.height_m) for r in analysis.repetitions[:most]],
        "more": texts.text("paper.more", n=left_out) if left_out > 0 else "",
        "check_heads": [t[k] for k in ("check", "step", "aim", "left", "right", "result")],
        "lowering_heads": [word("lowerings", key) for key in COLUMNS],
        "lowerings": lowered[:most],
        "more_lowerings": texts.text("paper.more_lowerings", n=len(lowered) - most) if len(lowered) > most else "",
        "checks": _checks(analysis, texts),
        "effect_heads": [t[k] for k in ("effect", "left_leg", "right_leg")],
        "effects": _effects(analysis, texts),
        "figures_note": t["figures_note"] if _has_figures(analysis) else "",
        "unseen": [list(pair) for pair in unseen(analysis)],
        "notes": told(analysis.notes),
        "versions": _versions(analysis, texts),
    }


def _title(analysis: Analysis, texts: Catalogue) -> str:
    """Return what the page is about: the exercise, or how somebody went down where only that was seen."""
    if analysis.lowerings and not analysis.repetitions:
        return texts.text("paper.title_lowerings")
    exercise = analysis.engine.exercise
    name = texts.section("paper").get(f"exercise.{exercise}", raised(exercise.replace("_", " ")))
    return texts.text("paper.title", exercise=name)


def _headline(analysis: Analysis) -> str:
    """Return what was seen, in a few sentences."""
    told = [f"{lowering_headline(analysis)}.", lowering_sentence(analysis)] if analysis.lowerings else []
    if not told or analysis.repetitions:
        told += [f"{story.headline(analysis)}.", story.verdict_sentence(analysis) or story.empty_sentence(analysis)]
    return " ".join(filter(None, told))


def _has_figures(analysis: Analysis) -> bool:
    """Return whether there are figures of this person's own size or mass."""
    return analysis.body.height_m is not None or analysis.body.mass_kg is not None


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
            *(_effect(found, texts, analysis.body.height_m) for found in effects.of_each_leg(analysis, name)),
        ]
        for name in names
    ]


def _effect(effect: Effect | None, texts: Catalogue, height_m: float | None) -> str:
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
    # Without a height millimetres are those of the model's own body, which nobody asked for.
    if effect.figure is None or (effect.figure.unit == "mm" and height_m is None):
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
