"""All pages that neither the start nor the first frame of a set needs, with what they import.

A new page goes into `PARTS`. `app` loads this module a little after the start, or when the first of them is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.datastructures import State
from starlette.types import ExceptionHandler

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


NO_TELEMETRY: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""Otherwise FastAPI would report to wherever variables of the environment say."""


def rest(state: State, handlers: Mapping[Any, ExceptionHandler]) -> FastAPI:
    """Return them, with all templates and texts read, so that each page comes as fast as the others.

    Parameters
    ----------
    state : State
        Of the application that they belong to.
    handlers : mapping
        What it answers where a page cannot be.
    """
    prepare()
    app = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, telemetry=NO_TELEMETRY, exception_handlers=dict(handlers)
    )
    app.state = state
    for part in PARTS:
        app.include_router(part.router)
    return app
