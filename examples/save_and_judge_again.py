"""Watch a video once, keep its landmarks, and judge them again with a longer hold.

python examples/save_and_judge_again.py clip.mp4 landmarks.npz
"""

from __future__ import annotations

import sys
from pathlib import Path

import lunge
from lunge.session import analysis_of, landmarks_of


def main(video: str, kept: str) -> None:
    options = lunge.Options()
    landmarks = landmarks_of(Path(video), options)
    first = analysis_of(landmarks, options)
    lunge.save_poses(Path(kept), landmarks.poses(), landmarks.source())
    again = lunge.analyze(kept, lunge.Options(hold_s=3.0))
    for name, analysis in (("1 s", first), ("3 s", again)):
        results = [f.result for r in analysis.repetitions for f in r.findings if f.check == "lunge_hold"]
        print(f"asked to hold for {name}: {', '.join(results)}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
