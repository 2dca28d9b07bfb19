"""What a set asks for, in words."""

from __future__ import annotations

from lunge.messages import Catalogue
from lunge.plan.records import Targets


def asked_for(texts: Catalogue, targets: Targets) -> list[tuple[str, str]]:
    """Return what a set asks for, as names and values to read."""
    if targets.movement != "lunge":
        names = [("what", texts.text("plan.level.0")), ("hold", _seconds(texts, targets.hold_s))]
        return [*_named(texts, names), (texts.text("day.target_count"), str(targets.repetitions))]
    step = "step_long" if targets.stretch else "step_usual"
    named = [
        ("depth", texts.text("day.depth", deg=f"{targets.depth_deg:g}")),
        ("hold", _seconds(texts, targets.hold_s)),
        ("repetitions", str(targets.repetitions)),
        ("support", texts.text(f"plan.support.{targets.support}")),
        ("step", texts.text(f"day.{step}")),
        ("lowering", _seconds(texts, targets.lowering_s)),
    ]
    return _named(texts, named)


def _named(texts: Catalogue, values: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(texts.text(f"day.target_{name}"), value) for name, value in values]


def _seconds(texts: Catalogue, seconds: float) -> str:
    return texts.text("day.second") if seconds == 1 else texts.text("day.seconds", n=f"{seconds:g}")
