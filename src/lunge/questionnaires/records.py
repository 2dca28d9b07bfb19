"""A questionnaire as plain frozen records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["group", "display", "boolean", "integer", "decimal", "date", "string", "text", "choice"]
Coded = tuple[str, str]
"""The system and the code of a coding; its display where it has no code."""

Plain = bool | int | float | str | date | Coded
"""What an answer is when it is compared with another."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers that may be chosen.

    Attributes
    ----------
    text : str
        As it is read.
    value : dict
        As FHIR writes it in an answer, such as ``{"valueInteger": 2}``.
    plain : Plain
    points : float, optional
        What it adds to the score.
    chosen : bool
        Whether it is chosen until the person chooses.
    """

    text: str
    value: Json
    plain: Plain
    points: float | None = None
    chosen: bool = False


Value = bool | int | float | str | date | Option
"""One answer of a person."""

Answers = dict[str, tuple[Value, ...]]
"""By the ``linkId`` of the item; what is not answered is not in it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must have been answered for an item to be asked.

    Attributes
    ----------
    question : str
        The ``linkId`` of the other item.
    operator : str
        ``exists``, or how an answer is compared with `wanted`.
    wanted : Plain
    """

    question: str
    operator: str
    wanted: Plain


@dataclass(frozen=True, slots=True)
class Item:
    """A question, a group of them, or a text to read.

    Attributes
    ----------
    link_id : str
    kind : str
    text, prefix : str
    required, repeats : bool
        Whether it must be answered, and whether it can be more than once.
    hidden : bool
        Not asked: worked out elsewhere, or not for the person's eyes.
    options : tuple of Option
    conditions : tuple of Condition
    needs_all : bool
        Whether all conditions must hold; otherwise one is enough.
    initial : tuple
        Answers that are there until the person changes them.
    longest : int
        Of a text, in signs.
    lowest, highest : float, optional
        Of a number.
    items : tuple of Item
    """

    link_id: str
    kind: Kind
    text: str
    prefix: str
    required: bool
    repeats: bool
    hidden: bool
    options: tuple[Option, ...]
    conditions: tuple[Condition, ...]
    needs_all: bool
    initial: tuple[Value, ...]
    longest: int
    lowest: float | None
    highest: float | None
    items: tuple[Item, ...]

    @property
    def is_question(self) -> bool:
        """Whether it takes an answer."""
        return self.kind not in ("group", "display")

    @property
    def has_points(self) -> bool:
        """Whether its answers add to the score."""
        return any(option.points is not None for option in self.options)

    def walk(self) -> Iterator[Item]:
        """Yield it, and everything in it, in the order of the file."""
        yield self
        for inner in self.items:
            yield from inner.walk()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A file.

    Attributes
    ----------
    file : str
        Its name, without the ending.
    canonical : str
        What names it everywhere: its ``url``, else a name made of its file's.
    version : str
    title, about, notice : str
        The notice is its owner's, shown with it unchanged.
    language : str
        Such as ``de``; empty where the file does not say.
    items : tuple of Item
    """

    file: str
    canonical: str
    version: str
    title: str
    about: str
    notice: str
    language: str
    items: tuple[Item, ...]

    def walk(self) -> Iterator[Item]:
        """Yield all items, in the order of the file."""
        for item in self.items:
            yield from item.walk()

    @property
    def has_points(self) -> bool:
        """Whether the file says how it is scored."""
        return any(item.has_points for item in self.walk())
