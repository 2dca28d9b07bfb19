"""What people type: names to choose from, and heights and times as numbers; what is none is said in a sentence."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Final

import typer

from lunge.constants import constants

HEIGHT_M: Final = (0.8, 2.6)
CM_FROM: Final = 50.0
"""Heights from here on are taken as centimetres: nobody is 50 m tall."""


class Language(StrEnum):
    """The languages of the reports."""

    EN = "en"
    DE = "de"


class Network(StrEnum):
    """The pose networks for videos: those that come with the package, and one that is fetched."""

    LITE = "lite"
    FULL = "full"
    HEAVY = "heavy"
    SYNTHPOSE = "synthpose"


class Model(StrEnum):
    """The pose networks that come with the package."""

    LITE = "lite"
    FULL = "full"
    HEAVY = "heavy"


class Watch(StrEnum):
    """What is looked for."""

    EXERCISE = "exercise"
    LOWERING = "lowering"


def height_from(text: str) -> float:
    """Return a body height in metres from what people type: 1.75, 1,75 or 175."""
    try:
        value = float(text.replace(",", ".").removesuffix("cm").removesuffix("m"))
    except ValueError:
        raise typer.BadParameter(f"{text} is no height. Give metres, such as 1.75.") from None
    metres = value / 100.0 if value >= CM_FROM else value
    if not HEIGHT_M[0] <= metres <= HEIGHT_M[1]:
        raise typer.BadParameter(f"{text} is no height between {HEIGHT_M[0]} and {HEIGHT_M[1]} m. Give metres: 1.75.")
    return metres


def mass_from(text: str) -> float:
    """Return a body mass in kilograms from what people type: 70, 70.5 or 70,5 kg."""
    try:
        value = float(text.replace(",", ".").removesuffix("kg"))
    except ValueError:
        value = math.nan
    low, high = constants().person.mass_kg_band
    if not low <= value <= high:
        raise typer.BadParameter(f"{text} is no body mass between {low:.0f} and {high:.0f} kg. Give kilograms: 70.")
    return value


def seconds_from(text: str) -> float:
    """Return seconds from what people type: 75, 75.5 or 1:15."""
    minutes, _, rest = text.rpartition(":")
    try:
        value = 60.0 * (float(minutes) if minutes else 0.0) + float(rest)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise typer.BadParameter(f"{text} is no time. Give seconds, such as 12.5, or minutes and seconds: 1:15.")
    return value


def scale_from(text: str) -> float:
    """Return how many real seconds one second of video lasts: more than 0."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise typer.BadParameter(f"{text} is no time scale. For four times slow motion give 0.25.")
    return value
