"""From a judged repetition and its series to what the exercise did inside.

Pure: it reads what `lunge.session.analyze` returns.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from lunge.mechanics.constants import constants
from lunge.mechanics.effects import Effect, LungePosture, effects_of
from lunge.records import Repetition
from lunge.signals import Signals

HELD: Final = "lunge"
SERIES: Final = {
    "trunk_forward_deg": "trunk_forward_deg",
    "front_thigh_above_horizontal_deg": "front_thigh_above_horizontal_deg",
    "front_shank_forward_deg": "front_shank_forward_deg",
    "rear_thigh_back_deg": "rear_thigh_from_vertical_deg",
    "rear_knee_flexion_deg": "rear_knee_flexion_deg",
}


def repetition_effects(signals: Signals, repetition: Repetition, stoop_deg: float | None = None) -> list[Effect]:
    """Return the effects of the lunge of a repetition, each with its interval or why it is not judged.

    Parameters
    ----------
    signals : Signals
        Of the whole clip.
    repetition : Repetition
    stoop_deg : float, optional
        How far the person's own trunk leans in a stoop, degrees.

    Returns
    -------
    list of Effect
        Empty where the repetition has no lunge.
    """
    step = repetition.step(HELD)
    if step is None:
        return []
    inside = (signals.time_s >= step.start_s) & (signals.time_s <= step.end_s)
    values = {name: _mean(signals.values[of][inside]) for name, of in SERIES.items()}
    # Errors within one hold belong together: their mean is as uncertain as one frame.
    sds = {name: _mean(signals.sds[of][inside]) for name, of in SERIES.items()}
    c = constants().effects
    sd = LungePosture(**sds, pelvis_forward_deg=c.pelvis_sd_deg)
    return effects_of(LungePosture(**values), sd, step.duration_s >= c.least_hold_s, stoop_deg)


def _mean(series: np.ndarray) -> float:
    seen = series[np.isfinite(series)]
    return float(seen.mean()) if seen.size else float("nan")
