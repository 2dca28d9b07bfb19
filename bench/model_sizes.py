"""Which network is worth its time: lite, full and heavy on the same rendered clips, judged alike.

    uv run python bench/model_sizes.py VIDEOS --work FOLDER [--clips NAME ...]

VIDEOS holds rendered clips with their truth. Landmarks are kept in FOLDER, and what is there is not looked at again.
Time is the processor's, which compares on a machine that does other things, too. `error` is the middle ratio of the
measures' root mean square errors to those of `full`: the factor of `models` in the error file.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from groundtruth import pack, rendered, seen
from lunge.evaluation.ratios import Figure
from lunge.evaluation.run import score_dataset
from lunge.evaluation.summary import figures
from lunge.session import Options

MODELS = ("lite", "full", "heavy")
Key = tuple[str, str, str, str, str]
SHOWN: tuple[Key, ...] = (
    ("repetitions", "count", "", "", "recall"),
    ("repetitions", "count", "", "", "precision"),
    ("legs", "stepping leg", "", "", "right"),
    ("legs", "swapped, settled", "", "", "share of frames"),
    ("times", "step boundaries", "", "", "MAE"),
    ("times", "holds", "", "", "MAE"),
    *(
        ("angles", m, v, "", "MAE")
        for m in ("knee_flexion_deg", "thigh_above_horizontal_deg", "trunk_forward_deg")
        for v in ("side", "oblique")
    ),
    ("angles", "trunk_side_deg", "front", "", "MAE"),
    ("angles", "step_length_heights", "side", "", "MAE"),
    ("checks", "all judged checks", "", "", "sensitivity"),
    ("checks", "all judged checks", "", "", "false alarms"),
    ("checks", "all judged checks", "", "", "clean not judged"),
)


def look(videos: list[Path], work: Path) -> dict[str, float]:
    """Look at every clip with every network, and return milliseconds of one core per picture, decoding included."""
    kept = work / "seconds.json"
    spent: dict[str, list[float]] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for video in videos:
        for model in MODELS:
            key, start = f"{model}/{video.stem}", time.process_time()
            frames = len(seen(video, work / model, model)[0])
            spent.setdefault(key, [time.process_time() - start, frames])
            kept.write_text(json.dumps(spent), encoding="utf-8")
    sums = {m: np.sum([spent[f"{m}/{v.stem}"] for v in videos], axis=0) for m in MODELS}
    return {model: float(1000 * seconds / frames) for model, (seconds, frames) in sums.items()}


def judged_alike(videos: list[Path], work: Path, model: str) -> dict[Key, Figure]:
    """Return the figures of what one network saw."""
    packed = work / f"{model}_packed"
    pack(videos, work / model, packed)
    found = figures(score_dataset(packed, Options(model=model)))
    return {(f.group, f.name, f.view, f.step, f.statistic): f for f in found}


def error_ratio(figures_of: dict[Key, Figure], full: dict[Key, Figure]) -> float:
    """Return the middle ratio of errors over all measures and views that both have."""
    keys = [k for k in full if k[0] == "angles" and k[3] == "" and k[4] == "RMSE" and k in figures_of]
    return float(np.median([figures_of[k].value / full[k].value for k in keys if full[k].value > 0]))


def main() -> None:
    """Look, judge, print."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("videos", type=Path)
    ask.add_argument("--work", type=Path, required=True)
    ask.add_argument("--clips", nargs="*", default=[], help="names; without, all")
    given = ask.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    videos = [v for v in rendered(given.videos) if v.stem in given.clips or not given.clips]
    ms = look(videos, given.work)
    found = {model: judged_alike(videos, given.work, model) for model in MODELS}
    print(f"{len(videos)} clips\n| figure | {' | '.join(MODELS)} |\n| --- | --- | --- | --- |")
    times = [f"{ms[m]:.1f} ({ms[m] / ms['full']:.2f})" for m in MODELS]
    errors = [f"{error_ratio(found[m], found['full']):.3f}" for m in MODELS]
    print(f"| time of one core per picture, ms (to full) | {' | '.join(times)} |\n| error | {' | '.join(errors)} |")
    for key in SHOWN:
        cells = (f"{found[m][key].value:.3f}" if key in found[m] else "-" for m in MODELS)
        print(f"| {' '.join(part for part in key if part)} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
