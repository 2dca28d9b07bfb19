"""From the document of an analysis (docs/contract.md) to the records that are kept of it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any, Final

from lunge.storage.done import DoneEffect, DoneFinding, DoneRepetition, DoneSet, Leg, Origin
from lunge.storage.records import Json

HOLD: Final = ("_hold_s", "_hold_in_form_s")
STEP_LENGTH: Final = "step_length_"
TOLD: Final = ("name", "role", "answer", "value", "low", "high", "unit")
"""What is kept of an effect."""


def set_from(document: Json, set_id: str, at: datetime, zone: str, origin: Origin, name: str = "") -> DoneSet:
    """Return the record of a set.

    Parameters
    ----------
    document : dict
        Of schema ``lunge.analysis/1``, without NaN.
    set_id : str
    at : datetime
        When it is kept, with its zone.
    zone : str
    origin : {'live', 'video'}
    name : str
        Of the video file.

    Raises
    ------
    KeyError, TypeError
        If it is no such document.
    """
    repetitions = repetitions_from(document, set_id)
    legs = Counter(repetition.leg for repetition in repetitions)
    engine = document["engine"]
    return DoneSet(
        id=set_id,
        at=at,
        zone=zone,
        origin=origin,
        name=name,
        exercise=engine["exercise"],
        mode=engine["mode"],
        pose_model=engine["pose_model"],
        lunge=engine["lunge"],
        view=document["view"]["kind"],
        duration_s=document["input"]["duration_s"],
        left=legs["left"],
        right=legs["right"],
        other=legs["other"],
        in_form=sum(repetition.in_form for repetition in repetitions),
    )


def repetitions_from(document: Json, set_id: str) -> tuple[DoneRepetition, ...]:
    """Return the records of the repetitions in a document.

    Raises
    ------
    KeyError, TypeError
        If it is no such document.
    """
    return tuple(_repetition(row, set_id) for row in document["repetitions"])


def findings_from(document: Json, set_id: str) -> tuple[DoneFinding, ...]:
    """Return the records of the findings in a document.

    Raises
    ------
    KeyError, TypeError
        If it is no such document.
    """
    return tuple(_finding(row, set_id, rep["index"]) for rep in document["repetitions"] for row in rep["findings"])


def effects_from(document: Json, set_id: str) -> tuple[DoneEffect, ...]:
    """Return the records of the effects in a document that were judged; none of a version that told no effects.

    Raises
    ------
    KeyError, TypeError
        If it is no such document.
    """
    return tuple(
        DoneEffect(set_id=set_id, repetition=rep["index"], **{name: row[name] for name in TOLD})
        for rep in document["repetitions"]
        for row in rep.get("effects", ())
        if row["value"] is not None
    )


def _repetition(row: dict[str, Any], set_id: str) -> DoneRepetition:
    unit = next(key for key in row if key.startswith(STEP_LENGTH)).removeprefix(STEP_LENGTH)
    return DoneRepetition(
        set_id=set_id,
        number=row["index"],
        variant=row["variant"],
        leg=_leg(row["stepping_leg"]),
        complete=row["complete"],
        in_form=row["complete"] and all(finding["result"] != "fail" for finding in row["findings"]),
        start_s=row["start_s"],
        bottom_s=row["bottom_s"],
        end_s=row["end_s"],
        holds_s={key: value for key, value in row.items() if key.endswith(HOLD)},
        step_length=row[STEP_LENGTH + unit],
        step_length_unit=unit,
        depth_deg=row["front_thigh_above_horizontal_deg"],
        view=row["view"]["kind"],
        azimuth_deg=row["view"]["azimuth_deg"],
    )


def _leg(name: str | None) -> Leg:
    return "left" if name == "left" else "right" if name == "right" else "other"


def _finding(row: dict[str, Any], set_id: str, repetition: int) -> DoneFinding:
    return DoneFinding(
        set_id=set_id,
        repetition=repetition,
        check=row["check"],
        measure=row["measure"],
        step=row["step"],
        result=row["result"],
        reason=row["reason"],
        value=row["value"],
        sd=row["sd"],
        sd_people=row["sd_people"],
        unit=row["unit"],
        low=row["limit"][0],
        high=row["limit"][1],
    )
