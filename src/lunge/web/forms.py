"""Forms as browsers send them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from fastapi import Request

from lunge.plan.records import Comfort
from lunge.storage.records import SCALE


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form that was sent URL-encoded; of fields of one name the last."""
    body = (await request.body()).decode("utf-8", errors="replace")
    return dict(parse_qsl(body, keep_blank_values=True))


def points_from(form: Mapping[str, str], name: str) -> int | None:
    """Return an answer from 0 to 10; None where nothing was answered.

    Raises
    ------
    ValueError
        If it is none.
    """
    said = form.get(name, "").strip()
    if not said:
        return None
    points = int(said)
    if not SCALE[0] <= points <= SCALE[1]:
        raise ValueError(f"{name}: expected {SCALE[0]} to {SCALE[1]}, got {points}")
    return points


def comfort_from(form: Mapping[str, str]) -> Comfort:
    """Return how back and knee feel, from the fields ``back`` and ``knee``.

    Raises
    ------
    ValueError
        If an answer is none.
    """
    return Comfort(points_from(form, "back"), points_from(form, "knee"))
