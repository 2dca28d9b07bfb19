"""Count lowerings for an hour, a packed clip again and again, and say what that takes.

    uv run python bench/lowering_hour.py [--minutes N]

Prints every ten minutes how many lowerings were counted and how much memory the process holds, and at the end how much
of a core it took and the longest look.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from lunge.evaluation.packed import load_packed
from lunge.lowering import LoweringCounter

CLIP = Path(__file__).parent / "lowering" / "pick_up_test_270.npz"
REST_S = 4.0
TOLD_EVERY_S = 600.0


def resident_mib() -> float:
    """Return how much memory this process holds now (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    """Count, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    given = parser.parse_args()
    poses, _, truth = load_packed(CLIP)
    length = float(poses.time_s[-1]) + REST_S
    counter, found, now, told = LoweringCounter(), Counter(), 0.0, 0.0
    longest, began = 0.0, time.process_time()
    turns = int(given.minutes * 60 / length)
    for turn in range(turns):
        part = replace(poses, time_s=poses.time_s + turn * length)
        for i in range(len(part)):
            before = time.perf_counter()
            found.update(low.kind for low in counter.add(part[i : i + 1]))
            longest = max(longest, time.perf_counter() - before)
        now = turn * length
        if now - told >= TOLD_EVERY_S:
            told = now
            print(f"{now / 60:4.0f} min  {dict(found)}  {resident_mib():.0f} MiB", flush=True)
    found.update(low.kind for low in counter.finish())
    share = (time.process_time() - began) / (turns * length)
    print(f"{dict(found)} of {turns} x {[low.kind for low in truth.lowerings]}")
    print(f"{100 * share:.1f} % of a core, longest look {longest:.2f} s")


if __name__ == "__main__":
    main()
