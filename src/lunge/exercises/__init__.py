"""Exercises as data: records, and `load` for the TOML files beside this one."""

from lunge.exercises.loading import exercise_names, load
from lunge.exercises.records import Check, Exercise, StepRules, Variant

__all__ = ["Check", "Exercise", "StepRules", "Variant", "exercise_names", "load"]
