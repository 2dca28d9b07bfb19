"""Score what lunge says against ground truth, by the rules of the contract."""

from lunge.evaluation.command import Evaluation, evaluate, write_evaluation
from lunge.evaluation.packed import load_packed, save_packed
from lunge.evaluation.ratios import Figure
from lunge.evaluation.truth import TrueRepetition, Truth

__all__ = [
    "Evaluation",
    "Figure",
    "TrueRepetition",
    "Truth",
    "evaluate",
    "load_packed",
    "save_packed",
    "write_evaluation",
]
