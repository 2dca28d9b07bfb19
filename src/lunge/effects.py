"""What each repetition's held lunge does, from an analysis' own series."""

from __future__ import annotations

import warnings
from dataclasses import fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lunge.mechanics.effects import HeldEffects, HeldLunge, held_effects
from lunge.records import Repetition
from lunge.signals import Signals

VIEW: Final = "side"
"""The model is one of the side view; elsewhere it says nothing."""

SERIES: Final = {
    "trunk_forward_deg": "trunk_forward_deg",
    "front_thigh_above_horizontal_deg": "front_thigh_above_horizontal_deg",
    "front_shank_forward_deg": "front_shank_forward_deg",
    "rear_thigh_back_deg": "rear_thigh_from_vertical_deg",
    "rear_knee_flexion_deg": "rear_knee_flexion_deg",
}


def effects_of(repetition: Repetition, signals: Signals) -> HeldEffects | None:
    """Return what a repetition's held lunge does.

    Parameters
    ----------
    repetition : Repetition
    signals : Signals
        Of the whole recording, with the series of the front and rear leg.

    Returns
    -------
    HeldEffects or None
        None where the lunge was not held, was not seen from the side, or an angle was not seen: a
        body that moves carries more than the model says.
    """
    held = repetition.step("lunge")
    if held is None or held.end_s <= held.start_s or repetition.view.kind != VIEW or repetition.stepping_leg is None:
        return None
    inside = (signals.time_s >= held.start_s) & (signals.time_s <= held.end_s)
    values, sds = (
        HeldLunge(*(_middle(table.get(SERIES[f.name]), inside) for f in fields(HeldLunge)))
        for table in (signals.values, signals.sds)
    )
    return held_effects(values, sds)


def _middle(series: NDArray[np.float64] | None, inside: NDArray[np.bool_]) -> float:
    if series is None or not inside.any():
        return float("nan")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return float(np.nanmedian(series[inside]))
