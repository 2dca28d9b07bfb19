"""A held lunge with what it is compared with: as it was seen, and as it may be within the errors of its angles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lunge.mechanics.constants import constants
from lunge.mechanics.intervals import normal_draws
from lunge.mechanics.lowered import Proportions, balances, modelled_stoop_deg, squat, usual_squat
from lunge.mechanics.postures import Posture, standing_posture
from lunge.mechanics.statics import usual_rule

Floats = NDArray[np.float64]

ANGLES: Final = (
    *("trunk_forward_deg", "front_thigh_above_horizontal_deg", "front_shank_forward_deg"),
    *("rear_thigh_back_deg", "rear_knee_flexion_deg"),
)
"""What a camera sees of a posture, in the order of their draws; the pelvis stands behind them."""

POSTURES: Final = ("hold", "standing", "squat")
COLUMNS: Final = len(POSTURES) * (len(ANGLES) + 1) + 2
"""Draws of each angle of each posture, of the own stoop, and of the model."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A posture that was seen: means over a time, and their standard deviations; degrees."""

    posture: Posture
    sd: Posture


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of the person; the model's own stands in for what is None.

    Attributes
    ----------
    standing : Seen, optional
        Quiet standing before the first repetition.
    squat : Seen, optional
        As `lunge.mechanics.lowered.squat` makes it.
    stoop_deg : float, optional
        How far the trunk leans in a stoop of theirs.
    proportions : Proportions, optional
    height_m, mass_kg : float, optional
        The height scales lengths and loads, the mass turns loads a kilogram into loads.
    """

    standing: Seen | None = None
    squat: Seen | None = None
    stoop_deg: float | None = None
    proportions: Proportions | None = None
    height_m: float | None = None
    mass_kg: float | None = None

    @property
    def size(self) -> float:
        """The person's height as a multiple of the model's; 1 where it is not known."""
        return 1.0 if self.height_m is None else self.height_m / constants().geometry.model_height_m


@dataclass(frozen=True)
class Case:
    """A lunge and what it is compared with; numbers, or arrays (N,) of draws.

    Attributes
    ----------
    hold, standing, squat : Posture
    stoop_deg : array
    own_standing, own_squat, own_stoop : bool
        Whether they were seen, and are not the model's.
    size : float
        As in `Own`.
    model_draws : array (N,) or None
        Standard normal: how wrong the model is.
    """

    hold: Posture
    standing: Posture
    squat: Posture
    stoop_deg: Floats
    own_standing: bool
    own_squat: bool
    own_stoop: bool
    size: float
    model_draws: Floats | None = None
    _found: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, key: Any, find: Callable[[], Any]) -> Any:
        """Return what `find` gives, found only once for a key: several effects read the same loads."""
        if key not in self._found:
            self._found[key] = find()
        return self._found[key]

    def stoop_is_shallow(self) -> bool:
        """Return whether the stoop is none to compare with; False where it is not known."""
        return bool(self.stoop_deg < constants().effects.stoop_least_deg)

    def with_model_error(self, share: float, values: Floats) -> Floats:
        """Return changes (R, N) with the error of the model, a share of them."""
        if self.model_draws is None:
            raise ValueError("with_model_error: expected a drawn case, got a usual one")
        return values * (1.0 + share * self.model_draws)


def usual_case(seen: Seen, own: Own) -> Case:
    """Return the case of the means."""
    own = _usable(own)
    standing = standing_posture() if own.standing is None else own.standing.posture
    squatted = usual_squat() if own.squat is None else own.squat.posture
    return _case(seen.posture, standing, squatted, own.stoop_deg, own)


def drawn_case(seen: Seen, own: Own) -> Case:
    """Return draws of the case within the errors of its angles.

    The camera, the clothes and the network err alike in all postures of a person. So the error of an angle in standing,
    in the squat and in a stoop goes along with that in the lunge, by a correlation that was measured (`mechanics.toml`,
    *alike_share*).
    """
    z, own = normal_draws(COLUMNS), _usable(own)
    parts = dict(zip(POSTURES, np.split(z[:, :-2], len(POSTURES), axis=1), strict=True))
    alike = np.array([*constants().effects.alike_share, 0.0])
    apart = np.sqrt(1.0 - alike**2)
    hold = _drawn(seen, parts["hold"])
    standing, squatted, stoop = standing_posture(), usual_squat(), own.stoop_deg
    if own.standing is not None:
        standing = _unbent(_drawn(own.standing, alike * parts["hold"] + apart * parts["standing"]))
    if own.squat is not None:
        found = _drawn(own.squat, alike * parts["hold"] + apart * parts["squat"])
        legs = squat(found.trunk_forward_deg, found.front_thigh_above_horizontal_deg, found.front_shank_forward_deg)
        squatted = replace(legs, pelvis_forward_deg=found.pelvis_forward_deg)
    if own.stoop_deg is not None:
        stoop = own.stoop_deg + float(np.asarray(seen.sd.trunk_forward_deg)) * (
            alike[0] * z[:, 0] + apart[0] * z[:, -2]
        )
    return replace(_case(hold, standing, squatted, stoop, own), model_draws=z[:, -1])


def _case(hold: Posture, standing: Posture, squatted: Posture, stoop: ArrayLike | None, own: Own) -> Case:
    stoop_deg = modelled_stoop_deg(hold, own.proportions) if stoop is None else np.asarray(stoop, float)
    seen = (own.standing is not None, own.squat is not None, stoop is not None)
    return Case(hold, standing, squatted, stoop_deg, *seen, own.size)


def _usable(own: Own) -> Own:
    """Return what says something: a stoop that is one, and a squat in which somebody can balance."""
    stoops = own.stoop_deg is not None and own.stoop_deg >= constants().effects.stoop_least_deg
    squats = own.squat is not None and balances(own.squat.posture, usual_rule().pelvis_lean_share)
    return replace(own, stoop_deg=own.stoop_deg if stoops else None, squat=own.squat if squats else None)


def _drawn(seen: Seen, z: Floats) -> Posture:
    """Return draws (N,) of a posture from standard normal ones (N, 6)."""
    names = (*ANGLES, "pelvis_forward_deg")
    errors = {name: np.asarray(getattr(seen.sd, name), float) * z[:, i] for i, name in enumerate(names)}
    return replace(seen.posture, **{name: getattr(seen.posture, name) + error for name, error in errors.items()})


def _unbent(standing: Posture) -> Posture:
    """Return standing postures whose knees are not bent backwards, as no knee is."""
    forward = 90.0 - np.asarray(standing.front_thigh_above_horizontal_deg)
    return replace(
        standing,
        front_shank_forward_deg=np.maximum(standing.front_shank_forward_deg, -forward),
        rear_knee_flexion_deg=np.maximum(standing.rear_knee_flexion_deg, 0.0),
    )
