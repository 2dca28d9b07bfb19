"""Score every clip that has truth or labels beside it: a line for each, then the figures of the rendered ones.

    uv run python bench/clips.py ../shared/data [--model full] [--poses FOLDER]

DATA holds `synthetic/` and `clips/`. With ``--poses`` landmarks are kept there, `synthetic/NAME.npz` and
`clips/NAME.npz`, and used again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from lunge.evaluation.run import score_dataset
from lunge.evaluation.scoring import ClipScore
from lunge.evaluation.summary import figures
from lunge.posefile import save_poses
from lunge.session import Options, landmarks_of
from lunge.terminal import show_figures

MAYBE_NOBODY = "rendered_"
"""The drawn clips may be refused as showing nobody."""


def keep(videos: Path, kept: Path, options: Options) -> None:
    """Save the landmarks of every video that has none yet."""
    kept.mkdir(parents=True, exist_ok=True)
    for video in sorted(videos.glob("*.mp4")):
        if not (kept / f"{video.stem}.npz").exists():
            landmarks = landmarks_of(video, options)
            list(landmarks.blocks())
            save_poses(kept / f"{video.stem}.npz", landmarks.poses(), landmarks.source())


def cell(score: ClipScore) -> str:
    """Return what came of a clip in a few words."""
    if score.error:
        return f"refused: {score.error}"
    if score.found_count != score.truth_count:
        return f"COUNT {score.found_count} of {score.truth_count}"
    wrong = [i + 1 for i, r in enumerate(score.repetitions) if r.leg_right is False or r.variant_right is False]
    missed = [i + 1 for i, r in enumerate(score.repetitions) if not r.found]
    bottoms = " ".join(
        f"{r.bottom_s:+.2f} s" for r in score.repetitions if r.bottom_s is not None and not r.boundaries_s
    )
    said = f"LEG OR VARIANT of {wrong}" if wrong else f"MISSED {missed}" if missed else "exact"
    return f"{said} {bottoms}".strip()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", default="full")
    parser.add_argument("--poses", type=Path)
    given = parser.parse_args()
    options, wrong = Options(model=given.model), 0
    for folder in ("synthetic", "clips"):
        kept = None if given.poses is None else given.poses / folder
        if kept is not None:
            keep(given.data / folder, kept, options)
        scores = score_dataset(given.data / folder, options, kept)
        for score in scores:
            said = cell(score)
            print(f"{score.name:36} {said}")
            refused = score.error and (not score.truth_count or score.name.startswith(MAYBE_NOBODY))
            wrong += not said.startswith("exact") and not refused
        if folder == "synthetic":
            show_figures(figures(scores))
    print(f"{wrong} clips are not as labelled")


if __name__ == "__main__":
    main()
