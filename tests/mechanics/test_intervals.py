"""The whole interval of every effect, against bodies drawn one by one with another seed and another way of drawing."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lunge.mechanics.effects import Own, Seen, effects_of
from lunge.mechanics.intervals import normal_draws, whole_interval
from lunge.mechanics.measures import ROWS
from lunge.mechanics.postures import Posture

BENCH = Path(__file__).parents[2] / "bench" / "intervals.py"
COUNT = 2500
LEANING = Posture(12.0, 4.0, 3.0, 8.0, 88.0)


def loaded():
    spec = importlib.util.spec_from_file_location("intervals_bench", BENCH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bench = loaded()


@pytest.fixture(scope="module", params=bench.OWN)
def drawn(request):
    own = bench.OWN[request.param]
    effects = {effect.name: effect for effect in effects_of(LEANING, bench.SIX, still=True, own=own)}
    return effects, bench.bodies(Seen(LEANING, bench.SIX), own, COUNT, seed=77)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_95_of_100_bodies_are_inside_the_interval(row, drawn):
    """Of all that no picture shows, whichever it is: in the worst case 95, within two."""
    effects, case = drawn
    effect = effects[row.name]
    assert bench.worst_share(row, effect, case) == pytest.approx(0.95, abs=0.02)
    assert effect.low <= effect.value <= effect.high


def test_a_band_has_5_of_100_cut_off_behind_its_ends_and_a_point_has_2_and_a_half_on_each_side():
    z = np.random.default_rng(1).standard_normal((1, 20000))
    low, high = whole_interval(z)
    assert (low, high) == pytest.approx((-1.96, 1.96), abs=0.06)
    low, high = whole_interval(np.concatenate([z - 10.0, z + 10.0]))
    assert (low, high) == pytest.approx((-11.645, 11.645), abs=0.06)


def test_what_is_mostly_unknown_has_no_interval():
    few = np.full((1, 100), np.nan)
    few[0, :40] = 1.0
    assert whole_interval(few) is None
    few[0, :60] = 1.0
    assert whole_interval(few) == (1.0, 1.0)


def test_the_draws_are_normal_the_same_each_time_and_do_not_go_together():
    z = normal_draws(4)
    assert z is normal_draws(4)
    assert z.mean(axis=0) == pytest.approx(np.zeros(4), abs=1e-9)
    assert z.std(axis=0) == pytest.approx(np.ones(4), abs=0.01)
    assert np.abs(np.corrcoef(z.T) - np.eye(4)).max() < 0.2


def test_an_error_that_standing_shares_is_taken_away_and_one_that_it_does_not_is_added():
    """The trunk errs alike in both: the share of the stoop is surer against the own standing than its parts are."""
    sure = Posture(0.0, 0.0, 0.0, 0.0, 0.0)
    trunk = replace(sure, trunk_forward_deg=6.0)

    def width(own):
        effect = next(e for e in effects_of(LEANING, trunk, still=True, own=own) if e.name == "lower_back")
        return effect.high - effect.low

    alone, shared = width(Own(stoop_deg=70.0)), width(Own(Seen(bench.STANDING.posture, trunk), stoop_deg=70.0))
    assert shared < alone
