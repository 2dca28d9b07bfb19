"""What a prescription asks for, in words."""

from __future__ import annotations

from typing import Any, Final

from lunge.messages import Catalogue
from lunge.plan.prescription import RANGED, Prescription

NAMES: Final = {
    "depth_deg": "day.target_depth",
    "support": "day.target_support",
    "hold_s": "day.target_hold",
    "repetitions": "day.target_repetitions",
    "stretch": "day.target_step",
    "focus_repetitions": "library.prescription.focus",
}
WORDED: Final = ("support", "stretch")
"""What is told in words and not in numbers."""


def asked_rows(texts: Catalogue, found: Prescription) -> list[tuple[str, str]]:
    """Return what a prescription asks for, as names and values to read."""
    rows = [
        (texts.text(NAMES[v]), range_words(texts, v, found.least[v], found.most[v])) for v in RANGED if v in found.least
    ]
    rows += [(texts.text(f"library.prescription.with_{leg}"), most_words(texts, n)) for leg, n in found.sides.items()]
    if found.weekdays is not None:
        rows.append((texts.text("library.prescription.days"), _weekdays(texts, found.weekdays)))
    if found.sessions_a_day is not None:
        rows.append((texts.text("library.prescription.sessions"), str(found.sessions_a_day)))
    if found.stop_limit is not None:
        limit = texts.text("library.prescription.limit_above", limit=found.stop_limit)
        rows.append((texts.text("library.prescription.limit"), limit))
    return rows


def whole_text(texts: Catalogue, found: Prescription) -> list[str]:
    """Return all that a prescription says, line by line."""
    first, last = found.issued, found.valid_until
    when = {"first": first} if last is None else {"first": first, "last": last}
    lines = [
        texts.text("library.prescription.by", by=found.by),
        texts.text(f"library.prescription.{'from' if last is None else 'from_until'}", **when),
        *(f"{name}: {value}" for name, value in asked_rows(texts, found)),
    ]
    if not asked_rows(texts, found):
        lines.append(texts.text("library.prescription.asks_nothing"))
    return [*lines, *([found.note] if found.note else []), texts.text("library.prescription.safety")]


def range_words(texts: Catalogue, variable: str, least: Any, most: Any) -> str:
    """Return where a variable begins and ends, in words."""
    low, high = _value(texts, variable, least), _value(texts, variable, most)
    joined = "then" if variable in WORDED else "range"
    return low if low == high else texts.text(f"library.prescription.{joined}", low=low, high=high)


def most_words(texts: Catalogue, most: int) -> str:
    """Return how many repetitions a leg does at most, in words."""
    return texts.text("library.prescription.at_most", n=most) if most else texts.text("library.prescription.not_at_all")


def _value(texts: Catalogue, variable: str, value: Any) -> str:
    if variable == "support":
        return texts.text(f"plan.support.{value}")
    if variable == "stretch":
        return texts.text("day.step_long" if value else "day.step_usual")
    if variable == "hold_s":
        return texts.text("day.second") if value == 1 else texts.text("day.seconds", n=f"{value:g}")
    if variable == "focus_repetitions" and value == 0:
        return texts.text("library.prescription.focus_none")
    return f"{value:g}°" if variable == "depth_deg" else str(value)


def _weekdays(texts: Catalogue, days: tuple[int, ...]) -> str:
    return ", ".join(texts.text(f"day.habits.weekday.{day}") for day in days)
