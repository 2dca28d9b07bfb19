"""Record the main figures of the packed test split, for the regression guard to compare with.

uv run python bench/record_figures.py
"""

from __future__ import annotations

import json
from pathlib import Path

from lunge.evaluation import evaluate
from lunge.evaluation.tables import is_main
from lunge.session import Options

SPLIT = Path(__file__).with_name("groundtruth") / "test"


def main() -> None:
    """Write ``recorded.json`` beside the split."""
    found = evaluate(SPLIT, Options())
    rows = [[f.group, f.name, f.view, f.step, f.statistic, round(f.value, 4), f.n] for f in found.figures if is_main(f)]
    text = ",\n".join(json.dumps(row) for row in rows)
    SPLIT.with_name("recorded.json").write_text(f"[\n{text}\n]\n", encoding="utf-8")
    print(f"{len(rows)} figures of {len(found.scores)} files")


if __name__ == "__main__":
    main()
