"""The leave to begin one set: what was asked and answered before it, until the set is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from lunge.plan.records import Comfort, Targets

SetKind = Literal["plan", "baseline", "own", "self_test"]
"""As the plan says; the first set; what the person chose; the same each month."""

KINDS: tuple[SetKind, ...] = get_args(SetKind)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One set that may begin, or is under way.

    Attributes
    ----------
    kind : SetKind
    at : datetime
        When the question before it was answered, with its zone.
    zone : str
    level : int
        Where the person stands on the ladder.
    targets : Targets
        What is asked for; of the person's own choices where it is such a set.
    before : Comfort
    stopped : str, optional
        Why it was stopped: a key of the plan's ``stops.toml``.
    """

    kind: SetKind
    at: datetime
    zone: str
    level: int
    targets: Targets
    before: Comfort
    stopped: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self) | {"at": self.at.isoformat()}

    def wishes(self) -> dict[str, Any]:
        """Return what a kept set says of its place in the plan."""
        return {"kind": self.kind, "targets": asdict(self.targets), "began": self.at.isoformat()}


def ticket_from(data: dict[str, Any]) -> Ticket:
    """Return a ticket from plain data.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is none.
    """
    made = {"at": datetime.fromisoformat(data["at"]), "targets": Targets(**data["targets"])}
    return Ticket(**{**data, **made, "before": Comfort(**data["before"])})
