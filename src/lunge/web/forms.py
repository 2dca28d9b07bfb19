"""Forms as browsers send them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from lunge.errors import InputError
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
    InputError
        If it is none.
    """
    said = form.get(name, "").strip()
    if not said:
        return None
    if not said.isdecimal() or int(said) > SCALE[1]:
        raise InputError("errors.input.no_number", low=SCALE[0], high=SCALE[1], field=name)
    return int(said)


def comfort_from(form: Mapping[str, str]) -> Comfort:
    """Return how back and knee feel, from the fields ``back`` and ``knee``.

    Raises
    ------
    InputError
        If an answer is none.
    """
    return Comfort(points_from(form, "back"), points_from(form, "knee"))
