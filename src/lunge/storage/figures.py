"""Figures of a set, counted up once when it is kept, so that ten years of them are read at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import hypot
from statistics import fmean, stdev
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from lunge.storage.constants import constants
from lunge.storage.done import CheckFigures, DoneEffect, DoneFinding, DoneRepetition, Leg, LegFigures, SetFigures
from lunge.storage.plain import names_of, records_from
from lunge.storage.set_tables import CHECK_FIGURES, CHECKS, LEG_FIGURES, SETS

EFFECTS: Final = "effects"
"""The check whose measures are the effects."""

HELD: Final = "lunge"
OTHER: Final[dict[Leg, Leg]] = {"left": "right", "right": "left", "other": "other"}


def leg_figures(repetitions: Iterable[DoneRepetition]) -> dict[Leg, LegFigures]:
    """Return the figures of each leg that has repetitions."""
    by_leg: dict[Leg, list[DoneRepetition]] = defaultdict(list)
    for repetition in repetitions:
        by_leg[repetition.leg].append(repetition)
    return {leg: _of_leg(found) for leg, found in by_leg.items()}


def _of_leg(repetitions: list[DoneRepetition]) -> LegFigures:
    depths = [r.depth_deg for r in repetitions if r.depth_deg is not None]
    return LegFigures(
        repetitions=len(repetitions),
        in_form=sum(r.in_form for r in repetitions),
        hold_s=_mean(r.holds_s.get("lunge_hold_s") for r in repetitions),
        hold_in_form_s=_mean(r.holds_s.get("lunge_hold_in_form_s") for r in repetitions),
        depth_deg=_mean(depths),
        depth_spread_deg=_spread(depths),
        step_length=_mean(r.step_length for r in repetitions),
        step_length_unit=repetitions[0].step_length_unit,
    )


def check_figures(
    repetitions: Iterable[DoneRepetition], findings: Iterable[DoneFinding]
) -> dict[tuple[Leg, str, str, str, str], dict[str, Any]]:
    """Return what each check said of each leg, without *cannot judge*.

    Returns
    -------
    dict
        From leg, check, measure, step and unit to the columns of a row.
    """
    leg_of = {repetition.number: repetition.leg for repetition in repetitions}
    judged: dict[tuple[Leg, str, str, str, str], list[DoneFinding]] = defaultdict(list)
    for one in findings:
        if one.result != "cannot_judge" and one.value is not None:
            judged[leg_of[one.repetition], one.check, one.measure, one.step, one.unit].append(one)
    return {key: _of_check(found) for key, found in judged.items()}


def _of_check(findings: list[DoneFinding]) -> dict[str, Any]:
    values = [one.value for one in findings if one.value is not None]
    return {
        "judged": len(findings),
        "passed": sum(one.result == "pass" for one in findings),
        "mean": fmean(values),
        "spread": _spread(values),
        "sd": _mean(one.sd if one.sd_people is None else one.sd_people for one in findings),
    }


def effect_figures(
    repetitions: Iterable[DoneRepetition], effects: Iterable[DoneEffect]
) -> dict[tuple[Leg, str, str, str, str], dict[str, Any]]:
    """Return what each effect was in each leg, the one that it belongs to; of both legs by the one that stepped back.

    Returns
    -------
    dict
        As of `check_figures`.
    """
    stepping = {repetition.number: repetition.leg for repetition in repetitions}
    judged: dict[tuple[Leg, str, str, str, str], list[DoneEffect]] = defaultdict(list)
    for one in effects:
        leg = stepping[one.repetition]
        judged[OTHER[leg] if one.role == "front" else leg, EFFECTS, one.name, HELD, one.unit].append(one)
    return {key: _of_effect(found) for key, found in judged.items()}


def _of_effect(effects: list[DoneEffect]) -> dict[str, Any]:
    spread = _spread([one.value for one in effects])
    wide = fmean(one.high - one.low for one in effects) / constants().figures.interval_sd_factor
    return {
        "judged": len(effects),
        "passed": sum(one.answer == "more" for one in effects),
        "mean": fmean(one.value for one in effects),
        "spread": spread,
        "sd": hypot(wide, spread or 0.0),
    }


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _spread(values: list[float]) -> float | None:
    return stdev(values) if len(values) > 1 else None


def set_figures(connection: Connection, chosen: Select[Any]) -> tuple[SetFigures, ...]:
    """Return the figures of sets, the oldest first.

    Parameters
    ----------
    connection : Connection
    chosen : Select
        Of the numbers of the sets.
    """
    legs: dict[int, dict[Leg, LegFigures]] = defaultdict(dict)
    of_leg, of_set = names_of(LegFigures), names_of(SetFigures)[1:-1]
    columns = (LEG_FIGURES.c.set_number, LEG_FIGURES.c.leg, *(LEG_FIGURES.c[name] for name in of_leg))
    for number, leg, *values in connection.execute(select(*columns).where(LEG_FIGURES.c.set_number.in_(chosen))):
        legs[number][leg] = LegFigures(**dict(zip(of_leg, values, strict=True)))
    found = select(SETS.c.number, SETS.c.id, *(SETS.c[name] for name in of_set))
    rows = connection.execute(found.where(SETS.c.number.in_(chosen)).order_by(SETS.c.at, SETS.c.id))
    return tuple(
        SetFigures(set_id=set_id, legs=legs[number], **dict(zip(of_set, values, strict=True)))
        for number, set_id, *values in rows
    )


def trend(connection: Connection, check: str) -> tuple[CheckFigures, ...]:
    """Return what one check said in all sets, the oldest first."""
    found = (
        select(
            SETS.c.id.label("set_id"),
            *(SETS.c[name] for name in ("at", "zone")),
            *(CHECKS.c[name] for name in ("measure", "step", "unit")),
            *(CHECK_FIGURES.c[name] for name in ("leg", "judged", "passed", "mean", "spread", "sd")),
        )
        .join(CHECK_FIGURES, CHECK_FIGURES.c.check_id == CHECKS.c.id)
        .join(SETS, SETS.c.number == CHECK_FIGURES.c.set_number)
        .where(CHECKS.c.check == check)
        .order_by(SETS.c.at, SETS.c.id, CHECKS.c.measure, CHECKS.c.step, CHECK_FIGURES.c.leg)
    )
    return records_from(CheckFigures, connection.execute(found))
