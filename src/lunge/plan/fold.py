"""What may be kept of the plan: where a person stood on a day, and a sum of all that it follows from.

A standing follows from the one of the day before and from what became known since. So of years only the end
has to be gone through, as long as nothing before it changed: neither the rules nor the history.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib import resources
from operator import itemgetter
from typing import Any, Final

from lunge.plan.answers import Decision, History
from lunge.plan.book import ONE_DAY, book_of
from lunge.plan.constants import Rules
from lunge.plan.records import Reason, Rung, Targets
from lunge.plan.schedule import WEEK
from lunge.plan.standing import Known, Standing, standing_on, way_on
from lunge.plan.ways import rungs_for

WRITTEN: Final = (".py", ".toml")
LINE: Final = "\n"

Line = tuple[str, str]
"""A day as ISO 8601, and what became known on it."""


@dataclass(frozen=True)
class Facts:
    """What a history says, as text.

    Attributes
    ----------
    always : str
        What holds on all days.
    sets : sequence of Line
        By day, in order; what is known from the next day on.
    answers : sequence of Line
        By day, in order; what is known on the day itself.
    """

    always: str
    sets: Sequence[Line]
    answers: Sequence[Line]


@dataclass(frozen=True)
class Kept:
    """A standing with the sum of what it follows from."""

    known: Known
    checksum: str


@cache
def rules_mark() -> str:
    """Return a sum of the rules as they are written: of the code and the data files of the plan."""
    files = sorted(
        (f for f in resources.files("lunge.plan").iterdir() if f.name.endswith(WRITTEN)), key=lambda f: f.name
    )
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def checksums(facts: Facts, rules: Rules, days: Sequence[date]) -> list[str]:
    """Return a sum for each of the days, which are in order: of the rules, and of all that is known on that day."""
    always = sha256(LINE.join((rules_mark(), repr(rules), facts.always)).encode()).digest()
    sets = _sums(facts.sets, [bisect_left(facts.sets, day.isoformat(), key=itemgetter(0)) for day in days])
    answers = _sums(facts.answers, [bisect_right(facts.answers, day.isoformat(), key=itemgetter(0)) for day in days])
    return [sha256(always + a + b).hexdigest() for a, b in zip(sets, answers, strict=True)]


def _sums(lines: Sequence[Line], ends: list[int]) -> list[bytes]:
    found, begin, so_far = [], 0, sha256()
    for end in ends:
        so_far.update("".join(f"{day} {text}{LINE}" for day, text in lines[begin:end]).encode())
        found.append(so_far.digest())
        begin = end
    return found


def holding(kept: Iterable[Kept], facts: Facts, rules: Rules) -> tuple[Kept, ...]:
    """Return those of what is kept that still hold, in order."""
    ordered = sorted(kept, key=lambda one: one.known.until)
    now = checksums(facts, rules, [one.known.until for one in ordered])
    return tuple(one for one, checksum in zip(ordered, now, strict=True) if one.checksum == checksum)


def needed_from(until: date, rules: Rules) -> date:
    """Return from when on the sets and mornings are needed for the days after a known one.

    Beside them the last day of practice before is needed, for it says how long an absence is.
    """
    looked_back = max(2 * rules.trend.week_days, rules.up.within_days, rules.absence.after_days)
    return until - timedelta(days=looked_back + WEEK * rules.schedule.most_sessions) - ONE_DAY


def folded(history: History, rules: Rules, days: Sequence[date], facts: Facts, known: Known | None) -> tuple[Kept, ...]:
    """Return the standings of some days, to be kept.

    Parameters
    ----------
    history : History
    rules : Rules
    days : sequence of date
        In order, after the known one.
    facts : Facts
        What the history says; of all of it.
    known : Known, optional
        As `lunge.plan.engine.plan` takes it.
    """
    if not days:
        return ()
    book, found = book_of(history, days[-1]), []
    for day, checksum in zip(days, checksums(facts, rules, days), strict=True):
        known = Known(day, standing_on(history, book, rules, day, known))
        found.append(Kept(known, checksum))
    return tuple(found)


# ---------------------------------------------------------------- as plain data
def document_of(kept: Sequence[Kept]) -> dict[str, Any]:
    """Return what is kept as plain data: each one's decisions are the first of the last one's."""
    last = kept[-1].known.standing if kept else None
    return {
        "log": [] if last is None else [_plain(d) for d in last.log],
        "kept": [_plain_standing(one) for one in kept],
    }


def kept_from(document: dict[str, Any], history: History, rules: Rules) -> tuple[Kept, ...]:
    """Return what is kept from plain data.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is none.
    """
    log = tuple(_decision(one) for one in document["log"])
    return tuple(_kept(one, log, history, rules) for one in document["kept"])


def _plain_standing(kept: Kept) -> dict[str, Any]:
    about = {"until": kept.known.until.isoformat(), "checksum": kept.checksum}
    standing = kept.known.standing
    if standing is None:
        return about
    return about | {
        "place": standing.place,
        "since": standing.since.isoformat(),
        "watched_from": standing.watched_from.isoformat(),
        "latest": _plain(standing.latest),
        "paused_on": None if standing.paused_on is None else standing.paused_on.isoformat(),
        "downs": [day.isoformat() for day in standing.downs],
        "decisions": len(standing.log),
    }


def _plain(decision: Decision) -> dict[str, Any]:
    return asdict(decision) | {"on": decision.on.isoformat()}


def _kept(row: dict[str, Any], log: tuple[Decision, ...], history: History, rules: Rules) -> Kept:
    until = date.fromisoformat(row["until"])
    if "place" not in row:
        return Kept(Known(until, None), row["checksum"])
    way = way_on(history, rules, until)
    standing = Standing(
        way=way,
        rungs=rungs_for(*way),
        place=row["place"],
        since=date.fromisoformat(row["since"]),
        watched_from=date.fromisoformat(row["watched_from"]),
        latest=_decision(row["latest"]),
        paused_on=None if row["paused_on"] is None else date.fromisoformat(row["paused_on"]),
        downs=tuple(map(date.fromisoformat, row["downs"])),
        log=log[: row["decisions"]],
    )
    return Kept(Known(until, standing), row["checksum"])


def _decision(row: dict[str, Any]) -> Decision:
    rung = Rung(row["rung"]["level"], Targets(**row["rung"]["targets"]))
    reasons = tuple(Reason(**one) for one in row["reasons"])
    return Decision(date.fromisoformat(row["on"]), row["kind"], rung, row["variable"], reasons)
