"""The break form of the coach: what the page is told when a set is a break."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import Request

from lunge.breaks.target import Target, decision_on, target_from
from lunge.messages import Catalogue
from lunge.plan.records import LEGS
from lunge.storage import Store
from lunge.web.guiding import guide_of
from lunge.web.targets import on_the_feet

LONGEST_NAME = 64


def break_id_of(request: Request) -> str:
    """Return the name of the break that a page is opened for; empty when it is none."""
    return request.query_params.get("break", "")[:LONGEST_NAME]


def target_of(store: Store, today: date) -> Target:
    """Return what a break asks for today."""
    found = decision_on(store.decisions.all(), today)
    return target_from(None if found is None else found.target)


def legs_words(texts: Catalogue, target: Target) -> str:
    """Return which legs step back in a break, in words."""
    return texts.text(f"breaks.legs.{'both' if target.legs == LEGS else target.legs[0]}")


def break_setup(request: Request) -> dict[str, Any]:
    """Return what takes the place of the usual setup of the coach's page; nothing when the set is no break."""
    break_id = break_id_of(request)
    if not break_id:
        return {}
    target = target_of(request.app.state.store, guide_of(request).today)
    chosen = request.app.state.memory.choices().model_dump(include={"chair", "height_m", "model", "variant", "order"})
    order = chosen["order"] if chosen["order"] not in LEGS else "alternate"
    return {
        "break": break_id,
        "wishes": {
            **chosen,
            "variant": on_the_feet(chosen["variant"]),
            "model": request.app.state.config.model or chosen["model"],
            "order": order if target.legs == LEGS else target.legs[0],
            "hold_s": target.hold_s,
            "repetitions": target.repetitions,
            "front_repetitions": 0,
        },
    }
