"""Stopping during a set: one question, and what to do then."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

from lunge.plan.records import Comfort, Reason

Action = Literal["emergency", "screen", "session", "set", "chair", "go_on"]
ACTIONS: Final[tuple[Action, ...]] = ("emergency", "screen", "session", "set", "chair", "go_on")
"""From the strongest to the mildest."""

PAUSING: Final = frozenset({"emergency", "screen"})
"""After these the plan pauses until the questions before the first set were answered again."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One answer to *why did you stop?*, what follows, and the source of that."""

    key: str
    action: Action
    source: str

    @property
    def text(self) -> str:
        """The key of its text in the catalogues."""
        return f"plan.stop.{self.key}"


@dataclass(frozen=True, slots=True)
class WhatToDo:
    """What follows a stop: the strongest action of all answers, and its sentences."""

    action: Action
    reasons: tuple[Reason, ...]


@cache
def stops() -> tuple[Stop, ...]:
    """Return all answers there are, in the order in which they are shown."""
    data = tomllib.loads((resources.files("lunge.plan") / "stops.toml").read_text(encoding="utf-8"))
    return tuple(Stop(**row) for row in data["stops"])


def action_of(key: str) -> Action:
    """Return what follows one answer.

    Raises
    ------
    ValueError
        If there is no such answer.
    """
    found = next((stop for stop in stops() if stop.key == key), None)
    if found is None:
        raise ValueError(f"stopped: expected one of {', '.join(s.key for s in stops())}, got {key}")
    return found.action


def what_to_do(answers: tuple[str, ...], before: Comfort, now: Comfort, stop_limit: int) -> WhatToDo:
    """Return what to do after a stop.

    Parameters
    ----------
    answers : tuple of str
        Keys of `stops`; nothing means a pause.
    before, now : Comfort
        Before the set, and now.
    stop_limit : int
        Comfort above it ends the set, as does any rise within the set.

    Raises
    ------
    ValueError
        If an answer is none of `stops`.
    """
    keys = dict.fromkeys((*answers, *(("sore",) if _is_sore(before, now, stop_limit) else ())) or ("pause",))
    actions = {key: action_of(key) for key in keys}
    strongest = min(actions.values(), key=ACTIONS.index)
    said = [Reason(f"plan.stop.then.{key}") for key in sorted(keys, key=lambda k: ACTIONS.index(actions[k]))]
    return WhatToDo(strongest, tuple(said))


def _is_sore(before: Comfort, now: Comfort, stop_limit: int) -> bool:
    rise = now.rise_from(before)
    return (now.worst is not None and now.worst > stop_limit) or (rise is not None and rise > 0)
