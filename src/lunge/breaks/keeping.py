"""Keep what the person set, and what became of a break."""

from __future__ import annotations

from typing import Any

from lunge.breaks.settings import NAME
from lunge.guide.clock import Clock
from lunge.storage import Store
from lunge.storage.records import Break, BreakOutcome


def kept(store: Store) -> dict[str, Any]:
    """Return what the person set, as it is kept; empty where nothing is, or it is broken."""
    found = store.choices.all().get(NAME)
    return dict(found) if isinstance(found, dict) else {}


def change(store: Store, values: dict[str, Any], clock: Clock) -> None:
    """Change some of what the person set.

    Raises
    ------
    StorageError
        If it cannot be written.
    """
    store.choices.put({NAME: {**kept(store), **values}}, clock.now(), clock.zone())


def done(store: Store, clock: Clock, break_id: str, outcome: BreakOutcome, set_id: str | None = None) -> None:
    """Keep that a break was done.

    Parameters
    ----------
    store : Store
    clock : Clock
    break_id : str
        A name that no reminder had makes a break that nobody asked for.
    outcome : {'seen', 'said'}
    set_id : str, optional

    Raises
    ------
    StorageError
        If it cannot be written.
    """
    known = store.breaks.named([break_id]).get(break_id)
    at = clock.now() if known is None else known.at
    zone, by = (clock.zone(), None) if known is None else (known.zone, known.postponed_by)
    if known is None or known.outcome != "seen":
        store.breaks.put(
            Break(at=at, zone=zone, taken=True, outcome=outcome, postponed_by=by, set_id=set_id, id=break_id)
        )
