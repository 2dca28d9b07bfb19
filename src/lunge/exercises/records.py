"""What an exercise file holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Entry = Literal["lowered", "standing", "split", "seated"]
"""How a repetition begins: with the hips low already when a foot leaves, from standing, in a split stance, where no
foot moves: there each lowering is a repetition, or on a seat, which bears the body while a foot moves."""

LUNGES: Final = ("lunge", "seated_lunge")
"""The steps that are held with one leg back."""

HOLDS: Final = ("squat", "squat_2", *LUNGES)
"""The steps that are held."""

RESTS: Final = ("standing", "sitting")
"""What is between the repetitions, on the feet or on a seat."""

Limit = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class StepRules:
    """When steps begin and end; see the comments in the TOML file for sources.

    Lengths are in body heights, speeds in body heights a second.
    """

    opens_heights: float
    closes_heights: float
    shortest_s: float
    least_drop_heights: float
    lowered_share: float
    upright_share: float
    again_share: float
    plateau_heights: float
    speed_heights_per_s: float
    rise_heights_per_s: float
    blip_s: float
    same_place_heights: float
    longest_search_s: float
    bends_again_deg: float
    landed_heights_per_s: float
    least_ratio: float
    least_heights: float
    jump_heights: float
    switch_s: float
    hand_below_hip_heights: float
    reaching_lean_deg: float
    rests_before_s: float
    seat_lean_deg: float
    seat_behind_heights: float
    seat_straightening_deg: float
    seat_sitting_down_s: float
    least_rise_share: float


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of the exercise: how it is entered, and its steps in order."""

    name: str
    entry: Entry
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the table of checks.

    Attributes
    ----------
    check, title : str
        Its name for programs and for people.
    measure : str
        The series that is read; ``front_``, ``rear_`` and ``other`` sides are filled in by the leg.
    steps : tuple of str
        The steps it is judged in, each giving its own finding.
    variants : tuple of str
        The variants it belongs to.
    statistic : {'mean', 'max', 'share', 'sd', 'duration', 'end'}
        What is taken from the series over the step.
    limit : (low, high)
        In `unit`; an open end is None.
    margin : float
        An sd above it answers *cannot judge*; `judge_sd` replaces it where given.
    azimuths_deg : tuple of float
        The views it holds in: within `span_deg` of one of these; empty for every view.
    not_with : tuple of str
        The wishes of `Target`, such as ``chair``, that take it out.
    """

    check: str
    title: str
    measure: str
    unit: str
    steps: tuple[str, ...]
    variants: tuple[str, ...]
    statistic: str
    limit: Limit
    margin: float
    judge_sd: float
    azimuths_deg: tuple[float, ...]
    span_deg: float
    stretch_limit: Limit | None
    not_with: tuple[str, ...]
    source: str
    low_advice: str
    high_advice: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: its forms, when its steps begin and end, and its checks.

    Attributes
    ----------
    name, title : str
    rules : StepRules
    variants : tuple of Variant
    checks : tuple of Check
    place : int, optional
        In the set of challenge exercises, counted from 1.
    about : str
        What it is, in a sentence or two; may be empty.
    """

    name: str
    title: str
    rules: StepRules
    variants: tuple[Variant, ...]
    checks: tuple[Check, ...]
    place: int | None = None
    about: str = ""

    def variant(self, entry: Entry) -> Variant | None:
        """Return the variant that is entered that way, or None."""
        return next((v for v in self.variants if v.entry == entry), None)
