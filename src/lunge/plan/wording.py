"""What a set asks for, in words."""

from __future__ import annotations

from lunge.messages import Catalogue
from lunge.plan.records import LEGS, Targets


def asked_for(texts: Catalogue, targets: Targets) -> list[tuple[str, str]]:
    """Return what a set asks for, as names and values to read."""
    if targets.movement != "lunge":
        names = [("what", texts.text("plan.level.0")), ("hold", _seconds(texts, targets.hold_s))]
        return [*_named(texts, names), (texts.text("day.target_count"), str(targets.repetitions))]
    each, step = targets.is_even, "step_long" if targets.stretch else "step_usual"
    named = [
        ("depth", texts.text("day.depth", deg=f"{targets.depth_deg:g}")),
        ("hold", _seconds(texts, targets.hold_s)),
        ("repetitions", str(targets.repetitions)) if each else ("count", count_words(texts, targets)),
        ("support", texts.text(f"plan.support.{targets.support}")),
        ("step", texts.text(f"day.{step}")),
        ("lowering", _seconds(texts, targets.lowering_s)),
    ]
    return _named(texts, named)


def count_words(texts: Catalogue, targets: Targets) -> str:
    """Return how many repetitions a set asks of each leg, in words."""
    if targets.is_even:
        return texts.text("plan.count.even", n=targets.repetitions)
    counts = {leg: targets.with_leg(leg) for leg in LEGS}
    only = [leg for leg in LEGS if counts[leg]]
    if len(only) == 1:
        return texts.text(f"plan.count.{only[0]}", n=targets.repetitions)
    return texts.text("plan.count.uneven", **counts)


def _named(texts: Catalogue, values: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(texts.text(f"day.target_{name}"), value) for name, value in values]


def _seconds(texts: Catalogue, seconds: float) -> str:
    return texts.text("day.second") if seconds == 1 else texts.text("day.seconds", n=f"{seconds:g}")
