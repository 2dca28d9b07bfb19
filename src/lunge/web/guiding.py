"""What the pages of the days share: the guide, and how an answer that does not fit is told."""

from __future__ import annotations

from starlette.requests import Request

from lunge.guide.days import Guide
from lunge.plan.records import Reason
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
