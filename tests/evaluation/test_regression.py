"""The packed test split gives the figures that were recorded: a change for the worse, or the better, is noticed."""

import json
import math
from pathlib import Path

import pytest

from lunge.evaluation import evaluate
from lunge.session import Options

HERE = Path(__file__).parents[2] / "bench" / "groundtruth"
TOLERANCE = {"deg": 0.2, "s": 0.01, "heights": 0.002, "": 0.01}
"""By unit: landmarks are saved, so that only another order of floating-point sums may change a figure."""

pytestmark = pytest.mark.skipif(not (HERE / "recorded.json").is_file(), reason="bench/groundtruth is not here")


@pytest.fixture(scope="module")
def figures():
    found = evaluate(HERE / "test", Options())
    assert not [s.name for s in found.scores if s.error]
    return {(f.group, f.name, f.view, f.step, f.statistic): f for f in found.figures}


def test_every_recorded_figure_comes_out_again(figures):
    recorded = json.loads((HERE / "recorded.json").read_text(encoding="utf-8"))
    assert len(recorded) > 100
    different = []
    for *key, value, count in recorded:
        figure = figures[tuple(key)]
        near = figure.value == pytest.approx(value, abs=TOLERANCE[figure.unit], nan_ok=True)
        if not near or figure.n != count:
            different.append((key, value, count, figure.value, figure.n))
    assert different == []


def test_no_clean_repetition_is_called_faulty_where_the_network_barely_sees(figures):
    assert figures["checks", "barely seen checks", "", "", "false alarms"].value == 0.0


def test_legs_are_never_swapped_for_a_whole_repetition_from_the_side(figures):
    assert figures["legs", "swapped, settled", "side", "", "share of repetitions"].value == 0.0
    assert figures["legs", "swapped, settled", "side", "", "share of frames"].value < 0.005


def test_intervals_hold_their_value(figures):
    for figure in figures.values():
        if math.isfinite(figure.low):
            assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9 or figure.statistic == "RMSE"
