"""Analyse every clip that has truth or labels beside it, and print one table.

    uv run python bench/clips.py ../shared/data [--model full] [--poses FOLDER] [--verbose]

With ``--poses`` the landmarks are kept in that folder and used again.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from lunge.errors import LungeError
from lunge.posefile import save_poses
from lunge.records import Analysis
from lunge.session import Options, analysis_of, analyze, landmarks_of
from scoring import Score, add_clip, table, truth_of


def analysis(video: Path, options: Options, poses: Path | None) -> Analysis:
    """Return the analysis of a clip, from kept landmarks where there are some."""
    if poses is None:
        return analysis_of(landmarks_of(video, options), options)
    kept = poses / f"{video.parent.name}-{video.stem}-{options.model}.npz"
    if not kept.exists():
        poses.mkdir(parents=True, exist_ok=True)
        landmarks = landmarks_of(video, options)
        found = analysis_of(landmarks, options)
        save_poses(kept, landmarks.poses(), landmarks.source())
        return found
    return analyze(kept, options)


def rendered(folder: Path, options: Options, poses: Path | None, score: Score) -> int:
    """Print the cells of rendered clips; return how many are not exact."""
    wrong = 0
    for video in sorted(folder.glob("*.mp4")):
        found = analysis(video, options, poses)
        cell = add_clip(score, found, truth_of(video), video.stem)
        wrong += cell != "exact"
        others = ", ".join(sorted({m.kind for m in found.other_movements}))
        print(f"{video.stem:32} {cell:30} {others}")
    return wrong


def real(folder: Path, options: Options, poses: Path | None) -> int:
    """Print the cells of hand-labelled clips; return how many have another count than labelled."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["clips"]
    wrong = 0
    for name, label in labels.items():
        try:
            found = analysis(folder / name, options, poses)
        except LungeError as error:
            wrong += bool(label["reverse_lunges"]) and not name.startswith("rendered_")
            print(f"{name:36} refused: {error.message}")
            continue
        complete = [r for r in found.repetitions if r.complete]
        ok = len(complete) == label["reverse_lunges"]
        wrong += not ok
        cell = "exact" if ok else f"COUNT {len(complete)} of {label['reverse_lunges']}"
        print(f"{name:36} {cell:14} {_bottoms(found, label)} {sorted({m.kind for m in found.other_movements})}")
    return wrong


def _bottoms(found: Analysis, label: dict) -> str:  # type: ignore[type-arg]
    wanted = [r["bottom_s"] for r in label.get("reps") or []] if label["reverse_lunges"] else []
    pairs = zip(found.repetitions, wanted, strict=False)
    return " ".join(f"{r.stepping_leg} {r.bottom_s - w:+.2f} s" for r, w in pairs)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", default="full")
    parser.add_argument("--poses", type=Path)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    options, score = Options(model=given.model), Score()
    wrong = rendered(given.data / "synthetic", options, given.poses, score)
    print(*table(score), sep="\n")
    if given.verbose:
        print(*score.misses, sep="\n")
    wrong += real(given.data / "clips", options, given.poses)
    print(f"{wrong} clips are not as labelled")


if __name__ == "__main__":
    main()
