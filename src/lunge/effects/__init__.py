"""From judged repetitions and their series to what the exercise did inside.

Pure: it reads what `lunge.session.analyze` returns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lunge.effects.reading import HELD, held_lunge, own_squat, own_standing, within
from lunge.effects.rest import Rest, rest_of
from lunge.kinematics.body import Body
from lunge.mechanics.constants import constants
from lunge.mechanics.effects import Effect, Own, effects_of
from lunge.mechanics.lowered import Proportions
from lunge.poses import Poses
from lunge.records import Person, Repetition, Step
from lunge.signals import Signals

__all__ = ["Recording", "repetition_effects", "set_effects"]


@dataclass(frozen=True)
class Recording:
    """A judged recording.

    Attributes
    ----------
    poses : Poses
        As the network gave them.
    signals : Signals
        Of the same frames.
    step_names : tuple of str
        The step of each frame, ``standing`` in quiet standing.
    repetitions : tuple of Repetition
    body : Body or None
        None where quiet standing was never seen.
    """

    poses: Poses
    signals: Signals
    step_names: tuple[str, ...]
    repetitions: tuple[Repetition, ...]
    body: Body | None


def set_effects(recording: Recording, person: Person) -> tuple[tuple[Effect, ...], ...]:
    """Return the effects of every repetition of a recording."""
    if not recording.repetitions:
        return ()
    own = _own(recording, person)
    standing = np.array(recording.step_names) == "standing"
    rest = None if recording.body is None else rest_of(recording.poses, recording.body, standing, person.height_m)
    quiet = standing & (recording.signals.time_s < recording.repetitions[0].start_s)
    return tuple(
        tuple(
            repetition_effects(
                recording.signals, one, replace(own, standing=own_standing(recording.signals, quiet, one)), rest
            )
        )
        for one in recording.repetitions
    )


def repetition_effects(
    signals: Signals, repetition: Repetition, own: Own | None = None, rest: Rest | None = None
) -> list[Effect]:
    """Return the effects of the lunge of a repetition, each with its interval or why it is not judged.

    Parameters
    ----------
    signals : Signals
        Of the whole clip.
    repetition : Repetition
    own : Own, optional
        What is known of the person. The squat of the repetition itself goes before the one in it.
    rest : Rest, optional
        When the body rests; without it, in holds that are long enough.

    Returns
    -------
    list of Effect
        Empty where the repetition has no lunge.
    """
    step = repetition.step(HELD)
    if step is None:
        return []
    own = own or Own()
    inside = within(signals, step)
    still, noisy = _at_rest(step, rest)
    frames = inside if rest is None or not still else inside & rest.slow_at(signals.time_s)
    seen = held_lunge(signals, frames, repetition.view.kind)
    squatted = own_squat(signals, repetition) or own.squat
    return effects_of(seen.posture, seen.sd, still, replace(own, squat=squatted), noisy)


def _at_rest(step: Step, rest: Rest | None) -> tuple[bool, bool]:
    """Return whether the body rests in a step for long enough, and whether the picture is too noisy to tell."""
    c = constants().rest
    if rest is None:
        return step.duration_s >= c.least_hold_s, False
    if rest.is_noisy:
        return False, True
    return rest.slow_s(step.start_s, step.end_s) >= c.least_slow_s, False


def _own(recording: Recording, person: Person) -> Own:
    body = recording.body
    own = None if body is None else Proportions(body.thigh_heights, body.shank_heights, body.trunk_heights)
    known = own is not None and bool(np.isfinite([own.thigh_share, own.shank_share, own.trunk_share]).all())
    return Own(
        stoop_deg=person.stoop_deg,
        proportions=own if known else None,
        height_m=person.height_m,
        mass_kg=person.mass_kg,
    )
