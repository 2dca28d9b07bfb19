"""What the person set, as it is kept and as it counts: whatever does not fit is said, and the usual value counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from lunge.breaks.constants import constants
from lunge.breaks.records import Rules

NAME: Final = "breaks"
"""Of the choice under which all of it is kept."""

MINUTE_S: Final = 60
"""Seconds: people set minutes."""

MOST: Final = 30
"""More reminders a day than anybody wants."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person set.

    Attributes
    ----------
    rules : Rules
    calendar : str
        Where meetings are read: a file, or an address that begins with ``http``; empty for none.
    with_camera : bool
        Whether a reminder leads to the live coach; otherwise to the guided timer.
    language : str
        Of the reminders, two letters.
    glance : bool
        Whether a camera may tell that somebody is there.
    camera : str
        Which one, as the system names it; empty for the first one.
    wrong : tuple of str
        Names of what did not fit.
    """

    rules: Rules
    calendar: str = ""
    with_camera: bool = True
    language: str = "en"
    glance: bool = False
    camera: str = ""
    wrong: tuple[str, ...] = ()


def settings_from(kept: object) -> Settings:
    """Return the settings in what is kept.

    Parameters
    ----------
    kept : object
        As the store keeps it: a mapping with ``every_min`` (minutes of sitting, 20 to 60), ``most`` (reminders a day),
        ``quiet_from`` and ``quiet_until`` (such as ``18:00``), ``on``, ``paused_until``, ``calendar``, ``with_camera``,
        ``language``, ``glance`` and ``camera``, each of which may be missing.

    Returns
    -------
    Settings
        With the usual value in place of what is missing or does not fit; the latter is named in `wrong`.
    """
    document = kept if isinstance(kept, Mapping) else {}
    wrong = [] if isinstance(kept, Mapping) or kept is None else [NAME]

    def value(name: str, read: Callable[[Any], Any], usual: Any) -> Any:
        try:
            return read(document[name]) if name in document else usual
        except (ValueError, TypeError):
            wrong.append(name)
            return usual

    offering = constants().offering
    rules = Rules(
        every_s=value("every_min", _pace_s, constants().sitting.every_s),
        most=value("most", _most, offering.most_count),
        quiet_from=value("quiet_from", time.fromisoformat, time(offering.quiet_from_hours)),
        quiet_until=value("quiet_until", time.fromisoformat, time(offering.quiet_until_hours)),
        on=value("on", _flag, True),
        paused_until=value("paused_until", _instant, None),
    )
    return Settings(
        rules,
        value("calendar", _text, ""),
        value("with_camera", _flag, True),
        value("language", _text, "en"),
        value("glance", _flag, False),
        value("camera", _text, ""),
        tuple(wrong),
    )


def _pace_s(minutes: object) -> float:
    sitting, pace_s = constants().sitting, float(str(minutes)) * MINUTE_S
    if not sitting.shortest_s <= pace_s <= sitting.longest_s:
        raise ValueError(f"every_min: expected 20 to 60, got {minutes}")
    return pace_s


def _most(number: object) -> int:
    most = int(str(number))
    if not 1 <= most <= MOST:
        raise ValueError(f"most: expected 1 to {MOST}, got {number}")
    return most


def _flag(given: object) -> bool:
    if not isinstance(given, bool):
        raise ValueError(f"expected true or false, got {given!r}")
    return given


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise ValueError(f"expected a text, got {given!r}")
    return given.strip()


def _instant(given: object) -> datetime | None:
    if given is None:
        return None
    at = datetime.fromisoformat(_text(given))
    if at.tzinfo is None:
        raise ValueError(f"expected a time with its zone, got {given}")
    return at
