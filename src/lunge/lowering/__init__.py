"""Everyday lowering: every time somebody goes down to the floor, to an object or a seat, and how."""

from lunge.lowering.finding import is_exercise, lowerings
from lunge.lowering.loads import stoop_deg, with_back_loads

__all__ = ["is_exercise", "lowerings", "stoop_deg", "with_back_loads"]
