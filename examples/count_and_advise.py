"""Print what was done in a video, and the first piece of advice for each repetition.

python examples/count_and_advise.py clip.mp4
"""

from __future__ import annotations

import sys

import lunge


def main(path: str) -> None:
    analysis = lunge.analyze(path)
    print(f"{len(analysis.repetitions)} repetitions")
    for repetition in analysis.repetitions:
        failed = [f for f in repetition.findings if f.result == "fail"]
        advice = failed[0].advice if failed else "Nothing to improve that could be seen."
        held = repetition.holds_s["lunge_hold_s"]
        print(f"{repetition.index}: {repetition.stepping_leg} leg back, held {held:.1f} s. {advice}")


if __name__ == "__main__":
    main(sys.argv[1])
