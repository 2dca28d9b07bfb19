"""Exercises as data: records, and `load` for the TOML files beside this one and the person's own."""

from lunge.exercises.keeping import add, remove
from lunge.exercises.loading import exercise_names, exercise_with, load, own_names
from lunge.exercises.records import Check, Exercise, StepRules, Variant

__all__ = [
    "Check",
    "Exercise",
    "StepRules",
    "Variant",
    "add",
    "exercise_names",
    "exercise_with",
    "load",
    "own_names",
    "remove",
]
