"""Score everyday lowering on rendered clips: a line for each, then how many kinds are right.

    uv run python bench/lowering.py FOLDER [--poses FOLDER]

FOLDER holds the clips that `bench/lowering/cases.json` describes, or others like them, with their truth files.
With ``--poses`` landmarks are kept there, `NAME.npz`, and used again.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from lunge.evaluation.synthetic import read_record, sidecar
from lunge.posefile import load_poses, save_poses
from lunge.records import Lowering
from lunge.session import Options, analysis_of, landmarks_from, landmarks_of


def lowerings_of(video: Path, kept: Path | None) -> list[Lowering]:
    """Return what is found in a clip."""
    options = Options(lowering=True)
    saved = None if kept is None else kept / f"{video.stem}.npz"
    if saved is not None and saved.exists():
        return list(analysis_of(landmarks_from(*load_poses(saved)), options).lowerings or ())
    landmarks = landmarks_of(video, options)
    analysis = analysis_of(landmarks, options)
    if saved is not None:
        saved.parent.mkdir(parents=True, exist_ok=True)
        save_poses(saved, landmarks.poses(), landmarks.source())
    return list(analysis.lowerings or ())


def scored(truth: dict[str, Any], found: list[Lowering]) -> list[str]:
    """Return what became of each true lowering, then of what was found too much."""
    out, left = [], list(found)
    for true in (r for r in truth["repetitions"] if "lowered" in r):
        mine = [low for low in left if true["start_s"] <= low.bottom_s <= true["end_s"]]
        how = true["lowered"]["how"]
        if not mine:
            out.append(f"{how} MISSED")
            continue
        left.remove(mine[0])
        said = "ok" if (mine[0].kind, mine[0].result) == (how, "seen") else f"AS {mine[0].kind} {mine[0].result}"
        leg = "" if mine[0].lead_leg in (true["front_leg"], None) else ", LEG"
        out.append(f"{how} {said}{leg}")
    return out + [f"EXTRA {low.kind} at {low.bottom_s:.1f} s" for low in left]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", type=Path)
    parser.add_argument("--poses", type=Path)
    given = parser.parse_args()
    every: list[str] = []
    for video in sorted(given.clips.glob("*.mp4")):
        truth = sidecar(video)
        if truth is None:
            continue
        said = scored(read_record(truth), lowerings_of(video, given.poses))
        print(f"{video.stem:24} {'; '.join(said)}")
        every += said
    true = [said for said in every if not said.startswith("EXTRA")]
    right = sum(" ok" in said for said in true)
    print(
        f"{right} of {len(true)} kinds right, {sum('MISSED' in s for s in true)} missed, {len(every) - len(true)} extra"
    )


if __name__ == "__main__":
    main()
