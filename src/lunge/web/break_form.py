"""The break form of the coach: what is asked for when a set is a break, and when it was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request

from lunge.breaks.constants import constants
from lunge.breaks.target import Target, decision_on, target_from
from lunge.guide.tickets import Ticket
from lunge.live.plan import SetPlan
from lunge.live.records import Wishes
from lunge.messages import Catalogue
from lunge.plan.records import LEGS
from lunge.records import Repetition
from lunge.storage import Store
from lunge.web.guiding import guide_of
from lunge.web.messages import Hello
from lunge.web.targets import on_the_feet, wishes_for

LONGEST_NAME = 64
BREAK: Final = "break"
"""Among the wishes of a set that is kept: the name of the break that it was, or None."""


def asked_of(ticket: Ticket, hello: Hello) -> Wishes:
    """Return what the coach is asked: in a break so many repetitions as fit into it, and no longer than it lasts.

    A self-test is always the same, also in a break.
    """
    wishes = wishes_for(ticket, hello.wishes.wishes())
    if not hello.break_id or ticket.kind == "self_test":
        return wishes
    usual = constants().exercise
    fitting = min(wishes.repetitions, usual.repetitions_count)
    return replace(wishes, repetitions=fitting, front_repetitions=0, longest_s=usual.break_s)


def is_seen(repetitions: Iterable[Repetition], wishes: Wishes, *, in_break: bool) -> bool:
    """Return whether a set was seen as a break.

    Parameters
    ----------
    repetitions : iterable of Repetition
        Of the set.
    wishes : Wishes
        What was asked for: all of it is needed.
    in_break : bool
        Whether it was begun as a break: in it each that was seen counts.
    """
    done = Counter(one.stepping_leg for one in repetitions if one.complete and one.stepping_leg is not None)
    return bool(done.total()) if in_break else not Counter(SetPlan(wishes).legs) - done


def break_id_of(request: Request) -> str:
    """Return the name of the break that a page is opened for; empty when it is none."""
    return request.query_params.get("break", "")[:LONGEST_NAME]


def in_break(path: str, break_id: str) -> str:
    """Return the address of a page on which a break goes on; of the page alone when it is none."""
    return f"{path}?{urlencode({BREAK: break_id})}" if break_id else path


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
    choices = request.app.state.memory.choices()
    chosen = {name: getattr(choices, name) for name in ("chair", "height_m", "model", "variant", "order")}
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
