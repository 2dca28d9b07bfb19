"""All pages that neither the start nor the first frame of a set needs, with what they import.

A new page goes into `PARTS`. `app` loads this module a little after the start, or when the first of them is asked for.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from lunge.web import (
    after,
    breaks,
    chair,
    diary,
    exporting,
    habits,
    housework,
    learn,
    library,
    look,
    phone,
    prescription,
    printed,
    progress,
    questionnaires,
    questions,
    reports,
    safety,
    sets,
    statements,
    today,
)
from lunge.web.views import prepare

PARTS: Final = (
    safety,
    today,
    after,
    chair,
    habits,
    diary,
    questions,
    statements,
    questionnaires,
    progress,
    printed,
    learn,
    look,
    sets,
    reports,
    exporting,
    phone,
    breaks,
    library,
    prescription,
    housework,
)
"""What the pages come from."""


def rest() -> APIRouter:
    """Return them, with all templates and texts read, so that each page comes as fast as the others."""
    prepare()
    router = APIRouter()
    for part in PARTS:
        router.include_router(part.router)
    return router
