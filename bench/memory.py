"""Peak memory of analysing a one-minute and a thirty-minute video: it must not grow with length.

    uv run python bench/memory.py [--minutes 30] [--model lite]

The long video is the demo clip over and over, its packets copied, so it takes no encoder.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import av

import lunge

DEMO = Path(lunge.__file__).parent / "demo" / "demo.mp4"

PROGRAM = """
import resource, sys, time
import lunge
start = time.perf_counter()
found = lunge.analyze(sys.argv[1], lunge.Options(model=sys.argv[2]))
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{peak:.1f} {found.input.frames} {len(found.repetitions)} {took:.1f}")
"""


def repeated(source: Path, target: Path, seconds: float) -> Path:
    """Write the packets of a video again and again until it is so long."""
    with av.open(str(source)) as first, av.open(str(target), "w") as out:
        stream = first.streams.video[0]
        length = int(stream.duration or 0)
        written = out.add_stream_from_template(stream)
        for i in range(max(1, round(seconds / float(length * stream.time_base)))):
            copy_packets(source, out, written, i * length)
    return target


def copy_packets(source: Path, out: av.container.OutputContainer, written: av.VideoStream, later: int) -> None:
    """Write the packets of a video with later time stamps."""
    with av.open(str(source)) as video:
        for packet in video.demux(video.streams.video[0]):
            if packet.dts is None:
                continue
            packet.pts, packet.dts = packet.pts + later, packet.dts + later
            packet.stream = written
            out.mux(packet)


def measured(video: Path, model: str) -> tuple[float, str]:
    """Return the peak memory in MB, and what was said."""
    run = subprocess.run([sys.executable, "-c", PROGRAM, str(video), model], capture_output=True, text=True, check=True)
    peak, frames, repetitions, took = run.stdout.split()
    said = f"{frames} frames, {repetitions} repetitions, {took} s, {int(frames) / float(took):.0f} frames/s"
    return float(peak), said


def main() -> None:
    """Print both peaks and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--model", default="full")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        peaks = []
        for minutes in (1.0, given.minutes):
            video = repeated(DEMO, Path(folder) / f"{minutes:.0f}.mp4", minutes * 60)
            peak, said = measured(video, given.model)
            peaks.append(peak)
            print(f"{minutes:.0f} min: peak {peak:.0f} MB ({said})", flush=True)
        print(f"ratio {peaks[1] / peaks[0]:.3f}")


if __name__ == "__main__":
    main()
