"""The live coach in figures: how fast it judges, sees, speaks and starts, and whether it stays so.

    uv run --all-groups python bench/live.py judging | meters | start | frames | cue | soak | reminder  [--minutes M]
        [--models full ...]

`frames`, `cue`, `soak` and `reminder` drive the system's Chromium with a rendered clip as its camera. Nothing else
should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

from lunge.breaks import opening
from lunge.causal.watching import LiveWatcher
from lunge.coaching.constants import constants
from lunge.evaluation.packed import load_packed
from lunge.exercises import load
from lunge.live.constants import constants as constants_of_live
from lunge.live.meters import LiveMeters
from lunge.live.records import Look, Wishes
from lunge.live.session import LiveSession
from lunge.records import Target

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import coached  # noqa: E402  what the tests of the coach share
from fake_camera import BITS, CELL_PX, camera_file  # noqa: E402

SECOND_S = 13.0
"""Where the demo's second repetition begins, in quiet standing; it ends so too."""

EDGE_S = 0.5
STARTS = 5
LEAD_S = 30.0
"""Somebody stands before the camera for longer than anything here takes to start."""

POLL_MS = 250
REMINDERS = 3
WANTED_S = 15.0
DEMO = ROOT / "src/lunge/demo/demo.mp4"
PACKED = ROOT / "bench/groundtruth/test"
LIMIT_DEG = 20.0
PERSISTENCE_MS = 1000 * constants().faults.persistence["trunk_upright_s"]
FAULT = "coach.trunk_upright.trunk_forward_deg.high"
"""The fault of the demo's second repetition."""

NUMBERS = """
window.shownNumbers = [];
const reading = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
function look(video) {
  const next = (shown, frame) => {
    reading.canvas.width = BITS * CELL; reading.canvas.height = CELL;
    reading.drawImage(video, 0, 0, BITS * CELL, CELL, 0, 0, BITS * CELL, CELL);
    const row = reading.getImageData(0, CELL / 2, BITS * CELL, 1).data;
    let number = 0;
    for (let bit = 0; bit < BITS; bit += 1) number |= (row[4 * (bit * CELL + CELL / 2)] > 127) << bit;
    shownNumbers.push([number, performance.timeOrigin + (frame.captureTime ?? frame.presentationTime ?? shown)]);
    video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
}
const waiting = setInterval(() => {
  const video = document.getElementById("video");
  if (video) { clearInterval(waiting); look(video); }
}, 100);
""".replace("BITS", str(BITS)).replace("CELL", str(CELL_PX))
"""Notes the number in the border of each picture that the page is given, and when it was taken."""


def judging() -> None:
    """Print how long a frame takes after the network: a whole set, every frame."""
    took: list[float] = []
    for file in sorted(PACKED.glob("*_090.npz"))[:6] + sorted(PACKED.glob("*_000.npz"))[:3]:
        poses = load_packed(file)[0]
        session = LiveSession(Wishes(front_repetitions=0 if "_090" in file.stem else 99))
        for i in range(len(poses)):
            before = time.perf_counter()
            session.step(Look(poses[i : i + 1]))
            took.append(time.perf_counter() - before)
    ms = np.array(took) * 1000
    print(f"judging, {len(ms)} frames: median {np.median(ms):.2f} ms, p99 {np.percentile(ms, 99):.2f} ms")


def meters() -> None:
    """Print how long stretch and load take in a frame, after the measures that the checks need anyway."""
    lunge: list[float] = []
    others: list[float] = []
    for file in sorted(PACKED.glob("*_090*.npz")):
        poses = load_packed(file)[0]
        watcher = LiveWatcher(load("reverse_lunge"), Target())
        quiet = int(np.searchsorted(poses.time_s, poses.time_s[0] + constants_of_live().setting_up.quiet_s))
        shown = LiveMeters([poses[:quiet]])
        for i in range(len(poses)):
            seen = watcher.step(poses[i : i + 1])
            if seen.reading is None or seen.phase is None:
                continue
            held = seen.phase.step == "lunge" and bool(seen.reading.series)
            before = time.perf_counter()
            shown.step(seen.reading, seen.phase)
            (lunge if held else others).append(time.perf_counter() - before)
    for where, took in (("in the lunge", lunge), ("elsewhere", others)):
        ms = np.array(took) * 1000
        print(f"meters {where}, {len(ms)} frames: median {np.median(ms):.3f} ms, mean {ms.mean():.3f}, ", end="")
        print(f"p99 {np.percentile(ms, 99):.3f} ms")


def start() -> None:
    """Print how long the coach takes to be ready, without and with kept networks, and then a page to come."""
    with tempfile.TemporaryDirectory() as caches, tempfile.TemporaryDirectory() as kept:
        coached.prepared(Path(kept))
        first = [started(Path(kept), folder) for folder in new_folders(Path(caches), STARTS)]
        started(Path(kept), Path(kept))
        later = [started(Path(kept), Path(kept)) for _ in range(STARTS)]
    for when, ready, page in (("first", *np.array(first).T), ("later", *np.array(later).T)):
        print(f"{when} start to ready: median {np.median(ready):.2f} s (best {min(ready):.2f}); ", end="")
        print(f"first page: median {1000 * np.median(page):.0f} ms")


def new_folders(place: Path, count: int) -> list[Path]:
    """Return folders that hold nothing yet."""
    folders = [place / str(number) for number in range(count)]
    for folder in folders:
        folder.mkdir(parents=True)
    return folders


def started(folder: Path, caches: Path) -> tuple[float, float]:
    """Return how long a coach took to have judged one frame, and then to give a page, seconds.

    `folder` is that of somebody who may begin a set; in `caches` compiled networks are kept.
    """
    os.environ["XDG_CACHE_HOME"] = str(caches)
    before = time.perf_counter()
    with coached.coach(folder) as coach:
        coached.one_frame_judged(coach.url)
        ready = time.perf_counter()
        urllib.request.urlopen(coach.url).read()
        return ready - before, time.perf_counter() - ready


def watched(folder: Path, camera: Path, seconds: float, *scripts: str, **choices: Any) -> dict[str, Any]:
    """Coach before a camera for some seconds; return what the page's scripts and log noted."""
    coached.prepared(folder, front_repetitions=0, repetitions=20, hold_s=1.0, **choices)
    with coached.coach(folder) as coach, coached.page(camera, coached.SPY, *scripts) as at:
        coached.begin(at, coach.url)
        at.wait_for_timeout(1000 * seconds)
        names = {"updates": "updates", "log": "lungeLog", "numbers": "window.shownNumbers ?? []"}
        return {name: at.evaluate(expression) for name, expression in names.items()}


def frames(models: list[str]) -> None:
    """Print how many frames a second are looked at, with Chromium beside."""
    with tempfile.TemporaryDirectory() as folder:
        camera = camera_file(DEMO, Path(folder) / "demo.mjpeg")
        for model in models:
            seen = watched(Path(folder) / model, camera, 25.0, model=model)["updates"]
            at = np.array([update["at"] for update in seen if update["at"] > seen[0]["at"] + 3000])
            print(f"{model}: {1000 * (len(at) - 1) / (at[-1] - at[0]):.1f} frames a second of 30")


def cue(minutes: float) -> None:
    """Print how long it takes from the first frame that shows the fault until its cue is on the screen."""
    fault = first_fault()
    with tempfile.TemporaryDirectory() as folder:
        camera = camera_file(
            DEMO, Path(folder) / "demo.mjpeg", part_s=(SECOND_S, None), lead_s=EDGE_S, tail_s=EDGE_S, numbered=True
        )
        seen = watched(Path(folder), camera, 60 * minutes, NUMBERS)
    shown = {e["capture_ms"]: e["at_ms"] for e in seen["log"] if e["what"] == "shown" and e["key"] == FAULT}
    cues = [e for e in seen["log"] if e["what"] == "cue" and e["spoken"] and e["kind"] != "count"]
    rows = []
    for given in (e for e in cues if e["key"] == FAULT and e["capture_ms"] in shown):
        at_ms = shown[given["capture_ms"]]
        before = [at for number, at in seen["numbers"] if number == fault and at < at_ms]
        if before:
            wanted_ms = max(before[-1] + PERSISTENCE_MS, free_from_ms(cues, given))
            rows.append((at_ms - before[-1], wanted_ms - before[-1], at_ms - given["capture_ms"]))
    total, wanted, shown_ms = np.array(rows).T
    rest = total - wanted
    print(f"camera to cue, {len(rows)} faults: p50 {np.median(total):.0f} ms, p95 {np.percentile(total, 95):.0f} ms")
    print(f"  deliberate (a fault lasts {PERSISTENCE_MS:.0f} ms; gaps between cues): p50 {np.median(wanted):.0f} ms")
    print(f"  the rest: p50 {np.median(rest):.0f} ms, p95 {np.percentile(rest, 95):.0f} ms")
    print(f"  deciding frame to screen: p50 {np.median(shown_ms):.0f} ms")


def free_from_ms(cues: list[dict[str, Any]], given: dict[str, Any]) -> float:
    """Return from when on a cue could be spoken, for what was spoken before it."""
    gaps = {True: constants().faults.gap_s, False: constants().speech.gap_s}
    ends = [c["capture_ms"] + 1000 * gaps[c["kind"] == "form"] for c in cues if c["capture_ms"] < given["capture_ms"]]
    return max(ends, default=0.0)


def first_fault() -> int:
    """Return the number of the first picture of the numbered clip in which the trunk leans in the lunge."""
    record = json.loads(gzip.decompress((ROOT / "tests/clips/demo.json.gz").read_bytes()))
    frames_, names = record["frames"], record["phase_names"]
    lunge = np.array(frames_["phase"]) == names.index("lunge")
    leans = np.array(frames_["measures"]["trunk_forward_deg"], float) > LIMIT_DEG
    return int(np.flatnonzero(lunge & leans)[0]) + round((EDGE_S - SECOND_S) * 30)


def reminder() -> None:
    """Print what the machine lets somebody wait for, from *Begin* on a reminder to the first repetition that counts."""
    with tempfile.TemporaryDirectory() as place:
        camera = camera_file(DEMO, Path(place) / "demo.mjpeg", lead_s=LEAD_S, numbered=True)
        coached.prepared(Path(place))
        started(Path(place), Path(place))
        caches = {"networks kept": Path(place), "first start": None}
        for when, cache in caches.items():
            rows = [begun(folder, camera, cache or folder) for folder in new_folders(Path(place) / when, REMINDERS)]
            parts = {name: np.median([row[name] for row in rows]) for name in rows[0]}
            total = np.array([sum(row.values()) for row in rows])
            told = ", ".join(f"{name} {value:.2f} s" for name, value in parts.items())
            print(f"{when}: median {np.median(total):.1f} s, worst {total.max():.1f} s of {WANTED_S:.0f} s: {told}")


def begun(folder: Path, camera: Path, caches: Path) -> dict[str, float]:
    """Return what is waited for, by what for, seconds: nothing runs when *Begin* is pressed, not even a browser."""
    os.environ["XDG_CACHE_HOME"] = str(caches)
    coached.prepared(folder, front_repetitions=0, hold_s=1.0)
    port, pressed_s = coached.free_port(), time.time()
    program = opening.started(folder, port)
    opening.answers_soon(port)
    answers_s = time.time()
    try:
        with coached.page(camera, coached.SPY, NUMBERS) as at:
            at.goto(f"http://127.0.0.1:{port}/live?break=1")
            shown_s = time.time()
            at.click("#begin")
            wait_until(at, "updates.some((update) => update.repetitions.length)", 2 * LEAD_S)
            seen, numbers = at.evaluate("[updates, shownNumbers]")
    finally:
        program.terminate()
        program.wait()
    judged_s = seen[0]["at"] / 1000
    started_s = next(update["at"] for update in seen if update["mode"] == "active") / 1000
    counted_s = next(update["at"] for update in seen if update["repetitions"]) / 1000
    ended_s = next(at for number, at in numbers if number >= last_of_first()) / 1000
    return {
        "coach": answers_s - pressed_s,
        "browser and page": shown_s - answers_s,
        "camera and first frame": judged_s - shown_s,
        "quiet standing": started_s - judged_s,
        "from its end to the count": counted_s - ended_s,
    }


def wait_until(at: Page, true: str, longest_s: float) -> None:
    """Wait until an expression is true on the page; asked from outside, as its policy demands."""
    until_s = time.monotonic() + longest_s
    while not at.evaluate(true):
        assert time.monotonic() < until_s, f"not within {longest_s:.0f} s: {true}"
        at.wait_for_timeout(POLL_MS)


def last_of_first() -> int:
    """Return the number of the picture of the numbered clip in which the first repetition has ended."""
    record = json.loads(gzip.decompress((ROOT / "tests/clips/demo.json.gz").read_bytes()))
    return round((LEAD_S + record["repetitions"][0]["phases"][-1]["end_s"]) * 30)


def soak(minutes: float) -> None:
    """Print memory and delay of the coach at the beginning and the end of a long time."""
    with tempfile.TemporaryDirectory() as folder:
        camera = camera_file(DEMO, Path(folder) / "demo.mjpeg")
        coached.prepared(Path(folder), front_repetitions=0, repetitions=20, hold_s=1.0)
        with coached.coach(Path(folder)) as coach, coached.page(camera, coached.SPY) as at:
            coached.begin(at, coach.url)
            for minute in range(round(minutes)):
                at.wait_for_timeout(60_000)
                print(minute + 1, "min:", measured(at, coach, Path(folder)), flush=True)


def measured(at: Page, coach: coached.Running, folder: Path) -> str:
    """Return the delay of the last minute's updates, and the memory of the coach."""
    delays = at.evaluate("updates.splice(0).map((update) => update.at - update.capture_ms)")
    if not delays:
        coached.once_more(folder)  # the set was done: another one
        coached.begin(at, coach.url)
        return "a new set"
    return f"delay p50 {np.median(delays):.0f} ms, p95 {np.percentile(delays, 95):.0f} ms; {coach.memory_mib:.0f} MiB"


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=["judging", "meters", "start", "frames", "cue", "soak", "reminder"])
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--models", nargs="+", default=["lite", "full", "heavy"])
    given = parser.parse_args()
    works: dict[str, Callable[[], None]] = {
        "judging": judging,
        "meters": meters,
        "start": start,
        "frames": lambda: frames(given.models),
        "cue": lambda: cue(given.minutes),
        "soak": lambda: soak(given.minutes),
        "reminder": reminder,
    }
    works[given.what]()


if __name__ == "__main__":
    main()
