"""Make the cases of seated lunges that their rules and errors were looked at on: who does them, before which camera.

    uv run python bench/seated_design.py bench/groundtruth

Writes ``seated_fit_cases.json`` for the renderer. Bodies, cameras and videos are drawn as in `design.py`; in each clip
somebody sits down on a chair and does three seated lunges, the last with the other leg. The same seed gives the same cases.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from design import body, camera, video

PLAN = Path(__file__).with_name("groundtruth") / "seated_design.toml"
Rng = np.random.Generator


def repetition(rng: Rng, plan: dict[str, Any], leg: str, faults: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one repetition: natural values, and the faults planted in it."""
    out: dict[str, Any] = {"do": "seated_lunge", "stepping_leg": leg}
    for name, (low, high) in plan["natural"].items():
        out[name] = round(float(rng.uniform(low, high)), 2)
    for fault in faults:
        out |= fault
    return out


def case(rng: Rng, plan: dict[str, Any], number: int, view: dict[str, Any]) -> dict[str, Any]:
    """Return one clip."""
    side, frontal = plan["faults"]["sagittal"], plan["faults"]["frontal"]
    any_view = plan["faults"]["any"]
    planted = [
        [],
        [side[number % len(side)]] if view["kind"] != "front" else [frontal[number % len(frontal)]],
        [any_view[number % len(any_view)]],
    ]
    first = view["first_leg"]
    # Sideways on the chair only the leg at its front edge is free.
    other = first if view["turn_deg"] else {"left": "right", "right": "left"}[first]
    order = [planted[i] for i in rng.permutation(3)]
    pause = {"do": "fidget", "what": str(rng.choice(plan["motion"]["fidgets"])), "seconds": 2.2}
    return {
        "name": f"seatedfit{number:02d}_{view['name']}",
        "body": body(rng),
        "motion": [
            {"do": "stand", "seconds": 1.0, "hands": "hang"},
            {"do": "sit_down", "free_leg": first, "turn_deg": view["turn_deg"], "hands": "hips"},
            {"do": "stand", "seconds": 0.8, "hands": "hips"},
            repetition(rng, plan, first, order[0]),
            *([pause] if number % 2 else []),
            repetition(rng, plan, first, order[1]),
            repetition(rng, plan, other, order[2]),
            {"do": "stand_up", "hands": "hang"},
        ],
        "start": {"start_hands": "hang"},
        "seat": {"xz_m": [0.0, -0.4], "yaw_deg": -view["turn_deg"]},
        "camera": camera(rng, plan, view) | {"target_m": [0.0, 0.75, -0.2]},
        "video": video(rng, plan),
        "room": str(rng.choice(["home", "gym", "studio", "office"])),
        "light": str(rng.choice(["window", "ceiling", "gym", "dim", "back"])),
        "clutter": int(rng.integers(0, 4)),
        "seed": int(rng.integers(1, 2**31)),
    }


def main() -> None:
    """Write the file."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("out", type=Path)
    out = ask.parse_args().out
    plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    rng = np.random.default_rng(plan["seed"])
    made = [case(rng, plan, number, view) for number, view in enumerate(plan["views"])]
    rows = ",\n".join(json.dumps(c) for c in made)
    (out / "seated_fit_cases.json").write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    print(f"{len(made)} clips")


if __name__ == "__main__":
    main()
