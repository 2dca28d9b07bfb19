"""What the pages of the days share: the guide, and how an answer that does not fit is told."""

from __future__ import annotations

from fastapi import Request

from lunge.guide.days import Guide
from lunge.plan.records import Reason, Targets
from lunge.plan.stops import Stop, stops
from lunge.web.views import texts_of


def guide_of(request: Request) -> Guide:
    """Return the guide."""
    guide: Guide = request.app.state.guide
    return guide


def sentence(request: Request, reason: Reason) -> str:
    """Return a reason of the plan in the language of a request."""
    return texts_of(request).text(reason.key, **reason.fill)


def sentences(request: Request, reasons: tuple[Reason, ...]) -> list[str]:
    """Return reasons of the plan, each once, in the language of a request."""
    return list(dict.fromkeys(sentence(request, reason) for reason in reasons))


def stop_answers() -> list[Stop]:
    """Return the answers to *why did you stop?*: just a moment first, then from the most to the least pressing."""
    return sorted(stops(), key=lambda stop: stop.action != "go_on")


def asked_for(request: Request, targets: Targets) -> list[tuple[str, str]]:
    """Return what a set asks for, as names and values to read."""
    texts = texts_of(request)
    if targets.movement != "lunge":
        names = [("what", texts.text("plan.level.0")), ("hold", _seconds(request, targets.hold_s))]
        return [*_named(request, names), (texts.text("day.target_count"), str(targets.repetitions))]
    step = "step_long" if targets.stretch else "step_usual"
    named = [
        ("depth", texts.text("day.depth", deg=f"{targets.depth_deg:g}")),
        ("hold", _seconds(request, targets.hold_s)),
        ("repetitions", str(targets.repetitions)),
        ("support", texts.text(f"plan.support.{targets.support}")),
        ("step", texts.text(f"day.{step}")),
        ("lowering", _seconds(request, targets.lowering_s)),
    ]
    return _named(request, named)


def _named(request: Request, values: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(texts_of(request).text(f"day.target_{name}"), value) for name, value in values]


def _seconds(request: Request, seconds: float) -> str:
    texts = texts_of(request)
    return texts.text("day.second") if seconds == 1 else texts.text("day.seconds", n=f"{seconds:g}")
