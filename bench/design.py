"""Make the cases of the ground-truth set: who does which lunge, with which faults, before which camera.

    uv run python bench/design.py bench/groundtruth

Writes ``fit_cases.json`` and ``test_cases.json`` for the renderer. A fractional design: factors that can be
planted together (one of a group) are drawn independently for each repetition, at three sizes, inside, at and
beyond the limits of the contract. The split is by body. The same seed gives the same cases.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

PLAN = Path(__file__).with_name("groundtruth") / "design.toml"
SIZES = ("inside", "at", "beyond")
Rng = np.random.Generator


def body(rng: Rng) -> dict[str, Any]:
    """Return a body with its own shape, clothes and colours."""
    shape = {k: round(float(rng.uniform(0.2, 0.8)), 2) for k in ("muscle", "weight", "height", "proportions")}
    ancestry = rng.dirichlet([0.7, 0.7, 0.7])
    return {
        "like": str(rng.choice(list("abcdefgh"))),
        "shape": shape
        | {
            "gender": float(rng.choice([0.0, 0.1, 0.9, 1.0])),
            "age": float(rng.integers(22, 72)),
            "ancestry": [round(float(a), 2) for a in ancestry],
        },
        "outfit": {
            "shirt": str(rng.choice(["tee", "tank", "long"])),
            "legs": str(rng.choice(["shorts", "leggings", "trousers", "loose"], p=[0.3, 0.3, 0.3, 0.1])),
        },
        "colours": {
            "shirt": [int(v) for v in rng.integers(20, 230, 3)],
            "legs": [int(v) for v in rng.integers(15, 170, 3)],
        },
    }


def camera(rng: Rng, plan: dict[str, Any], view: dict[str, Any]) -> dict[str, Any]:
    """Return a camera near a view, at a height, distance and tilt as people put phones."""
    range_ = plan["camera"]
    preset = "landscape" if rng.random() < range_["landscape_share"] else "portrait"
    return {
        "preset": preset,
        "vertical_fov_deg": round(float(rng.uniform(*range_[f"{preset}_fov_deg"])), 1),
        "azimuth_deg": round(view["azimuth_deg"] + float(rng.uniform(-1, 1)) * view["jitter_deg"], 1) % 360,
        "height_m": round(float(rng.uniform(*range_["height_m"])), 2),
        "distance_m": round(float(rng.uniform(*range_["distance_m"])), 2),
        "roll_deg": round(float(rng.uniform(*range_["roll_deg"])), 1),
        "shake": float(rng.random() < range_["shaken_share"]),
    }


def video(rng: Rng, plan: dict[str, Any]) -> dict[str, Any]:
    """Return the quality of a phone's or webcam's video."""
    range_ = plan["video"]
    return {
        "fps": float(rng.choice(range_["fps"])),
        "crf": int(rng.integers(*range_["crf"])),
        "noise": round(float(rng.uniform(*range_["noise"])), 1),
        "drop": range_["dropped"] if rng.random() < range_["dropping_share"] else 0.0,
    }


def repetition(rng: Rng, plan: dict[str, Any], view: str, leg: str) -> dict[str, Any]:
    """Return one repetition: natural values, and in each group of factors at most one that is moved."""
    standing = rng.random() < plan["motion"]["standing_share"]
    out: dict[str, Any] = {
        "do": "reverse_lunge_from_standing" if standing else "reverse_lunge",
        "stepping_leg": leg,
    }
    for name, (low, high) in plan["natural"].items():
        out[name] = round(float(rng.uniform(low, high)), 2)
    for group in plan["groups"]:
        if rng.random() < group["share"].get(view, group["share"]["other"]):
            factor = rng.choice(group["factors"])
            size = str(rng.choice(SIZES, p=plan["motion"]["sizes"]))
            out |= factor[size]
    if standing:
        for name in plan["motion"]["squat_only"]:
            out.pop(name, None)
        out.pop("stance_ratio", None)
    return out


def case(rng: Rng, plan: dict[str, Any], who: dict[str, Any], view: dict[str, Any], name: str) -> dict[str, Any]:
    """Return one clip."""
    first = rng.integers(2)
    legs = ["left", "right"]
    count = plan["motion"]["repetitions"]
    return {
        "name": name,
        "body": who,
        "motion": [{"do": "stand", "seconds": plan["motion"]["still_s"]}]
        + [repetition(rng, plan, view["kind"], legs[(first + i) % 2]) for i in range(count)],
        "camera": camera(rng, plan, view),
        "video": video(rng, plan),
        "room": str(rng.choice(["home", "gym", "studio", "office"])),
        "light": str(rng.choice(["window", "ceiling", "gym", "dim", "back"])),
        "clutter": int(rng.integers(0, 6)),
        "seed": int(rng.integers(1, 2**31)),
    }


def cases(plan: dict[str, Any], split: str) -> list[dict[str, Any]]:
    """Return the cases of a split, every body in every view; first each body in three views, then in the others."""
    rng = np.random.default_rng(plan[split]["seed"])
    out = []
    for number in range(plan[split]["bodies"]):
        who = body(rng)
        for view in plan["views"]:
            name = f"{split}{number:02d}_{view['name']}"
            out.append((_round(number, view["name"]), case(rng, plan, who, view, name)))
    return [made for _, made in sorted(out, key=lambda pair: pair[0])]


def _round(number: int, view: str) -> int:
    """Return 0 for the views in which a body is rendered first: one from the side, one end-on, one oblique."""
    odd = number % 2 == 1
    first = ("270" if odd else "090", "180" if number % 3 == 1 else "000", "315" if odd else "045")
    return 0 if view in first else 1


def main() -> None:
    """Write both files."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("out", type=Path)
    out = ask.parse_args().out
    plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    for split in ("fit", "test"):
        made = cases(plan, split)
        rows = ",\n".join(json.dumps(c) for c in made)
        (out / f"{split}_cases.json").write_text(f"[\n{rows}\n]\n", encoding="utf-8")
        print(f"{split}: {len(made)} clips, {sum(len(c['motion']) - 1 for c in made)} repetitions")


if __name__ == "__main__":
    main()
