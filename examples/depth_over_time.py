"""Write the front thigh's angle over time, with its uncertainty, as CSV on standard output.

python examples/depth_over_time.py clip.mp4 > depth.csv
"""

from __future__ import annotations

import csv
import sys

import numpy as np

import lunge

MEASURE = "front_thigh_above_horizontal_deg"


def main(path: str) -> None:
    analysis = lunge.analyze(path)
    value, sd = analysis.signals.values[MEASURE], analysis.signals.sds[MEASURE]
    writer = csv.writer(sys.stdout)
    writer.writerow(["time_s", "step", MEASURE, f"{MEASURE}_sd"])
    for i in np.flatnonzero(np.isfinite(value)):
        writer.writerow(
            [f"{analysis.signals.time_s[i]:.3f}", analysis.step_names[i], f"{value[i]:.1f}", f"{sd[i]:.1f}"]
        )


if __name__ == "__main__":
    main(sys.argv[1])
