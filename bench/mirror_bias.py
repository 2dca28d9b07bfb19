"""Does the network turn people one way? A picture and its mirror image must show opposite azimuths.

    uv run python bench/mirror_bias.py CLIP...

Needs no truth, so it works on real clips: half the sum of both azimuths is the network's own turn.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

import lunge.kinematics.view as view
from lunge.measuring import prepared
from lunge.pose import PoseTracker, read_poses
from lunge.video import Video

SECONDS, STRIDE = 4.0, 3


def azimuth(path: Path, mirrored: bool) -> float:
    """Return the mean azimuth in the first seconds of a clip, degrees, with nothing taken off."""
    video = Video(path, to_s=SECONDS)
    frames = [(t, np.ascontiguousarray(f[:, ::-1]) if mirrored else f) for t, f in video.frames()][::STRIDE]
    poses = read_poses(iter(frames), PoseTracker("full"), (video.info.width_px, video.info.height_px)).poses
    if not poses.anybody.any():
        return float("nan")
    return view.mean_azimuth_deg(view.azimuth_deg(prepared(poses).seen))[0]


def main() -> None:
    """Print both azimuths and half their sum for each clip."""
    view.LOPSIDED_DEG = 0.0  # type: ignore[misc]
    for name in sys.argv[1:]:
        plain, mirror = azimuth(Path(name), mirrored=False), azimuth(Path(name), mirrored=True)
        half = ((plain + mirror + 180.0) % 360.0 - 180.0) / 2
        print(f"{Path(name).stem:28} {plain:6.1f} mirrored {mirror:6.1f} half the sum {half:+.1f}", flush=True)


if __name__ == "__main__":
    main()
