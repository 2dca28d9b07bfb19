"""The page on progress."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from lunge.plan.ahead import rung_targets
from lunge.plan.constants import constants as rules
from lunge.plan.selftest import may_test, protocol
from lunge.trends.chart import chart_svg
from lunge.trends.drawn import band_said, chart_of, shown_value, sides_said, when_of
from lunge.trends.overview import overview
from lunge.trends.points import SPANS, Side, Span
from lunge.trends.selftests import self_tests
from lunge.web.guiding import guide_of, sentence
from lunge.web.views import shown, texts_of

router = APIRouter()

SIDES: Final[dict[str, tuple[Side, ...]]] = {"both": ("both",), "each": ("left", "right")}
USUAL_SPAN: Final[Span] = "quarter"


@router.get("/progress")
def progress(request: Request, span: str = USUAL_SPAN, side: str = "both") -> Response:
    """Show what changed over a span; an unknown span or side gives the usual one."""
    chosen = next((known for known in SPANS if known == span), USUAL_SPAN)
    legs = side if side in SIDES else "both"
    texts = texts_of(request)
    guide = guide_of(request)
    found = overview(request.app.state.store, guide.today, chosen, SIDES[legs], rules(), guide.habits())
    charts = {c.measure.key: Markup(chart_svg(chart_of(c, found.first, found.last, texts))) for c in found.cards}
    plan = guide.plan()
    tests = self_tests(request.app.state.store, rules())
    return shown(
        request,
        "trends.html",
        found=found,
        bands={c.measure.key: band_said(c, texts) for c in found.cards},
        legs={c.measure.key: sides_said(c, texts) for c in found.cards},
        tests=tests,
        is_due=tests.due_from is None or tests.due_from <= guide.today,
        test=protocol(rules()),
        may_test="self_test" in guide.kinds(plan),
        is_too_early=not may_test(rung_targets(plan), rules()),
        why=sentence(request, plan.reasons[0]),
        charts=charts,
        span=chosen,
        side=legs,
        spans=SPANS,
        sides=tuple(SIDES),
        value=lambda measure, number: shown_value(measure, number, texts),
        when=when_of,
    )
