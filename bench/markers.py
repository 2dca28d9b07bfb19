"""Split squats of motion capture, seen by virtual cameras: counted, never as reverse lunges, and judged.

    uv run python bench/markers.py FILE

FILE holds trials as `lunge.evaluation.trials` reads them. Prints, by view, how many trials have one repetition and how
many were taken for a reverse lunge; then how far the share of failed checks, side and front together, tells
incorrect from correct trials, and how often each check fails in both.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from lunge.evaluation.camera import Viewpoint
from lunge.evaluation.separation import Key, answers, auc, auc_interval, failed_share
from lunge.evaluation.trials import Trial, poses_of, trials
from lunge.exercises import load
from lunge.judging import judged
from lunge.measuring import measured
from lunge.records import Repetition, Result, Target

YAWS_DEG = (0.0, 30.0, 45.0, 60.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0)
JUDGED_FROM_DEG = (90.0, 0.0)
NOISE = 1
"""Seed of the landmark noise; each trial and view draws its own."""

MORE_NOISE = (2, 3, 4)
"""Other draws, for how far the figure depends on chance."""


def seed_of(noise: int | None, trial: int, azimuth_deg: float) -> int | None:
    return None if noise is None else 1_000_000 * noise + 1000 * trial + int(azimuth_deg)


def repetitions(trial: Trial, azimuth_deg: float, exercise: str, seed: int | None) -> tuple[Repetition, ...]:
    poses = poses_of(trial, Viewpoint(azimuth_deg), seed)
    return judged(measured(poses), load(exercise), Target()).repetitions


def count(everything: list[Trial]) -> None:
    """Print counts by view."""
    print(f"{'view':>6} {'no split squat':>15} {'one':>5} {'more':>5} {'reverse lunges':>15}")
    totals: Counter[str] = Counter()
    for azimuth in YAWS_DEG:
        row: Counter[str] = Counter()
        for i, trial in enumerate(everything):
            seed = seed_of(NOISE, i, azimuth)
            found = len(repetitions(trial, azimuth, "split_squat", seed))
            row["none" if found == 0 else "one" if found == 1 else "more"] += 1
            row["false"] += len(repetitions(trial, azimuth, "reverse_lunge", seed))
        totals += row
        print(f"{azimuth:6.0f} {row['none']:15} {row['one']:5} {row['more']:5} {row['false']:15}")
    print(f"{'all':>6} {totals['none']:15} {totals['one']:5} {totals['more']:5} {totals['false']:15}")


def said_of(everything: list[Trial], noise: int | None) -> list[dict[Key, Result]]:
    """Return what side and front together say of each trial."""
    return [
        answers(repetitions(t, azimuth, "split_squat", seed_of(noise, i, azimuth)) for azimuth in JUDGED_FROM_DEG)
        for i, t in enumerate(everything)
    ]


def separate(everything: list[Trial]) -> None:
    """Print the area under the curve, all together, by person and for other draws of the noise."""
    said = said_of(everything, NOISE)
    shares = np.array([failed_share(a.values()) for a in said])
    faulty = np.array([not t.correct for t in everything])
    people = [t.subject for t in everything]
    low, high = auc_interval(shares, faulty.astype(float), people)
    print(f"\nAUC {auc(shares[faulty], shares[~faulty]):.3f}, 95 % over people {low:.3f} to {high:.3f},", end=" ")
    print(f"{len(everything)} trials, {int(np.isnan(shares).sum())} not judged")
    for person in sorted(set(people)):
        mine = np.array([p == person for p in people])
        own = auc(shares[mine & faulty], shares[mine & ~faulty])
        means = np.nanmean(shares[mine & ~faulty]), np.nanmean(shares[mine & faulty])
        print(f"  {person}: AUC {own:.2f}, failed of correct {means[0]:.2f}, of incorrect {means[1]:.2f}")
    draws = [shares] + [np.array([failed_share(a.values()) for a in said_of(everything, n)]) for n in MORE_NOISE]
    areas = [auc(s[faulty], s[~faulty]) for s in draws]
    print(f"  by draw of the noise: {', '.join(f'{a:.3f}' for a in areas)}; mean {np.mean(areas):.3f}")
    exact = np.array([failed_share(a.values()) for a in said_of(everything, None)])
    print(f"  without noise: {auc(exact[faulty], exact[~faulty]):.3f}")
    by_check(everything, said)


def by_check(everything: list[Trial], said: list[dict[Key, Result]]) -> None:
    """Print how often each check failed."""
    rows: dict[Key, Counter[str]] = defaultdict(Counter)
    for trial, found in zip(everything, said, strict=True):
        for key, result in found.items():
            rows[key]["good_" + result if trial.correct else "bad_" + result] += 1
    print(f"{'check':24}{'step':20}{'measure':36}{'correct failed':>15}{'incorrect failed':>18}")
    for (check, measure, step), c in sorted(rows.items()):
        cells = (f"{c[f'{g}_fail']}/{c[f'{g}_fail'] + c[f'{g}_pass']}" for g in ("good", "bad"))
        print(f"{check:24}{step:20}{measure:36}{next(cells):>15}{next(cells):>18}")


def main() -> None:
    everything = list(trials(Path(sys.argv[1])))
    separate(everything)
    count(everything)


if __name__ == "__main__":
    main()
