"""Whether the 95 % intervals of all effects hold 95 of 100 bodies, over random lunges.

    uv run python bench/intervals.py [--lunges N] [--bodies N]

Bodies that may be behind what was seen are drawn angle by angle, with another seed and another way of drawing than the
program's. Of all that no picture shows the worst case counts, whichever it is.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import replace

import numpy as np

from lunge.mechanics.cases import ANGLES, Case, usual_case
from lunge.mechanics.constants import constants
from lunge.mechanics.effects import Effect, Own, Seen, effects_of
from lunge.mechanics.lowered import modelled_stoop_deg, squat
from lunge.mechanics.measures import ROWS, Row, measures_of, model_sd_share
from lunge.mechanics.postures import Posture

SIX = Posture(6.0, 6.0, 6.0, 6.0, 6.0, pelvis_forward_deg=8.0)
STANDING = Seen(Posture(2.0, 88.0, 2.0, -1.0, 6.0, 0.0), Posture(3.0, 3.0, 3.0, 3.0, 3.0))
OWN = {"own": Own(STANDING, Seen(squat(40.0, 14.0, 30.0), SIX), 70.0), "modelled": Own()}
LOWEST_DEG = (0.0, -5.0, -5.0, -5.0, 75.0)
HIGHEST_DEG = (25.0, 25.0, 15.0, 20.0, 100.0)

Error = dict[str, np.ndarray]


def moved(seen: Seen, errors: Error, follow: np.random.Generator | None) -> Posture:
    """Return a posture with random errors (N,) of its angles.

    Parameters
    ----------
    seen : Seen
    errors : dict of str to array (N,)
        Standard normal, of the lunge.
    follow : Generator, optional
        For another posture than the lunge: its errors go along with those of the lunge as far as was measured.
    """
    alike = dict(zip(ANGLES, constants().effects.alike_share, strict=True)) | {"pelvis_forward_deg": 0.0}
    out = {}
    for name, share in alike.items():
        error = errors[name]
        if follow is not None:
            error = share * error + np.sqrt(1 - share**2) * follow.standard_normal(len(error))
        out[name] = getattr(seen.posture, name) + getattr(seen.sd, name) * error
    return replace(seen.posture, **out)


def bodies(seen: Seen, own: Own, count: int, seed: int) -> Case:
    """Return bodies (N,) that may be behind what was seen."""
    rng = np.random.default_rng(seed)
    errors = {name: rng.standard_normal(count) for name in (*ANGLES, "pelvis_forward_deg")}
    usual = usual_case(seen, own)
    hold, standing, down = moved(seen, errors, None), usual.standing, usual.squat
    stoop = modelled_stoop_deg(hold, own.proportions)
    if own.standing is not None:
        standing = moved(own.standing, errors, rng)
        standing = replace(standing, rear_knee_flexion_deg=np.maximum(standing.rear_knee_flexion_deg, 0.0))
    if own.squat is not None:
        found = moved(own.squat, errors, rng)
        down = squat(found.trunk_forward_deg, found.front_thigh_above_horizontal_deg, found.front_shank_forward_deg)
        down = replace(down, pelvis_forward_deg=found.pelvis_forward_deg)
    if own.stoop_deg is not None:
        lean = Seen(replace(seen.posture, trunk_forward_deg=own.stoop_deg), seen.sd)
        stoop = np.asarray(moved(lean, errors, rng).trunk_forward_deg)
    model = rng.standard_normal(count)
    return replace(usual, hold=hold, standing=standing, squat=down, stoop_deg=stoop, model_draws=model)


def worst_share(row: Row, effect: Effect, case: Case) -> float:
    """Return how many bodies are inside the interval, of all that no picture shows in the worst case."""
    inside = []
    for measure in measures_of(row):
        values = case.with_model_error(model_sd_share(row), measure(case))
        within = (values >= effect.low) & (values <= effect.high)
        inside.append(float(within[np.isfinite(values)].mean()))
    return min(inside)


def main() -> None:
    """Print the mean, the lowest and the highest share of each effect."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lunges", type=int, default=20)
    parser.add_argument("--bodies", type=int, default=4000)
    given = parser.parse_args()
    lunges = np.random.default_rng(5).uniform(LOWEST_DEG, HIGHEST_DEG, (given.lunges, len(LOWEST_DEG)))
    shares = defaultdict(list)
    for kind, own in OWN.items():
        for i, angles in enumerate(lunges):
            seen = Seen(Posture(*angles), SIX)
            effects = {e.name: e for e in effects_of(seen.posture, seen.sd, still=True, own=own)}
            case = bodies(seen, own, given.bodies, 1000 + i)
            for row in (r for r in ROWS if effects[r.name].value is not None):
                shares[row.name, kind].append(worst_share(row, effects[row.name], case))
    print(f"{given.lunges} lunges, {given.bodies} bodies each; % inside: mean, lowest, highest")
    for (name, kind), found in sorted(shares.items()):
        print(f"{name:22s} {kind:9s} {100 * np.mean(found):5.1f}  {100 * min(found):5.1f}  {100 * max(found):5.1f}")


if __name__ == "__main__":
    main()
