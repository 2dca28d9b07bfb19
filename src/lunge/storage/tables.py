"""The tables of what is entered and decided, as SQLAlchemy knows them; `migrations` makes them.

They are declared as plain tables: nothing here is mapped to objects, and importing the mapper would take longer
than all the rest of the store.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Double, Integer, MetaData, String, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class Instant(TypeDecorator[datetime]):
    """An instant, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return it in UTC.

        Raises
        ------
        ValueError
            If it has no time zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"at: expected a time with its zone, got {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return it with its time zone, UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA: Final = MetaData()
"""All tables."""

DOCUMENT: Final = JSON(none_as_null=True)

Kind = TypeEngine[Any] | type[TypeEngine[Any]]


def needed(name: str, kind: Kind = String, **more: Any) -> Column[Any]:
    """Return a column that every row fills."""
    return Column(name, kind, nullable=False, **more)


def dated(name: str, *columns: Column[Any]) -> Table:
    """Return a table of entries with what every one with a moment has."""
    moment = (Column("id", String, primary_key=True), needed("at", Instant, index=True), needed("zone"))
    return Table(name, METADATA, *columns, *moment)


def named(name: str) -> Table:
    """Return a table of values by their names."""
    value = Column("value", JSON, nullable=False)
    return Table(name, METADATA, Column("name", String, primary_key=True), value, needed("at", Instant), needed("zone"))


SCREENINGS: Final = dated("screenings", needed("day", Date), needed("outcome"), needed("answers", DOCUMENT))
"""What came of the questions before the first set."""

CONSENTS: Final = dated(
    "consents", needed("about"), needed("day", Date), needed("agreed", Boolean), needed("statement")
)
"""Statements of the person."""

CHOICES: Final = named("choices")
"""What the person chose."""

SETTINGS: Final = named("settings")
"""What the program set for itself."""

DIARY: Final = dated(
    "diary",
    needed("day", Date, index=True),
    needed("moment"),
    Column("back", Integer),
    Column("knee", Integer),
    Column("effort", Integer),
    needed("note"),
    Column("set_id", String),
)
"""How back and knee are."""

OUTCOME_SCORES: Final = dated(
    "outcome_scores", needed("day", Date), needed("instrument"), needed("score", Double), needed("items", DOCUMENT)
)
"""Scores of questionnaires."""

QUESTIONNAIRE_ANSWERS: Final = dated(
    "questionnaire_answers",
    needed("day", Date),
    *(needed(name) for name in ("questionnaire", "title")),
    Column("score", Double),
    needed("response", DOCUMENT),
)
"""Answers to questionnaire files of the person's own."""

PLAN_DECISIONS: Final = dated(
    "plan_decisions",
    needed("day", Date, index=True),
    needed("what"),
    needed("level", Integer),
    needed("target", DOCUMENT),
    needed("reasons", DOCUMENT),
)
"""What the plan decided, and why."""

PRESCRIPTIONS: Final = dated(
    "prescriptions", needed("name"), needed("document", DOCUMENT), Column("signed_by", String), needed("ended", Boolean)
)
"""Prescription files."""

BREAKS: Final = dated(
    "breaks",
    needed("taken", Boolean),
    Column("reason", String),
    needed("outcome"),
    Column("postponed_by", String),
    Column("set_id", String),
)
"""Breaks that were due."""

HOUSEWORK: Final = dated(
    "housework",
    needed("watched_s", Double),
    *(needed(name, Integer) for name in ("lunged", "squatted", "stooped", "knelt", "sat")),
    Column("set_id", String),
)
"""Times of housework before the camera."""

BACKUPS: Final = Table("backups", METADATA, Column("path", String, primary_key=True), needed("at", Instant))
"""Where backups were written, so that deleting finds them; no part of an export."""

KEPT_PLAN: Final = Table("kept_plan", METADATA, Column("id", Integer, primary_key=True), needed("document", DOCUMENT))
"""Where the plan stood on some days, so that it need not go through years each time; no part of an export."""
