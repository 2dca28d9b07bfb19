"""The texts of report and terminal, from the catalogues; and numbers as words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Final

from lunge.messages import DEFAULT, Sentence, catalogue
from lunge.records import Finding
from lunge.report.constants import constants

CM_PER_M: Final = 100.0


_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Give every text of this module in a language, as long as the context lasts.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    token = _language.set(catalogue(language).language)
    try:
        yield
    finally:
        _language.reset(token)


def words() -> dict[str, Any]:
    """Return all texts by section: those of ``report``, and ``steps``, ``checks`` and ``effects``."""
    return _words(_language.get())


@cache
def _words(language: str) -> dict[str, Any]:
    texts = catalogue(language)
    named = {name: _nested(texts.section(name)) for name in ("steps", "checks", "effects")}
    return _nested(texts.section("report")) | named


def _nested(texts: dict[str, str]) -> dict[str, Any]:
    """Return texts by the parts of their keys, which dots divide."""
    tree: dict[str, Any] = {}
    for key, text in texts.items():
        *path, last = key.split(".")
        branch = tree
        for part in path:
            branch = branch.setdefault(part, {})
        branch[last] = text
    return tree


def word(section: str, key: str | None, **fill: object) -> str:
    """Return one text, filled in; a key without a text is spelled out plainly.

    Parameters
    ----------
    section, key : str
        Where it stands in `words`; None reads the section's ``unknown``.
    **fill : object
        What the names in braces stand for.
    """
    found = words()[section].get(key or "unknown", (key or "").replace("_", " "))
    return str(found).format(**fill) if fill else str(found)


def title_of(check: str, measure: str) -> str:
    """Return what people call a check."""
    return str(_row(check, measure).get("title", check.replace("_", " ").capitalize()))


def praise_of(check: str, measure: str) -> str:
    """Return what to say when a check went well; empty when there is nothing."""
    return str(_row(check, measure).get("good", ""))


def _row(check: str, measure: str) -> dict[str, Any]:
    row: dict[str, Any] = words()["checks"].get(check, {})
    return {**row, **row.get(measure, {})}


def advice_of(finding: Finding) -> str:
    """Return the advice of a finding; as the exercise file says it where no catalogue knows it."""
    key = _advice_keys().get(finding.advice)
    return finding.advice if key is None else catalogue(_language.get()).text(key)


@cache
def _advice_keys() -> dict[str, str]:
    """Return the key of each advice by its English text, which is the exercise files'."""
    texts = catalogue(DEFAULT).section("checks")
    return {text: f"checks.{key}" for key, text in texts.items() if key.endswith((".low", ".high"))}


def told(sentences: Iterable[Sentence]) -> list[str]:
    """Return sentences in the language that is spoken."""
    return [sentence.text(_language.get()) for sentence in sentences]


def rank_of(check: str) -> int:
    """Return the place of a check among what to say first; small is first."""
    order = constants().story.first_checks
    return order.index(check) if check in order else len(order)


def number(value: float, decimals: int = 0) -> str:
    """Return a number as people write it: a true minus sign, no negative zero, the language's decimal point."""
    text = f"{value:.{decimals}f}"
    if float(text) == 0.0:
        text = f"{0.0:.{decimals}f}"
    return text.replace("-", "\u2212").replace(".", word("values", "decimal"))


def raised(text: str) -> str:
    """Return a text with a great first letter, and the others as they are."""
    return text[:1].upper() + text[1:]


def amount(value: float, unit: str, height_m: float | None = None, decimals: int = 0) -> str:
    """Return a value with its unit in words.

    Parameters
    ----------
    value : float
    unit : str
        As findings name it: ``deg``, ``s``, ``share``, ``body heights``, ``shoulder widths``.
    height_m : float, optional
        Makes body heights centimetres.
    decimals : int
        Of degrees.
    """
    if unit == "deg":
        return word("values", "deg", n=number(value, decimals))
    if unit == "s":
        return word("values", "s", n=number(value, 1))
    if unit == "share":
        return word("values", "share", n=number(100 * value))
    if unit == "shoulder widths":
        return word("values", "shoulders", n=number(value, 1))
    if unit == "body heights" and height_m is not None:
        return word("values", "cm", n=number(value * height_m * CM_PER_M))
    if unit == "body heights":
        return word("values", "heights", n=number(100 * value, 1 if abs(value) < 0.1 else 0))
    return f"{number(value, 2)} {unit}"


def measured(finding: Finding, height_m: float | None = None) -> str:
    """Return the value of a finding with its spread for people, such as *about 12° ± 8°*."""
    return measured_value(finding.value, spread_of(finding), finding.unit, height_m)


def spread_of(finding: Finding) -> float | None:
    """Return the standard deviation that people are shown: the wider one where it is known."""
    return finding.sd_people if finding.sd_people is not None else finding.sd


def measured_value(value: float | None, spread: float | None, unit: str, height_m: float | None = None) -> str:
    """Return a value with its spread in words; a dash when there is none."""
    if value is None:
        return word("values", "unknown")
    fine = unit == "deg" and spread is not None and spread < constants().words.fine_deg
    text = amount(value, unit, height_m, decimals=int(fine))
    if spread is not None:
        short = amount(spread, unit, height_m, decimals=int(fine))
        text = word("values", "spread", value=_bare(text, short), sd=short)
    return word("values", "about", value=text) if unit == "deg" else text


def _bare(text: str, other: str) -> str:
    """Return a value without a unit that its spread says again right after it (1.2 ± 0.1 s)."""
    unit = text.partition(" ")[2]
    return text.removesuffix(f" {unit}") if unit and other.endswith(f" {unit}") else text


def limit_text(finding: Finding, height_m: float | None = None) -> str:
    """Return the limits of a finding in words, such as *at least 0.8 s*."""
    low, high = (None if end is None else amount(end, finding.unit, height_m) for end in finding.limit)
    if low is not None and high is not None:
        return word("values", "between", low=low, high=high)
    if low is not None:
        return word("values", "at_least", low=low)
    return word("values", "at_most", high=high) if high is not None else word("values", "any")


def listed(items: list[str]) -> str:
    """Return items as a sentence part: *a, b and c*."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word('values', 'and')} {items[-1]}"
