"""Compare muscle lengths and moment arms over a whole clip with OpenSim's, and how long both take for the same task.

    lunge analyze CLIP.mp4 --no-report --signals CLIP.csv
    python bench/against_opensim.py MODEL.osim CLIP.csv [--frames N]

Needs OpenSim (`opensim` on PyPI) beside numpy. MODEL is the model that the polynomials were fitted to, or one with the
same muscle paths. The task: both legs, all muscles, lengths and the arms about the joints that each crosses, for every
frame.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import opensim

from lunge.mechanics.muscles import JOINTS, LegAngles, lengths_mm, moment_arms_mm, muscle_model
from lunge.mechanics.postures import Posture
from lunge.mechanics.statics import loads

LEGS = ("l", "r")
SIDES = {"l": "left", "r": "right"}
COORDINATES = {"hip": "hip_flexion", "knee": "knee_angle", "ankle": "ankle_angle"}
LEAN_SHARE = 0.4
"""Of the trunk's lean, made by the pelvis: any angles will do, if both get the same."""

MM_PER_M = 1000.0
ROUNDS = 20
LONG_FRAMES = 1800
"""60 s at 30 frames a second."""


def leg_angles(path: Path) -> dict[str, np.ndarray]:
    """Return hip, knee and ankle (T, 3) of each leg in the frames in which all are known, degrees."""
    with path.open(encoding="utf-8") as lines:
        names = lines.readline().strip().split(",")
        table = np.genfromtxt(lines, delimiter=",")
    column = {name: table[:, i] for i, name in enumerate(names)}
    found = {}
    for leg, side in SIDES.items():
        hip = LEAN_SHARE * column["trunk_forward_deg"] + column[f"{side}_thigh_forward_deg"]
        found[leg] = np.stack([hip, column[f"{side}_knee_flexion_deg"], column[f"{side}_shank_forward_deg"]], axis=1)
    known = np.isfinite(np.concatenate(list(found.values()), axis=1)).all(axis=1)
    lowest, highest = (-35.0, 0.0, -30.0), (120.0, 130.0, 35.0)
    return {leg: np.clip(angles[known], lowest, highest) for leg, angles in found.items()}


class Reference:
    """OpenSim's model of both legs."""

    def __init__(self, path: Path) -> None:
        self.model = opensim.Model(str(path))
        self.state = self.model.initSystem()
        known = self.model.getCoordinateSet()
        self.joints = {(j, leg): known.get(f"{name}_{leg}") for j, name in COORDINATES.items() for leg in LEGS}
        self.followers = self._followers()
        every = self.model.getMuscles()
        self.muscles = {(m.name, leg): every.get(f"{m.name}_{leg}") for m in muscle_model().muscles for leg in LEGS}

    def _followers(self) -> list[tuple[opensim.Coordinate, opensim.Coordinate, opensim.Function]]:
        """Return the kneecaps, each with the knee that it follows and how: setting them spares a search each frame."""
        constraints, known, out = self.model.getConstraintSet(), self.model.getCoordinateSet(), []
        for i in range(constraints.getSize()):
            coupler = opensim.CoordinateCouplerConstraint.safeDownCast(constraints.get(i))
            if coupler is not None:
                leader = coupler.getIndependentCoordinateNames().get(0)
                follower = coupler.getDependentCoordinateName()
                out.append((known.get(follower), known.get(leader), coupler.getFunction()))
        return out

    def at(self, angles: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Return lengths (2, M) and arms (2, 3, M) of one frame, millimetres; arms that are nothing are NaN."""
        for leg in LEGS:
            for j, value in zip(JOINTS, np.radians(angles[leg]), strict=True):
                self.joints[j, leg].setValue(self.state, float(value), False)
        for follower, leader, function in self.followers:
            value = function.calcValue(opensim.Vector(1, leader.getValue(self.state)))
            follower.setValue(self.state, value, False)
        self.model.realizePosition(self.state)
        muscles = muscle_model().muscles
        lengths = np.array([[self.muscles[m.name, leg].getLength(self.state) for m in muscles] for leg in LEGS])
        arms = np.full((len(LEGS), len(JOINTS), len(muscles)), np.nan)
        for (i, leg), (k, m) in ((a, b) for a in enumerate(LEGS) for b in enumerate(muscles)):
            for joint in m.joints:
                muscle, about = self.muscles[m.name, leg], self.joints[joint, leg]
                arms[i, JOINTS.index(joint), k] = muscle.computeMomentArm(self.state, about)
        return MM_PER_M * lengths, MM_PER_M * arms


def ours(angles: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return lengths (T, 2, M) and arms (T, 2, 3, M) of all frames, millimetres."""
    both = LegAngles(*np.stack([angles[leg] for leg in LEGS], axis=1).transpose(2, 0, 1))
    return lengths_mm(both), moment_arms_mm(both)


def median_s(what: object, rounds: int = ROUNDS) -> tuple[float, float]:
    """Return how long something takes at best and in the middle, seconds."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        what()  # type: ignore[operator]
        took.append(time.perf_counter() - start)
    return min(took), float(np.median(took))


def compare(angles: dict[str, np.ndarray], path: Path) -> None:
    """Print how far the muscles differ, and how long both took."""
    reference, count = Reference(path), len(angles["l"])
    start = time.perf_counter()
    rows = [reference.at({leg: angles[leg][t] for leg in LEGS}) for t in range(count)]
    theirs_s = time.perf_counter() - start
    true_lengths, true_arms = (np.stack(part) for part in zip(*rows, strict=True))
    best, middle = median_s(lambda: ours(angles))
    lengths, arms = ours(angles)
    print(f"{count} frames; muscle: largest error of length, % of its range and mm; arms, rms, mm")
    for k, name in enumerate(muscle_model().names):
        worst = np.abs(lengths[..., k] - true_lengths[..., k]).max()
        spread = np.ptp(true_lengths[..., k])
        crossed = [(j, JOINTS.index(j)) for j in muscle_model().muscles[k].joints]
        off = arms[..., k] - true_arms[..., k]
        known = "  ".join(f"{joint} {np.sqrt(np.mean(off[..., j] ** 2)):.2f}" for joint, j in crossed)
        print(f"{name:12s} {100 * worst / spread:6.2f} %  {worst:6.2f} mm   {known}")
    print(
        f"OpenSim {opensim.GetVersion()}: {theirs_s:.2f} s; we {1000 * best:.1f} ms at best, {1000 * middle:.1f} in the"
    )
    print(f"the middle of {ROUNDS}: {theirs_s / best:.0f} times, {theirs_s / middle:.0f} times as fast")


def take_time() -> None:
    """Print how long 60 s at 30 frames a second take, with and without moments."""
    rng = np.random.default_rng(1)
    long = {leg: rng.uniform((-20, 0, -20), (100, 110, 30), (LONG_FRAMES, 3)) for leg in LEGS}
    lean, front, shank, back, knee = rng.uniform((0, 0, 0, 0, 60), (20, 60, 20, 20, 100), (LONG_FRAMES, 5)).T
    posture = Posture(lean, front, shank, back, knee)
    for name, what in (
        ("lengths and arms", lambda: ours(long)),
        ("with moments", lambda: (ours(long), loads(posture))),
    ):
        best, middle = median_s(what)
        print(f"60 s at 30 frames, both legs, {name}: {1000 * best:.1f} ms at best, {1000 * middle:.1f} in the middle")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("model", type=Path)
    ask.add_argument("signals", type=Path)
    ask.add_argument("--frames", type=int, help="only so many, evenly spread")
    asked = ask.parse_args()
    found = leg_angles(asked.signals)
    if asked.frames is not None:
        chosen = np.linspace(0, len(found["l"]) - 1, asked.frames).round().astype(int)
        found = {leg: angles[chosen] for leg, angles in found.items()}
    compare(found, asked.model)
    take_time()
