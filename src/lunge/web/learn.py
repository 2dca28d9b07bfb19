"""The page that teaches the exercise."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lunge.web.lessons import FRONT_DEG, MISTAKES, STEPS
from lunge.web.views import shown

router = APIRouter()


@router.get("/learn")
def learn(request: Request) -> Response:
    """Show the page."""
    return shown(request, "learn.html", steps=STEPS, mistakes=MISTAKES, front_deg=FRONT_DEG)
