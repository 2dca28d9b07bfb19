"""Sets as data points of Open mHealth: ``omh:physical-activity:1.2``, one for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid5

from lunge.storage.done import SetFigures
from lunge.storage.fhir import SPACE
from lunge.storage.instants import local

SCHEMA_ID: Final = {"namespace": "omh", "name": "physical-activity", "version": "1.2"}


def data_points(sets: Sequence[SetFigures]) -> list[dict[str, Any]]:
    """Return the data points; a set is kept at its end, and lasts as long as its recording."""
    return [_data_point(one) for one in sets]


def _data_point(one: SetFigures) -> dict[str, Any]:
    end = local(one.at, one.zone).isoformat(timespec="seconds")
    interval = {"end_date_time": end, "duration": {"value": one.duration_s, "unit": "sec"}}
    return {
        "header": {
            "id": str(uuid5(SPACE, f"{one.set_id}/omh")),
            "creation_date_time": end,
            "schema_id": SCHEMA_ID,
            "acquisition_provenance": {"source_name": "lunge", "modality": "sensed"},
        },
        "body": {"activity_name": "reverse lunge", "effective_time_frame": {"time_interval": interval}},
    }
