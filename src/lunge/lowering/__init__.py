"""Everyday lowering: every time somebody goes down to the floor, to an object or a seat, and how."""

from lunge.lowering.counting import LoweringCounter
from lunge.lowering.finding import is_exercise, is_pick_up, lowerings
from lunge.lowering.loads import stoop_deg, with_back_loads

__all__ = ["LoweringCounter", "is_exercise", "is_pick_up", "lowerings", "stoop_deg", "with_back_loads"]
